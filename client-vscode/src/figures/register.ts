import * as vscode from "vscode";

import type { Reports } from "../reports/reports";
import type { Server } from "../server/server";
import { insertFigure } from "./insertFigure";
import { registerPasteAndDrop } from "./pasteAndDrop";

/** Everything that puts pictures into answers: the command "Insert Figure…", paste and drop. */
export function registerFigures(
  context: vscode.ExtensionContext,
  server: Server,
  reports: Reports,
  log: vscode.LogOutputChannel,
): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("invigilator.insertFigure", async (...args: readonly unknown[]) => {
      try {
        await insertFigure(server, reports, ...args);
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        void vscode.window.showErrorMessage("The figure could not be inserted. The log says why: “Invigilator: Show Log”.");
      }
    }),
    registerPasteAndDrop(server, reports),
  );
}
