import * as vscode from "vscode";

import { questionAt } from "../reports/questions";
import { failingItems } from "../ui/failingItems";
import { pickPlace } from "../ui/placesPicker";
import { explained, summaryOf } from "../ui/reportText";
import { theReport, type Tools } from "./findReport";

const READY = { icon: "verified", tooltip: "Ready to Hand In?", command: "invigilator.readyToHandIn" };

/** Lists what still fails: moving through the list shows the place, Enter goes there, Esc goes back. */
export async function showFailing(tools: Tools): Promise<void> {
  const report = await theReport(tools);
  if (report === undefined) {
    return;
  }
  const { uri, status, trouble } = report;
  const causes = (trouble?.causes ?? []).map(({ name, range }) => ({ name, line: range.start.line + 1 }));
  const items = failingItems(status, causes);
  if (items.length > 0) {
    const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    const here = questionAt(status.questions, (shown?.selection.active.line ?? 0) + 1)?.line ?? 0;
    await pickPlace(uri, items, {
      title: summaryOf(status),
      placeholder: "What still fails: Enter goes to a question, Esc back to where you were",
      first: items.find(({ line }) => line !== undefined && line >= here),
      button: READY,
    });
  } else if (status.runs === false || trouble !== undefined) {
    void vscode.window.showWarningMessage(explained(status, trouble?.message));
  } else {
    const choice = await vscode.window.showInformationMessage(`${summaryOf(status)}. Every question is done.`, READY.tooltip);
    if (choice !== undefined) {
      await vscode.commands.executeCommand(READY.command);
    }
  }
}
