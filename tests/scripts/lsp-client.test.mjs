import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { encode, LanguageClient, MessageReader } from "../../scripts/lsp-client.mjs";

const SERVER = fileURLToPath(new URL("fake-server.mjs", import.meta.url));
const OPENED = { textDocument: { uri: "file:///r.md", languageId: "markdown", version: 1, text: "x" } };

function start(t, mood, options) {
  const client = new LanguageClient(process.execPath, [SERVER, mood], options);
  t.after(() => client.kill());
  return client;
}

test("messages are read whole, wherever the bytes are cut", () => {
  const bytes = Buffer.concat([encode({ method: "a", params: "æøå 🚲" }), encode({ method: "b" })]);
  for (const size of [1, 7, bytes.length]) {
    const reader = new MessageReader();
    const read = [];
    for (let start = 0; start < bytes.length; start += size) read.push(...reader.take(bytes.subarray(start, start + size)));
    assert.deepEqual(read.map(({ method, params }) => [method, params]), [["a", "æøå 🚲"], ["b", undefined]]);
  }
});

test("a talk from initialize to exit", async (t) => {
  const client = start(t, "well", { answers: { "workspace/configuration": ({ items }) => items.map(() => null) } });
  assert.deepEqual(await client.request("initialize", {}), { capabilities: {} });
  client.notify("initialized", {});
  const answered = async (id) => client.notified("test/answered", (params) => params.id === id);
  assert.deepEqual((await answered("q1")).result, [null]);
  assert.equal((await answered("q2")).code, -32601);
  client.notify("textDocument/didOpen", OPENED);
  const { diagnostics } = await client.notified("textDocument/publishDiagnostics");
  assert.equal(diagnostics[0].message, "27 words – too few");
  await assert.rejects(client.request("no/such"), /refused no\/such: unknown method/);
  await client.close();
});

test("a server that stops at once: its stderr is in the message", async (t) => {
  const client = start(t, "crash");
  await assert.rejects(client.request("initialize", {}), /stopped by itself \(exit code 3\)[^]*No module named 'pygls'/);
});

test("output that is no protocol is shown", async (t) => {
  const client = start(t, "chatty");
  await assert.rejects(client.request("initialize", {}), /no message of the protocol: "Loading/);
});

test("a silent server meets the time limit, and what is missing is named", async (t) => {
  const client = start(t, "silent", { seconds: 0.5 });
  client.notify("textDocument/didOpen", OPENED);
  await assert.rejects(
    client.notified("textDocument/publishDiagnostics"),
    /did not answer within 0\.5 s; still waiting for textDocument\/publishDiagnostics/,
  );
});

test("an end with another exit code is a failure", async (t) => {
  await assert.rejects(start(t, "rude").close(), /did not end as asked \(exit code 1\)/);
});

test("a program that is not there is a failure", async (t) => {
  const client = new LanguageClient("/nowhere/python", []);
  t.after(() => client.kill());
  await assert.rejects(client.request("initialize", {}), /could not be started/);
});
