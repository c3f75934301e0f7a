/** The tree "Exam report" as data. */
import { isMixedUp, type QuestionState, stateOf } from "../reports/questions";
import type { FigureStatus, QuestionStatus, ReportStatus } from "../reports/status";
import { askedOf, counted, countsOf, differenceOf, errorOf, readableBytes, scoreOf, type Tally, tallies, verdictOf } from "../reports/words";
import { capitalised, escaped, numbersOf, statusTooltip } from "./reportText";

/** A place that the check stumbles over; `line` counts from 1. */
export interface Cause {
  readonly name: string;
  readonly line: number;
}

/** `left`: something is left to do, or nothing to be said. */
export type ItemState = QuestionState | "stops" | "mixed" | "left";

interface Item {
  /** The same for the same thing in every state of the report, different for different things. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly children: readonly ReportItem[];
}

export interface VerdictItem extends Item {
  readonly kind: "verdict";
  readonly state: ItemState;
}

/** `line` counts from 1: where a click goes. */
export interface PlaceItem extends Item {
  readonly kind: "cause" | "question" | "use";
  readonly line: number;
  readonly state: ItemState;
}

export interface GroupItem extends Item {
  readonly kind: "section" | "figures";
}

/** A picture in the figures folder; `path` is relative to the folder of the report, such as `figures/loss.png`. */
export interface FigureItem extends Item {
  readonly kind: "figure";
  readonly path: string;
}

export type ReportItem = VerdictItem | PlaceItem | GroupItem | FigureItem;

/** The tree of a report: the verdict, the sections with their questions, the figures with their uses. */
export function reportItems(status: ReportStatus, reason?: string, causes: readonly Cause[] = []): ReportItem[] {
  const unique = uniqueIds();
  const official = status.runs === true && reason === undefined && !isMixedUp(status);
  const items: ReportItem[] = [verdictItem(status, reason, causes, unique)];
  for (const [section, questions] of bySection(status.questions)) {
    const id = unique(section === null ? "loose" : `section:${section}`);
    const children = questions.map((question) => questionItem(question, official, unique));
    if (section === null) {
      items.push(...children);
    } else {
      const passing = questions.filter((question) => question.passed).length;
      const description = `${passing} of ${questions.length}`;
      const tooltip = `**${escaped(section)}**\n\n${passing} of ${counted(questions.length, "question")} fine`;
      items.push({ kind: "section", id, label: section, description, tooltip, children });
    }
  }
  if (status.figures.length > 0) {
    items.push(figuresItem(status.figures, unique));
  }
  return items;
}

/** The Markdown of everything that is known of a question, in the words of the server's hover. */
export function questionTooltip(question: QuestionStatus, official: boolean): string {
  const asked = askedOf(question, " to ");
  const source = asked && question.limits.source ? `, says ${SOURCES[question.limits.source]}` : "";
  const assumed = question.limits.assumed ? " (assumed: other editions that this report may be say something else)" : "";
  const parts = [`**Question ${question.number}**: ${asked || "no limits"}${source}${assumed}`];
  const there = tallies(question);
  if (there === null) {
    parts.push("Its answer marker is gone, so nothing is counted. Put it back between the prompt and your answer.");
  } else if (!question.answered) {
    parts.push("Not answered yet.");
  } else {
    parts.push(there.map(countLine).join("\n"));
  }
  if (question.passed !== null && official) {
    parts.push(question.passed ? "Passes the official check." : "**Fails** the official check.");
  } else if (question.passed !== null && asked) {
    parts.push(question.passed ? "Within the limits." : "**Not within the limits** yet.");
  }
  return parts.join("\n\n");
}

const SOURCES: Record<NonNullable<QuestionStatus["limits"]["source"]>, string> = {
  config: "your configuration",
  "report.py": "report.py",
  prompt: "the prompt",
  edition: "the template",
};

type Unique = (id: string) => string;

/** Adds a number to an id that was there before: a report may have two questions of one number. */
function uniqueIds(): Unique {
  const seen = new Map<string, number>();
  return (id) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}#${count}`;
  };
}

