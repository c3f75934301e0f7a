// Makes .venv and installs the project into it with its development tools; does nothing where that is done already.
//
// A stamp inside .venv says what it was made from. It is written as "unfinished" first, so that an interrupted run is
// noticed by the next one. An environment that somebody else made is used, and never deleted while it works.

import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.mjs";
import { findPython, withoutVenv } from "./python.mjs";
import { main, Trouble } from "./terminal.mjs";

export const ROOT = realpathSync(dirname(dirname(fileURLToPath(import.meta.url))));
const VENV = join(ROOT, ".venv");
const STAMP = join(VENV, "invigilator-setup.json");

/** The environment's interpreter: where POSIX and where Windows put it; null where there is none. */
function interpreter() {
  const places = [join(VENV, "bin", "python"), join(VENV, "Scripts", "python.exe")];
  return places.find((path) => existsSync(path)) ?? null;
}

/** The version ("3.11") of the environment's Python and whether the project is installed; null where it does not run. */
function inspect(python) {
  if (!python) return null;
  const code =
    "import importlib.util as u, sys; print('%d.%d' % sys.version_info[:2], int(u.find_spec('invigilator') is not None), int(sys.version_info >= (3, 10)))";
  const result = run(python, ["-c", code], { timeout: 60_000, cwd: VENV });
  const [version, installed, recent] = result.stdout.trim().split(" ");
  return result.status === 0 && recent === "1" ? { version, installed: installed === "1" } : null;
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, "utf8"));
  } catch {
    return null;
  }
}

/** Why .venv has to be made (anew), or null where it can stay. */
function whyMake(stamp, environment, wanted) {
  if (!existsSync(VENV)) return "Making .venv";
  if (stamp?.ours && stamp.state !== "ready") return "The last setup did not finish: making .venv anew";
  if (stamp && stamp.root !== ROOT) return "This folder was moved or copied: making .venv anew";
  if (!environment) return "The .venv here does not work, or its Python is gone or too old: making it anew";
  if (wanted && wanted.minor !== environment.version) {
    return `The .venv here is Python ${environment.version}, INVIGILATOR_PYTHON is ${wanted.minor}: making it anew`;
  }
  return null;
}

// what pip puts around the line that matters
const FRAME = /^\s*(note:|hint:|╰─>|│|\[end of output\]|$)/;

/** What a failed program said last, indented, for a Trouble. */
export function lastLines(result, count = 8) {
  const text = result.stderr.trim() || result.stdout.trim() || result.error?.message || `exit code ${result.status}`;
  return text
    .split("\n")
    .filter((line) => !FRAME.test(line))
    .slice(-count)
    .map((line) => `    ${line.trimEnd()}`)
    .join("\n");
}

function removeOld() {
  try {
    rmSync(VENV, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    throw new Trouble(
      `The old .venv cannot be removed (${error.code}: ${error.path ?? VENV}). Close the editors and terminals that use it, delete the folder ${VENV}, and run this again.`,
    );
  }
}

function makeEnvironment(base) {
  const result = run(base.executable, ["-m", "venv", VENV]);
  if (result.status === 0 && interpreter()) return;
  const said = result.stdout + result.stderr;
  if (/ensurepip is not\s+available|No module named '?(venv|ensurepip)\b/.test(said)) {
    throw new Trouble(withoutVenv(base));
  }
  throw new Trouble(`Python ${base.version} (${base.executable}) could not make ${VENV}. It said:\n${lastLines(result)}`);
}

const NO_NETWORK =
  /ConnectionError|NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|CERTIFICATE_VERIFY|Connection (refused|reset|broken)|Temporary failure in name resolution|getaddrinfo failed|No route to host|Network is unreachable|Could not fetch URL|from versions: none|Retrying \(Retry/;

/** What to do where pip failed. */
export function pipAdvice(result) {
  return NO_NETWORK.test(result.stdout + result.stderr)
    ? "pip could not reach its package index, or found nothing there. Look at the network; behind a proxy set HTTPS_PROXY, with an index of your own PIP_INDEX_URL."
    : "If a package could not be found, look at the network first (behind a proxy: HTTPS_PROXY; an index of your own: PIP_INDEX_URL).";
}

function install(python) {
  // an environment made by other tools may lack pip
  if (run(python, ["-m", "pip", "--version"]).status !== 0) run(python, ["-m", "ensurepip", "--upgrade"]);
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--editable", ".[dev]"];
  const result = run(python, args, { cwd: ROOT, env: { ...process.env, PIP_USER: "0" } });
  if (result.status === 0) return;
  throw new Trouble(`Installing the project failed. pip's last lines:\n${lastLines(result)}\n${pipAdvice(result)} Then run this again.`);
}

/**
 * Make .venv ready and give the path of its interpreter; instant, and without network, where nothing has changed.
 * Throws a Trouble that says what to do.
 */
export function setUp(say = (line) => process.stdout.write(`${line}\n`)) {
  const pyproject = createHash("sha256").update(readFileSync(join(ROOT, "pyproject.toml"))).digest("hex");
  if (existsSync(VENV) && !lstatSync(VENV).isSymbolicLink() && !lstatSync(VENV).isDirectory()) {
    throw new Trouble(`${VENV} is a file, and a folder of this name is needed. Rename it, and run this again.`);
  }
  const wanted = process.env.INVIGILATOR_PYTHON ? findPython() : null;
  const stamp = readStamp();
  const environment = inspect(interpreter());
  const reason = whyMake(stamp, environment, wanted);
  const fits =
    stamp?.state === "ready" && stamp.pyproject === pyproject && stamp.python === environment?.version;
  if (!reason && fits && environment.installed) return interpreter();

  const started = Date.now();
  const write = (values) => writeFileSync(STAMP, `${JSON.stringify({ root: ROOT, pyproject, ...values }, null, 2)}\n`);
  let ours = stamp?.ours ?? false;
  if (reason) {
    const base = wanted ?? findPython();
    ours = true;
    say(`${reason}, with Python ${base.version} (${base.executable}).`);
    removeOld();
    mkdirSync(VENV);
    write({ state: "unfinished", ours });
    makeEnvironment(base);
  } else {
    write({ state: "unfinished", ours });
  }
  say("Installing the project and its tools into .venv; the first time this takes about a minute.");
  const python = interpreter();
  install(python);
  write({ state: "ready", ours, python: inspect(python)?.version });
  say(`Ready after ${Math.round((Date.now() - started) / 1000)} s.`);
  return python;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(() => {
    setUp();
  });
}
