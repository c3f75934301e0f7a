import type { ServerState } from "../server/server";

/** What somebody who helps needs to know; nothing of what is written in a report. */
export interface DebugFacts {
  readonly extension: string;
  readonly vscode: string;
  readonly platform: string;
  readonly remote: string;
  readonly trusted: boolean;
  readonly folders: readonly string[];
  readonly server: ServerState;
  readonly processId: number | undefined;
  readonly steps: readonly string[];
  /** The settings that are set, and where. */
  readonly settings: readonly string[];
  readonly reports: readonly string[];
}

/** @param home replaced by `~`, as it holds the user's name */
export function debugText(facts: DebugFacts, home: string): string {
  const list = (title: string, items: readonly string[]): string[] => [
    "",
    title,
    ...(items.length === 0 ? ["  none"] : items.map((item) => `  ${item}`)),
  ];
  const lines = [
    "Invigilator: debug information. It holds no text of your reports; paths may name folders.",
    "",
    `Extension    ${facts.extension}`,
    `VS Code      ${facts.vscode}`,
    `Platform     ${facts.platform}`,
    `Runs on      ${facts.remote}`,
    `Workspace    ${facts.trusted ? "trusted" : "not trusted: its interpreter and path settings are ignored"}`,
    `Server       ${serverLine(facts.server)}`,
    ...(facts.processId === undefined ? [] : [`Process      ${facts.processId}`]),
    ...list("How the server was looked for, step by step", facts.steps),
    ...list("Settings that are set", facts.settings),
    ...list("Folders", facts.folders),
    ...list("Open reports", facts.reports),
    "",
  ];
  const text = lines.join("\n");
  return home.length > 1 ? text.replaceAll(home, "~") : text;
}

function serverLine(state: ServerState): string {
  switch (state.kind) {
    case "off":
      return "not started: no report was opened";
    case "starting":
      return "starting";
    case "failed":
      return `failed: ${state.message}`;
    case "running": {
      const { how } = state;
      return how.kind === "bundled"
        ? `${state.version}, bundled, Python ${how.pythonVersion} at ${[how.interpreter, ...how.args].join(" ")}`
        : `${state.version}, installed at ${how.path}`;
    }
  }
}
