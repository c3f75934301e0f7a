/** Where in a question a person writes on. */

/** A stretch of one line, all counting from 0, `end` exclusive. */
export interface WritingPlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const HEADING = /^ {0,3}#{1,6}[ \t]/;
const QUOTE = /^ {0,3}>/;
const PLACEHOLDER = /^[ \t]*(-{0,3}[ \t]*question[ \t]+\d+[ \t]+fill[ \t]+here(?:[ \t]*-{1,3})?)[ \t]*$/i;

/**
 * The place to write at in the question whose heading is line `heading` (from 0): the untouched placeholder as a whole,
 * else the first line of what is there, else the line below the marker with one blank line between. Where no line is
 * the `marker`, it is taken to end the quoted prompt. Without any, the heading itself; where answers have no marker at all
 * (it is empty), below the heading.
 */
export function writingPlace(
  lineAt: (line: number) => string,
  lineCount: number,
  heading: number,
  marker = "Answer:",
): WritingPlace {
  const end = endOfQuestion(lineAt, lineCount, heading);
  const above = markerLine(lineAt, heading, end, marker) ?? (marker === "" ? heading : undefined);
  if (above === undefined) {
    return { line: heading, start: 0, end: 0 };
  }
  for (let line = above + 1; line < end; line++) {
    const text = lineAt(line);
    const placeholder = PLACEHOLDER.exec(text);
    if (placeholder?.[1] !== undefined) {
      const start = text.indexOf(placeholder[1]);
      return { line, start, end: start + placeholder[1].length };
    }
    if (text.trim() !== "") {
      return { line, start: 0, end: 0 };
    }
  }
  const below = Math.min(above + 2, end - 1);
  return { line: below, start: lineAt(below).length, end: lineAt(below).length };
}

function endOfQuestion(lineAt: (line: number) => string, lineCount: number, heading: number): number {
  let fence = "";
  for (let line = heading + 1; line < lineCount; line++) {
    const text = lineAt(line);
    const mark = /^ {0,3}(```|~~~)/.exec(text)?.[1] ?? "";
    if (mark !== "" && (fence === "" || fence === mark)) {
      fence = fence === "" ? mark : "";
    }
    // deeper headings stand in answers
    if (fence === "" && HEADING.test(text) && !text.trimStart().startsWith("####")) {
      return line;
    }
  }
  return lineCount;
}

function markerLine(
  lineAt: (line: number) => string,
  heading: number,
  end: number,
  marker: string,
): number | undefined {
  let quote: number | undefined;
  for (let line = heading + 1; line < end; line++) {
    if (marker !== "" && lineAt(line).replace(/^[ \t]*>?[ \t*_]*|[ \t*_]+$/g, "") === marker) {
      return line;
    }
    if (QUOTE.test(lineAt(line)) && (quote === undefined || quote === line - 1)) {
      quote = line;
    }
  }
  return quote;
}
