/** What the list of questions that still fail offers. */
import { openQuestions, stateOf } from "../reports/questions";
import type { QuestionStatus, ReportStatus } from "../reports/status";
import { countsOf } from "../reports/words";
import { capitalised } from "./reportText";
import type { Cause } from "./treeItems";

/** One line of the list; without `line` (from 1) it is a heading between others. */
export interface FailingItem {
  readonly label: string;
  readonly description: string;
  readonly line?: number;
  /** Whether it is a question, to write in. */
  readonly isQuestion: boolean;
}

/** The places that stop the check, the questions that fail, and those that pass without an answer. */
export function failingItems(status: ReportStatus, causes: readonly Cause[]): FailingItem[] {
  const { failing, passingUnanswered } = openQuestions(status);
  const places = causes.map(({ name, line }) => ({
    label: `$(error) ${capitalised(name)}`,
    description: `line ${line}`,
    line,
    isQuestion: false,
  }));
  return [
    ...group(status.runs === false ? "the official check stops here" : "the official check mixes up questions here", places),
    ...group(status.runs === false ? "fail by themselves" : "fail", failing.map(itemOf)),
    ...group("pass, but not answered", passingUnanswered.map(itemOf)),
  ];
}

const ICONS = { passes: "pass", fails: "error", unanswered: "circle-large-outline", unmarked: "circle-slash" } as const;

function itemOf(question: QuestionStatus): FailingItem {
  return {
    label: `$(${ICONS[stateOf(question)]}) Question ${question.number}`,
    description: countsOf(question),
    line: question.line,
    isQuestion: true,
  };
}

function group(heading: string, items: readonly FailingItem[]): FailingItem[] {
  return items.length === 0 ? [] : [{ label: heading, description: "", isQuestion: false }, ...items];
}
