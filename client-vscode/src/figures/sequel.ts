import * as vscode from "vscode";

import { warnOfTypes } from "./keepOut";
import type { Gathered } from "./picture";
import { endOfFigures, type Placement } from "./placement";
import { isNewFile, moveBehind, rangeOf } from "./workspaceEdit";

/** Milliseconds, as somebody may choose in "Paste As…" first. */
const APPLIED_WITHIN = 60_000;

/**
 * What is left to do once VS Code has applied the edit of a paste or a drop: to put the cursor behind the figures, and
 * to warn of types. Nothing tells an extension of that moment (a resolved edit cannot bring `DataTransferFile`s, and the
 * edits of drops are not resolved at all, in VS Code 1.139), so it is when the new text stands in its place.
 */
export class Sequel implements vscode.Disposable {
  private waiting: vscode.Disposable | undefined;

  /** Waits for a placement's text in place of whatever was waited for before. */
  expect(document: vscode.TextDocument, placement: Placement, { pictures, complaints }: Gathered): void {
    this.dispose();
    const newText = placement.edit.newText.replace(/\r?\n/g, document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n");
    const { start } = rangeOf(placement.edit.range);
    const oldText = document.getText(rangeOf(placement.edit.range));
    const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      // not by the changes themselves: they are cut down to what differs
      if (event.document !== document || !document.getText().startsWith(newText, document.offsetAt(start))) {
        return;
      }
      this.dispose();
      const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
      if (editor !== undefined) {
        moveBehind(editor, endOfFigures(start, newText));
      }
      complain(complaints);
      void warnOfTypes(document, placement, { oldText, isNew: isNewFile(placement, pictures) });
    });
    const timer = setTimeout(() => { this.dispose(); }, APPLIED_WITHIN);
    this.waiting = new vscode.Disposable(() => {
      clearTimeout(timer);
      subscription.dispose();
    });
  }

  dispose(): void {
    this.waiting?.dispose();
    this.waiting = undefined;
  }
}

/** Says what was left out. */
export function complain(complaints: readonly string[]): void {
  for (const complaint of complaints) {
    void vscode.window.showWarningMessage(complaint);
  }
}
