// What the suites share.

const { execFileSync } = require("node:child_process");
const { join } = require("node:path");
const vscode = require("vscode");

const LIMIT = Number(process.env.INVIGILATOR_EDITORS_SECONDS || 60) * 1000 - 2000;
const HANDS = process.env.INVIGILATOR_TESTS_HANDS;

/** Ask the driver outside for something, or tell it. */
async function ask(what, body) {
  const response = await fetch(`${HANDS}/${what}`, { method: "POST", body: body === undefined ? "" : JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return await response.json();
}

/** Ask until there is an answer that is true; else say what was there. */
async function eventually(what, condition, limit = LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    let there;
    try {
      there = await condition();
      if (there) return there;
    } catch (error) {
      there = error.message;
    }
    if (Date.now() > end) throw new Error(`Expected: ${what}. There was: ${typeof there === "string" ? there : JSON.stringify(there)}`);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
}

/** A file of the open folder. */
function inFolder(...names) {
  return vscode.Uri.file(join(vscode.workspace.workspaceFolders[0].uri.fsPath, ...names));
}

async function open(uri) {
  const document = await vscode.workspace.openTextDocument(uri);
  return await vscode.window.showTextDocument(document);
}

/** The codes of our findings in a document, sorted. */
function codes(uri) {
  const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "invigilator");
  return ours.map(({ code }) => (typeof code === "object" ? code.value : code)).sort();
}

/** Wait until a document has so many findings. */
async function findings(uri, count) {
  await eventually(`${count} findings`, () => {
    if (codes(uri).length === count) return true;
    throw new Error(`${codes(uri).length}: ${codes(uri).join(", ")}`);
  });
}

/** Wait until there is one notification of ours, and give its text; VS Code has its own, such as "Activating Extensions...". */
async function theNotification() {
  return await eventually("one notification", async () => {
    const texts = (await ask("notifications")).filter((text) => text.includes("Invigilator"));
    if (texts.length === 1) return texts[0];
    throw new Error(`${texts.length}: ${texts.join("; ")}`);
  });
}

/** What our extension gives to others, once it is awake. */
async function api() {
  const extension = vscode.extensions.getExtension("invigilator.invigilator");
  return await eventually("the extension is active", () => extension.isActive && extension.exports);
}

async function set(name, value) {
  await vscode.workspace.getConfiguration("invigilator").update(name, value, vscode.ConfigurationTarget.Global);
}

async function running(server, fits = () => true) {
  return await eventually("the server runs", () => {
    if (server.state.kind === "running" && fits(server.state.how)) return server.processId;
    throw new Error(JSON.stringify(server.state));
  });
}

/** The server processes of this extension host. */
function serverProcesses() {
  const lines = execFileSync("/bin/ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === process.pid && / serve|bundled\/main\.py/.test(args.join(" ")))
    .map(([pid]) => Number(pid));
}

module.exports = {
  api, ask, codes, eventually, findings, inFolder, open, running, serverProcesses, set, theNotification,
};
