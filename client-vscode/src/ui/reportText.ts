/** What the status bar says of a report. */
import { isFailing, openQuestions } from "../reports/questions";
import type { QuestionStatus, ReportStatus } from "../reports/status";
import { countsOf, errorOf, scoreOf, verdictOf } from "../reports/words";

const MOST_NAMED = 6;

/** `$(checklist) 18/27`; where the check stops, that it does. `reason`: see `statusTooltip`. */
export function statusText(status: ReportStatus, reason?: string): string {
  if (status.runs === false) {
    return "$(error) Check stops";
  }
  const { passed, total } = scoreOf(status);
  const isDone = passed === total && status.unanswered === 0;
  return `$(${reason !== undefined ? "warning" : isDone ? "pass" : "checklist"}) ${passed}/${total}`;
}

/** The whole of it in one sentence: `18 of 27 pass the official check, 7 unanswered`. */
export function summaryOf(status: ReportStatus): string {
  if (status.runs === false) {
    return `${verdictOf(status)}: ${errorOf(status)}`;
  }
  return [verdictOf(status), status.unanswered > 0 && `${status.unanswered} unanswered`].filter(Boolean).join(", ");
}

/** Why the check stops or mixes questions up and what to do, as plain text; `reason` is what the finding says, if there is one. */
export function explained(status: ReportStatus, reason: string | undefined): string {
  return (reason?.replace(" stops here,", " stops,") ?? unexplained(status)).replaceAll("`", "");
}

/**
 * The status bar item's tooltip, in Markdown.
 *
 * `reason` is the finding that says why the check stops or mixes questions up, where there is one.
 */
export function statusTooltip(status: ReportStatus, reason: string | undefined): string {
  const { failing, passingUnanswered } = openQuestions(status);
  const lines = [`**${escaped(verdictOf(status))}**`];
  if (status.runs === false) {
    lines.push(escaped(explained(status, reason)));
  } else if (reason !== undefined) {
    lines.push(escaped(explained(status, reason)));
  } else if (status.runs === null) {
    lines.push("There is no official check for this report: no `report.py`, and no known edition of the template.");
  }
  if (failing.length > 0) {
    lines.push(`${failing.length} failing${status.runs === false ? " by themselves" : ""}:`);
    lines.push(listOf(failing));
  }
  if (passingUnanswered.length > 0) {
    lines.push(`${failing.length > 0 ? "Passing, but not answered" : "Not answered"}: ${numbersOf(passingUnanswered)}`);
  }
  if (failing.length + passingUnanswered.length > 0) {
    lines.push("Click to go to one of them.");
  } else if (reason === undefined && status.runs !== false) {
    lines.push("Every question is done.");
  }
  return lines.join("\n\n");
}

/** `question 4`, `questions 4, 7 and 9`. */
export function numbersOf(questions: readonly { readonly number: number }[]): string {
  const numbers = questions.map(({ number }) => String(number));
  const last = numbers.pop() ?? "";
  return numbers.length === 0 ? `question ${last}` : `questions ${numbers.join(", ")} and ${last}`;
}

/** A text as Markdown that shows it as it is. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, "\\$&");
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As far as the numbers tell; for when no finding says it better. */
function unexplained(status: ReportStatus): string {
  const unmarked = status.questions.filter((question) => isFailing(question) && question.words === null);
  const where =
    unmarked.length > 0
      ? `Put the answer marker of ${numbersOf(unmarked)} back, between the prompt and your answer.`
      : "Compare the headings and answer markers with the template's.";
  return `No question has a result: ${errorOf(status)}. ${where}`;
}

function listOf(questions: readonly QuestionStatus[]): string {
  const named = questions.length > MOST_NAMED + 1 ? questions.slice(0, MOST_NAMED) : questions;
  const lines = named.map((question) => `- Question ${question.number}: ${countsOf(question)}`);
  if (named.length < questions.length) {
    lines.push(`- and ${questions.length - named.length} more`);
  }
  return lines.join("\n");
}
