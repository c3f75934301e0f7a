import * as vscode from "vscode";

/** "Invigilator: Open Settings" */
export function registerOpenSettings(extensionId: string): vscode.Disposable {
  return vscode.commands.registerCommand("invigilator.openSettings", () =>
    vscode.commands.executeCommand("workbench.action.openSettings", `@ext:${extensionId}`),
  );
}
