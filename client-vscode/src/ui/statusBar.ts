import * as vscode from "vscode";

import type { OpenReport, Reports } from "../reports/reports";
import { statusText, statusTooltip, summaryOf } from "./reportText";

const TREE = "invigilator.report.focus"; // VS Code has this command for every view

/** `18/27` while the active editor shows a report. */
export function registerStatusBar(context: vscode.ExtensionContext, reports: Reports): void {
  const item = vscode.window.createStatusBarItem("invigilator.status", vscode.StatusBarAlignment.Right, 110);
  item.name = "Exam Report";
  item.command = "invigilator.showFailing";

  const show = (report: OpenReport | undefined): void => {
    if (report === undefined) {
      item.hide();
      return;
    }
    const { status, trouble } = report;
    item.text = statusText(status, trouble?.message);
    item.tooltip = tooltipOf(statusTooltip(status, trouble?.message));
    item.backgroundColor = status.runs === false ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    item.accessibilityInformation = { label: `Exam report: ${summaryOf(status)}`, role: "button" };
    item.show();
  };
  show(reports.active);
  context.subscriptions.push(item, reports.onDidChangeCurrent(() => { show(reports.active); }));
}

function tooltipOf(text: string): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(`${text}\n\n[Show all questions](command:${TREE} "The view Exam Report in the Explorer")`);
  tooltip.isTrusted = { enabledCommands: [TREE] };
  return tooltip;
}
