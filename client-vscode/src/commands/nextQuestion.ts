import * as vscode from "vscode";

import { isFailing, nextQuestion } from "../reports/questions";
import type { QuestionStatus } from "../reports/status";
import { goToQuestion } from "../ui/goTo";
import { numbersOf, summaryOf } from "../ui/reportText";
import { theReport, type Tools } from "./findReport";

/** Puts the cursor into the next question without an answer. */
export async function goToNextUnanswered(tools: Tools): Promise<void> {
  await goToNext(tools, ({ answered }) => !answered, "Every question has an answer.");
}

/** Puts the cursor into the next question that fails. */
export async function goToNextFailing(tools: Tools): Promise<void> {
  await goToNext(tools, isFailing, "No question fails.");
}

async function goToNext(tools: Tools, isWanted: (question: QuestionStatus) => boolean, none: string): Promise<void> {
  const report = await theReport(tools);
  if (report === undefined) {
    return;
  }
  const { uri, status } = report;
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const next = nextQuestion(status.questions, (editor?.selection.active.line ?? -1) + 1, isWanted);
  if (next === undefined) {
    void vscode.window.showInformationMessage(`${none} ${summaryOf(status)}.`);
    return;
  }
  await goToQuestion(uri, next.question.line);
  if (next.fromTop && editor !== undefined) {
    vscode.window.setStatusBarMessage(`$(arrow-circle-up) From the top: ${numbersOf([next.question])}`, 4_000);
  }
}
