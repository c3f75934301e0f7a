// What may be inside the packages, and what may not.

import { readFileSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { run } from "../processes.mjs";
import { ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";
import { filesUnder } from "./files.mjs";
import { LIBS } from "./libs.mjs";
import { NOTICES } from "./vsix.mjs";

const LARGEST = 1_500_000;
const COMPILED = /\.(so|pyd|dylib|dll|a|o|node|exe|pyc|wasm)(\.|$)/i;
const AT_THE_TOP = [
  "[Content_Types].xml", "extension.vsixmanifest", "extension/package.json", "extension/readme.md",
  "extension/changelog.md", "extension/LICENSE.txt", `extension/${NOTICES}`, "extension/dist/extension.js",
  "extension/bundled/main.py", "extension/schema/invigilator.schema.json",
];
const MEDIA = /^extension\/media\/[^.][^/]*(\/[^.][^/]*)*\.(png|svg|gif|jpe?g|webp|md)$/;
const PAGES = /^invigilator\/explanations\/[a-z.-]+\.md$/;

/** Whether a file of this path may be in the .vsix. */
export function allowed(path) {
  const libs = "extension/bundled/libs/";
  if (!path.startsWith(libs)) return AT_THE_TOP.includes(path) || MEDIA.test(path);
  const inside = path.slice(libs.length);
  return LIBS.includes(inside.split("/")[0]) && (inside.endsWith(".py") || PAGES.test(inside));
}

function sizeText(bytes) {
  return `${(bytes / 1000).toFixed(0)} KB`;
}

/** Throws a Trouble where the .vsix is too large; its size in words. */
export function checkSize(vsix) {
  const { size } = statSync(vsix);
  if (size > LARGEST) throw new Trouble(`${basename(vsix)} is ${sizeText(size)}, and ${sizeText(LARGEST)} are allowed.`);
  return sizeText(size);
}

/** Throws a Trouble for the first things that do not belong into the .vsix, unpacked in `folder`; its files. */
export function checkFiles(folder) {
  const files = filesUnder(folder);
  const compiled = files.filter((file) => COMPILED.test(file));
  if (compiled.length) {
    throw new Trouble(`The .vsix is for every system, and holds compiled files: ${compiled.slice(0, 5).join(", ")}.`);
  }
  const strange = files.filter((file) => !allowed(file));
  if (strange.length) {
    throw new Trouble(
      `The .vsix holds what scripts/packaging/contents.mjs does not allow: ${strange.slice(0, 5).join(", ")}. Leave it out, or allow it there.`,
    );
  }
  const ours = files.filter((file) => file.startsWith("extension/bundled/libs/invigilator/") && file.endsWith(".py"));
  const needs = ours.find((file) =>
    /^\s*(from|import) (click|rich|invigilator\.cli)\b/m.test(readFileSync(join(folder, file), "utf8")),
  );
  if (needs) throw new Trouble(`${needs} needs the command line (click, rich, invigilator.cli), which is not bundled.`);
  return files;
}

/** Paths in a manifest's values that name files of the extension: icons, walkthrough pages, the schema. */
export function filesNamed(value) {
  if (typeof value === "string") return /^(\.\/)?[\w-]+\/[^\s:$*]+\.(png|svg|gif|md|js|json)$/.test(value) ? [value.replace(/^\.\//, "")] : [];
  return value && typeof value === "object" ? Object.values(value).flatMap(filesNamed) : [];
}

/** Relative links and pictures of a Markdown text; those in code are none. */
export function linksIn(markdown) {
  const text = markdown.replace(/(`+)[^`]+\1/g, "");
  const targets = [...text.matchAll(/\]\(<?([^)\s>]+)/g), ...text.matchAll(/<img[^>]+src=["']([^"']+)/g)].map((found) => found[1]);
  return targets.filter((target) => !/^(#|[a-z][a-z0-9+.-]*:)/i.test(target)).map((target) => target.replace(/[#?].*$/, "").replace(/^\.\//, ""));
}

/** Throws a Trouble where the manifest or the README names a file that is not in the unpacked .vsix. */
export function checkNames(folder, files) {
  const read = (name) => readFileSync(join(folder, "extension", name), "utf8");
  const named = [...filesNamed(JSON.parse(read("package.json"))), ...linksIn(read("readme.md"))];
  const missing = named.filter((name) => !files.includes(`extension/${decodeURI(name)}`));
  if (missing.length) throw new Trouble(`package.json or README.md of the extension names what is not in it: ${missing.join(", ")}.`);
}

const PUBLIC = /^(pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org)$/;

/** The package indexes this machine is set to, other than the public ones: their hosts. */
function indexHosts(python) {
  const pip = run(python, ["-m", "pip", "config", "list"]).stdout;
  const npm = process.env.npm_config_registry ?? "";
  const hosts = [...`${pip}\n${npm}`.matchAll(/https?:\/\/(?:[^@/\s']*@)?([^/\s':]+)/g)].map((found) => found[1]);
  return [...new Set(hosts)].filter((host) => !PUBLIC.test(host));
}

/** What no shipped file may contain: folders of this machine, and where its packages come from. */
export function secretsOf(python) {
  return [ROOT, `${homedir()}/`, `${tmpdir()}/`, join(ROOT, "build"), ...indexHosts(python)].filter((text) => text.length > 4);
}

/** Throws a Trouble where a file under `folder` contains one of `secrets`. */
export function checkSecrets(folder, secrets) {
  for (const file of filesUnder(folder)) {
    const bytes = readFileSync(join(folder, file));
    const found = secrets.find((text) => bytes.includes(text));
    if (found) throw new Trouble(`${file} contains ${found}, which is of this machine only.`);
  }
}
