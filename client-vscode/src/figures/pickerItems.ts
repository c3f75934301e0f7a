/** What the picker of figures shows, as data. */
import type { FigureStatus } from "../reports/status";
import { readableBytes } from "../reports/words";
import { listed } from "./messages";

export interface FigureChoice {
  readonly figure: FigureStatus;
  /** The file's name, with the folders below the figures folder. */
  readonly label: string;
  readonly description: string;
}

export interface FigureGroup {
  /** `not used yet`, `used in question 14`. */
  readonly title: string;
  readonly choices: readonly FigureChoice[];
}

/** The figures in the order in which they are offered: unused ones first, then by the questions that show them. */
export function figureGroups(figures: readonly FigureStatus[]): FigureGroup[] {
  const groups = new Map<string, FigureStatus[]>();
  for (const figure of [...figures].sort((one, other) => firstUse(one) - firstUse(other))) {
    const title = usage(figure);
    groups.set(title, [...(groups.get(title) ?? []), figure]);
  }
  const folder = commonFolder(figures.map((figure) => figure.path));
  return [...groups].map(([title, members]) => ({
    title,
    choices: members.sort(byName).map((figure) => ({ figure, label: figure.path.slice(folder.length), description: describe(figure) })),
  }));
}

/** `1200 × 800 pixels · 47 KB`; without pixels where the file does not say them. */
export function describe({ width, height, bytes }: Pick<FigureStatus, "width" | "height" | "bytes">): string {
  const pixels = width === null || height === null ? [] : [`${width} × ${height} pixels`];
  return [...pixels, readableBytes(bytes)].join(" · ");
}

/** With its slash at the end; empty where there is none. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split("/").slice(0, -1));
  let length = first.length;
  for (const other of others) {
    const differs = other.findIndex((part, index) => part !== first[index]);
    length = Math.min(length, differs < 0 ? other.length : differs);
  }
  return first.slice(0, length).map((part) => `${part}/`).join("");
}

function questionsOf(figure: FigureStatus): number[] {
  return [...new Set(figure.places.map((place) => place.question))].sort((one, other) => one - other);
}

function usage(figure: FigureStatus): string {
  const questions = questionsOf(figure);
  if (questions.length === 0) {
    return figure.uses === 0 ? "not used yet" : "used";
  }
  return `used in question${questions.length === 1 ? "" : "s"} ${listed(questions.map(String))}`;
}

function firstUse(figure: FigureStatus): number {
  return figure.uses === 0 ? -1 : (questionsOf(figure)[0] ?? 0);
}

function byName(one: FigureStatus, other: FigureStatus): number {
  return one.path.localeCompare(other.path, "en", { numeric: true });
}
