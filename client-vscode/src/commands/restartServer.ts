import * as vscode from "vscode";
import type { Server } from "../server/server";

/** "Invigilator: Restart Server" */
export function registerRestartServer(server: Server): vscode.Disposable {
  return vscode.commands.registerCommand("invigilator.restartServer", () => server.restart("asked for by command"));
}
