// What the editors' tests need of the machine itself: a browser, fonts, Emacs and Vim, by apt-get where that is how things are done.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { follow, run } from "../processes.mjs";
import { Trouble } from "../terminal.mjs";

const PACKAGES = ["chromium", "fonts-dejavu-core", "emacs-nox", "elpa-eglot", "elpa-markdown-mode", "vim-nox", "vim-ale"];
// VS Code's two native modules are compiled on the spot
const COMPILER = ["g++", "make"];
const PROGRAMS = {
  "a browser": ["chromium", "chromium-browser", "google-chrome"],
  Emacs: ["emacs"],
  Vim: ["vim"],
  "a C++ compiler": ["g++", "c++", "clang++"],
  make: ["make"],
};

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the first of these programs that is on PATH, or null. */
function found(names) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable) ?? null;
}

function missingPackages() {
  const installed = (name) => run("dpkg-query", ["-W", "-f=${db:Status-Status}", name]).stdout === "installed";
  const compiler = COMPILER.filter((name) => !found([name]));
  return [...PACKAGES.filter((name) => !installed(name)), ...compiler];
}

function complain(packages) {
  const programs = Object.entries(PROGRAMS).filter(([, names]) => !found(names));
  const list = programs.map(([what, names]) => `${what} (${names.join(", ")})`).join("; ");
  const how = packages
    ? `On Debian and Ubuntu: \`sudo apt-get install ${packages.join(" ")}\`.`
    : "Install them with their packages of eglot, markdown-mode and ALE.";
  throw new Trouble(`The tests in real editors need more programs than are here: ${list || packages.join(", ")}. ${how} Then run this again.`);
}

/** Install the system's packages that are not there yet. Throws a Trouble that names them where that is not ours to do. */
export async function prepareMachine() {
  if (run("dpkg-query", ["--version"]).status !== 0) {
    if (Object.values(PROGRAMS).some((names) => !found(names))) complain(null);
    return;
  }
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) complain(missing);
  process.stdout.write(`Installing ${missing.join(" ")} by apt-get.\n`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const failure =
    (await follow("apt-get", ["update", "-qq"], options)) ??
    (await follow("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], options));
  if (failure) throw new Trouble(`apt-get could not install ${missing.join(" ")} (${failure}). Its own lines above say why.`);
}

/** The browser's program. */
export function browser() {
  return found(PROGRAMS["a browser"]) ?? complain(null);
}
