/** Where the server puts pictures, and what that means for the text; positions as in the protocol. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A picture to be put into an answer: one that is in the report's folder, or a new one by its wished name. */
export type WantedFigure = { readonly path: string } | { readonly name: string };

export interface PlacedFigure {
  /** Relative to the report's folder, such as `figures/loss.png`; new ones have a free name. */
  readonly path: string;
  readonly uri: string;
  /** Whether it is of a type that the report takes. */
  readonly allowed: boolean;
}

/** The answer to `invigilator/insertFigure`. */
export interface Placement {
  readonly edit: { readonly range: Range; readonly newText: string };
  /** In the order in which they were asked for, and in which they stand in the new text. */
  readonly figures: readonly PlacedFigure[];
  /** The types that the report takes, such as `.png`. */
  readonly extensions: readonly string[];
}

const IMAGE = /!\[(?:\\.|[^\]\\])*\]\((?:<[^>\n]*>|[^()\n]*)\)/g;

/**
 * The placement where something is selected: a picture that is selected as a whole gives way to the new ones. Any other
 * selection stays as it is, and the pictures come where they would without one.
 */
export function instead(placement: Placement, selected: Range, selectedText: string): Placement {
  const images = selectedText.match(IMAGE);
  if (images?.length !== 1 || images[0] !== selectedText.trim()) {
    return placement;
  }
  const [before = "", after = ""] = selectedText.split(images[0]);
  return { ...placement, edit: { range: selected, newText: before + placement.edit.newText.trim() + after } };
}

/** The end of the last picture, once a placement's text stands at `start`: where one writes on. */
export function endOfFigures(start: Position, newText: string): Position {
  const lines = newText.trimEnd().split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? "";
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length };
}

/** A stretch of a text, in UTF-16 units, and what to put in its place. */
export interface Removal {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * How the figures that `isUnwanted` names are taken out of `text` again, into which a placement has put them at about
 * `near`. Where all of them are unwanted and nothing was changed since, what was replaced (`oldText`) comes back.
 * A figure whose link is gone, or leads elsewhere by now, is left out.
 */
export function removalsFrom(
  text: string,
  placement: Placement,
  { oldText, near }: { oldText: string; near: number },
  isUnwanted: (figure: PlacedFigure) => boolean,
): Removal[] {
  const newText = text.includes("\r\n") ? placement.edit.newText.replace(/\r?\n/g, "\r\n") : placement.edit.newText;
  const whole = placement.figures.every(isUnwanted) ? nearest(stretchesOf(text, newText), near) : undefined;
  if (whole !== undefined) {
    return [{ ...whole, replacement: oldText }];
  }
  const destinations = [...newText.matchAll(IMAGE)].map(destinationOf);
  const images = [...text.matchAll(IMAGE)];
  return placement.figures.flatMap((figure, index) => {
    const destination = destinations[index];
    if (destination === undefined || !isUnwanted(figure)) {
      return [];
    }
    const links = images.filter((image) => destinationOf(image) === destination);
    const link = nearest(links.map(({ index: start, 0: image }) => ({ start, end: start + image.length })), near);
    return link === undefined ? [] : [{ ...withParagraph(text, link), replacement: "" }];
  });
}

/** A stretch that is a paragraph of its own takes the blank line above along. */
function withParagraph(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const above = /(?:\r?\n){2}$/.exec(text.slice(0, start))?.[0] ?? "";
  const isAlone = /^[ \t]*(?:\r?\n|$)/.test(text.slice(end));
  return { start: isAlone ? start - above.length : start, end };
}

function destinationOf(image: RegExpMatchArray): string {
  return image[0].slice(image[0].lastIndexOf("](") + 2, -1);
}

function stretchesOf(text: string, wanted: string): { start: number; end: number }[] {
  const found = [];
  for (let start = text.indexOf(wanted); start >= 0 && wanted !== ""; start = text.indexOf(wanted, start + 1)) {
    found.push({ start, end: start + wanted.length });
  }
  return found;
}

function nearest<T extends { start: number }>(stretches: readonly T[], near: number): T | undefined {
  return [...stretches].sort((one, other) => Math.abs(one.start - near) - Math.abs(other.start - near))[0];
}
