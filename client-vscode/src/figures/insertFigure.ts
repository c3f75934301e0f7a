import * as vscode from "vscode";

import { theReport } from "../commands/findReport";
import { questionAt } from "../reports/questions";
import type { OpenReport, Reports } from "../reports/reports";
import type { Server } from "../server/server";
import { gatherFiles } from "./gather";
import { warnOfTypes } from "./keepOut";
import { MOVED, NO_ANSWER, NO_SERVER, NO_WRITING } from "./messages";
import type { Picture } from "./picture";
import { pickFigure } from "./picker";
import { PICTURE_ENDINGS } from "./pictures";
import { endOfFigures, type Placement, type Position } from "./placement";
import { askPlacement, askPlacementOf } from "./request";
import { complain } from "./sequel";
import { editOf, isNewFile, moveBehind, rangeOf } from "./workspaceEdit";

/** An answer of an open report, and the cursor in it. */
interface Spot {
  readonly report: OpenReport;
  readonly document: vscode.TextDocument;
  readonly position: Position;
}

/** What the command may be called with. */
interface Called {
  /** By the server's code action. */
  readonly uri?: vscode.Uri;
  readonly position?: Position;
  /** By an item of the tree. */
  readonly path?: string;
}

/**
 * The command "Insert Figure…": called with nothing (the cursor in the active editor), with a document's URI and a
 * position (by the server's code action), or with an item of the tree.
 */
export async function insertFigure(server: Server, reports: Reports, ...args: readonly unknown[]): Promise<void> {
  const called = readArguments(args);
  const spot = await findSpot(server, reports, called);
  // asked beforehand: nobody should choose a picture and then learn that there is no place for it
  if (spot === undefined || !told(await askPlacement(server, spot.document.uri, spot.position, [{ name: "figure.png" }]))) {
    return;
  }
  const choice = called.path === undefined ? await pickFigure(spot.report) : { path: called.path };
  if (choice === "from a file") {
    await insertFiles(server, spot);
  } else if (choice !== undefined) {
    await put(spot, [], () => askPlacement(server, spot.document.uri, spot.position, [choice]));
  }
}

async function insertFiles(server: Server, spot: Spot): Promise<void> {
  const uris = await vscode.window.showOpenDialog({
    title: "Insert Figure",
    openLabel: "Insert",
    canSelectMany: true,
    filters: { Pictures: [...PICTURE_ENDINGS] },
  });
  if (uris === undefined || uris.length === 0) {
    return;
  }
  const question = questionAt(spot.report.status.questions, spot.position.line + 1);
  const { pictures, complaints } = await gatherFiles(uris, question?.number);
  complain(complaints);
  if (pictures.length > 0) {
    await put(spot, pictures, () => askPlacementOf(server, spot.document.uri, spot.position, pictures));
  }
}

/** Shows the report, asks where the pictures go, and puts them there. */
async function put(
  { document }: Spot,
  pictures: readonly Picture[],
  ask: () => Promise<Placement | null | undefined>,
): Promise<void> {
  const { viewColumn } = vscode.window.visibleTextEditors.find((shown) => shown.document === document) ?? {};
  const editor = await vscode.window.showTextDocument(document, viewColumn);
  const { version } = document;
  const placement = told(await ask());
  if (placement === undefined) {
    return;
  }
  const oldText = document.getText(rangeOf(placement.edit.range));
  if (document.version !== version) {
    void vscode.window.showWarningMessage(MOVED);
  } else if (!(await vscode.workspace.applyEdit(editOf(document.uri, placement, pictures)))) {
    void vscode.window.showErrorMessage(NO_WRITING);
  } else {
    moveBehind(editor, endOfFigures(placement.edit.range.start, placement.edit.newText));
    await warnOfTypes(document, placement, { oldText, isNew: isNewFile(placement, pictures) });
  }
}

/** The place where the figure is to go; where there is none, the user has been told. */
async function findSpot(server: Server, reports: Reports, called: Called): Promise<Spot | undefined> {
  const known = called.uri ? reports.get(called.uri) : called.path === undefined ? undefined : reports.current;
  const report = known ?? (await theReport({ server, reports }));
  if (report === undefined) {
    return undefined;
  }
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  // behind another tab, its cursor is where it was as soon as it is shown
  const editor = editors.find((shown) => shown?.document.uri.toString() === report.uri.toString())
    ?? (await vscode.window.showTextDocument(report.uri));
  return { report, document: editor.document, position: called.position ?? editor.selection.active };
}

/** A placement; where there is none, the user is told why. */
function told(placement: Placement | null | undefined): Placement | undefined {
  if (placement === null) {
    void vscode.window.showInformationMessage(NO_ANSWER);
  } else if (placement === undefined) {
    void vscode.window.showErrorMessage(NO_SERVER, "Show Log").then((choice) => {
      if (choice !== undefined) {
        void vscode.commands.executeCommand("invigilator.showLog");
      }
    });
  }
  return placement ?? undefined;
}

function readArguments([first, second]: readonly unknown[]): Called {
  if (typeof first === "string") {
    return { uri: vscode.Uri.parse(first), position: isPosition(second) ? second : undefined };
  }
  const path = isObject(first) ? first["path"] : undefined;
  return typeof path === "string" && !(first instanceof vscode.Uri) ? { path } : {};
}

function isPosition(value: unknown): value is Position {
  return isObject(value) && typeof value["line"] === "number" && typeof value["character"] === "number";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
