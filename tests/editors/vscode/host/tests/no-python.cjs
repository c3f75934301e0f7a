// A machine without a Python on PATH, with the two extensions that know environments.

const assert = require("node:assert/strict");
const vscode = require("vscode");
const { api, codes, eventually, findings, inFolder, open, running, set, theNotification } = require("../tools.cjs");

const REPORT = inFolder("reports", "README.md");
const { INVIGILATOR_TESTS_OLD: OLD, INVIGILATOR_TESTS_FIRST: FIRST, INVIGILATOR_TESTS_SECOND: SECOND } = process.env;

const exportsOf = async (id) => await vscode.extensions.getExtension(id).activate();

describe("without a Python", () => {
  let server;

  before(async () => {
    await open(REPORT);
    ({ server } = await api());
  });

  it("fails, and says so once", async () => {
    await eventually("it has failed", () => server.state.kind === "failed");
    const told = await theNotification();
    assert.match(told, /Invigilator needs Python 3\.10 or newer/);
    assert.match(told, /Select Interpreter/);
    assert.deepEqual(codes(REPORT), []);
  });

  it("names what a setting says that does not work", async () => {
    const before = server.resolution;
    await set("interpreter", "/nowhere/python3");
    await eventually("it has looked anew", () => server.resolution !== before);
    assert.equal(server.resolution.launch, undefined);
    assert.deepEqual(server.resolution.broken.map(({ value }) => value), ["/nowhere/python3"]);
  });

  it("does not start a Python that is too old", async () => {
    await set("interpreter", OLD);
    await eventually("it was asked for its version", () => server.resolution.tooOld === "3.8.10");
    assert.equal(server.state.kind, "failed");
    await theNotification();
  });

  it("starts by itself when an environment without pip is selected", async () => {
    await set("interpreter", undefined);
    (await exportsOf("ms-python.vscode-python-envs")).select(FIRST);
    await running(server, (how) => how.interpreter === FIRST);
    assert.equal(server.state.how.source, "Python Environments extension");
    await findings(REPORT, 14);
  });

  it("does not start anew when the same environment is selected again", async () => {
    const pid = server.processId;
    const before = server.resolution;
    (await exportsOf("ms-python.vscode-python-envs")).select(FIRST);
    await eventually("it has looked anew", () => server.resolution !== before);
    assert.equal(server.processId, pid);
  });

  it("follows the Python extension where the other has nothing", async () => {
    const pid = server.processId;
    (await exportsOf("ms-python.vscode-python-envs")).select(undefined);
    (await exportsOf("ms-python.python")).select(SECOND);
    await running(server, (how) => how.interpreter === SECOND);
    assert.equal(server.state.how.source, "Python extension");
    assert.notEqual(server.processId, pid);
    await findings(REPORT, 14);
  });

  it("takes its own setting before both", async () => {
    await set("interpreter", FIRST);
    await running(server, (how) => how.interpreter === FIRST);
    assert.equal(server.state.how.source, "setting invigilator.interpreter");
  });

  it("keeps a server that runs when nothing is found any longer", async () => {
    const pid = server.processId;
    (await exportsOf("ms-python.python")).select(undefined);
    const before = server.resolution;
    await set("interpreter", undefined);
    await eventually("it has looked anew", () => server.resolution !== before && server.resolution.launch === undefined);
    assert.equal(server.state.kind, "running");
    assert.equal(server.processId, pid);
    assert.equal(codes(REPORT).length, 14);
  });
});
