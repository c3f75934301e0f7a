import * as vscode from "vscode";
import { reason } from "../reason";
import { documentSelector } from "../server/client";
import { grammarSettings, section } from "../settings";
import { nearestConfiguration } from "./configurations";
import { grammarOf, looksLikeReport, mayCompleteReport, type ReportGrammar, telltaleNames, tellsOfReport } from "./detection";

const files = `**/{${telltaleNames.join(",")}}`;
const passedOver =
  "**/{node_modules,.venv,venv,.env,env,.conda,site-packages,.git,.hg,.tox,.nox,.mypy_cache,__pycache__,build,dist,data}/**";
const mostFiles = 100;
const largestFile = 200_000; // bytes
const longestSearch = 10_000; // milliseconds

/** A document that the server would see, and that looks like a report to it. */
export function isLikelyReport(document: vscode.TextDocument): boolean {
  return vscode.languages.match(documentSelector, document) > 0 && looksLikeReport(document.getText(), grammarFor(document));
}

/**
 * Calls `needed` whenever a report is opened or a document becomes one, or a document that a configuration of ours is about,
 * and once where the workspace holds such a configuration or the course's `report.py`.
 */
export function discoverReports(log: vscode.LogOutputChannel, needed: () => void): vscode.Disposable {
  const reports = new WeakSet<vscode.TextDocument>();
  const search = new vscode.CancellationTokenSource();
  let inWorkspace = false;

  const look = (document: vscode.TextDocument): void => {
    if (isLikelyReport(document)) {
      reports.add(document);
      needed();
    } else if (!inWorkspace && vscode.languages.match(documentSelector, document) > 0 && !document.isUntitled) {
      lookAbove(document.uri);
    }
  };

  // the search of the workspace is bounded, and a file may be opened without any
  const lookAbove = (uri: vscode.Uri): void => {
    void nearestConfiguration(uri).then((found) => {
      if (found !== undefined) {
        needed();
      }
    });
  };

  const lookAtFile = async (uri: vscode.Uri): Promise<void> => {
    if (!inWorkspace && (await tells(uri))) {
      inWorkspace = true;
      log.info(`${vscode.workspace.asRelativePath(uri)} says that there is a report in this workspace.`);
      needed();
    }
  };

  const lookAtWorkspace = async (): Promise<void> => {
    for (const uri of inWorkspace ? [] : await findFiles(search.token)) {
      await lookAtFile(uri);
    }
  };

  const lookAtFileLater = (uri: vscode.Uri): void => {
    lookAtFile(uri).catch((error: unknown) => {
      log.debug(`${uri.path}: ${reason(error)}`);
    });
  };
  const lookAtWorkspaceLater = (): void => {
    lookAtWorkspace().catch((error: unknown) => {
      log.warn(`Looking for a report's files: ${reason(error)}`);
    });
  };

  const watcher = vscode.workspace.createFileSystemWatcher(files, false, false, true);
  vscode.workspace.textDocuments.forEach(look);
  lookAtWorkspaceLater();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(lookAtFileLater),
    watcher.onDidChange(lookAtFileLater),
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const [change, ...others] = contentChanges;
      if (document.languageId !== "markdown" || reports.has(document) || change === undefined) {
        return;
      }
      if (others.length > 0 || mayCompleteReport(touchedLines(document, change), grammarFor(document))) {
        look(document);
      }
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(lookAtWorkspaceLater),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (["heading", "marker", "questions"].some((key) => event.affectsConfiguration(`${section}.${key}`))) {
        vscode.workspace.textDocuments.forEach(look);
      }
    }),
    new vscode.Disposable(() => {
      search.cancel();
      search.dispose();
    }),
  );
}

function grammarFor(document: vscode.TextDocument): ReportGrammar {
  return grammarOf(grammarSettings(document.uri));
}

/** The lines that a single change touched, as they are now. */
function* touchedLines(
  document: vscode.TextDocument,
  { range, text }: vscode.TextDocumentContentChangeEvent,
): Generator<string> {
  const first = range.start.line;
  const last = Math.min(first + text.split("\n").length, document.lineCount);
  for (let line = first; line < last; line++) {
    yield document.lineAt(line).text;
  }
}

async function findFiles(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
    return [];
  }
  const source = new vscode.CancellationTokenSource();
  const linked = token.onCancellationRequested(() => {
    source.cancel();
  });
  const timer = setTimeout(() => {
    source.cancel();
  }, longestSearch);
  try {
    return await vscode.workspace.findFiles(files, passedOver, mostFiles, source.token);
  } finally {
    clearTimeout(timer);
    linked.dispose();
    source.dispose();
  }
}

async function tells(uri: vscode.Uri): Promise<boolean> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largestFile) {
    return false;
  }
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return tellsOfReport(uri.path.slice(uri.path.lastIndexOf("/") + 1), text);
}
