/**
 * Whether the server is worth starting, told from texts alone. The server decides what is a report; this may say yes
 * where the server says no, at the price of a process, but never no where the server says yes.
 */

/** What `looksLikeReport` goes by. The default is the template of course 02476, as in the server's `grammar.py`. */
export interface ReportGrammar {
  /** Matched against one line without its ending; null: any line. */
  readonly heading: RegExp | null;
  readonly marker: string;
}

export const defaultGrammar: ReportGrammar = {
  heading: /^ {0,3}###[ \t]+Question[ \t]+\d{1,4}[ \t]*(?:$|[.:)\-\u2013\u2014]|#+[ \t]*$)/i,
  marker: "Answer:",
};

/**
 * The grammar of a user's settings. A heading of their own is a Python pattern, which is not run here: there the marker
 * alone decides.
 */
export function grammarOf(settings: { heading?: unknown; marker?: unknown }): ReportGrammar {
  const { heading, marker } = settings;
  return {
    heading: typeof heading === "string" && heading !== "" ? null : defaultGrammar.heading,
    marker: typeof marker === "string" && marker !== "" ? marker : defaultGrammar.marker,
  };
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
  return first >= 0 && lines.slice(first + 1).some((line) => line.includes(marker));
}

/**
 * Whether a change can have made a report of a text that was none.
 *
 * @param lines the lines it touched, as they are now
 */
export function mayCompleteReport(lines: Iterable<string>, grammar: ReportGrammar = defaultGrammar): boolean {
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
