import * as vscode from "vscode";
import type { Command } from "./launch";

/** The part of the Python Environments extension's API that is used here; it is another's, so nothing is taken for granted. */
interface EnvironmentsApi {
  getEnvironment?(scope: vscode.Uri | undefined): Promise<Environment | undefined>;
  readonly onDidChangeEnvironment?: vscode.Event<unknown>;
}

interface Environment {
  readonly execInfo?: { readonly run?: { readonly executable?: string; readonly args?: readonly string[] } };
}

/** The same of the Python extension. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(
      environment: unknown,
    ): Promise<{ readonly executable?: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

export const environmentsId = "ms-python.vscode-python-envs";
export const pythonId = "ms-python.python";

/** The two extensions that know the user's Python. Neither is needed; each is asked only when somebody calls. */
export class Environments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly listening = new Map<string, vscode.Disposable>();

  /** Another environment was selected in the named extension, or the extension can now be asked. */
  readonly onDidChange = this.changed.event;

  /** Waits for the extension as long as that takes. */
  async fromEnvironmentsExtension(scope: vscode.Uri | undefined): Promise<Command | undefined> {
    const api = await activated<EnvironmentsApi>(environmentsId);
    this.listen(environmentsId, api?.onDidChangeEnvironment);
    const run = (await api?.getEnvironment?.(scope))?.execInfo?.run;
    return run?.executable === undefined ? undefined : { path: run.executable, args: run.args ?? [] };
  }

  /** The same. */
  async fromPythonExtension(scope: vscode.Uri | undefined): Promise<Command | undefined> {
    const environments = (await activated<PythonApi>(pythonId))?.environments;
    this.listen(pythonId, environments?.onDidChangeActiveEnvironmentPath);
    const resolved = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath(scope));
    const uri = resolved?.executable?.uri;
    return uri === undefined ? undefined : { path: uri.fsPath, args: [] };
  }

  dispose(): void {
    this.changed.dispose();
    for (const listener of this.listening.values()) {
      listener.dispose();
    }
  }

  private listen(extension: string, event: vscode.Event<unknown> | undefined): void {
    if (event !== undefined && !this.listening.has(extension)) {
      this.listening.set(
        extension,
        event(() => {
          this.changed.fire(extension);
        }),
      );
    }
  }
}

/** What an extension exports once it is active; undefined where it is not installed, or exports nothing. */
async function activated<T extends object>(id: string): Promise<T | undefined> {
  const extension = vscode.extensions.getExtension<T | undefined>(id);
  const api: unknown = extension === undefined || extension.isActive ? extension?.exports : await extension.activate();
  return typeof api === "object" && api !== null ? (api as T) : undefined;
}
