import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { posixTest as test, Repository } from "./fakes.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));

/** A repository with the example report, whose `python -m invigilator serve` is the fake server in that mood. */
function repositoryWithExample(t, mood, checkCode = 1) {
  const repository = new Repository(t);
  cpSync(join(HERE, "..", "..", "examples"), repository.path("examples"), { recursive: true });
  mkdirSync(repository.path("tests", "scripts"), { recursive: true });
  cpSync(join(HERE, "fake-server.mjs"), repository.path("tests", "scripts", "fake-server.mjs"));
  const modules = `"-m invigilator")
  if [ "$3" = check ]; then echo "the table of $4"; exit ${checkCode}; fi
  exec '${process.execPath}' '${repository.path("tests", "scripts", "fake-server.mjs")}' ${mood} ;;`;
  repository.python("python3", { version: "3.11.2", modules });
  return repository;
}

test("npm start shows findings by question, hover, actions, table and editors", (t) => {
  const { code, out, err } = repositoryWithExample(t, "well").run("start.mjs");
  assert.equal(code, 0, err);
  const order = [
    "Before the questions",
    "1:3     error       marker.missing",
    "Question 4",
    "warning     answer.too-short",
    "27 words – too few",
    "60 to 150 words — from report.py",
    "Insert figure figures/bucket.png",
    "the table of",
    "VS Code",
    "Neovim",
    "Emacs",
    "Kate",
  ];
  let from = 0;
  for (const words of order) {
    const found = out.indexOf(words, from);
    assert.ok(found >= 0, `${words} is not (in this order) in:\n${out}`);
    from = found;
  }
  assert.ok(!out.includes("Something else"));
  assert.ok(!out.includes("\u001b"), "no colours outside a terminal");
});

test("npm start with a server that fails: its own words, no stack trace, exit code 1", (t) => {
  const { code, err } = repositoryWithExample(t, "crash").run("start.mjs");
  assert.equal(code, 1);
  assert.match(err, /stopped by itself \(exit code 3\)[^]*No module named 'pygls'/);
  assert.doesNotMatch(err, /\n\s+at /);
});

test("npm start with a check that cannot run is a failure", (t) => {
  const { code, err } = repositoryWithExample(t, "well", 2).run("start.mjs");
  assert.equal(code, 1);
  assert.match(err, /`invigilator check` failed \(exit code 2\)/);
});

/** A tool of Node's that only notes its call. */
function noted(name) {
  return `import("node:fs").then((fs) => fs.appendFileSync(LOG, ["${name}", ...process.argv.slice(2)].join(" ") + "\\n"));\n`;
}

/** A repository whose tools are fakes; `failing` is the module that ends with 1. */
function repositoryWithTools(t, failing = "none") {
  const repository = new Repository(t);
  mkdirSync(repository.path("tests", "scripts"), { recursive: true });
  writeFileSync(repository.path("tests", "scripts", "one.test.mjs"), 'import { test } from "node:test";\ntest("one", () => {});\n');
  const modules = `"-m ${failing}") exit 1 ;;\n"-m pytest") echo "3 passed in 0.01s" ;;`;
  repository.python("python3", { version: "3.11.2", modules });
  repository.run();
  const packages = JSON.stringify({ packages: {} });
  for (const [path, text] of Object.entries({
    "client-vscode/package.json": "{}",
    "package-lock.json": packages,
    "node_modules/.package-lock.json": packages,
    "node_modules/typescript/bin/tsc": noted("tsc"),
    "node_modules/eslint/bin/eslint.js": noted("eslint"),
    "node_modules/vitest/vitest.mjs": noted("vitest"),
  })) {
    mkdirSync(dirname(repository.path(path)), { recursive: true });
    writeFileSync(repository.path(path), text.replace("LOG", JSON.stringify(repository.log)));
  }
  repository.program("lint-imports", `#!/bin/sh\necho lint-imports >> "${repository.log}"\n`, repository.path(".venv", "bin"));
  return repository;
}

test("npm test runs every tool in order, pytest last with the extra arguments", (t) => {
  const { code, out, err, calls } = repositoryWithTools(t).run("test.mjs", { args: ["-k", "hover"] });
  assert.equal(code, 0, out + err);
  assert.deepEqual(calls, [
    "-m ruff check .",
    "-m ruff format --check .",
    "-m mypy --strict",
    "lint-imports",
    "tsc --noEmit",
    "eslint .",
    "vitest run",
    "-m pytest -k hover",
  ]);
  assert.match(out, /node: the scripts[^]*pass 1/);
  assert.ok(out.endsWith("3 passed in 0.01s\n"));
});

test("npm test stops at the first failure and names it", (t) => {
  const { code, err, calls } = repositoryWithTools(t, "mypy").run("test.mjs");
  assert.equal(code, 1);
  assert.match(err, /mypy: types failed \(exit code 1\)/);
  assert.equal(calls.at(-1), "-m mypy --strict");
});
