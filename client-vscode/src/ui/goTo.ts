import * as vscode from "vscode";

import { grammarAt } from "../reports/configurations";
import { writingPlace } from "../reports/writingPlace";

/** Shows a question with its heading at the top, and puts the cursor where one writes on. `line` counts from 1. */
export async function goToQuestion(uri: vscode.Uri, line: number): Promise<void> {
  const editor = await openEditor(uri);
  const { document } = editor;
  const heading = Math.min(line, document.lineCount) - 1;
  const { marker } = await grammarAt(uri);
  const place = writingPlace((index) => document.lineAt(index).text, document.lineCount, heading, marker);
  editor.selection = new vscode.Selection(place.line, place.start, place.line, place.end);
  editor.revealRange(document.lineAt(heading).range, vscode.TextEditorRevealType.AtTop);
  editor.revealRange(editor.selection);
}

/** Puts the cursor at the start of a stretch of the text, and that into the middle of the editor. */
export async function goToRange(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  const editor = await openEditor(uri);
  const start = editor.document.validatePosition(range.start);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The range of a whole line that counts from 1. */
export function lineRange(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 0);
}

/** The editor of a document: one that is visible rather than another one. */
async function openEditor(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const key = uri.toString();
  const active = vscode.window.activeTextEditor;
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === key);
  const shown = active?.document.uri.toString() === key ? active : visible;
  return vscode.window.showTextDocument(shown?.document ?? (await vscode.workspace.openTextDocument(uri)), {
    ...(shown?.viewColumn !== undefined && { viewColumn: shown.viewColumn }),
  });
}
