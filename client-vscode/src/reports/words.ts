/** Numbers, limits and verdicts in words: the same ones that the server's hover and the command line use. */
import type { Bounds, QuestionStatus, ReportStatus } from "./status";

/** How many there are of one thing, named in the singular, and how many there may be (null: no limit). */
export interface Tally {
  readonly amount: number;
  readonly noun: "word" | "character" | "image";
  readonly bounds: Bounds | null;
  /** As a reader sees it; null where that is not counted. */
  readonly seen: number | null;
}

/** `1 image`, `3 images`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/**
 * With what is counted: `100-200 words`, `at least 50 words`, `exactly 1 image`; `to` stands between two ends. A lowest
 * number of 0 asks for nothing and is left out.
 */
export function boundsOf([lowest, high]: Bounds, noun: string, to = "-"): string {
  const low = lowest === 0 && high !== 0 ? null : lowest;
  const nouns = (high ?? low) === 1 ? noun : `${noun}s`;
  if (low !== null && high !== null) {
    return low === high ? `exactly ${low} ${nouns}` : `${low}${to}${high} ${nouns}`;
  }
  if (low !== null) {
    return `at least ${low} ${nouns}`;
  }
  return high === null ? `any number of ${nouns}` : `at most ${high} ${nouns}`;
}

/** What a question has of what it is asked for, on one line: `143 of 100-200 words · 1 of 1-3 images`. */
export function countsOf(question: QuestionStatus): string {
  const there = tallies(question);
  if (there === null) {
    return "no answer marker";
  }
  if (!question.answered) {
    return ["not answered", askedOf(question)].filter(Boolean).join(" · ");
  }
  const shown = there.filter(({ amount, noun, bounds }) => bounds !== null || noun !== "image" || amount > 0);
  return shown.map(({ amount, noun, bounds }) => countOf(amount, bounds, noun)).join(" · ");
}

/**
 * What is of interest of an answer, in the order in which people say it: all that is limited, images that are there all the
 * same, and words where nothing is limited. Null without an answer marker.
 */
export function tallies({ limits, ...question }: QuestionStatus): Tally[] | null {
  const { words, images, prose_words, images_shown } = question;
  if (words === null || images === null) {
    return null;
  }
  const characters = limits.characters ?? null;
  const all: (Tally & { anyway: boolean })[] = [
    { amount: words, noun: "word", bounds: limits.words, seen: prose_words, anyway: limits.images === null && characters === null },
    { amount: question.characters ?? 0, noun: "character", bounds: characters, seen: null, anyway: false },
    { amount: images, noun: "image", bounds: limits.images, seen: images_shown, anyway: images > 0 || Boolean(images_shown) },
  ];
  return all.flatMap(({ anyway, ...tally }) => (tally.bounds !== null || anyway ? [tally] : []));
}

/** What a question asks for: `100 to 200 words and exactly 1 image`; empty where there are no limits. */
export function askedOf({ limits }: QuestionStatus, to = "-"): string {
  const kinds = [[limits.words, "word"], [limits.characters, "character"], [limits.images, "image"]] as const;
  return kinds.flatMap(([bounds, noun]) => (bounds ? [boundsOf(bounds, noun, to)] : [])).join(" and ");
}

/** How far a count is off: `23 missing`, `2 too many`, `fine`; empty where there is no limit. */
export function differenceOf(count: number, bounds: Bounds | null): string {
  if (bounds === null) {
    return "";
  }
  const [low, high] = bounds;
  if (low !== null && count < low) {
    return `${low - count} missing`;
  }
  return high !== null && count > high ? `${count - high} too many` : "fine";
}

/** How many questions pass, of how many: by the official check, or by their own limits where it has no result. */
export function scoreOf(status: ReportStatus): { passed: number; total: number } {
  if (status.passed !== null && status.total !== null) {
    return { passed: status.passed, total: status.total };
  }
  return { passed: status.questions.filter((question) => question.passed === true).length, total: status.questions.length };
}

/** `18 of 27 pass the official check`, `All 27 pass the official check`, `The official check stops`, `9 of 12 keep to their limits`. */
export function verdictOf(status: ReportStatus): string {
  if (status.runs === false) {
    return "The official check stops";
  }
  const { passed, total } = scoreOf(status);
  const score = passed === total && total > 1 ? `All ${total}` : `${passed} of ${total}`;
  return `${score} ${status.runs === null ? "keep to their limits" : "pass the official check"}`;
}

/** Why the check stops, in the check's own words: `26 answers found, 27 expected`; empty where it does not. */
export function errorOf(status: ReportStatus): string {
  return (status.error ?? "").replace(/^ValueError: /, "");
}

/** `812 bytes`, `47 KB`, `1.2 MB` (of 1,000 each). */
export function readableBytes(bytes: number): string {
  if (bytes < 1_000) {
    return counted(bytes, "byte");
  }
  return bytes < 999_500 ? `${(bytes / 1_000).toFixed(0)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function countOf(count: number, bounds: Bounds | null, noun: string): string {
  return bounds === null ? counted(count, noun) : `${count} of ${boundsOf(bounds, noun)}`;
}
