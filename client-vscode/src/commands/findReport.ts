import * as vscode from "vscode";

import { grammarAt, type Known } from "../reports/configurations";
import { looksLikeReport } from "../reports/detection";
import { isLikelyReport } from "../reports/discovery";
import type { OpenReport, Reports } from "../reports/reports";
import type { Server } from "../server/server";

const PATIENCE = 15_000; // milliseconds for the server to start and to say what it thinks of a report
const MOST_FILES = 200;
const LEFT_OUT = "**/{node_modules,.venv,venv,.git}/**";

/** What commands work with. */
export interface Tools {
  readonly server: Pick<Server, "state" | "ensureStarted">;
  readonly reports: Reports;
}

/** The report that a command is about, as `openReport` finds it. Where there is none, the user is told what to do. */
export async function theReport(tools: Tools): Promise<OpenReport | undefined> {
  const report = await openReport(tools);
  if (report !== "none") {
    return report;
  }
  if (!explainFailure(tools)) {
    const choice = await vscode.window.showInformationMessage(
      'No exam report is open. A report is a Markdown file with headings such as "### Question 1" and a line "Answer:" below each.',
      "Find the Report",
    );
    if (choice !== undefined) {
      await vscode.commands.executeCommand("invigilator.checkReport");
    }
  }
  return undefined;
}

/**
 * The report of the active editor, else the one that was last there. `none` where there is none; undefined where the
 * user has been told what is wrong with it.
 */
export async function openReport(tools: Tools): Promise<OpenReport | "none" | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && tools.reports.get(document.uri) === undefined && isLikelyReport(document)) {
    return openedReport(tools, document.uri);
  }
  return tools.reports.current ?? "none";
}

/** The report in an opened document, as soon as the server knows it; the user is told where it does not. */
export async function openedReport(tools: Tools, uri: vscode.Uri): Promise<OpenReport | undefined> {
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "Reading the report" },
    async () => {
      await tools.server.ensureStarted();
      return tools.server.state.kind === "failed" ? undefined : tools.reports.waitFor(uri, PATIENCE);
    },
  );
  if (report === undefined && !explainFailure(tools)) {
    const name = vscode.workspace.asRelativePath(uri);
    void vscode.window.showInformationMessage(`${name} is not an exam report: it has no question with an answer marker.`);
  }
  return report;
}

/** Files of the workspace that look like reports: `reports/README.md` before others, higher folders before lower ones. */
export async function findReports(): Promise<vscode.Uri[]> {
  const known: Known = new Map();
  for (const pattern of ["**/reports/README.md", "**/*.md"]) {
    const files = await vscode.workspace.findFiles(pattern, LEFT_OUT, MOST_FILES);
    const found = await Promise.all(files.map(async (uri) => ((await isReport(uri, known)) ? [uri] : [])));
    if (found.flat().length > 0) {
      return found.flat().sort((one, other) => depth(one) - depth(other) || one.path.localeCompare(other.path));
    }
  }
  return [];
}

/** Says that the server is not running, and offers what may help; false where that is not the reason. */
function explainFailure({ server }: Tools): boolean {
  const { state } = server;
  if (state.kind !== "failed") {
    return false;
  }
  void vscode.window.showErrorMessage(`Invigilator is not running. ${state.message}`, "Select Interpreter", "Show Log").then((choice) => {
    if (choice !== undefined) {
      void vscode.commands.executeCommand(choice === "Show Log" ? "invigilator.showLog" : "invigilator.selectInterpreter");
    }
  });
  return true;
}

async function isReport(uri: vscode.Uri, known: Known): Promise<boolean> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return looksLikeReport(text, await grammarAt(uri, known));
  } catch {
    return false; // gone, or not to be read: then it is not the one that is looked for
  }
}

function depth(uri: vscode.Uri): number {
  return uri.path.split("/").length;
}
