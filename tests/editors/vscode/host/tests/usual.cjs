// A student's workspace on a machine with a Python.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const vscode = require("vscode");
const { api, ask, codes, eventually, findings, inFolder, open, running, serverProcesses, set } = require("../tools.cjs");

const REPORT = inFolder("reports", "README.md");
const DRAFT = inFolder("group work", "first draft", "report.md");
const MANY = inFolder("many", "report.md");

describe("in a student's workspace", () => {
  let server;
  let reports;

  before(async () => {
    await open(REPORT);
    ({ server, reports } = await api());
  });

  it("runs in spite of modules of the workspace that are called like Python's", async () => {
    await running(server);
    assert.equal(server.state.how.kind, "bundled");
    await findings(REPORT, 14);
    assert.equal(serverProcesses().length, 1);
  });

  it("contributes the commands that its manifest names", async () => {
    const { packageJSON } = vscode.extensions.getExtension("invigilator.invigilator");
    const named = packageJSON.contributes.commands.map(({ command }) => command);
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(named.filter((command) => !known.includes(command)), []);
    assert.equal(named.length, 12);
  });

  it("tells the state of every question", () => {
    const { status } = reports.get(REPORT);
    assert.deepEqual([status.passed, status.total, status.unanswered], [8, 12, 2]);
    assert.deepEqual(status.questions.filter(({ passed }) => !passed).map(({ number }) => number), [4, 8, 10, 12]);
  });

  it("leaves out a finding whose code is ignored in the settings, and shows it again", async () => {
    await set("ignore", ["figure.*"]);
    await eventually("no finding about figures", () => codes(REPORT).length > 0 && !codes(REPORT).some((code) => code.startsWith("figure.")));
    await set("ignore", undefined);
    await findings(REPORT, 14);
  });

  it("shows a finding as severe as the settings say", async () => {
    await set("severity", { "answer.too-long": "error" });
    const severity = () => vscode.languages.getDiagnostics(REPORT).find(({ code }) => (code.value ?? code) === "answer.too-long").severity;
    await eventually("an error", () => severity() === vscode.DiagnosticSeverity.Error);
    await set("severity", undefined);
    await eventually("a warning", () => severity() === vscode.DiagnosticSeverity.Warning);
  });

  it("applies all safe fixes in one step, which one undo takes back", async () => {
    const { document } = await open(REPORT);
    const before = document.getText();
    await vscode.commands.executeCommand("invigilator.applySafeFixes");
    await eventually("the capitals of the file's name", () => document.getText().includes("figures/Loss-curve.png"));
    assert.match(document.getText(), /--- question 5 fill here ---/, "a placeholder is for its writer to delete");
    await vscode.commands.executeCommand("undo");
    await eventually("the text as it was", () => document.getText() === before);
  });

  it("goes to the next question that fails", async () => {
    const editor = await open(REPORT);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand("invigilator.nextFailing");
    const heading = (number) => editor.document.getText().split("\n").indexOf(`### Question ${number}`);
    const line = editor.selection.active.line;
    assert.ok(line >= heading(4) && line < heading(5), `line ${line + 1}`);
  });

  it("shows debug information without a folder of the user's home", async () => {
    await vscode.commands.executeCommand("invigilator.debugInformation");
    const text = vscode.window.activeTextEditor.document.getText();
    assert.match(text, /Python 3\.\d+/);
    assert.match(text, new RegExp(vscode.version.replaceAll(".", "\\.")));
    assert.ok(!text.includes(`${require("node:os").homedir()}/`), text);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("restarts by command: another process, and never two at once", async () => {
    const first = await running(server);
    const seen = new Set();
    let most = 0;
    const watch = setInterval(() => {
      const now = serverProcesses();
      now.forEach((pid) => seen.add(pid));
      most = Math.max(most, now.length);
    }, 60);
    await Promise.all(Array.from({ length: 5 }, () => vscode.commands.executeCommand("invigilator.restartServer")));
    clearInterval(watch);
    const last = await running(server);
    assert.notEqual(last, first);
    assert.deepEqual(serverProcesses(), [last]);
    assert.ok(most <= 1, `${most} at once`);
    assert.ok(seen.size <= 3, `five quick calls started ${seen.size} processes`);
    await findings(REPORT, 14);
  });

  it("restarts nothing where a setting names the Python that runs already", async () => {
    const pid = await running(server);
    const before = server.resolution;
    await set("interpreter", server.state.how.interpreter);
    await eventually("it has looked anew", () => server.resolution !== before && server.resolution.launch?.source === "setting invigilator.interpreter");
    assert.equal(server.processId, pid);
    await set("interpreter", undefined);
    await eventually("it has looked anew", () => server.resolution.launch?.source !== "setting invigilator.interpreter");
    assert.equal(server.processId, pid);
  });

  it("runs the installed command that invigilator.path names, and its own again without it", async () => {
    await set("path", process.env.INVIGILATOR_TESTS_COMMAND);
    await running(server, (how) => how.kind === "installed");
    await findings(REPORT, 14);
    await set("path", undefined);
    await running(server, (how) => how.kind === "bundled");
    await findings(REPORT, 14);
  });

  it("checks a report in a sub-folder beside the first", async () => {
    await open(DRAFT);
    await eventually("its missing picture is found", () => codes(DRAFT).includes("figure.not-found"));
    assert.equal(codes(REPORT).length, 14);
    assert.equal(reports.all.length, 2);
  });

  it("sees a figures folder that comes to be", async () => {
    const figures = inFolder("group work", "first draft", "figures").fsPath;
    fs.mkdirSync(figures);
    fs.copyFileSync(inFolder("many", "figures", "plot-1.png").fsPath, `${figures}/new.png`);
    await eventually("nothing is missing", () => !codes(DRAFT).includes("figure.not-found"));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("offers at most nine of three hundred figures, and the picker", async () => {
    const { document } = await open(MANY);
    const report = await eventually("its status", () => reports.get(MANY));
    assert.equal(report.status.figures.length, 300);
    const marker = document.positionAt(document.getText().indexOf("Answer:"));
    const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", MANY, new vscode.Range(marker, marker));
    const titles = actions.map(({ title }) => title).filter((title) => title.startsWith("Insert figure"));
    assert.equal(titles.length, 10, titles.join("\n"));
    assert.equal(titles.at(-1), "Insert figure…");
  });

  it("is back after a crash", async () => {
    await open(REPORT);
    const pid = await running(server);
    process.kill(pid, "SIGKILL");
    await eventually("another process", async () => server.processId !== undefined && server.processId !== pid && server.state.kind === "running");
    await findings(REPORT, 14);
  });

  it("gives up after many crashes, and starts again when asked to", async () => {
    for (let crash = 0; crash < 10 && server.state.kind !== "failed"; crash += 1) {
      const pid = await running(server);
      process.kill(pid, "SIGKILL");
      await eventually("the crash is noticed", () => server.processId !== pid);
      await eventually("it runs or has failed", () => ["running", "failed"].includes(server.state.kind));
    }
    assert.equal(server.state.kind, "failed");
    assert.deepEqual(serverProcesses(), []);
    await eventually("one notification about the crashes", async () => {
      const told = await ask("notifications");
      if (told.filter((text) => /crash/.test(text)).length === 1) return true;
      throw new Error(told.join("\n"));
    });
    await vscode.commands.executeCommand("invigilator.restartServer");
    await running(server);
    await findings(REPORT, 14);
  });
});
