// `npm run test:editors`: the packaged extension in the real VS Code, the server in Neovim, Emacs and Vim, the command line in CI;
// installs what that needs.
// Parts by name: npm run test:editors -- person host editors. An older VS Code: --vscode 1.100.
// --measure: how quick it feels; --screenshots: the pictures of the extension's README.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CACHE } from "./editors/cache.mjs";
import { browser as findBrowser, prepareMachine } from "./editors/machine.mjs";
import { installTools, installVSCode, NEWEST } from "./editors/vscode.mjs";
import { follow } from "./processes.mjs";
import { ROOT, setUp } from "./setup.mjs";
import { headline, main, paint, Trouble } from "./terminal.mjs";
import { startCode } from "../tests/editors/vscode/harness/code.mjs";
import { endAll } from "../tests/editors/vscode/harness/ending.mjs";
import { startBrowser } from "../tests/editors/vscode/harness/window.mjs";
import { hostSessions } from "../tests/editors/vscode/host.mjs";
import { measure } from "../tests/editors/vscode/measure.mjs";
import { personSession } from "../tests/editors/vscode/person.mjs";
import { takeScreenshots } from "../tests/editors/vscode/screenshots.mjs";
import { trustSession } from "../tests/editors/vscode/trust.mjs";
import { writingSession } from "../tests/editors/vscode/writing.mjs";

/** The newest package that `npm run package` has made. */
function packaged() {
  const folder = join(ROOT, "dist");
  const [name] = readdirSync(folder).filter((file) => file.endsWith(".vsix"));
  if (!name) throw new Trouble(`There is no .vsix in ${folder}.`);
  return join(folder, name);
}

async function pytest(python, folders) {
  const env = { ...process.env, INVIGILATOR_EDITORS_REQUIRED: "1" };
  const failure = await follow(python, ["-m", "pytest", "-q", ...folders], { cwd: ROOT, env });
  return failure === null;
}

/** What can be run, by name, in its order: a title and a function that says whether all went well. */
function partsOf(setting) {
  const { python, code } = setting;
  const vscode = `VS Code ${code.version}`;
  const script = join(ROOT, "scripts", "package.mjs");
  return {
    package: ["npm run package", async () => (await follow(process.execPath, [script], { cwd: ROOT })) === null],
    person: [`${vscode}: a person's session`, () => personSession(setting)],
    writing: [`${vscode}: what helps while writing`, () => writingSession(setting)],
    trust: [`${vscode}: a workspace that is not trusted`, () => trustSession(setting)],
    host: [`${vscode}: inside the extension host`, () => hostSessions(setting)],
    editors: ["Neovim, Emacs, Vim", () => pytest(python, ["tests/editors"])],
    packages: ["The packaged server among a student's traps", () => pytest(python, ["tests/packages"])],
    ci: ["The GitHub action in a job, the hooks in pre-commit", () => pytest(python, ["tests/ci"])],
  };
}

async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    process.stdout.write(`  ${paint("red", "fails")} ${error instanceof Trouble ? error.message : error.stack}\n`);
    return false;
  }
}

/** Run a part; one that fails gets a second chance in a fresh editor, and the summary says so: a window is not as sure as a function. */
async function runPart([title, run]) {
  headline(title);
  const started = Date.now();
  const first = await attempt(run);
  if (!first) headline(`${title}, once more`);
  const good = first || (await attempt(run));
  const note = good && !first ? `${title} (at the second attempt)` : title;
  return { title: note, good, seconds: Math.round((Date.now() - started) / 1000) };
}

function summarize(results) {
  headline("Real editors");
  for (const { title, good, seconds } of results) {
    process.stdout.write(`  ${good ? paint("green", "ok   ") : paint("red", "fails")} ${`${seconds} s`.padStart(6)}  ${title}\n`);
  }
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        vscode: { type: "string", default: NEWEST },
        screenshots: { type: "boolean" },
        measure: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new Trouble(`${error.message} Known are --vscode VERSION, --measure, --screenshots, and the names of parts.`);
  }
}

async function prepare(wanted) {
  const python = setUp();
  headline("What the editors' tests need");
  await prepareMachine();
  const code = await installVSCode(wanted, python);
  const { chromium, mocha } = await installTools();
  process.stdout.write(`  VS Code ${code.version}, in ${CACHE}\n`);
  const runs = join(CACHE, "runs");
  rmSync(runs, { recursive: true, force: true });
  mkdirSync(runs, { recursive: true });
  const browser = await startBrowser(chromium, findBrowser());
  let count = 0;
  /**
   * A VS Code of its own with the packaged extension, and folders for it and its pictures. `prepare`: makes what is opened,
   * in the folder that it is given; what it gives are more options of startCode, and `more` of what start gives.
   */
  const start = async (name, prepare = () => ({})) => {
    count += 1;
    const folder = join(runs, `${count}-${name}`);
    const pictures = join(folder, "pictures");
    mkdirSync(pictures, { recursive: true });
    const more = prepare({ folder });
    return { folder, pictures, browser, more, code: await startCode({ code, vsix: packaged(), folder, ...more }) };
  };
  return { python, code, browser, mocha, start };
}

const PARTS = ["package", "person", "writing", "trust", "host", "editors", "packages", "ci"];

async function everything() {
  const { values, positionals } = options();
  const unknown = positionals.find((name) => !PARTS.includes(name));
  if (unknown) throw new Trouble(`There is no part ${unknown}; there are ${PARTS.join(", ")}.`);
  const setting = await prepare(values.vscode);
  if (values.measure) return (await runPart(["How quick it is", () => measure(setting)])).good ? 0 : 1;
  if (values.screenshots) return (await runPart(["Screenshots", () => takeScreenshots(setting)])).good ? 0 : 1;
  const parts = partsOf(setting);
  const older = values.vscode === NEWEST ? [] : ["editors", "packages", "ci"];
  const wanted = PARTS.filter((name) => (positionals.length ? positionals.includes(name) : !older.includes(name)));
  const results = [];
  for (const name of wanted) {
    results.push(await runPart(parts[name]));
    // without a package there is nothing to try
    if (name === "package" && !results[0].good) break;
  }
  summarize(results);
  return results.every(({ good }) => good) ? 0 : 1;
}

await main(async () => {
  try {
    return await everything();
  } finally {
    await endAll();
  }
});
