// client-vscode/bundled/requirements.txt: what the extension's server needs, for Python 3.10, with hashes.
//
// uv makes it, in an environment for this once: pip resolves for the Python that runs it, so on 3.11 it leaves out
// exceptiongroup, which 3.10 needs, and lets in a Markdown that 3.10 cannot run.

import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../processes.mjs";
import { lastLines, ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";
import { environmentWith, PIP_ENV, programOf } from "./python-packages.mjs";

/** The oldest Python that the extension starts with. */
export const OLDEST_PYTHON = "3.10";

const WANTED = "client-vscode/bundled/requirements.in";
export const LOCK = "client-vscode/bundled/requirements.txt";

/** Names and versions in the text of a lock: `[{ name, version }]`. */
export function lockedIn(text) {
  return [...text.matchAll(/^([A-Za-z0-9._-]+)==([^\s\\;]+)/gm)].map(([, name, version]) => ({ name, version }));
}

/** The index that pip is set to, as uv wants it: uv does not read pip's settings. */
function indexOf(python) {
  const { status, stdout } = run(python, ["-m", "pip", "config", "get", "global.index-url"]);
  const index = process.env.PIP_INDEX_URL ?? (status === 0 ? stdout.trim() : "");
  return index ? { UV_DEFAULT_INDEX: index } : {};
}

/** Write the lock anew, with the newest versions allowed; `folder` is for what is needed on the way. */
export function lock(python, folder) {
  const venv = join(folder, "uv");
  environmentWith(python, venv, "uv");
  const fresh = join(folder, "requirements.txt");
  const args = ["pip", "compile", WANTED, "--output-file", fresh, "--upgrade", "--generate-hashes", "--no-header"];
  const pure = ["--python-version", OLDEST_PYTHON, "--only-binary", ":all:", "--no-emit-index-url", "--no-config", "--quiet"];
  const env = { ...process.env, ...PIP_ENV, ...indexOf(python) };
  const result = run(programOf(venv, "uv"), [...args, ...pure], { cwd: ROOT, env });
  if (result.status !== 0) throw new Trouble(`uv pip compile failed. Its last lines:\n${lastLines(result)}`);
  const text = readFileSync(fresh, "utf8");
  if (text.includes("://")) throw new Trouble("uv wrote an address into the lock; it must name packages and hashes only.");
  copyFileSync(fresh, join(ROOT, LOCK));
  return lockedIn(text);
}
