// Wheel and sdist, and Pythons of their own to try them in.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../processes.mjs";
import { lastLines, pipAdvice, ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";

/** Settings of this machine's user that would lead pip astray. */
export const PIP_ENV = { PIP_USER: "0", PIP_TARGET: "", PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_NO_INPUT: "1" };

/** Run pip of `python`; throws a Trouble that begins with `what`. */
export function pip(python, args, what, options = {}) {
  const result = run(python, ["-m", "pip", ...args], { cwd: ROOT, env: { ...process.env, ...PIP_ENV }, ...options });
  if (result.status === 0) return result;
  throw new Trouble(`${what} failed. pip's last lines:\n${lastLines(result)}\n${pipAdvice(result)} Then run this again.`);
}

/** Make the sdist, and the wheel out of the sdist, in `folder`; their paths. */
export function buildPackages(python, folder) {
  const result = run(python, ["-m", "build", "--outdir", folder, ROOT], { env: { ...process.env, ...PIP_ENV } });
  if (result.status !== 0) {
    throw new Trouble(`python -m build failed. Its last lines:\n${lastLines(result)}\n${pipAdvice(result)}`);
  }
  const made = (ending) => join(folder, readdirSync(folder).find((name) => name.endsWith(ending)));
  return { wheel: made(".whl"), sdist: made(".tar.gz") };
}

/** The path of a program of the environment `venv`. */
export function programOf(venv, name) {
  return process.platform === "win32" ? join(venv, "Scripts", `${name}.exe`) : join(venv, "bin", name);
}

/** A new environment in `venv`, by the Python `python`, with `requirement` installed. */
export function environmentWith(python, venv, requirement) {
  const result = run(python, ["-m", "venv", venv]);
  if (result.status !== 0) throw new Trouble(`A new environment could not be made. It said:\n${lastLines(result)}`);
  pip(programOf(venv, "python"), ["install", "--quiet", requirement], `Installing ${requirement} into a new environment`);
}
