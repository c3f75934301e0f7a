import { homedir, release } from "node:os";
import * as vscode from "vscode";
import type { Reports } from "../reports/reports";
import type { Server } from "../server/server";
import { section } from "../settings";
import { debugText } from "./debugText";

const scheme = "invigilator-debug";
const address = vscode.Uri.from({ scheme, path: "Invigilator debug information.txt" });

/** "Invigilator: Debug Information": a read-only document, so that nobody is asked to save it. */
export function registerDebugInformation(
  context: vscode.ExtensionContext,
  server: Server,
  reports: Reports,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => text(context, server, reports),
    }),
    vscode.commands.registerCommand("invigilator.debugInformation", async () => {
      changed.fire(address);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(address), { preview: false });
    }),
  );
}

function text(context: vscode.ExtensionContext, server: Server, reports: Reports): string {
  const manifest: unknown = context.extension.packageJSON;
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return debugText(
    {
      extension: `${context.extension.id} ${String(version)}`,
      vscode: `${vscode.version} (${vscode.env.appName})`,
      platform: `${process.platform} ${release()} ${process.arch}, node ${process.versions.node}`,
      remote: vscode.env.remoteName ?? "this machine",
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => `${uri.scheme}: ${uri.fsPath}`),
      server: server.state,
      processId: server.processId,
      steps: server.resolution?.steps ?? [],
      settings: settings(context),
      reports: reports.all.map(({ uri, status }) => {
        const verdict = status.runs === true ? `${status.passed ?? 0} of ${status.total ?? 0} pass` : "no official verdict";
        return `${vscode.workspace.asRelativePath(uri)}: ${status.questions.length} questions, ${verdict}`;
      }),
    },
    homedir(),
  );
}

/** Every setting of ours that somebody has set, with its value and where it is set. */
function settings(context: vscode.ExtensionContext): string[] {
  const configuration = vscode.workspace.getConfiguration(section, vscode.workspace.workspaceFolders?.[0]?.uri);
  return settingNames(context.extension.packageJSON).flatMap((name) => {
    const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect<unknown>(name) ?? {};
    // With a single folder, VS Code gives the workspace's value for the folder, too.
    const isFolders = JSON.stringify(workspaceFolderValue) !== JSON.stringify(workspaceValue);
    const places = { user: globalValue, workspace: workspaceValue, folder: isFolders ? workspaceFolderValue : undefined };
    return Object.entries(places)
      .filter(([, value]) => value !== undefined)
      .map(([place, value]) => `${section}.${name} (${place}): ${JSON.stringify(value)}`);
  });
}

/** The manifest's settings, without our section's name in front. */
function settingNames(manifest: unknown): string[] {
  const contributed = (manifest as { contributes?: { configuration?: { properties?: object } } }).contributes;
  return Object.keys(contributed?.configuration?.properties ?? {}).map((name) => name.slice(section.length + 1));
}
