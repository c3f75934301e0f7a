/**
 * The content of the server's notification `invigilator/status`. Lines count from 1, as in the command line's JSON.
 */
export interface ReportStatus {
  /** The document, as the client spelled it. */
  readonly uri: string;
  /** Whether the official check runs; null where there is no official check for this report. */
  readonly runs: boolean | null;
  /** Why it stops; null where it runs. */
  readonly error: string | null;
  /** Questions that pass the official check, and how many it judges; null where it does not run. */
  readonly passed: number | null;
  readonly total: number | null;
  readonly unanswered: number;
  readonly questions: readonly QuestionStatus[];
  readonly figures: readonly FigureStatus[];
}

/** A document that is no report, or no longer one. */
export interface NoReport {
  readonly uri: string;
  readonly questions: null;
}

export type StatusNotification = ReportStatus | NoReport;

/** Lowest and highest number allowed, both inclusive; null where that end is open. */
export type Bounds = readonly [low: number | null, high: number | null];

export interface QuestionStatus {
  readonly number: number;
  /** The line of its heading. */
  readonly line: number;
  /** The heading of the template's section that it stands in, null where there is none. */
  readonly section: string | null;
  readonly answered: boolean;
  readonly limits: {
    readonly words: Bounds | null;
    readonly images: Bounds | null;
    /** Left out by a server from before there were such limits. */
    readonly characters?: Bounds | null;
    readonly source: "config" | "report.py" | "prompt" | "edition" | null;
    readonly assumed: boolean;
  };
  /** By the official count; null without an answer marker. */
  readonly words: number | null;
  readonly images: number | null;
  /** Null also where nobody asks for them. */
  readonly characters?: number | null;
  /** As a reader sees it. */
  readonly prose_words: number | null;
  readonly images_shown: number | null;
  /** By the question's own limits; null without an answer marker. */
  readonly passed: boolean | null;
}

export interface FigureStatus {
  /** Relative to the report's folder, such as `figures/loss.png`. */
  readonly path: string;
  readonly bytes: number;
  /** Pixels; null where the file's header does not say. */
  readonly width: number | null;
  readonly height: number | null;
  /** How often answers show it. */
  readonly uses: number;
  /** Where they do. */
  readonly places: readonly FigurePlace[];
}

export interface FigurePlace {
  readonly question: number;
  readonly line: number;
}
