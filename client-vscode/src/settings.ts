import * as vscode from "vscode";

export const section = "invigilator";

/** The settings about starting the server, as written. Empty: not set. */
export interface StartSettings {
  readonly interpreter: string;
  readonly path: string;
}

/** Values of an untrusted workspace do not count: they name programs to run. */
export function startSettings(scope: vscode.Uri | undefined): StartSettings {
  const configuration = vscode.workspace.getConfiguration(section, scope);
  const read = (key: keyof StartSettings): string => {
    const value = vscode.workspace.isTrusted
      ? configuration.get<unknown>(key)
      : configuration.inspect<unknown>(key)?.globalValue;
    return typeof value === "string" ? value.trim() : "";
  };
  return { interpreter: read("interpreter"), path: read("path") };
}

/** The settings that the client itself reads of how a report is written. */
export function grammarSettings(scope: vscode.Uri): { heading: unknown; marker: unknown; questions: unknown } {
  const configuration = vscode.workspace.getConfiguration(section, scope);
  const read = (key: string): unknown => configuration.get<unknown>(key);
  return { heading: read("heading"), marker: read("marker"), questions: read("questions") };
}
