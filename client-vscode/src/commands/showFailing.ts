import * as vscode from "vscode";

import { questionAt } from "../reports/questions";
import type { OpenReport } from "../reports/reports";
import { type FailingItem, failingItems } from "../ui/failingItems";
import { goToQuestion, goToRange, lineRange } from "../ui/goTo";
import { explained, summaryOf } from "../ui/reportText";
import { theReport, type Tools } from "./findReport";

const SETTLED = 100; // milliseconds until the editor has scrolled and told so

type Pick = FailingItem & vscode.QuickPickItem;

/** Lists what still fails: moving through the list shows the place, Enter goes there, Esc goes back. */
export async function showFailing(tools: Tools): Promise<void> {
  const report = await theReport(tools);
  if (report === undefined) {
    return;
  }
  const causes = (report.trouble?.causes ?? []).map(({ name, range }) => ({ name, line: range.start.line + 1 }));
  const items: Pick[] = failingItems(report.status, causes).map((item) => ({
    ...item,
    kind: item.line === undefined ? vscode.QuickPickItemKind.Separator : vscode.QuickPickItemKind.Default,
  }));
  if (items.length > 0) {
    await choose(report, items);
  } else if (report.status.runs === false || report.trouble !== undefined) {
    void vscode.window.showWarningMessage(explained(report.status, report.trouble?.message));
  } else {
    void vscode.window.showInformationMessage(`${summaryOf(report.status)}. Nothing is left to do.`);
  }
}

async function choose({ uri, status }: OpenReport, items: Pick[]): Promise<void> {
  const before = vscode.window.activeTextEditor;
  const editor = await vscode.window.showTextDocument(uri, { preserveFocus: true, ...columnOf(uri) });
  const { selection, visibleRanges } = editor;
  const highlight = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
  });
  const picker = vscode.window.createQuickPick<Pick>();
  picker.title = summaryOf(status);
  picker.placeholder = "What still fails: Enter goes to a question, Esc back to where you were";
  picker.matchOnDescription = true;
  picker.items = items;
  const here = questionAt(status.questions, selection.active.line + 1)?.line ?? 0;
  const nearest = items.find(({ line }) => line !== undefined && line >= here);
  picker.activeItems = nearest === undefined ? [] : [nearest];

  const preview = (item: Pick | undefined): void => {
    if (item?.line !== undefined) {
      const range = editor.document.validateRange(lineRange(item.line));
      editor.setDecorations(highlight, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenter); // the list covers the top
    }
  };
  const chosen = await new Promise<Pick | undefined>((resolve) => {
    picker.onDidChangeActive(([item]) => { preview(item); });
    picker.onDidAccept(() => { resolve(picker.activeItems[0]); });
    picker.onDidHide(() => { resolve(undefined); });
    picker.show();
    preview(picker.activeItems[0]);
  });
  picker.dispose();
  highlight.dispose();
  if (chosen?.line !== undefined) {
    await (chosen.isQuestion ? goToQuestion(uri, chosen.line) : goToRange(uri, lineRange(chosen.line)));
    return;
  }
  await scrollBack(editor, visibleRanges[0]?.start.line ?? 0);
  if (before !== undefined && before !== editor) {
    await vscode.window.showTextDocument(before.document, before.viewColumn);
  }
}

/** Makes `line` the first one of the editor again. Headings that stick to its top make `revealRange` stop short of it. */
async function scrollBack(editor: vscode.TextEditor, line: number): Promise<void> {
  editor.revealRange(lineRange(line + 1), vscode.TextEditorRevealType.AtTop);
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  const short = line - (editor.visibleRanges[0]?.start.line ?? line);
  if (short !== 0 && vscode.window.activeTextEditor === editor) {
    const scroll = { to: short > 0 ? "down" : "up", by: "line", value: Math.abs(short), revealCursor: false };
    await vscode.commands.executeCommand("editorScroll", scroll);
  }
}

/** The column in which a document is to be seen already. */
function columnOf(uri: vscode.Uri): vscode.TextDocumentShowOptions {
  const shown = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].find(
    (editor) => editor?.document.uri.toString() === uri.toString(),
  );
  return shown?.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn };
}
