import * as vscode from "vscode";
import type { Api } from "./api";
import { registerDebugInformation } from "./commands/debugInformation";
import { registerOpenSettings } from "./commands/openSettings";
import { registerRestartServer } from "./commands/restartServer";
import { registerSelectInterpreter } from "./commands/selectInterpreter";
import { registerShowLog } from "./commands/showLog";
import { registerFigures } from "./figures/register";
import { createLog } from "./log";
import { discoverReports } from "./reports/discovery";
import { locateSchema } from "./schema";
import { Environments } from "./server/environments";
import { Problems } from "./server/problems";
import { Server } from "./server/server";
import { theWorld } from "./server/world";
import { section } from "./settings";
import { registerReportUi } from "./ui/register";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const log = createLog();
  locateSchema(context.extension, log);
  const environments = new Environments();
  const places = { extension: context.extensionUri.fsPath, storage: context.globalStorageUri.fsPath };
  const problems = new Problems(context.globalState);
  const mine = new Server({ log, places, problems, world: () => theWorld(environments, places.extension) });
  server = mine;
  context.subscriptions.push(log, environments, mine);

  const reports = registerReportUi(context, mine, log);
  registerFigures(context, mine, reports, log);

  const reconsider = (why: string): void => {
    void mine.reconsider(why);
  };
  context.subscriptions.push(
    registerRestartServer(mine),
    registerShowLog(log),
    registerOpenSettings(context.extension.id),
    registerSelectInterpreter(),
    registerDebugInformation(context, mine, reports),
    environments.onDidChange((extension) => {
      reconsider(`another environment is selected in ${extension}`);
    }),
    vscode.extensions.onDidChange(() => {
      reconsider("extensions have changed");
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      reconsider("the workspace is trusted now");
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.interpreter`) || event.affectsConfiguration(`${section}.path`)) {
        reconsider("the settings have changed");
      }
    }),
    discoverReports(log, () => {
      void mine.ensureStarted();
    }),
  );
  return { server: mine, reports };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
