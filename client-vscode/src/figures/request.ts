import * as vscode from "vscode";

import { isInside, relativePath } from "./folders";
import type { Placement, Position, WantedFigure } from "./placement";
import type { Picture } from "./picture";

const PATIENCE = 1_000; // milliseconds: a paste waits for this answer

/** The part of the server that is needed here. */
export interface Asker {
  request<R>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<R | undefined>;
}

/**
 * Where figures go in the answer at a position; null where there is no answer, undefined where the server does not say
 * so within a second.
 */
export async function askPlacement(
  server: Asker,
  uri: vscode.Uri,
  position: Position,
  figures: readonly WantedFigure[],
): Promise<Placement | null | undefined> {
  const source = new vscode.CancellationTokenSource();
  const { line, character } = position;
  const params = { textDocument: { uri: uri.toString() }, position: { line, character }, figures };
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => { timer = setTimeout(() => { resolve(undefined); }, PATIENCE); });
  try {
    return await Promise.race([server.request<Placement | null>("invigilator/insertFigure", params, source.token), patience]);
  } finally {
    clearTimeout(timer);
    source.cancel();
    source.dispose();
  }
}

/** As `askPlacement`, for pictures: those that lie in the report's figures folder are linked, the others get new names. */
export async function askPlacementOf(
  server: Asker,
  uri: vscode.Uri,
  position: Position,
  pictures: readonly Picture[],
): Promise<Placement | null | undefined> {
  const placement = await askPlacement(server, uri, position, pictures.map(({ name }) => ({ name })));
  const [first] = placement?.figures ?? [];
  if (!placement || first === undefined) {
    return placement;
  }
  const folder = vscode.Uri.joinPath(vscode.Uri.parse(first.uri), "..");
  if (!pictures.some((picture) => picture.uri !== undefined && isInside(folder.fsPath, picture.uri.fsPath))) {
    return placement;
  }
  const folderPath = first.path.split("/").slice(0, -1);
  return askPlacement(server, uri, position, pictures.map((picture) => {
    const inside = picture.uri && relativePath(folder.fsPath, picture.uri.fsPath);
    return inside === undefined ? { name: picture.name } : { path: [...folderPath, inside].join("/") };
  }));
}
