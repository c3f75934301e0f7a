// A folder for what the editors' tests install, made once: each part has a stamp that says what it is, written when it is complete.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "../setup.mjs";

/** Where everything goes: $INVIGILATOR_EDITORS, or `.editors` in the project. */
export const CACHE = resolve(process.env.INVIGILATOR_EDITORS || join(ROOT, ".editors"));

function stampOf(folder) {
  try {
    return readFileSync(join(folder, "complete.json"), "utf8");
  } catch {
    return null;
  }
}

/**
 * The folder `name` of the cache, made by `make(folder)` unless one that was made of the same `recipe` is complete.
 * One that is incomplete, or of another recipe, is deleted and made anew.
 */
export async function cached(name, recipe, make) {
  const folder = join(CACHE, name);
  const stamp = `${JSON.stringify({ folder, ...recipe }, null, 2)}\n`;
  if (stampOf(folder) === stamp) return folder;
  const started = Date.now();
  process.stdout.write(`${existsSync(folder) ? "Making anew" : "Making"} ${folder}, once.\n`);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  mkdirSync(folder, { recursive: true });
  await make(folder);
  writeFileSync(join(folder, "complete.json"), stamp);
  process.stdout.write(`Ready after ${Math.round((Date.now() - started) / 1000)} s.\n`);
  return folder;
}
