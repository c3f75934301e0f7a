// The packages tried as whoever installs them would: the extension's server, the command, the language server.

import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient } from "../lsp-client.mjs";
import { run } from "../processes.mjs";
import { lastLines, ROOT } from "../setup.mjs";
import { Trouble } from "../terminal.mjs";
import { environmentWith, programOf } from "./python-packages.mjs";

const REPORT = ["reports", "README.md"];
const FINDINGS_AT_LEAST = 5;
const LAST_LINE = /^8 of 12 pass the official check, 2 unanswered$/m;

/** A copy of the example report in the new folder `folder`. */
function example(folder) {
  cpSync(join(ROOT, "examples", "report"), folder, { recursive: true });
  return folder;
}

/** Open the report in `workspace` with a server; the milliseconds to its answer to `initialize` and to its findings. */
async function openReport(command, args, workspace, cwd) {
  const uri = pathToFileURL(join(workspace, ...REPORT)).href;
  const started = performance.now();
  const client = new LanguageClient(command, args, { cwd });
  try {
    const rootUri = pathToFileURL(workspace).href;
    await client.request("initialize", { processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: "report" }], capabilities: {} });
    const initialized = performance.now() - started;
    client.notify("initialized", {});
    const text = readFileSync(join(workspace, ...REPORT), "utf8");
    client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "markdown", version: 1, text } });
    const { diagnostics } = await client.notified("textDocument/publishDiagnostics");
    const found = performance.now() - started;
    if (diagnostics.length < FINDINGS_AT_LEAST) {
      throw new Trouble(`The language server found ${diagnostics.length} faults in the example report; it has ${FINDINGS_AT_LEAST} and more.`);
    }
    await client.close();
    return { initialized, found };
  } finally {
    client.kill();
  }
}

/** How the extension starts its server; client-vscode/src/server/process.ts does the same. */
export function bundledCommand(extension, cache) {
  return ["-I", "-S", "-X", "utf8", "-X", `pycache_prefix=${cache}`, join(extension, "bundled", "main.py")];
}

/** The server of an unpacked .vsix, started twice: the first time Python has nothing compiled yet. */
export async function tryExtension(python, unpacked, folder) {
  const extension = join(unpacked, "extension");
  const workspace = example(join(folder, "Prüfung 考试"));
  const args = bundledCommand(extension, join(folder, "compiled"));
  const first = await openReport(python, args, workspace, extension);
  return { first, second: await openReport(python, args, workspace, extension) };
}

/** Wheel or sdist in an environment of its own in the new folder `folder`: version, check, language server. */
export async function tryPackage(python, file, version, folder) {
  mkdirSync(folder);
  const venv = join(folder, "venv");
  environmentWith(python, venv, file);
  const command = programOf(venv, "invigilator");
  const workspace = example(join(folder, "report"));
  const said = run(command, ["--version"], { cwd: folder });
  if (said.status !== 0 || !said.stdout.includes(version)) {
    throw new Trouble(`\`invigilator --version\` of ${file} did not say ${version}:\n${lastLines(said)}`);
  }
  const checked = run(command, ["check", "report"], { cwd: folder });
  if (checked.status !== 1 || !LAST_LINE.test(checked.stdout)) {
    throw new Trouble(`\`invigilator check\` of ${file} on the example: exit code ${checked.status} (1 is right), and it said:\n${lastLines(checked)}`);
  }
  await openReport(command, ["serve"], workspace, folder);
}
