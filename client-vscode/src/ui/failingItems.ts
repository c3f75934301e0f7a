/** What the list of questions that still fail offers. */
import { openQuestions, stateOf } from "../reports/questions";
import type { QuestionStatus, ReportStatus } from "../reports/status";
import { countsOf } from "../reports/words";
import type { Place } from "./placesPicker";
import { capitalised } from "./reportText";
import type { Cause } from "./treeItems";

/** The places that stop the check, the questions that fail, and those that pass without an answer. */
export function failingItems(status: ReportStatus, causes: readonly Cause[]): Place[] {
  const { failing, passingUnanswered } = openQuestions(status);
  const places = causes.map(({ name, line }) => ({
    label: `$(error) ${capitalised(name)}`,
    description: `line ${line}`,
    line,
  }));
  return [
    ...group(status.runs === false ? "the official check stops here" : "the official check mixes up questions here", places),
    ...group(status.runs === false ? "fail by themselves" : "fail", failing.map(itemOf)),
    ...group("pass, but not answered", passingUnanswered.map(itemOf)),
  ];
}

const ICONS = { passes: "pass", fails: "error", unanswered: "circle-large-outline", unmarked: "circle-slash" } as const;

function itemOf(question: QuestionStatus): Place {
  return {
    label: `$(${ICONS[stateOf(question)]}) Question ${question.number}`,
    description: countsOf(question),
    line: question.line,
    isQuestion: true,
  };
}

function group(heading: string, items: readonly Place[]): Place[] {
  return items.length === 0 ? [] : [{ label: heading, description: "", isHeading: true }, ...items];
}
