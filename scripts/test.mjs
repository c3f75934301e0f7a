// `npm test`: everything, in order, stopping at the first failure. Arguments go to pytest: npm test -- -k hover
// Several processes: PYTEST_ADDOPTS="-n 4" npm test

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { follow } from "./processes.mjs";
import { installNodeModules } from "./node-modules.mjs";
import { ROOT, setUp } from "./setup.mjs";
import { headline, main, Trouble } from "./terminal.mjs";

function scriptTests() {
  const folder = join(ROOT, "tests", "scripts");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".test.mjs"))
    .sort()
    .map((name) => join(folder, name));
}

const CLIENT = join(ROOT, "client-vscode");

/** The program `file` of an installed npm package. */
function tool(name, file) {
  return join(ROOT, "node_modules", name, file);
}

/** The steps, each a title, a command with its arguments, and where it runs; pytest is the last, so that its summary is what the output ends with. */
function steps(python) {
  const importLinter = join(dirname(python), process.platform === "win32" ? "lint-imports.exe" : "lint-imports");
  return [
    ["ruff: faults", python, ["-m", "ruff", "check", "."]],
    ["ruff: format", python, ["-m", "ruff", "format", "--check", "."]],
    ["mypy: types", python, ["-m", "mypy", "--strict"]],
    ["import-linter: who may import whom", importLinter, []],
    ["node: the scripts", process.execPath, ["--test", "--test-reporter=spec", ...scriptTests()]],
    ["tsc: the extension's types", process.execPath, [tool("typescript", "bin/tsc"), "--noEmit"], CLIENT],
    ["eslint: the extension", process.execPath, [tool("eslint", "bin/eslint.js"), "."], CLIENT],
    ["vitest: the extension", process.execPath, [tool("vitest", "vitest.mjs"), "run"], CLIENT],
    ["pytest", python, ["-m", "pytest", ...process.argv.slice(2)]],
  ];
}

await main(async () => {
  const python = setUp();
  installNodeModules((line) => process.stdout.write(`${line}\n`));
  for (const [title, command, args, folder = ROOT] of steps(python)) {
    headline(title);
    const failure = await follow(command, args, { cwd: folder });
    if (failure) throw new Trouble(`${title} failed (${failure}).`);
  }
});
