import * as vscode from "vscode";

import { applySafeFixes } from "../commands/applySafeFixes";
import { checkReport } from "../commands/checkReport";
import type { Tools } from "../commands/findReport";
import { goToNextFailing, goToNextUnanswered } from "../commands/nextQuestion";
import { readyToHandIn } from "../commands/readyToHandIn";
import { showFailing } from "../commands/showFailing";
import { Reports } from "../reports/reports";
import type { Server } from "../server/server";
import { registerLanguageStatus } from "./languageStatus";
import { registerReportTree } from "./reportTree";
import { registerStatusBar } from "./statusBar";

/** What the user sees of open reports, and the commands about them. */
export function registerReportUi(context: vscode.ExtensionContext, server: Server, log: vscode.LogOutputChannel): Reports {
  const reports = new Reports(server);
  const tools: Tools = { server, reports };
  const command = (name: string, run: (tools: Tools) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(`invigilator.${name}`, () => run(tools));

  registerStatusBar(context, reports);
  registerLanguageStatus(context, server, reports);
  registerReportTree(context, reports);
  context.subscriptions.push(
    reports,
    command("nextUnanswered", goToNextUnanswered),
    command("nextFailing", goToNextFailing),
    command("showFailing", showFailing),
    command("checkReport", checkReport),
    command("applySafeFixes", applySafeFixes),
    command("readyToHandIn", (given) => readyToHandIn(given, server)),
  );
  log.debug("Status bar, tree and commands are ready.");
  return reports;
}
