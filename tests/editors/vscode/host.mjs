// Mocha suites inside VS Code's extension host, with the installed extension as its neighbour there.

import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../../scripts/processes.mjs";
import { Trouble } from "../../../scripts/terminal.mjs";
import { follow } from "./harness/steps.mjs";
import { LIMIT } from "./harness/waiting.mjs";
import { png } from "./pictures.mjs";
import { copyExample } from "./report.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SUITES_LIMIT = 5 * LIMIT;

/** A small report with one question, as it stands in a file of its own. */
const SMALL = "# Small\n\n### Question 1\n\n> Insert 1 image.\n>\n> Answer:\n\n![what is new](figures/new.png)\n";

function write(path, text, mode) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  if (mode) chmodSync(path, mode);
}

/** A workspace as a student may have one: modules of their own with the names of Python's, and several reports. */
function usualWorkspace(folder) {
  const { folder: root } = copyExample(folder);
  for (const name of ["random", "logging", "attr", "json", "asyncio"]) write(join(root, `${name}.py`), `raise SystemExit("${name}.py of the workspace was imported")\n`);
  write(join(root, "attrs", "__init__.py"), '__version__ = "19.1.0"\n');
  write(join(root, "group work", "first draft", "report.md"), SMALL);
  write(join(root, "many", "report.md"), SMALL);
  const picture = png(8, 8);
  mkdirSync(join(root, "many", "figures"));
  for (let number = 1; number <= 300; number += 1) writeFileSync(join(root, "many", "figures", `plot-${number}.png`), picture);
  return root;
}

/** Run a program that has to work. */
function must(command, args, options) {
  const { status, stdout, stderr } = run(command, args, options);
  if (status !== 0) throw new Trouble(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
}

/** The package of an extension of host/fakes, made in `folder`. */
function packFake(name, folder, python) {
  const stage = join(folder, name);
  cpSync(join(HERE, "host", "fakes", name), join(stage, "extension"), { recursive: true });
  const vsix = join(folder, `${name}.vsix`);
  must(python, ["-m", "zipfile", "-c", vsix, "extension"], { cwd: stage });
  return vsix;
}

/** The report, two environments, and a Python that is too old; nothing at all is on PATH. */
function noPythonWorkspace(folder, python) {
  const { folder: root } = copyExample(join(folder, "report"));
  const old = join(folder, "old", "python3");
  write(old, `#!/bin/sh\necho 3.8.10\necho ${old}\n`, 0o755);
  for (const name of ["first", "second"]) {
    must(python, ["-m", "venv", "--without-pip", join(folder, `${name} environment`)]);
  }
  mkdirSync(join(folder, "bin"));
  return { root, old, empty: join(folder, "bin"), first: join(folder, "first environment", "bin", "python"), second: join(folder, "second environment", "bin", "python") };
}

/** What the suites may ask of their driver: results told to it, and what is on the screen. */
async function startHands(answers) {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (text) => { body += text; });
    request.on("end", async () => {
      try {
        const answer = await answers[request.url.slice(1)](body ? JSON.parse(body) : undefined);
        response.end(JSON.stringify(answer ?? null));
      } catch (error) {
        response.statusCode = 500;
        response.end(error.message);
      }
    });
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** The results of a suite as steps that have happened already, in the order in which they come. */
function resultSteps(results) {
  return results.map(({ title, took, failure }) => ({
    title,
    took,
    async run() {
      if (failure) throw new Error(failure);
    },
  }));
}

/** Run the suite `name` in a VS Code of its own: whether every test passed. */
async function runSuite({ start, mocha }, name, prepare) {
  const results = [];
  let window;
  let finished;
  const ended = new Promise((resolve) => { finished = resolve; });
  const hands = await startHands({
    told: (result) => { results.push(result); },
    notifications: () => window.listedNotifications(),
    ended: () => { finished("ended"); },
  });
  let session;
  try {
    session = await start(name, ({ folder }) => {
      const { root, env, extensions } = prepare(folder);
      const variables = {
        INVIGILATOR_TESTS: join(HERE, "host", "tests", `${name}.cjs`),
        INVIGILATOR_TESTS_MOCHA: mocha,
        INVIGILATOR_TESTS_HANDS: hands.url,
      };
      return { tests: true, env: { ...env, ...variables }, extensions, root };
    });
    const { browser, code, pictures, more } = session;
    window = await browser.newWindow({ code, pictures });
    const uri = (path) => `vscode-remote://${new URL(code.url).host}${path}`;
    await window.page.exposeFunction("codeAutomationExit", (status) => finished(status === 0 ? "ended" : `exit code ${status}`));
    await window.page.exposeFunction("codeAutomationLog", () => {});
    await window.open(more.root, [
      ["extensionDevelopmentPath", uri(join(HERE, "host"))],
      ["extensionTestsPath", uri(join(HERE, "host", "index.cjs"))],
    ]);
    let timer;
    const late = new Promise((resolve) => { timer = setTimeout(() => resolve(`no end within ${SUITES_LIMIT / 1000} s`), SUITES_LIMIT); });
    const how = await Promise.race([ended, late]);
    clearTimeout(timer);
    if (how !== "ended" || results.length === 0) results.push({ title: "the suite runs to its end", failure: how });
  } catch (error) {
    results.push({ title: "the suite starts", failure: error.message });
  }
  const evidence = async () => [`Screenshot: ${await window.picture("failed")}`, `Logs: ${session.code.logs}`];
  let good = true;
  for (const step of resultSteps(results)) good = (await follow([step], evidence)) && good;
  await window?.close();
  await session?.code.stop();
  hands.stop();
  return good;
}

/** All suites; whether every test of them passed. */
export async function hostSessions(setting) {
  const usual = await runSuite(setting, "usual", (folder) => {
    const root = usualWorkspace(join(folder, "Übung 3"));
    const installed = join(dirname(setting.python), "invigilator");
    const command = join(folder, "invigilator");
    // an installed command is not kept from what PYTHONPATH says, as the bundled one is
    write(command, `#!/bin/sh\nunset PYTHONPATH\nexec '${installed}' "$@"\n`, 0o755);
    return { root, env: { PYTHONPATH: root, INVIGILATOR_TESTS_COMMAND: command } };
  });
  const noPython = await runSuite(setting, "no-python", (folder) => {
    const { root, old, empty, first, second } = noPythonWorkspace(folder, setting.python);
    // VSCODE_CLI: VS Code takes PATH as it is, and asks no shell for another
    const env = { PATH: empty, VSCODE_CLI: "1", INVIGILATOR_TESTS_OLD: old, INVIGILATOR_TESTS_FIRST: first, INVIGILATOR_TESTS_SECOND: second };
    return { root, env, extensions: ["python", "environments"].map((name) => packFake(name, folder, setting.python)) };
  });
  const writing = await runSuite(setting, "writing", (folder) => ({ root: copyExample(join(folder, "report")).folder }));
  return usual && noPython && writing;
}
