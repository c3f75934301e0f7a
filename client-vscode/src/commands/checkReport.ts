import * as vscode from "vscode";

import { openQuestions } from "../reports/questions";
import type { OpenReport } from "../reports/reports";
import { explained, summaryOf } from "../ui/reportText";
import { findReports, openedReport, openReport, type Tools } from "./findReport";

const FAILING = "Show Questions";
const PROBLEMS = "Show Problems";

/** Says how the report stands: the active one, else one that is open, else the workspace's. */
export async function checkReport(tools: Tools): Promise<void> {
  const open = await openReport(tools);
  const report = open === "none" ? await reportOfWorkspace(tools) : open;
  if (report !== undefined) {
    await announce(report);
  }
}

async function reportOfWorkspace(tools: Tools): Promise<OpenReport | undefined> {
  const found = await findReports();
  const uri = found.length > 1 ? await choose(found) : found[0];
  if (found.length === 0) {
    void vscode.window.showInformationMessage(
      "There is no exam report in this folder. Open the folder of your project: its report is usually reports/README.md.",
    );
  }
  if (uri === undefined) {
    return undefined;
  }
  await vscode.window.showTextDocument(uri);
  return openedReport(tools, uri);
}

async function choose(reports: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const items = reports.map((uri) => ({ label: `$(markdown) ${vscode.workspace.asRelativePath(uri)}`, uri }));
  return (await vscode.window.showQuickPick(items, { title: "Check Report", placeHolder: "Which report?" }))?.uri;
}

async function announce({ status, trouble }: OpenReport): Promise<void> {
  const { failing, passingUnanswered } = openQuestions(status);
  const buttons = failing.length + passingUnanswered.length > 0 || trouble !== undefined ? [FAILING, PROBLEMS] : [PROBLEMS];
  const isTroubled = status.runs === false || trouble !== undefined;
  const reason = isTroubled ? explained(status, trouble?.message) : "";
  const message = status.runs === false ? reason : `${summaryOf(status)}. ${reason}`.trim();
  const choice = await (isTroubled
    ? vscode.window.showWarningMessage(message, ...buttons)
    : vscode.window.showInformationMessage(message, ...buttons));
  if (choice !== undefined) {
    await vscode.commands.executeCommand(choice === FAILING ? "invigilator.showFailing" : "workbench.actions.view.problems");
  }
}
