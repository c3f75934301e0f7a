import * as vscode from "vscode";

import type { Placement, PlacedFigure, Position, Range } from "./placement";
import type { Picture } from "./picture";

/** The one edit, undone in one step, that writes new pictures and links all of them. */
export function editOf(document: vscode.Uri, placement: Placement, pictures: readonly Picture[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const isNew = isNewFile(placement, pictures);
  // the files first: where one cannot be written, nothing is linked
  placement.figures.forEach((figure, index) => {
    const picture = pictures[index];
    if (picture !== undefined && isNew(figure)) {
      edit.createFile(vscode.Uri.parse(figure.uri), { contents: picture.contents, overwrite: false });
    }
  });
  edit.replace(document, rangeOf(placement.edit.range), placement.edit.newText);
  return edit;
}

/** Tells which of the placed figures are written with the edit; the others lie where they are. */
export function isNewFile(placement: Placement, pictures: readonly Picture[]): (figure: PlacedFigure) => boolean {
  return (figure) => {
    const picture = pictures[placement.figures.indexOf(figure)];
    return picture !== undefined && picture.uri?.fsPath !== vscode.Uri.parse(figure.uri).fsPath;
  };
}

export function rangeOf({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Puts the cursor behind the last figure that a placement has put in. */
export function moveBehind(editor: vscode.TextEditor, end: Position): void {
  const position = editor.document.validatePosition(new vscode.Position(end.line, end.character));
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
