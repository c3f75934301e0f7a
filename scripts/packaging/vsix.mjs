// The .vsix: what ships is copied to a folder of its own, and vsce packs that folder.

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "../processes.mjs";
import { lastLines, ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";
import { makeLibs } from "./libs.mjs";
import { noticesOf, npmPackages, pythonPackages } from "./notices.mjs";

export const CLIENT = join(ROOT, "client-vscode");
export const NOTICES = "THIRD-PARTY-NOTICES.txt";
const SHIPPED = ["README.md", "CHANGELOG.md", "media", join("dist", "extension.js"), join("bundled", "main.py")];
const SCHEMA = join("docs", "schema", "invigilator.schema.json");
const FOR_DEVELOPMENT = ["private", "scripts", "dependencies", "devDependencies"];

function bundle() {
  const result = run(process.execPath, ["esbuild.mjs"], { cwd: CLIENT });
  if (result.status !== 0) throw new Trouble(`esbuild could not bundle the extension. It said:\n${lastLines(result, 20)}`);
}

/** The extension as it will be installed, in the new folder `stage`; `notes` is a new folder on the way. */
export function makeExtension(python, wheel, stage, notes) {
  bundle();
  mkdirSync(stage);
  for (const name of SHIPPED) {
    if (!existsSync(join(CLIENT, name))) throw new Trouble(`client-vscode/${name} is missing, and ships with the extension.`);
    cpSync(join(CLIENT, name), join(stage, name), { recursive: true });
  }
  cpSync(join(ROOT, "LICENSE"), join(stage, "LICENSE"));
  cpSync(join(ROOT, SCHEMA), join(stage, "schema", basename(SCHEMA)));
  const manifest = JSON.parse(readFileSync(join(CLIENT, "package.json"), "utf8"));
  for (const key of FOR_DEVELOPMENT) delete manifest[key];
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  makeLibs(python, wheel, join(stage, "bundled", "libs"), notes);
  writeFileSync(join(stage, NOTICES), noticesOf([...npmPackages(), ...pythonPackages(notes)]));
}

/** Seconds since 1970 that the files in the .vsix are dated with: the last commit's, so that two runs make the same bytes. */
function date() {
  const { status, stdout } = run("git", ["log", "-1", "--format=%ct"], { cwd: ROOT });
  return process.env.SOURCE_DATE_EPOCH ?? (status === 0 ? stdout.trim() : "1580601600");
}

/** Pack `stage` as the file `vsix`. */
export function pack(stage, vsix) {
  const vsce = join(ROOT, "node_modules", "@vscode", "vsce", "vsce");
  const { repository } = JSON.parse(readFileSync(join(stage, "package.json"), "utf8"));
  // without an address of the sources there is nothing to make the README's links absolute with
  const links = repository ? [] : ["--allow-missing-repository", "--no-rewrite-relative-links"];
  const options = ["--no-dependencies", ...links, "--out", vsix];
  const env = { ...process.env, SOURCE_DATE_EPOCH: date(), TZ: "UTC" };
  const result = run(process.execPath, [vsce, "package", ...options], { cwd: stage, env });
  if (result.status !== 0) throw new Trouble(`vsce could not pack the extension. It said:\n${lastLines(result, 12)}`);
}
