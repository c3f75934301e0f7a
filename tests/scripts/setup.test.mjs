import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NO_ENSUREPIP, NO_NETWORK, posixTest as test, Repository } from "./fakes.mjs";

const INSTALL = "-m pip install --disable-pip-version-check --no-input --editable .[dev]";

/** The run stopped with 1, a message that holds all of `words`, and no stack trace. */
function stoppedSaying(result, ...words) {
  assert.equal(result.code, 1, result.out + result.err);
  for (const word of words) assert.ok(result.err.includes(word), `${word} is not in: ${result.err}`);
  assert.doesNotMatch(result.err, /\n\s+at |node:internal/);
}

test("makes the environment, installs, and the second run does nothing", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  const first = repository.run();
  assert.equal(first.code, 0, first.err);
  assert.deepEqual(first.calls, [`-m venv ${repository.path(".venv")}`, "-m pip --version", INSTALL]);
  assert.match(first.out, /Making \.venv, with Python 3\.11\.2/);
  const second = repository.run();
  assert.deepEqual([second.code, second.out, second.calls], [0, "", []]);
});

test("installs again, in place, when pyproject.toml has changed", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  repository.run();
  writeFileSync(repository.path("pyproject.toml"), "[project]\nname = 'other'\n");
  assert.deepEqual(repository.run().calls, ["-m pip --version", INSTALL]);
  assert.deepEqual(repository.run().calls, []);
});

test("no Python at all: says so and how to get one", (t) => {
  stoppedSaying(new Repository(t).run(), "Python 3.10 or newer is needed, and none was found", "INVIGILATOR_PYTHON");
});

test("too old: says which version stands where", (t) => {
  const repository = new Repository(t);
  const old = repository.python("python3", { version: "3.8.10" });
  repository.python("python", { version: "2.7.18" });
  stoppedSaying(repository.run(), "only an older one was found", `3.8.10 (${old})`, "2.7.18");
  assert.ok(!existsSync(repository.path(".venv")));
});

test("an older python3 is passed over for a newer one by name", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.9.2" });
  repository.python("python3.12", { version: "3.12.1" });
  assert.match(repository.run().out, /with Python 3\.12\.1/);
});

test("Debian without python3-venv: names the package of that version", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2", missing: ["ensurepip"] });
  stoppedSaying(repository.run(), "Python 3.11.2", "sudo apt-get install python3.11-venv");
});

test("a Python that fails only while it makes the environment gets the same words", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.12.3", venv: NO_ENSUREPIP });
  stoppedSaying(repository.run(), "sudo apt-get install python3.12-venv");
  repository.python("python3", { version: "3.12.3" });
  assert.equal(repository.run().code, 0);
});

test("another Python with venv is taken where the first has none", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2", missing: ["ensurepip"] });
  repository.python("python3.10", { version: "3.10.4" });
  assert.match(repository.run().out, /with Python 3\.10\.4/);
});

test("any other failure of venv is shown", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2", venv: 'echo "No space left on device" >&2; exit 1' });
  stoppedSaying(repository.run(), "could not make", "No space left on device");
});

test("a shim that only says it has no such version counts as none", (t) => {
  const repository = new Repository(t);
  repository.program("python3", "#!/bin/sh\necho 'shim: python3: command not found' >&2\necho 'tip' >&2\nexit 127\n");
  stoppedSaying(repository.run(), 'do not run: python3 ("shim: python3: command not found")');
  repository.python("python", { version: "3.11.7" });
  assert.equal(repository.run().code, 0);
});

test("INVIGILATOR_PYTHON is taken first, and only that", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  const named = repository.python("python", { version: "3.13.0" }, repository.path("else where"));
  const run = (path) => repository.run("setup.mjs", { env: { INVIGILATOR_PYTHON: path } });
  assert.match(run(named).out, /with Python 3\.13\.0/);
  stoppedSaying(run("/nowhere/python3"), "INVIGILATOR_PYTHON names /nowhere/python3", "no such program");
  const old = repository.python("python", { version: "3.7.3" }, repository.path("old"));
  stoppedSaying(run(old), "it is Python 3.7.3, and 3.10 or newer is needed");
  stoppedSaying(run(repository.program("cat", "#!/bin/sh\necho meow\n")), 'does not run as a Python: "meow"');
});

test("INVIGILATOR_PYTHON of another version makes the environment anew", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  repository.run();
  const named = repository.python("python", { version: "3.13.0" }, repository.path("else"));
  const run = () => repository.run("setup.mjs", { env: { INVIGILATOR_PYTHON: named } });
  assert.match(run().out, /is Python 3\.11, INVIGILATOR_PYTHON is 3\.13: making it anew/);
  assert.deepEqual(run().calls, []);
});

test("pip fails: its last lines, and a word on the network; the next run recovers", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2", pip: NO_NETWORK });
  const failed = repository.run();
  stoppedSaying(failed, "No matching distribution found for hatchling", "could not reach its package index", "HTTPS_PROXY");
  repository.python("python3", { version: "3.11.2" });
  const next = repository.run();
  assert.equal(next.code, 0, next.err);
  assert.match(next.out, /did not finish: making \.venv anew/);
});

test("a half-made environment is made anew", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  mkdirSync(repository.path(".venv", "bin"), { recursive: true });
  const { code, out } = repository.run();
  assert.equal(code, 0);
  assert.match(out, /does not work.*making it anew/);
});

test("an environment whose base Python is gone is made anew", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  repository.run();
  const python = repository.path(".venv", "bin", "python");
  unlinkSync(python);
  symlinkSync(repository.path("deleted", "python3"), python);
  assert.match(repository.run().out, /its Python is gone.*making it anew/);
  assert.deepEqual(repository.run().calls, []);
});

test("a moved folder's environment is made anew", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  repository.run();
  const moved = `${repository.root} moved`;
  t.after(() => rmSync(moved, { recursive: true, force: true }));
  renameSync(repository.root, moved);
  repository.root = moved;
  repository.bin = join(moved, "on-the-path");
  repository.log = join(moved, "calls.log");
  assert.match(repository.run().out, /moved or copied: making \.venv anew/);
});

test("somebody's own working environment is used and kept, also after a failure", (t) => {
  const repository = new Repository(t);
  const own = repository.path(".venv", "bin");
  repository.python("python", { version: "3.12.0", pip: NO_NETWORK }, own);
  writeFileSync(repository.path(".venv", "mine"), "");
  stoppedSaying(repository.run(), "Installing the project failed");
  repository.python("python", { version: "3.12.0" }, own);
  const next = repository.run();
  assert.equal(next.code, 0, next.err);
  assert.deepEqual(next.calls, ["-m pip --version", INSTALL]);
  assert.ok(existsSync(repository.path(".venv", "mine")));
  assert.deepEqual(repository.run().calls, []);
});

test("the layout of Windows is known too", (t) => {
  const repository = new Repository(t);
  repository.python("python.exe", { version: "3.12.0" }, repository.path(".venv", "Scripts"));
  assert.deepEqual(repository.run().calls, ["-m pip --version", INSTALL]);
});

test("a file called .venv is left alone", (t) => {
  const repository = new Repository(t);
  repository.python("python3", { version: "3.11.2" });
  writeFileSync(repository.path(".venv"), "work\n");
  stoppedSaying(repository.run(), "is a file");
  assert.equal(readFileSync(repository.path(".venv"), "utf8"), "work\n");
});
