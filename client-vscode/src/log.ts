import * as vscode from "vscode";

/** The one place where everything is logged, the server's own lines too: "Invigilator" in the Output panel. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel("Invigilator", { log: true });
}
