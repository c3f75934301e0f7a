import assert from "node:assert/strict";
import { test } from "node:test";
import { candidates, findPython } from "../../scripts/python.mjs";
import { posixTest, Repository } from "./fakes.mjs";

/** What `findPython` says on `platform` with only the repository's programs on the PATH. */
function complaint(t, repository, platform) {
  const path = process.env.PATH;
  process.env.PATH = repository.bin;
  t.after(() => {
    process.env.PATH = path;
  });
  try {
    return `found ${findPython({}, platform).version}`;
  } catch (error) {
    return error.message;
  } finally {
    process.env.PATH = path;
  }
}

test("the order in which Pythons are tried", () => {
  const versions = [["python3.13"], ["python3.12"], ["python3.11"], ["python3.10"]];
  assert.deepEqual(candidates("linux"), [["python3"], ["python"], ...versions]);
  assert.deepEqual(candidates("win32"), [["python3"], ["python"], ["py", "-3"], ...versions]);
});

posixTest("the Microsoft Store's placeholder is told from a Python", (t) => {
  const repository = new Repository(t);
  const stub =
    "#!/bin/sh\necho 'Python was not found; run without arguments to install from the Microsoft Store, or disable this shortcut.' >&2\nexit 49\n";
  repository.program("python3", stub);
  repository.program("python", stub);
  const said = complaint(t, repository, "win32");
  assert.match(said, /only the Microsoft Store's placeholder/);
  assert.match(said, /winget install/);
});

posixTest("the launcher of Windows is asked for a Python 3", (t) => {
  const repository = new Repository(t);
  repository.python("python-3.12", { version: "3.12.4" });
  repository.program("py", `#!/bin/sh\n[ "$1" = -3 ] || exit 1\nshift\nexec '${repository.bin}/python-3.12' "$@"\n`);
  assert.equal(complaint(t, repository, "win32"), "found 3.12.4");
});

for (const [platform, advice] of [
  ["linux", /apt-get install python3 python3-venv/],
  ["darwin", /brew install python/],
  ["win32", /winget install Python/],
]) {
  posixTest(`no Python on ${platform}: the way to get one there`, (t) => {
    assert.match(complaint(t, new Repository(t), platform), advice);
  });
}
