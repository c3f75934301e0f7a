// `npm test`: everything, in order, stopping at the first failure. Arguments go to pytest: npm test -- -k hover
// Several processes: PYTEST_ADDOPTS="-n 4" npm test

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { follow } from "./processes.mjs";
import { ROOT, setUp } from "./setup.mjs";
import { headline, main, Trouble } from "./terminal.mjs";

function scriptTests() {
  const folder = join(ROOT, "tests", "scripts");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".test.mjs"))
    .sort()
    .map((name) => join(folder, name));
}

/** The steps; pytest is the last, so that its summary is what the output ends with. */
function steps(python) {
  const importLinter = join(dirname(python), process.platform === "win32" ? "lint-imports.exe" : "lint-imports");
  return [
    ["ruff: faults", python, ["-m", "ruff", "check", "."]],
    ["ruff: format", python, ["-m", "ruff", "format", "--check", "."]],
    ["mypy: types", python, ["-m", "mypy", "--strict"]],
    ["import-linter: who may import whom", importLinter, []],
    ["node: the scripts", process.execPath, ["--test", "--test-reporter=spec", ...scriptTests()]],
    ["pytest", python, ["-m", "pytest", ...process.argv.slice(2)]],
  ];
}

await main(async () => {
  for (const [title, command, args] of steps(setUp())) {
    headline(title);
    const failure = await follow(command, args, { cwd: ROOT });
    if (failure) throw new Trouble(`${title} failed (${failure}).`);
  }
});