function verdictItem(status: ReportStatus, reason: string | undefined, causes: readonly Cause[], unique: Unique): VerdictItem {
  const { passed, total } = scoreOf(status);
  const isDone = passed === total && status.unanswered === 0;
  const left = [
    reason !== undefined && "questions mixed up",
    status.unanswered > 0 && `${status.unanswered} unanswered`,
    status.runs === null && "no official check",
  ];
  const stops = status.runs === false;
  return {
    kind: "verdict",
    // the view keeps what has no children closed when it gets some, unless it is another item
    id: unique(causes.length > 0 ? "troubled verdict" : "verdict"),
    label: stops ? verdictOf(status) : `${passed} of ${total} pass`,
    description: stops ? errorOf(status) : left.filter(Boolean).join(", "),
    tooltip: statusTooltip(status, reason),
    state: stops ? "stops" : reason !== undefined ? "mixed" : isDone ? "passes" : "left",
    children: causes.map(({ name, line }) => ({
      kind: "cause",
      id: unique(`cause:${name}`),
      label: capitalised(name),
      description: `line ${line}`,
      tooltip: "The official check stumbles over this.",
      state: "stops",
      line,
      children: [],
    })),
  };
}

function questionItem(question: QuestionStatus, official: boolean, unique: Unique): PlaceItem {
  return {
    kind: "question",
    id: unique(`question:${question.number}`),
    label: `Question ${question.number}`,
    description: countsOf(question),
    tooltip: questionTooltip(question, official),
    state: stateOf(question),
    line: question.line,
    children: [],
  };
}

function countLine({ amount, noun, bounds, seen }: Tally): string {
  const reader = seen === null || seen === amount ? "" : ` (a reader sees ${seen})`;
  const difference = differenceOf(amount, bounds);
  return `- ${counted(amount, noun)}${reader}${difference && `: ${difference}`}`;
}

function figuresItem(figures: readonly FigureStatus[], unique: Unique): GroupItem {
  const unused = figures.filter(({ uses }) => uses === 0).length;
  return {
    kind: "figures",
    id: unique("figures"),
    label: "Figures",
    description: `${counted(figures.length, "file")}${unused > 0 ? `, ${unused} unused` : ""}`,
    tooltip: "The pictures in the figures folder, and where answers show them.",
    children: figures.map((figure) => figureItem(figure, unique)),
  };
}

function figureItem(figure: FigureStatus, unique: Unique): FigureItem {
  const { path, width, height, uses } = figure;
  const used = uses === 0 ? "unused" : uses === 1 ? "used" : `used ${uses} times`;
  const showing = [...new Set(figure.places.map(({ question }) => question))].map((number) => ({ number }));
  const where = showing.length > 0 ? ` in ${numbersOf(showing)}` : "";
  const pixels = width !== null && height !== null ? `${width} × ${height}` : "";
  const id = unique(`figure:${path}`);
  return {
    kind: "figure",
    id,
    path,
    label: path.slice(path.lastIndexOf("/") + 1),
    description: [used, pixels, readableBytes(figure.bytes)].filter(Boolean).join(" · "),
    tooltip: `**${escaped(path)}**\n\n${pixels && `${pixels} pixels, `}${readableBytes(figure.bytes)}, ${used}${where}`,
    children: figure.places.map(({ question, line }) => ({
      kind: "use",
      id: unique(`${id}:use`),
      label: `Question ${question}`,
      description: `line ${line}`,
      tooltip: `Shown in the answer to question ${question}, line ${line}`,
      state: "left",
      line,
      children: [],
    })),
  };
}

/** Consecutive questions under one section heading, in document order. */
function bySection(questions: readonly QuestionStatus[]): [string | null, QuestionStatus[]][] {
  const groups: [string | null, QuestionStatus[]][] = [];
  for (const question of questions) {
    const last = groups.at(-1);
    if (last !== undefined && last[0] === question.section) {
      last[1].push(question);
    } else {
      groups.push([question.section, [question]]);
    }
  }
  return groups;
}
