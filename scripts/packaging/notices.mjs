// THIRD-PARTY-NOTICES.txt: every package inside the extension, with its licence in full.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";
import { filesUnder } from "./files.mjs";

const LICENCE_FILE = /(^|\/)(licen[cs]e|copying|notice|thirdpartynotices)[^/]*$/i;

/** The value of a header such as "Name" in a METADATA file. */
function header(metadata, name) {
  return new RegExp(`^${name}: (.+)$`, "m").exec(metadata.split("\n\n", 1)[0])?.[1].trim();
}

function texts(folder, files) {
  return files.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
}

/** The Python packages whose dist-info folders lie in `notes`. */
export function pythonPackages(notes) {
  return readdirSync(notes).map((name) => {
    const folder = join(notes, name);
    const metadata = readFileSync(join(folder, "METADATA"), "utf8").replaceAll("\r\n", "\n");
    return {
      name: header(metadata, "Name"),
      version: header(metadata, "Version"),
      licence: header(metadata, "License-Expression") ?? header(metadata, "License") ?? "see below",
      texts: texts(folder, filesUnder(folder).filter((file) => LICENCE_FILE.test(file))),
    };
  });
}

/** The npm packages that may be inside dist/extension.js: all that is locked and not for development alone. */
export function npmPackages(root = ROOT) {
  const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const shipped = ([place, { dev, link }]) => place.startsWith("node_modules/") && !dev && !link;
  return Object.entries(locked).filter(shipped).map(([place, { version, license }]) => {
    const folder = join(root, ...place.split("/"));
    const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file)).sort();
    return { name: place.replace(/^.*node_modules\//, ""), version, licence: license, texts: texts(folder, files) };
  });
}

/** The file's text. Throws a Trouble for a package that brings no licence. */
export function noticesOf(packages) {
  const bare = packages.find((one) => one.texts.length === 0);
  if (bare) throw new Trouble(`${bare.name} ${bare.version} comes without a licence text, and so it cannot be shipped.`);
  const parts = [...packages]
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
    .map((one) => `${"=".repeat(78)}\n${one.name} ${one.version} (${one.licence})\n${"=".repeat(78)}\n\n${one.texts.join("\n\n")}\n`);
  return `The extension holds these packages of others, each under its own licence.\n\n${parts.join("\n\n")}`;
}
