import * as vscode from "vscode";

import { counted } from "../reports/words";
import { theReport, type Tools } from "./findReport";

const KIND = "source.fixAll.invigilator";

/** Applies all fixes that change nothing one would have to think about, as one edit that one undo takes back. */
export async function applySafeFixes(tools: Tools): Promise<void> {
  const report = await theReport(tools);
  if (report === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(report.uri);
  const edit = await fixesOf(document);
  if (edit === undefined) {
    void vscode.window.showInformationMessage("There is nothing that can be fixed without a decision of yours. The Problems panel lists the rest.");
    return;
  }
  await vscode.window.showTextDocument(document);
  const changes = edit.get(document.uri).length;
  const applied = await vscode.workspace.applyEdit(edit);
  void vscode.window.showInformationMessage(
    applied ? `${counted(changes, "place")} fixed. One undo takes it back.` : "Nothing was fixed, because the report changed meanwhile. Try again.",
  );
}

/** The edit of all safe fixes; undefined where there is nothing to fix. */
async function fixesOf(document: vscode.TextDocument): Promise<vscode.WorkspaceEdit | undefined> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    "vscode.executeCodeActionProvider",
    document.uri,
    document.validateRange(whole),
    KIND,
    1, // resolved, so that it has its edit
  );
  const edit = actions?.find(({ kind }) => kind?.value === KIND)?.edit;
  return edit !== undefined && edit.size > 0 ? edit : undefined;
}
