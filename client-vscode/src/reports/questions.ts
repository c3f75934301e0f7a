/** The questions of a report: how each stands, which are left, which comes next. */
import type { QuestionStatus, ReportStatus } from "./status";

/** `unmarked`: its answer marker is gone, so there is nothing to judge. */
export type QuestionState = "passes" | "fails" | "unanswered" | "unmarked";

/** How a question stands. An unanswered one may pass all the same: where nothing is asked for, nothing is missing. */
export function stateOf(question: QuestionStatus): QuestionState {
  if (question.passed === null) {
    return "unmarked";
  }
  if (!question.answered) {
    return "unanswered";
  }
  return question.passed ? "passes" : "fails";
}

/** Whether a question costs the report something as it stands: it does not keep to its limits, or cannot be read. */
export function isFailing(question: QuestionStatus): boolean {
  return question.passed !== true;
}

/** The questions that fail, and those that pass without an answer, both in document order. */
export function openQuestions(status: ReportStatus): { failing: QuestionStatus[]; passingUnanswered: QuestionStatus[] } {
  return {
    failing: status.questions.filter(isFailing),
    passingUnanswered: status.questions.filter((question) => question.passed === true && !question.answered),
  };
}

/** Whether the official check runs, but passes other questions than keep to their limits: it mixes some up. */
export function isMixedUp(status: ReportStatus): boolean {
  return status.runs === true && status.passed !== status.questions.filter((question) => question.passed).length;
}

/** The question that a line (from 1) belongs to; undefined above the first. */
export function questionAt(questions: readonly QuestionStatus[], line: number): QuestionStatus | undefined {
  return questions.filter((question) => question.line <= line).at(-1);
}

/**
 * The first wanted question below the one that `line` (from 1) is in; from the top again after the last, which
 * `fromTop` tells. The one that the line is in comes last.
 */
export function nextQuestion(
  questions: readonly QuestionStatus[],
  line: number,
  isWanted: (question: QuestionStatus) => boolean,
): { question: QuestionStatus; fromTop: boolean } | undefined {
  const wanted = questions.filter(isWanted);
  const below = wanted.find((question) => question.line > line);
  const question = below ?? wanted[0];
  return question && { question, fromTop: below === undefined };
}
