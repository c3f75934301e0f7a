import { homedir } from "node:os";
import * as vscode from "vscode";
import { startSettings } from "../settings";
import type { Environments } from "./environments";
import { expand } from "./expansion";
import type { World } from "./interpreter";
import { probePython, probeServer } from "./probe";
import { isIn, locate, onPath } from "./programs";

/**
 * The real world of `resolveLaunch`, as it is now.
 *
 * @param folder where programs are run: the extension's own folder, never the workspace
 */
export function theWorld(environments: Environments, folder: string): World {
  const { platform, env } = process;
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter((one) => one.uri.scheme === "file")
    .map((one) => ({ name: one.name, path: one.uri.fsPath }));
  const scope = vscode.workspace.workspaceFolders?.[0]?.uri;
  return {
    platform,
    trusted: vscode.workspace.isTrusted,
    settings: startSettings(scope),
    expand: (written) => expand(written, { home: homedir(), environment: env, folders }),
    locate: async (path) => (/[\\/]/.test(path) ? locate(path, platform) : (await onPath(path, env, platform))[0]),
    onPath: (name) => onPath(name, env, platform),
    isInWorkspace: (path) =>
      isIn(
        path,
        folders.map((one) => one.path),
        platform,
      ),
    environmentsExtension: () => environments.fromEnvironmentsExtension(scope),
    pythonExtension: () => environments.fromPythonExtension(scope),
    probePython: (command) => probePython(command, folder),
    probeServer: (path) => probeServer(path, folder),
  };
}
