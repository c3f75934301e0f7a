import type { ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import {
  type ClientCapabilities,
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";
import { section } from "../settings";
import { limited } from "./previews";
import { forServer } from "./reportSettings";

/** The documents that the server sees. */
export const documentSelector = ["file", "untitled", "vscode-vfs"].map((scheme) => ({ language: "markdown", scheme }));

/** What VS Code's own Markdown support does; the server then leaves it alone, so that nothing shows twice. */
const editorHas = [
  "documentLink",
  "documentSymbol",
  "foldingRange",
  "selectionRange",
  "references",
  "definition",
  "rename",
  "imagePreview",
  "pathCompletion",
];

const announced: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { invigilatorStatus: true, invigilatorInsertFigure: true };
  },
  initialize() {
    // nothing to set up: the capabilities are all there is to it
  },
  getState: () => ({ kind: "static" }),
  clear() {
    // and nothing to take down
  },
};

/** The library's own pop-ups show stack traces; whatever a user must know, `Problems` says. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/**
 * A client for one server process, not yet started.
 *
 * @param closed called once when the connection is lost, not when it is stopped
 */
export function createClient(child: ChildProcess, log: vscode.LogOutputChannel, closed: () => void): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector,
    diagnosticCollectionName: section,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: { diagnostics: "push", editorHas },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        closed();
        return { action: CloseAction.DoNotRestart, handled: true, message: "The connection to the server is closed." };
      },
    },
    stdioOptions: {
      stdout: () => undefined,
      stderr: (stream) => {
        logLines(stream, (line) => {
          log.warn(line);
        });
      },
    },
    middleware: {
      resolveCompletionItem: async (item, token, next) => {
        const resolved = await next(item, token);
        if (resolved?.documentation instanceof vscode.MarkdownString) {
          resolved.documentation.value = limited(resolved.documentation.value);
        }
        return resolved;
      },
      workspace: {
        configuration: async (params, token, next) => {
          const answer = await next(params, token);
          return Array.isArray(answer)
            ? answer.map((value: unknown, index) => (params.items[index]?.section === section ? forServer(value) : value))
            : answer;
        },
      },
    },
  };
  const client = new QuietClient(section, "Invigilator", () => Promise.resolve(child), options);
  client.registerFeature(announced);
  return client;
}

function logLines(stream: NodeJS.ReadableStream, log: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    lines.filter((line) => line !== "").forEach(log);
  });
  stream.on("end", () => {
    if (rest !== "") {
      log(rest);
    }
  });
}
