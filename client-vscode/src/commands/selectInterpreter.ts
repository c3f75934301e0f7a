import * as vscode from "vscode";
import { section, startSettings } from "../settings";

/** The commands of the extensions that know the user's Pythons, the better one first. */
const pickers = ["python.setInterpreter", "python-envs.set"];

/**
 * "Invigilator: Select Interpreter": the picker of an extension that has one. A file dialog where none is installed, or
 * where our own setting is set, which would win over what is picked.
 */
export function registerSelectInterpreter(): vscode.Disposable {
  return vscode.commands.registerCommand("invigilator.selectInterpreter", async () => {
    const scope = vscode.workspace.workspaceFolders?.[0]?.uri;
    if (vscode.workspace.isTrusted && startSettings(scope).interpreter === "") {
      const known = new Set(await vscode.commands.getCommands(true));
      const picker = pickers.find((command) => known.has(command));
      if (picker !== undefined) {
        await vscode.commands.executeCommand(picker);
        return;
      }
    }
    const chosen = await vscode.window.showOpenDialog({
      title: "Select a Python 3.10 or newer for Invigilator",
      openLabel: "Use This Python",
      canSelectMany: false,
    });
    const file = chosen?.[0];
    if (file !== undefined) {
      const configuration = vscode.workspace.getConfiguration(section);
      await configuration.update("interpreter", file.fsPath, vscode.ConfigurationTarget.Global);
    }
  });
}
