// `npm start`: the example report as an editor shows it, by the real language server; then the same verdict in the terminal.

import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient } from "./lsp-client.mjs";
import { follow } from "./processes.mjs";
import { ROOT, setUp } from "./setup.mjs";
import { headline, indented, main, paint, plainText, Trouble } from "./terminal.mjs";

const FOLDER = join(ROOT, "examples", "report");
const REPORT = join(FOLDER, "reports", "README.md");
const HOVERED = 7;
const INSERTED = 8;
const SEVERITIES = [null, ["red", "error"], ["yellow", "warning"], ["blue", "information"], ["dim", "hint"]];

/** What VS Code says of itself, as far as it matters here. */
function initializeParams(folderUri) {
  return {
    processId: process.pid,
    clientInfo: { name: "Visual Studio Code", version: "1.97.0" },
    locale: "en",
    rootUri: folderUri,
    workspaceFolders: [{ uri: folderUri, name: "report" }],
    initializationOptions: {
      diagnostics: "push",
      editorHas: [
        "documentLink", "documentSymbol", "foldingRange", "selectionRange",
        "references", "definition", "rename", "imagePreview",
      ],
    },
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        diagnostics: { refreshSupport: true },
        workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
      },
      textDocument: {
        synchronization: { dynamicRegistration: true, didSave: true },
        publishDiagnostics: {
          relatedInformation: true,
          versionSupport: false,
          tagSupport: { valueSet: [1, 2] },
          codeDescriptionSupport: true,
          dataSupport: true,
        },
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
        hover: { dynamicRegistration: true, contentFormat: ["markdown", "plaintext"] },
        codeAction: {
          dynamicRegistration: true,
          isPreferredSupport: true,
          disabledSupport: true,
          dataSupport: true,
          resolveSupport: { properties: ["edit"] },
          codeActionLiteralSupport: {
            codeActionKind: {
              valueSet: ["", "quickfix", "refactor", "refactor.extract", "refactor.inline", "refactor.rewrite", "source", "source.organizeImports"],
            },
          },
        },
      },
    },
  };
}

// an editor without settings of ours
const ANSWERS = {
  "workspace/configuration": (params) => params.items.map(() => null),
  "workspace/workspaceFolders": () => [{ uri: pathToFileURL(FOLDER).href, name: "report" }],
  "client/registerCapability": () => null,
  "client/unregisterCapability": () => null,
  "window/workDoneProgress/create": () => null,
  "workspace/diagnostic/refresh": () => null,
};

function questionHeadings(lines) {
  return lines.flatMap((text, line) => {
    const heading = /^### Question (\d+)/.exec(text);
    return heading ? [{ number: Number(heading[1]), line }] : [];
  });
}

/** The first line of the answer to question `number`. */
function answerLine(lines, number) {
  const { line } = questionHeadings(lines).find((heading) => heading.number === number);
  const marker = lines.findIndex((text, index) => index > line && /^> Answer:/.test(text));
  return lines.findIndex((text, index) => index > marker && text.trim() !== "");
}

/** Ask the server what an editor asks once a report is opened. */
async function openInEditor(python, text) {
  const uri = pathToFileURL(REPORT).href;
  const lines = text.split(/\r\n|\r|\n/);
  const client = new LanguageClient(python, ["-m", "invigilator", "serve"], { cwd: FOLDER, answers: ANSWERS });
  try {
    await client.request("initialize", initializeParams(pathToFileURL(FOLDER).href));
    client.notify("initialized", {});
    client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "markdown", version: 1, text } });
    const published = await client.notified(
      "textDocument/publishDiagnostics",
      (params) => decodeURIComponent(params.uri).toLowerCase() === decodeURIComponent(uri).toLowerCase(),
    );
    const heading = questionHeadings(lines).find(({ number }) => number === HOVERED);
    const hover = await client.request("textDocument/hover", {
      textDocument: { uri },
      position: { line: heading.line, character: 6 },
    });
    const cursor = { line: answerLine(lines, INSERTED), character: 0 };
    const actions = await client.request("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: cursor, end: cursor },
      context: { diagnostics: [], triggerKind: 1 },
    });
    await client.close();
    return { lines, diagnostics: published.diagnostics, hover, actions: actions ?? [] };
  } finally {
    client.kill();
  }
}

