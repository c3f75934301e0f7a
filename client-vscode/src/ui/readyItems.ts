/** What the list "Ready to hand in?" shows. */
import type { Check, Readiness, Reason } from "../reports/ready";
import { counted } from "../reports/words";
import type { Place } from "./placesPicker";

/** A check or, below it, a reason; `path` is a file to open, from the report's folder, `message` the whole reason. */
export interface ReadyItem extends Place {
  readonly path?: string;
  readonly message?: string;
}

const ICONS: Record<Check["state"], string> = { yes: "pass", no: "error", unknown: "question" };
const LONGEST = 72; // characters of a line: what is longer is cut off
const INDENT = "\u2003\u2003"; // VS Code cuts plain blanks off

/** `Yes, ready to hand in`, `Not ready to hand in: 2 of 6 checks say no`, `Perhaps ready to hand in: 1 of 6 checks could not be made`. */
export function readyTitle({ ready, checks }: Readiness): string {
  if (ready) {
    return "Yes, ready to hand in";
  }
  const no = checks.filter(({ state }) => state === "no").length;
  const unknown = checks.filter(({ state }) => state === "unknown").length;
  const of = `of ${counted(checks.length, "check")}`;
  return no > 0
    ? `Not ready to hand in: ${no} ${of} ${no === 1 ? "says" : "say"} no`
    : `Perhaps ready to hand in: ${unknown} ${of} could not be made`;
}

/** Every check with its reasons below it, in the order in which the server names them. A check leads to where its first reason does. */
export function readyItems({ checks }: Readiness): ReadyItem[] {
  return checks.flatMap((check) => {
    const leading = check.reasons.find(({ line, path }) => line !== null || path !== null);
    const head = { label: `$(${ICONS[check.state]}) ${check.title}`, description: "", ...(leading && placeOf(leading)) };
    return [head, ...check.reasons.map(reasonItem)];
  });
}

/** What is selected at first: the first check that says no, else that says nothing. */
export function firstItem({ checks }: Readiness, items: readonly ReadyItem[]): ReadyItem | undefined {
  const open = checks.find(({ state }) => state === "no") ?? checks.find(({ state }) => state === "unknown");
  return open && items[checks.slice(0, checks.indexOf(open)).reduce((count, { reasons }) => count + 1 + reasons.length, 0)];
}

function reasonItem(reason: Reason): ReadyItem {
  const { message, line, path } = reason;
  const where = [path, line !== null && `line ${line}`].filter(Boolean).join(", ");
  const [wrong, remedy] = inTwoLines(message);
  return {
    label: `${INDENT}${iconless(wrong)}`,
    description: where,
    ...(remedy !== "" && { detail: `${INDENT}${iconless(remedy)}` }),
    message,
    ...placeOf(reason),
  };
}

/** What is wrong; below it, what to do. A first sentence that is too long is broken where it pauses. */
function inTwoLines(message: string): [first: string, second: string] {
  const sentence = /^.+?[.!?](?= [A-Z(])/s.exec(message)?.[0] ?? message;
  if (sentence.length <= LONGEST) {
    return [sentence, message.slice(sentence.length).trim()];
  }
  const line = message.slice(0, LONGEST + 1);
  const pause = Math.max(line.lastIndexOf(": "), line.lastIndexOf("; "), line.lastIndexOf(", ")) + 1;
  const end = pause > LONGEST / 3 ? pause : line.lastIndexOf(" ");
  return end > 0 ? [message.slice(0, end), message.slice(end).trim()] : [message, ""];
}

/** VS Code would make an icon of `$(name)`, which stands in commands of a shell as well. */
function iconless(text: string): string {
  return text.replaceAll("$(", "$\u200b(");
}

function placeOf({ line, path }: Reason): Pick<ReadyItem, "line" | "path"> {
  if (line !== null) {
    return { line };
  }
  return path === null ? {} : { path };
}
