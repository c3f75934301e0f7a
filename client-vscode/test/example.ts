import type { Bounds, FigureStatus, QuestionStatus, ReportStatus } from "../src/reports/status";

/** A question that passes, unless told otherwise. */
export function question(number: number, given: Partial<Omit<QuestionStatus, "limits">> & { asked?: [words: Bounds | null, images: Bounds | null, characters?: Bounds | null] } = {}): QuestionStatus {
  const { asked = [[50, 100], null], ...rest } = given;
  const [words, images, characters = null] = asked;
  const limits = { words, images, characters, source: "report.py", assumed: false } as const;
  const counts = { words: 70, images: 0, prose_words: 70, images_shown: 0 };
  return { number, line: number * 10, section: null, answered: true, limits, ...counts, passed: true, ...rest };
}

/** A report that the official check runs on, unless told otherwise. */
export function report(questions: QuestionStatus[], given: Partial<ReportStatus> = {}): ReportStatus {
  return {
    uri: "file:///report/README.md",
    runs: true,
    error: null,
    passed: questions.filter(({ passed }) => passed).length,
    total: questions.length,
    unanswered: questions.filter(({ answered }) => !answered).length,
    questions,
    figures: [],
    ...given,
  };
}

/** A report that stops the official check. */
export function stopped(questions: QuestionStatus[], given: Partial<ReportStatus> = {}): ReportStatus {
  const error = `ValueError: ${questions.length - 1} answers found, ${questions.length} expected`;
  return report(questions, { runs: false, error, passed: null, total: null, ...given });
}

export function figure(path: string, places: FigureStatus["places"] = [], given: Partial<FigureStatus> = {}): FigureStatus {
  return { path, bytes: 48_123, width: 1200, height: 800, uses: places.length, places, ...given };
}

export const unanswered = { answered: false, words: 6, prose_words: 0 } as const;
export const unmarked = { answered: false, words: null, images: null, prose_words: null, images_shown: null, passed: null } as const;
