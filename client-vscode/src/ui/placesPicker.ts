import * as vscode from "vscode";

import { goToQuestion, goToRange, lineRange } from "./goTo";

const SETTLED = 100; // milliseconds until the editor has scrolled and told so

/** One line of a list of places in a report. */
export interface Place {
  readonly label: string;
  readonly description: string;
  /** On a line of its own below. */
  readonly detail?: string;
  /** In the report, from 1; undefined where it is of no place there. */
  readonly line?: number;
  /** Whether it is a question, to write in. */
  readonly isQuestion?: boolean;
  /** Whether it is a heading between others, not to be chosen. */
  readonly isHeading?: boolean;
}

interface Wording<P> {
  readonly title: string;
  readonly placeholder: string;
  /** The line that is selected at first. */
  readonly first: P | undefined;
  /** A button beside the title, with the command that it runs. */
  readonly button?: { readonly icon: string; readonly tooltip: string; readonly command: string };
}

type Pick<P> = vscode.QuickPickItem & { readonly place: P };

/**
 * Lists places in a document: moving through the list shows them, Enter goes there, Esc goes back. What was chosen, where that
 * is of no place in the document; then the view is as it was before.
 */
export async function pickPlace<P extends Place>(uri: vscode.Uri, places: readonly P[], wording: Wording<P>): Promise<P | undefined> {
  const before = vscode.window.activeTextEditor;
  const editor = await vscode.window.showTextDocument(uri, { preserveFocus: true, ...columnOf(uri) });
  const [visible] = editor.visibleRanges;
  const highlight = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
  });
  const preview = (place: P | undefined): void => {
    if (place?.line !== undefined) {
      const range = editor.document.validateRange(lineRange(place.line));
      editor.setDecorations(highlight, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenter); // the list covers the top
    }
  };
  const { chosen, command } = await ask(places, wording, preview);
  highlight.dispose();
  if (chosen?.line !== undefined) {
    await (chosen.isQuestion ? goToQuestion(uri, chosen.line) : goToRange(uri, lineRange(chosen.line)));
    return undefined;
  }
  await scrollBack(editor, visible?.start.line ?? 0);
  if (before !== undefined && before !== editor) {
    await vscode.window.showTextDocument(before.document, before.viewColumn);
  }
  if (command !== undefined) {
    await vscode.commands.executeCommand(command);
  }
  return chosen;
}

/** What somebody chose in the list, or the command of the button. */
async function ask<P extends Place>(
  places: readonly P[],
  { title, placeholder, first, button }: Wording<P>,
  preview: (place: P | undefined) => void,
): Promise<{ chosen?: P | undefined; command?: string }> {
  const picker = vscode.window.createQuickPick<Pick<P>>();
  const items = places.map((place) => ({
    label: place.label,
    description: place.description,
    ...(place.detail !== undefined && { detail: place.detail }),
    kind: place.isHeading ? vscode.QuickPickItemKind.Separator : vscode.QuickPickItemKind.Default,
    place,
  }));
  const selected = items.find(({ place }) => place === first);
  picker.title = title;
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = items;
  picker.activeItems = selected === undefined ? [] : [selected];
  picker.buttons = button === undefined ? [] : [{ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.tooltip }];
  try {
    return await new Promise((resolve) => {
      picker.onDidChangeActive(([item]) => { preview(item?.place); });
      picker.onDidAccept(() => { resolve({ chosen: picker.activeItems[0]?.place }); });
      picker.onDidTriggerButton(() => { resolve(button === undefined ? {} : { command: button.command }); });
      picker.onDidHide(() => { resolve({}); });
      picker.show();
      preview(selected?.place);
    });
  } finally {
    picker.dispose();
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
