import * as vscode from "vscode";

import type { OpenReport } from "../reports/reports";
import { figureGroups } from "./pickerItems";

/** What somebody chose: a file of the figures folder, relative to the report's, or to look elsewhere. */
export type Choice = { readonly path: string } | "from a file";

interface Item extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

/** Lets people choose one of the report's figures; undefined where they do not. */
export async function pickFigure(report: OpenReport): Promise<Choice | undefined> {
  const items: Item[] = figureGroups(report.status.figures).flatMap(({ title, choices }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...choices.map(({ figure, label, description }) => ({
      label,
      description,
      iconPath: vscode.Uri.joinPath(report.uri, "..", figure.path),
      choice: { path: figure.path },
    })),
  ]);
  const none = items.length === 0;
  items.push(
    { label: "elsewhere", kind: vscode.QuickPickItemKind.Separator },
    {
      label: "From a file…",
      description: "copies it into the figures folder",
      iconPath: new vscode.ThemeIcon("folder-opened"),
      alwaysShow: true,
      choice: "from a file",
    },
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: "Insert Figure",
    placeHolder: none ? "The figures folder has no pictures yet: choose one from elsewhere" : "Which figure?",
    matchOnDescription: true,
  });
  return picked?.choice;
}
