// A language server of a few lines, for the client's tests: its first argument says how it behaves.

import { encode, MessageReader } from "../../scripts/lsp-client.mjs";

const mood = process.argv[2];
const reader = new MessageReader();
const send = (message) => {
  // in small pieces, so that characters and headers are cut anywhere
  const bytes = encode(message);
  for (let start = 0; start < bytes.length; start += 5) process.stdout.write(bytes.subarray(start, start + 5));
};

if (mood === "crash") {
  process.stderr.write("ModuleNotFoundError: No module named 'pygls'\n");
  process.exit(3);
}
if (mood === "chatty") process.stdout.write("Loading ...\n");

const at = (line, character) => ({ start: { line, character }, end: { line, character: character + 4 } });
const handlers = {
  initialize: () => ({ capabilities: {} }),
  "textDocument/hover": () => ({ contents: { kind: "markdown", value: "**60 to 150 words** — from `report.py`" } }),
  "textDocument/codeAction": () => [{ title: "Insert figure figures/bucket.png" }, { title: "Something else" }],
  shutdown: () => null,
};

process.stdin.on("data", (chunk) => {
  for (const { id, method, params, result, error } of reader.take(chunk)) {
    if (method === "initialized") {
      send({ id: "q1", method: "workspace/configuration", params: { items: [{ section: "invigilator" }] } });
      send({ id: "q2", method: "unheard/of", params: {} });
    } else if (method === undefined) {
      send({ method: "test/answered", params: { id, result, code: error?.code } });
    } else if (method === "textDocument/didOpen") {
      if (mood === "silent") continue;
      const heading = params.textDocument.text.split("\n").indexOf("### Question 4");
      const diagnostics = [
        { range: at(heading + 2, 0), severity: 2, code: "answer.too-short", message: "27 words – too few" },
        { range: at(0, 2), severity: 1, code: "marker.missing", message: "No marker" },
      ];
      send({ method: "textDocument/publishDiagnostics", params: { uri: params.textDocument.uri, diagnostics } });
    } else if (method === "exit") {
      process.exit(mood === "rude" ? 1 : 0);
    } else if (id !== undefined) {
      const known = handlers[method];
      send(known ? { id, result: known(params) } : { id, error: { code: -32601, message: "unknown method" } });
    }
  }
});
