import * as vscode from "vscode";

import { isLikelyReport } from "../reports/discovery";
import type { Reports } from "../reports/reports";
import type { Server, ServerState } from "../server/server";
import { summaryOf } from "./reportText";
import { serverText } from "./serverText";

const NOWHERE: vscode.DocumentSelector = { scheme: "invigilator-nowhere" };

/** How the report stands, and the server's version and Python, beside the language mode; why not, where it does not run. */
export function registerLanguageStatus(
  context: vscode.ExtensionContext,
  server: Pick<Server, "state" | "onDidChangeState">,
  reports: Reports,
): void {
  const item = vscode.languages.createLanguageStatusItem("invigilator.server", NOWHERE);
  const log = vscode.languages.createLanguageStatusItem("invigilator.log", NOWHERE);
  const report = vscode.languages.createLanguageStatusItem("invigilator.report", NOWHERE);
  report.name = "Exam Report";
  report.command = { command: "invigilator.readyToHandIn", title: "Ready to Hand In?" };
  item.name = "Invigilator";
  log.name = "Invigilator Log";
  log.command = { command: "invigilator.showLog", title: "Show Log" };

  const show = (): void => {
    const { state } = server;
    const document = vscode.window.activeTextEditor?.document;
    const selector = document && isAbout(document, state, reports) ? selectorOf(document) : NOWHERE;
    const { text, detail, reason } = serverText(state);
    item.text = text;
    item.detail = detail;
    log.text = reason;
    item.busy = state.kind === "starting";
    const failed = state.kind === "failed";
    item.severity = failed ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.command = failed
      ? { command: "invigilator.selectInterpreter", title: "Select Interpreter" }
      : { command: "invigilator.restartServer", title: "Restart" };
    item.selector = selector;
    log.selector = failed ? selector : NOWHERE;
    report.text = reports.active ? summaryOf(reports.active.status) : "";
    report.selector = document && reports.active ? selectorOf(document) : NOWHERE;
  };
  show();
  context.subscriptions.push(
    item,
    log,
    report,
    server.onDidChangeState(show),
    reports.onDidChangeCurrent(show),
  );
}

/** Whether the server's state matters to who looks at this document. */
function isAbout(document: vscode.TextDocument, state: ServerState, reports: Reports): boolean {
  if (reports.get(document.uri) !== undefined) {
    return true;
  }
  // no server has told yet, or can
  return (state.kind === "starting" || state.kind === "failed") && isLikelyReport(document);
}

/** Documents of the same kind; only the active one's status is ever shown. */
function selectorOf({ languageId, uri }: vscode.TextDocument): vscode.DocumentSelector {
  return { language: languageId, scheme: uri.scheme };
}
