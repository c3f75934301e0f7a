// Folders of files: listed, unpacked, and replaced only by something finished.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { run } from "../processes.mjs";
import { lastLines, ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";

/** Every file under `folder`, as paths with slashes from there, in order. */
export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, "/"))
    .sort();
}

/** Unpack a .vsix, .whl or .tar.gz into a new folder. */
export function unpack(python, archive, folder) {
  mkdirSync(folder, { recursive: true });
  const module = archive.endsWith(".tar.gz") ? "tarfile" : "zipfile";
  const result = run(python, ["-I", "-m", module, "-e", archive, folder]);
  if (result.status !== 0) throw new Trouble(`${archive} cannot be unpacked. It said:\n${lastLines(result)}`);
}

/** Run `work` with a new folder of the project's build/ (on the same disk as what it will replace), then remove it. */
export async function inBuildFolder(work) {
  mkdirSync(join(ROOT, "build"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "build", "package-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Put the finished `fresh` (file or folder) in the place of `old`; what was there goes to `aside` first. */
export function replace(old, fresh, aside) {
  mkdirSync(dirname(old), { recursive: true });
  if (existsSync(old)) renameSync(old, aside);
  renameSync(fresh, old);
}