function showDiagnostics(lines, diagnostics) {
  const headings = questionHeadings(lines);
  const sorted = [...diagnostics].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
  let last;
  for (const { range, severity, message, code } of sorted) {
    const above = headings.filter(({ line }) => line <= range.start.line).at(-1);
    const title = above ? `Question ${above.number}` : "Before the questions";
    if (title !== last) process.stdout.write(`\n${paint("bold", title)}\n`);
    last = title;
    const [colour, name] = SEVERITIES[severity ?? 1];
    const place = `${range.start.line + 1}:${range.start.character + 1}`;
    process.stdout.write(`  ${place.padEnd(8)}${paint(colour, name.padEnd(12))}${paint("dim", String(code))}\n`);
    process.stdout.write(`${indented(message, 10)}\n`);
  }
}

function hoverText({ contents }) {
  const parts = Array.isArray(contents) ? contents : [contents];
  return parts
    .map((part) => (part.kind === "plaintext" ? part.value : plainText(typeof part === "string" ? part : part.value)))
    .join("\n\n");
}

function showInEditor({ lines, diagnostics, hover, actions }) {
  const inserts = actions.filter(({ title }) => title.startsWith("Insert figure"));
  for (const [there, what] of [
    [diagnostics.length, "diagnostics for the example report"],
    [hover, `hover on Question ${HOVERED}`],
    [inserts.length, `"Insert figure" action in the answer to Question ${INSERTED}`],
  ]) {
    if (!there) throw new Trouble(`The language server answered, but gave no ${what}.`);
  }
  headline(`${relative(ROOT, REPORT)}, as an editor shows it`);
  showDiagnostics(lines, diagnostics);
  headline(`The mouse over the heading of Question ${HOVERED}`);
  process.stdout.write(`\n${indented(hoverText(hover), 2)}\n`);
  headline(`Code actions in the answer to Question ${INSERTED}`);
  process.stdout.write(`\n${inserts.map(({ title }) => `  ${title}\n`).join("")}`);
}

/** The same in the terminal. The example has faults, so exit code 1 is what is expected here. */
async function showCheck(python) {
  const shown = relative(ROOT, FOLDER);
  headline(`invigilator check ${shown}`);
  process.stdout.write("\n");
  const failure = await follow(python, ["-m", "invigilator", "check", shown], { cwd: ROOT, timeout: 30_000 });
  if (failure === "SIGTERM") throw new Trouble("`invigilator check` took more than 30 s.");
  if (failure && failure !== "exit code 1") throw new Trouble(`\`invigilator check\` failed (${failure}).`);
}

function showEditors(python) {
  const server = join(dirname(python), process.platform === "win32" ? "invigilator.exe" : "invigilator");
  const quoted = JSON.stringify(server);
  headline("Open it in your editor");
  const ways = [
    ["VS Code", "npm run package, then: code --install-extension dist/invigilator-*.vsix"],
    ["Neovim", `:lua vim.lsp.config("invigilator", { cmd = { ${quoted}, "serve" }, filetypes = { "markdown" } }); vim.lsp.enable("invigilator")`],
    ["Emacs", `(add-to-list 'eglot-server-programs '(markdown-mode . (${quoted} "serve"))), then M-x eglot`],
    ["Kate", `Settings, LSP Client, User Server Settings: {"servers": {"markdown": {"command": [${quoted}, "serve"], "highlightingModeRegex": "^Markdown$"}}}`],
  ];
  process.stdout.write(`\n${ways.map(([editor, how]) => `  ${paint("bold", editor.padEnd(9))}${how}\n`).join("")}`);
  process.stdout.write(`\n  The settings in full, for these and other editors: docs/editors/README.md\n  The report: ${REPORT}\n`);
}

await main(async () => {
  const python = setUp();
  showInEditor(await openInEditor(python, readFileSync(REPORT, "utf8")));
  await showCheck(python);
  showEditors(python);
});
