// Finds a Python that can make the project's environment, or says in a few words what is in the way.

import { run } from "./processes.mjs";
import { Trouble } from "./terminal.mjs";

export const OLDEST = [3, 10];
const NEWEST_BY_NAME = 13;

// Python 2 must understand it too: an old `python` should say its version, not fail. In an activated environment the
// program behind it is named, because the environment may be the very one that is about to be replaced.
const PROBE = `
import json, os, sys
missing = []
for name in ("venv", "ensurepip"):
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
program = sys.executable
if getattr(sys, "base_prefix", sys.prefix) != sys.prefix:
    base = getattr(sys, "_base_executable", program)
    program = base if base != program else os.path.realpath(program)
print(json.dumps({"version": list(sys.version_info[:3]), "executable": program, "missing": missing}))
`;

/** The commands that may be a Python, in the order they are tried. */
export function candidates(platform = process.platform) {
  const names = [["python3"], ["python"]];
  if (platform === "win32") names.push(["py", "-3"]);
  for (let minor = NEWEST_BY_NAME; minor >= OLDEST[1]; minor -= 1) names.push([`python3.${minor}`]);
  return names;
}

/**
 * What the Python behind `command` is.
 *
 * `kind` is "good", "old", "no-venv" (venv or ensurepip missing), "store" (the Windows Store's placeholder), "broken"
 * (it is there and does not run: `said` holds its last line) or "absent".
 */
export function probe([command, ...args]) {
  const result = run(command, [...args, "-c", PROBE], { timeout: 20_000 });
  if (result.error?.code === "ENOENT") return { kind: "absent", command };
  const said = `${result.stdout}\n${result.stderr}`;
  if (result.status === 9009 || /Microsoft Store|App execution aliases/i.test(said)) return { kind: "store", command };
  let facts;
  try {
    facts = JSON.parse(result.stdout.trim().split("\n").at(-1));
  } catch {
    const lines = said.split("\n").filter((line) => line.trim());
    const telling = lines.find((line) => /error|not found/i.test(line)) ?? lines.at(-1);
    return { kind: "broken", command, said: (telling ?? result.error?.message ?? `exit code ${result.status}`).trim() };
  }
  const [major, minor] = facts.version;
  const found = {
    command,
    executable: facts.executable || command,
    version: facts.version.join("."),
    minor: `${major}.${minor}`,
  };
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return { kind: "old", ...found };
  return { kind: facts.missing.length ? "no-venv" : "good", ...found };
}

const AGAIN = "Then run this again in a new terminal.";

function howToGetPython(platform) {
  if (platform === "win32") {
    return `Install it with \`winget install Python.Python.3.13\`, or from https://www.python.org/downloads/windows/ with "Add python.exe to PATH" ticked. ${AGAIN}`;
  }
  if (platform === "darwin") {
    return `Install it with \`brew install python\`, or from https://www.python.org/downloads/macos/. ${AGAIN}`;
  }
  return `Install it: on Debian and Ubuntu \`sudo apt-get install python3 python3-venv\`, on Fedora \`sudo dnf install python3\`, on Arch \`sudo pacman -S python\`. ${AGAIN}`;
}

const ELSEWHERE = "A Python in another place is named with the environment variable INVIGILATOR_PYTHON (the path of its program).";

/** What to say when the Python `found` cannot make environments. */
export function withoutVenv(found, platform = process.platform) {
  const where = `Python ${found.version} (${found.executable})`;
  if (platform !== "win32" && platform !== "darwin") {
    return `${where} cannot make virtual environments: its modules venv and ensurepip are packaged apart. On Debian and Ubuntu: \`sudo apt-get install python${found.minor}-venv\` (or python3-venv). Then run this again.`;
  }
  return `${where} cannot make virtual environments: its modules venv and ensurepip are missing. ${howToGetPython(platform)}`;
}

function complaint(seen, platform) {
  const oldest = OLDEST.join(".");
  const apart = seen.find((found) => found.kind === "no-venv");
  if (apart) return `${withoutVenv(apart, platform)} ${ELSEWHERE}`;
  const old = seen.filter((found) => found.kind === "old");
  if (old.length) {
    const list = [...new Set(old.map((found) => `${found.version} (${found.executable})`))].join(", ");
    return `Python ${oldest} or newer is needed, and only an older one was found: ${list}. ${howToGetPython(platform)} ${ELSEWHERE}`;
  }
  if (seen.some((found) => found.kind === "store")) {
    return `Python ${oldest} or newer is needed. The \`python\` found here is only the Microsoft Store's placeholder, which Windows puts there while no Python is installed. ${howToGetPython(platform)} ${ELSEWHERE}`;
  }
  const broken = seen.filter((found) => found.kind === "broken");
  const failing = broken.length
    ? ` These were found and do not run: ${broken.map((found) => `${found.command} ("${found.said}")`).join(", ")}.`
    : "";
  const looked = candidates(platform).map((words) => words.join(" ")).join(", ");
  return `Python ${oldest} or newer is needed, and none was found (looked for ${looked}).${failing} ${howToGetPython(platform)} ${ELSEWHERE}`;
}

/** A Python that can make the environment: what `probe` says of it. Throws a Trouble where there is none. */
export function findPython(env = process.env, platform = process.platform) {
  const named = env.INVIGILATOR_PYTHON;
  if (named) {
    const found = probe([named]);
    if (found.kind === "good") return found;
    const why = {
      absent: "there is no such program",
      store: "it is the Microsoft Store's placeholder, not a Python",
      broken: `it does not run as a Python: "${found.said}"`,
      old: `it is Python ${found.version}, and ${OLDEST.join(".")} or newer is needed`,
    }[found.kind];
    throw new Trouble(
      why
        ? `INVIGILATOR_PYTHON names ${named}, but ${why}. Give the path of another Python, or unset it.`
        : withoutVenv(found, platform),
    );
  }
  const seen = [];
  for (const command of candidates(platform)) {
    const found = probe(command);
    if (found.kind === "good") return found;
    if (found.kind !== "absent") seen.push(found);
  }
  throw new Trouble(complaint(seen, platform));
}
