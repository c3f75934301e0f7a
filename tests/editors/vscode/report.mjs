// The example report, copied to where a test can change it.

import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../scripts/processes.mjs";
import { ROOT } from "../../../scripts/setup.mjs";
import { Trouble } from "../../../scripts/terminal.mjs";

/** Copy one of the examples as it is to the new folder `folder`. */
export function copyOther(name, folder) {
  cpSync(join(ROOT, "examples", name), folder, { recursive: true });
  return folder;
}

/** Copy the example to the new folder `folder`, a repository with all of it added; `lineEnd` stands between its lines. */
export function copyExample(folder, lineEnd = "\n") {
  cpSync(join(ROOT, "examples", "report"), folder, { recursive: true });
  const file = join(folder, "reports", "README.md");
  const figures = join(folder, "reports", "figures");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", lineEnd));
  for (const args of [["init", "--quiet"], ["-c", "core.autocrlf=false", "add", "--all"]]) {
    const { status, stderr } = run("git", args, { cwd: folder });
    if (status !== 0) throw new Trouble(`git ${args.join(" ")} failed in ${folder}: ${stderr}`);
  }
  return {
    folder,
    file,
    read: () => readFileSync(file, "utf8"),
    write: (text) => writeFileSync(file, text),
    figures: () => (existsSync(figures) ? readdirSync(figures).sort() : []),
    figure: (name) => readFileSync(join(figures, name)),
  };
}

/** Where `words` stand first behind `after` in `text`: `[line, column]`, from 1. */
export function placeOf(text, words, after = "") {
  const offset = text.indexOf(words, text.indexOf(after));
  if (offset < 0) throw new Error(`"${words}" does not stand behind "${after}" in the report`);
  const lines = text.slice(0, offset).split(/\r?\n/);
  return [lines.length, lines.at(-1).length + 1];
}

/** The template that a report was written in: every answer is its placeholder. */
export function blankTemplate(text) {
  const answers = /(^### Question (\d+)\n(?:(?!#).*\n)*?> Answer:\n)(?:(?!#{1,3} ).*\n?)*/gm;
  return text.replace(answers, (_, asked, number) => `${asked}\n--- question ${number} fill here ---\n\n`);
}

/** The text of one question, from its heading to the next. */
export function questionIn(text, number) {
  const start = text.indexOf(`### Question ${number}`);
  const end = text.indexOf("\n#", start + 1);
  return text.slice(start, end < 0 ? text.length : end);
}
