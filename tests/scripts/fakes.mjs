// A repository in a temporary folder with the real scripts in it, and Pythons that are small shell scripts: they answer
// what a real one would in each of the situations that setup has to tell apart.

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What each kind of trouble prints, and its exit code, as the real programs do. */
const NO_ENSUREPIP = `echo "The virtual environment was not created successfully because ensurepip is not"
  echo "available.  On Debian/Ubuntu systems, you need to install the python3-venv"
  exit 1`;
const NO_NETWORK = `echo "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'" >&2
  echo "ERROR: No matching distribution found for hatchling>=1.24" >&2
  exit 1`;

/**
 * The text of a fake Python.
 *
 * `missing`: modules it lacks; `venv`, `pip`: shell code that fails there; `program`: the path it gives as its own;
 * `modules`: shell code for other `-m` calls. It writes its arguments to the file `log`.
 */
function pythonScript({ version, missing = [], venv = "", pip = "", program = "$0", modules = "", log }) {
  const [major, minor, micro] = version.split(".");
  const list = missing.map((name) => `\\"${name}\\"`).join(", ");
  return `#!/bin/sh
home=\${0%/*}
case "$1 $2" in
"-c "*ensurepip*) echo "{\\"version\\": [${major}, ${minor}, ${micro}], \\"executable\\": \\"${program}\\", \\"missing\\": [${list}]}" ;;
"-c "*find_spec*) if [ -e "$home/installed" ]; then echo "${major}.${minor} 1 1"; else echo "${major}.${minor} 0 1"; fi ;;
*) echo "$*" >> "${log}" ;;
esac
case "$1 $2" in
"-m venv") ${venv || ":"}
  /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python" ;;
"-m pip") if [ "$3" = install ]; then ${pip || ":"}
  : > "$home/installed"; fi ;;
${modules}
esac
`;
}

export class Repository {
  /** A fresh one, removed after the test `t`. Only what is put on its PATH is found. */
  constructor(t) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "invigilator setup ")));
    t.after(() => rmSync(this.root, { recursive: true, force: true }));
    this.bin = join(this.root, "on-the-path");
    this.log = join(this.root, "calls.log");
    mkdirSync(this.bin);
    cpSync(join(PROJECT, "scripts"), join(this.root, "scripts"), { recursive: true });
    writeFileSync(join(this.root, "pyproject.toml"), "[project]\nname = 'something'\n");
  }

  program(name, text, folder = this.bin) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  }

  python(name, facts, folder = this.bin) {
    return this.program(name, pythonScript({ log: this.log, ...facts }), folder);
  }

  /** Run one of the scripts; what it printed, its exit code, and the calls of fake Pythons that changed something. */
  run(script = "setup.mjs", { env = {}, args = [] } = {}) {
    rmSync(this.log, { force: true });
    const result = spawnSync(process.execPath, [join(this.root, "scripts", script), ...args], {
      encoding: "utf8",
      env: { PATH: this.bin, HOME: this.root, ...env },
      timeout: 30_000,
    });
    const calls = existsSync(this.log) ? readFileSync(this.log, "utf8").trim().split("\n") : [];
    return { code: result.status, out: result.stdout, err: result.stderr, calls };
  }

  path(...parts) {
    return join(this.root, ...parts);
  }
}

/** A test that needs the fake Pythons. */
function posixTest(name, body) {
  test(name, { skip: process.platform === "win32" && "the fake Pythons are shell scripts" }, body);
}

export { NO_ENSUREPIP, NO_NETWORK, posixTest };
