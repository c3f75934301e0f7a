import * as vscode from "vscode";

/** "Invigilator: Show Log" */
export function registerShowLog(log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand("invigilator.showLog", () => {
    log.show();
  });
}
