/** What the server's command `invigilator.ready` says of a report; the same as `invigilator ready --format json`. */
export interface Readiness {
  /** Whether every check says yes. */
  readonly ready: boolean;
  readonly checks: readonly Check[];
}

export interface Check {
  /** Such as `official-check`; never changes. */
  readonly name: string;
  /** What is so where it says yes: `The official check passes`. */
  readonly title: string;
  /** `unknown`: it could not be found out, and the reasons say why. */
  readonly state: "yes" | "no" | "unknown";
  /** Where it says yes: what else is worth knowing. */
  readonly reasons: readonly Reason[];
}

/** Why a check says what it says, and what to press or type. */
export interface Reason {
  readonly message: string;
  /** Of the report, from 1; null where it is about no line. */
  readonly line: number | null;
  /** A file that it is about, from the report's folder; null where there is none. */
  readonly path: string | null;
}

/** Whether an answer of the server is what it should be: an older server has no such command, and answers nothing. */
export function isReadiness(answer: unknown): answer is Readiness {
  return typeof answer === "object" && answer !== null && "checks" in answer && Array.isArray(answer.checks);
}
