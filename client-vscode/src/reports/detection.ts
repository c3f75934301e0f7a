/**
 * Whether the server is worth starting, told from texts alone. The server decides what is a report; this may say yes
 * where the server says no, at the price of a process, but never no where the server says yes.
 */

/** What `looksLikeReport` goes by. The default is the template of course 02476, as in the server's `grammar.py`. */
export interface ReportGrammar {
  /** Matched against one line without its ending; null: any line. */
  readonly heading: RegExp | null;
  /** Empty where answers begin right below the prompt. */
  readonly marker: string;
}

/** What a user says of their template, in settings or in a configuration file. */
export interface WrittenGrammar {
  readonly heading?: unknown;
  readonly marker?: unknown;
  /** The titles of the questions, or only how many there are. */
  readonly questions?: unknown;
}

export const defaultGrammar: ReportGrammar = {
  heading: /^ {0,3}###[ \t]+Question[ \t]+\d{1,4}[ \t]*(?:$|[.:)\-\u2013\u2014]|#+[ \t]*$)/i,
  marker: "Answer:",
};

/**
 * The grammar that a user has written. A heading of their own is a Python pattern, which is not run here: there the titles of
 * the questions decide, and without those the marker alone.
 */
export function grammarOf({ heading, marker, questions }: WrittenGrammar): ReportGrammar {
  const ownHeading = typeof heading === "string" && heading !== "";
  const titles = Array.isArray(questions) ? questions.filter((title) => typeof title === "string" && title.trim() !== "") : [];
  const ofTitles = titles.length > 0 ? titledLine(titles as string[], ownHeading) : undefined;
  return {
    heading: ofTitles ?? (ownHeading ? null : defaultGrammar.heading),
    marker: typeof marker !== "string" || marker === "" ? defaultGrammar.marker : /^\s*none\s*$/i.test(marker) ? "" : marker,
  };
}

/** Matches a heading, or any line, that holds one of the titles; emphasis and white space between its words do not matter. */
function titledLine(titles: readonly string[], anyLine: boolean): RegExp {
  const spaced = titles.map((title) =>
    title
      .split(/[\s*_]+/)
      .filter((word) => word !== "")
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"))
      .join("[\\s*_]+"),
  );
  return new RegExp(`${anyLine ? "" : "^ {0,3}#{1,6}[ \\t].*"}(?<![\\p{L}\\p{N}])(?:${spaced.join("|")})`, "iu");
}

/** Whether a Markdown text holds a question heading outside of closed code and comments, and an answer marker below. */
export function looksLikeReport(text: string, grammar: ReportGrammar = defaultGrammar): boolean {
  const { heading, marker } = grammar;
  if (!text.includes(marker)) {
    return false;
  }
  if (heading === null) {
    return true;
  }
  const lines = text.split(/\r\n|\r|\n/);
  const first = firstVisible(lines, heading);
  return first >= 0 && (marker === "" || lines.slice(first + 1).some((line) => line.includes(marker)));
}

/**
 * Whether a change can have made a report of a text that was none. Of another template's headings nothing is known here.
 *
 * @param lines the lines it touched, as they are now
 */
export function mayCompleteReport(lines: Iterable<string>, grammar: ReportGrammar = defaultGrammar): boolean {
  if (grammar.heading !== defaultGrammar.heading) {
    return true;
  }
  for (const line of lines) {
    // A fence or a comment that is opened or closed can bring a heading to light.
    if (line.includes(grammar.marker) || /^ {0,3}(?:###|```|~~~|<!--)|-->/.test(line)) {
      return true;
    }
  }
  return false;
}

/** The first line that matches, -1 where there is none; what stands in a closed fence or comment is passed over. */
function firstVisible(lines: readonly string[], pattern: RegExp): number {
  if (!lines.some((line) => pattern.test(line))) {
    return -1;
  }
  const neverClosed = new Set<string>();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (pattern.test(line)) {
      return index;
    }
    const closing = closingOf(line);
    if (closing === undefined || neverClosed.has(closing.source)) {
      continue;
    }
    const end = lines.findIndex((below, at) => at > index && closing.test(below));
    if (end < 0) {
      neverClosed.add(closing.source);
    } else {
      index = end;
    }
  }
  return -1;
}

/** What closes the fence or the comment that a line opens; undefined where it opens none. */
function closingOf(line: string): RegExp | undefined {
  const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
  if (fence !== undefined) {
    return new RegExp(`^ {0,3}${fence}${fence.charAt(0)}*[ \\t]*$`);
  }
  return /^ {0,3}<!--(?!.*-->)/.test(line) ? /-->/ : undefined;
}

/** Names of files that may be a configuration of ours or the course's script. */
export const telltaleNames = ["invigilator.toml", "pyproject.toml", "report.py"] as const;

/** Whether a file of one of these names says that there is a report: a configuration of ours, or the course's `report.py`. */
export function tellsOfReport(name: string, text: string): boolean {
  switch (name) {
    case "invigilator.toml":
      return true;
    case "pyproject.toml":
      return /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*["']?invigilator["']?[ \t]*[.\]]/m.test(text);
    case "report.py":
      return isCourseScript(text);
    default:
      return false;
  }
}

/** The course's script has a table of limits and cuts the report at its markers; groups rename and reformat both. */
function isCourseScript(text: string): boolean {
  return /^[ \t]*\w*(?:constrai?n|limit)\w*[ \t]*(?::[^=\n]+)?=/im.test(text) && /answer/i.test(text);
}

/** What a configuration file of this name says of the template; undefined where it says nothing at all of ours. */
export function grammarIn(name: string, text: string): WrittenGrammar | undefined {
  if (name === "report.py" || !tellsOfReport(name, text)) {
    return undefined;
  }
  const ours = name === "pyproject.toml" ? tableOf(text) : text;
  const list = /^[ \t]*questions[ \t]*=[ \t]*\[((?:[^\]"']|"(?:[^"\\]|\\.)*"|'[^']*')*)\]/m.exec(ours)?.[1];
  return {
    heading: stringAt(ours, "heading"),
    marker: stringAt(ours, "marker"),
    questions: list === undefined ? undefined : [...list.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g)].map(([written]) => unquoted(written)),
  };
}

/** The lines of `[tool.invigilator]`. */
function tableOf(pyproject: string): string {
  const [, below = ""] = pyproject.split(/^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*["']?invigilator["']?[ \t]*\][^\n]*$/m);
  return below.split(/^[ \t]*\[[^\],"']+\][ \t]*(?:#.*)?$/m)[0] ?? "";
}

function stringAt(toml: string, key: string): string | undefined {
  const written = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*("(?:[^"\\\\\\n]|\\\\.)*"|'[^'\\n]*')`, "m").exec(toml)?.[1];
  return written === undefined ? undefined : unquoted(written);
}

function unquoted(written: string): string {
  const inside = written.slice(1, -1);
  return written.startsWith("'") ? inside : inside.replace(/\\(["\\])/g, "$1");
}
