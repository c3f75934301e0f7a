// What the scripts say, and how: colours on a terminal only, wrapped lines, Markdown as plain text, errors without stack traces.

/** Something a person can put right: its message is all they need to see. */
export class Trouble extends Error {}

/** Whether `stream` takes colours: a terminal, and NO_COLOR (https://no-color.org) not set. */
export function takesColour(stream, env = process.env) {
  return Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== "dumb";
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 };

/** `text` in a style of CODES, where standard output takes colours. */
export function paint(style, text, stream = process.stdout) {
  return takesColour(stream) ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

export function headline(text) {
  process.stdout.write(`\n${paint("bold", `== ${text}`)}\n`);
}

/** The lines of `text`, broken at spaces to fit `width` columns. */
export function wrap(text, width) {
  const lines = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** `text` wrapped and moved to the right by `columns`. */
export function indented(text, columns) {
  const width = Math.max(40, Math.min(process.stdout.columns || 100, 120) - columns);
  return wrap(text, width).map((line) => (" ".repeat(columns) + line).trimEnd()).join("\n");
}

const ENTITIES = { nbsp: " ", lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

function withoutMarks(text) {
  return text
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, (_, alt) => `[picture${alt ? `: ${alt}` : ""}]`)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, "$2")
    .replace(/(?<![\w\\*])([*_])(?=[^\s*_])(.+?)\1(?!\w)/g, "$2")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name) => ENTITIES[name]);
}

/** Markdown as somebody would read it aloud: good enough for a hover, no renderer. */
export function plainText(markdown) {
  const lines = markdown
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .filter((line) => !/^\s*(```|~~~)/.test(line) && !/^\s*\|?[\s:|-]*-{3,}[\s:|-]*$/.test(line))
    .map((line) => line.replace(/^\s*#{1,6}\s+/, "").replace(/^\s*>\s?/, "").replace(/\s+$/, ""));
  return lines
    .join("\n")
    .split(/(`+)([^`]+)\1/)
    .map((piece, index) => (index % 3 === 0 ? withoutMarks(piece) : index % 3 === 1 ? "" : piece.trim()))
    .join("")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Run `work`; a Trouble or a refusal of the system ends the process with 1 and its message alone. */
export async function main(work) {
  try {
    if (Number(process.versions.node.split(".")[0]) < 20) {
      throw new Trouble(`Node 20 or newer is needed; this is ${process.version}. See https://nodejs.org/en/download`);
    }
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof Trouble) && !error?.syscall) throw error;
    process.stderr.write(`\n${paint("red", "Stopped.", process.stderr)} ${error.message}\n`);
    process.exitCode = 1;
  }
}
