// The version: said in server/invigilator/__init__.py, repeated where VS Code and npm look for it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";

const SOURCE = "server/invigilator/__init__.py";
const MANIFEST = "client-vscode/package.json";

/** `__version__` of a module's text. Throws a Trouble where there is none. */
export function versionIn(text) {
  const found = /^__version__ = "([^"]+)"$/m.exec(text);
  if (!found) throw new Trouble(`${SOURCE} has no line like __version__ = "1.2.3".`);
  return found[1];
}

/** The one version of everything. Throws a Trouble where the extension's manifest says another. */
export function agreedVersion(root = ROOT) {
  const version = versionIn(readFileSync(join(root, SOURCE), "utf8"));
  const manifest = JSON.parse(readFileSync(join(root, MANIFEST), "utf8")).version;
  if (manifest !== version) {
    throw new Trouble(`${SOURCE} says version ${version}, ${MANIFEST} says ${manifest}. Write the first into the second.`);
  }
  return version;
}
