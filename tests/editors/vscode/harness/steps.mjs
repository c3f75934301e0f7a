// A session as a list of steps: each said as it passes, with what was expected, a screenshot and the logs where one fails.

import { stripVTControlCharacters } from "node:util";
import { paint } from "../../../../scripts/terminal.mjs";

/** `took`: in ms, where it has run already. @typedef {{title: string, run: () => Promise<unknown>, took?: number}} Step */

const LONGEST = 40;

/** The lines of a text; of a long one the first. */
function shortened(text) {
  const lines = stripVTControlCharacters(text).split("\n");
  return lines.length > LONGEST ? [...lines.slice(0, LONGEST), `… and ${lines.length - LONGEST} lines more`] : lines;
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`.padStart(6);

/**
 * Run steps in order, to the first that fails; what comes after it depends on it.
 *
 * `evidence`: called after a failure, gives lines that say where to look. Whether all passed.
 * @param {Step[]} steps
 */
export async function follow(steps, evidence) {
  for (const [index, { title, run, took }] of steps.entries()) {
    const started = Date.now();
    try {
      const note = await run();
      process.stdout.write(`  ${paint("green", "ok")}    ${seconds(took ?? Date.now() - started)}  ${title}${note ? `: ${note}` : ""}\n`);
    } catch (error) {
      process.stdout.write(`  ${paint("red", "fails")} ${seconds(took ?? Date.now() - started)}  ${title}\n`);
      const lines = [...shortened(error.message), ...(await evidence().catch((other) => [other.message]))];
      const left = steps.length - index - 1;
      if (left) lines.push(`${left} more ${left === 1 ? "step was" : "steps were"} not tried.`);
      process.stdout.write(`${lines.join("\n").replace(/^/gm, "        ")}\n`);
      return false;
    }
  }
  return true;
}
