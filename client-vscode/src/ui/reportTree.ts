import * as vscode from "vscode";

import { isFailing } from "../reports/questions";
import type { OpenReport, Reports } from "../reports/reports";
import { goToQuestion, goToRange, lineRange } from "./goTo";
import { type Cause, type ItemState, type ReportItem, reportItems } from "./treeItems";

const OPEN = "invigilator.report.open"; // internal: what a click on an item does
const CALM = 150; // milliseconds: a status comes with every keystroke

const PREVIEW = 280; // pixels: as wide as most side bars

const ICONS: Record<ItemState, readonly [icon: string, color?: string]> = {
  passes: ["pass", "testing.iconPassed"],
  fails: ["error", "testing.iconFailed"],
  unanswered: ["circle-large-outline", "testing.iconQueued"],
  unmarked: ["circle-slash", "testing.iconErrored"],
  stops: ["error", "testing.iconErrored"],
  mixed: ["warning", "problemsWarningIcon.foreground"],
  left: ["checklist"],
};

/** The view "Exam report": the report in the active editor, else the last one that was. */
export function registerReportTree(context: vscode.ExtensionContext, reports: Reports): void {
  const tree = new ReportTree();
  const view = vscode.window.createTreeView("invigilator.report", { treeDataProvider: tree, showCollapseAll: true });
  const show = (): void => {
    const report = reports.current;
    tree.show(report);
    const failing = report?.status.questions.filter(isFailing).length ?? 0;
    view.badge = failing === 0 ? undefined : { value: failing, tooltip: failing === 1 ? "1 question fails" : `${failing} questions fail` };
    view.description = report && reports.all.length > 1 ? vscode.workspace.asRelativePath(report.uri) : "";
  };
  let timer: NodeJS.Timeout | undefined;
  const showSoon = (): void => { timer ??= setTimeout(() => { timer = undefined; show(); }, CALM); };
  show();
  context.subscriptions.push(
    view,
    reports.onDidChangeCurrent(showSoon),
    new vscode.Disposable(() => { clearTimeout(timer); }),
    vscode.commands.registerCommand(OPEN, open),
  );
}

class ReportTree implements vscode.TreeDataProvider<ReportItem> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private uri = vscode.Uri.parse("untitled:");
  private items: readonly ReportItem[] = [];
  private shown = "";

  readonly onDidChangeTreeData = this.changed.event;

  /** Shows a report; nothing moves where it looks as before. */
  show(report: OpenReport | undefined): void {
    const items = report ? reportItems(report.status, report.trouble?.message, causesOf(report)) : [];
    const shown = JSON.stringify([report?.uri.toString(), items]);
    if (shown === this.shown) {
      return;
    }
    this.shown = shown;
    this.items = items;
    this.uri = report?.uri ?? this.uri;
    this.changed.fire(undefined);
  }

  getChildren(item?: ReportItem): ReportItem[] {
    return [...(item?.children ?? this.items)];
  }

  getTreeItem(item: ReportItem): vscode.TreeItem {
    const treeItem = new vscode.TreeItem(item.label, collapsibleState(item));
    treeItem.id = item.id;
    treeItem.description = item.description;
    treeItem.tooltip = new vscode.MarkdownString(item.tooltip);
    treeItem.contextValue = item.kind;
    if ("state" in item) {
      treeItem.iconPath = item.kind === "use" ? new vscode.ThemeIcon("arrow-small-right") : iconOf(item.state);
      const state = item.kind === "question" && item.state !== "unanswered" ? item.state : ""; // its icon, aloud
      treeItem.accessibilityInformation = { label: [item.label, state, item.description].filter(Boolean).join(", ") };
    }
    if (item.kind === "figure") {
      const picture = vscode.Uri.joinPath(this.uri, "..", item.path);
      treeItem.resourceUri = picture;
      treeItem.tooltip = new vscode.MarkdownString(`![](${picture.toString()}|width=${PREVIEW})\n\n${item.tooltip}`);
      treeItem.iconPath = vscode.ThemeIcon.File;
    }
    if (item.kind === "verdict") {
      treeItem.command = { command: "invigilator.showFailing", title: "Show Failing Questions" };
    } else if (item.kind !== "section" && item.kind !== "figures") {
      treeItem.command = { command: OPEN, title: "Open", arguments: [this.uri, item] };
    }
    return treeItem;
  }
}

async function open(report: vscode.Uri, item: ReportItem): Promise<void> {
  if (item.kind === "figure") {
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.joinPath(report, "..", item.path));
  } else if (item.kind === "question") {
    await goToQuestion(report, item.line);
  } else if ("line" in item) {
    await goToRange(report, lineRange(item.line));
  }
}

function collapsibleState({ kind, children }: ReportItem): vscode.TreeItemCollapsibleState {
  if (children.length === 0) {
    return vscode.TreeItemCollapsibleState.None;
  }
  return kind === "figure" ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}

function iconOf(state: ItemState): vscode.ThemeIcon {
  const [icon, color] = ICONS[state];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function causesOf({ trouble }: OpenReport): Cause[] {
  return (trouble?.causes ?? []).map(({ name, range }) => ({ name, line: range.start.line + 1 }));
}
