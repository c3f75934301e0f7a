import type { ServerState } from "../server/server";

const LONGEST = 56; // characters: what is longer pushes the button out of the pop-up

/** What the language status says of the server: its version and what runs it, or why it does not run. */
export function serverText(state: ServerState): { text: string; detail: string; reason: string } {
  switch (state.kind) {
    case "off":
      return { text: "Invigilator", detail: "not started: no report is open", reason: "" };
    case "starting":
      return { text: "Invigilator", detail: "starting", reason: "" };
    case "failed":
      return { text: "Invigilator is not running", detail: "", reason: shortened(state.message) };
    case "running": {
      const { how } = state;
      const detail = how.kind === "bundled" ? `Python ${how.pythonVersion}, ${shortened(how.interpreter, true)}` : shortened(how.path, true);
      return { text: `Invigilator ${state.version}`, detail, reason: "" };
    }
  }
}

/** The text, or as much of its start (of its end: `keepEnd`) as there is room for. */
function shortened(text: string, keepEnd = false): string {
  if (text.length <= LONGEST) {
    return text;
  }
  return keepEnd ? `…${text.slice(1 - LONGEST)}` : `${text.slice(0, LONGEST - 1).trimEnd()}…`;
}
