import * as vscode from "vscode";

import { NO_WRITING, NOT_FOUND_ANY_MORE, notTaken } from "./messages";
import { type Placement, type PlacedFigure, removalsFrom } from "./placement";

/** What was there before figures were put in. */
export interface Before {
  /** The text that they replaced. */
  readonly oldText: string;
  /** Whether a figure's file was written with them. */
  readonly isNew: (figure: PlacedFigure) => boolean;
}

/**
 * Says which of the figures just put in are of a type that the report does not take, and takes them out again where
 * that is wanted: the links, and the files that were written for them.
 */
export async function warnOfTypes(document: vscode.TextDocument, placement: Placement, before: Before): Promise<void> {
  const unwanted = placement.figures.filter((figure) => !figure.allowed);
  if (unwanted.length === 0) {
    return;
  }
  const names = unwanted.map((figure) => figure.path.split("/").at(-1) ?? figure.path);
  const keepOut = unwanted.length === 1 ? "Keep It Out" : "Keep Them Out";
  const choice = await vscode.window.showWarningMessage(notTaken(names, placement.extensions), keepOut);
  if (choice !== undefined) {
    await takeOut(document, placement, before);
  }
}

async function takeOut(document: vscode.TextDocument, placement: Placement, before: Before): Promise<void> {
  const { line, character } = placement.edit.range.start;
  const near = document.offsetAt(new vscode.Position(line, character));
  const isUnwanted = (figure: PlacedFigure): boolean => !figure.allowed;
  const removals = removalsFrom(document.getText(), placement, { oldText: before.oldText, near }, isUnwanted);
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, replacement } of removals) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), replacement);
  }
  for (const figure of placement.figures) {
    if (isUnwanted(figure) && before.isNew(figure)) {
      edit.deleteFile(vscode.Uri.parse(figure.uri), { ignoreIfNotExists: true });
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(NO_WRITING);
  } else if (removals.length === 0) {
    void vscode.window.showInformationMessage(NOT_FOUND_ANY_MORE);
  }
}
