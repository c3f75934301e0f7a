// The extension's bundled/libs: the locked packages as pure Python for any system, and our own without its command line.

import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";
import { filesUnder, unpack } from "./files.mjs";
import { LOCK, OLDEST_PYTHON } from "./lock.mjs";
import { pip } from "./python-packages.mjs";

/** The names in bundled/libs; another one is looked at by a person before it ships. */
export const LIBS = [
  "attr", "attrs", "cattr", "cattrs", "exceptiongroup", "imagesize", "invigilator", "lsprotocol", "markdown", "mistletoe",
  "pygls", "tomli", "typing_extensions.py",
];

// the command line needs click and rich, which would double the extension's size
const NOT_BUNDLED = ["invigilator/cli", "invigilator/__main__.py", "markdown/test_tools.py"];
const NOT_RUN = /\.pyi$|(^|\/)py\.typed$/;

/** Fill the new folder `libs`; the packages' notes about themselves (dist-info) go to the new folder `notes`. */
export function makeLibs(python, wheel, libs, notes) {
  const anySystem = ["--only-binary", ":all:", "--platform", "any", "--abi", "none", "--implementation", "py"];
  const args = ["install", "--quiet", "--no-compile", "--require-hashes", "--no-deps", ...anySystem];
  const where = ["--python-version", OLDEST_PYTHON, "--target", libs, "--requirement", join(ROOT, LOCK)];
  pip(python, [...args, ...where], "Fetching the packages that the extension bundles");
  for (const name of readdirSync(libs)) {
    if (!name.endsWith(".dist-info")) continue;
    cpSync(join(libs, name), join(notes, name), { recursive: true });
    rmSync(join(libs, name), { recursive: true });
  }
  rmSync(join(libs, "bin"), { recursive: true, force: true });
  unpack(python, wheel, join(notes, "wheel"));
  cpSync(join(notes, "wheel", "invigilator"), join(libs, "invigilator"), { recursive: true });
  rmSync(join(notes, "wheel"), { recursive: true });
  for (const path of NOT_BUNDLED) rmSync(join(libs, path), { recursive: true });
  for (const path of filesUnder(libs).filter((file) => NOT_RUN.test(file))) rmSync(join(libs, path));
  const missing = LIBS.filter((name) => !readdirSync(libs).includes(name));
  if (missing.length) throw new Trouble(`${LOCK} does not bring ${missing.join(", ")}. Make it anew: node scripts/package.mjs --lock`);
}
