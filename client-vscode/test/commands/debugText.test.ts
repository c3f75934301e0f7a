import { expect, it } from "vitest";
import { type DebugFacts, debugText } from "../../src/commands/debugText";

const facts: DebugFacts = {
  extension: "invigilator.invigilator 0.1.0",
  vscode: "1.97.0 (Code)",
  platform: "linux",
  remote: "wsl",
  trusted: false,
  folders: ["file: /home/me/exam"],
  server: {
    kind: "running",
    version: "0.1.0",
    how: { kind: "bundled", interpreter: "/home/me/py", args: [], pythonVersion: "3.12.0", source: "Python extension" },
  },
  processId: 42,
  steps: ["Python extension: /home/me/py works"],
  settings: [],
  reports: ["reports/README.md: 27 questions, 18 of 27 pass"],
};

it("names no user, and says what there is none of", () => {
  const text = debugText(facts, "/home/me");
  expect(text).not.toContain("/home/me");
  expect(text).toContain("Server       0.1.0, bundled, Python 3.12.0 at ~/py\nProcess      42\n");
  expect(text).toContain("Settings that are set\n  none\n");
  expect(text).toContain("not trusted");
});

it.each([
  [{ kind: "off" }, "not started"],
  [{ kind: "failed", message: "No Python." }, "failed: No Python."],
  [{ kind: "running", version: "1", how: { kind: "installed", path: "/inv", version: "1" } }, "1, installed at /inv"],
] as const)("says how the server is: %j", (server, expected) => {
  expect(debugText({ ...facts, server, processId: undefined }, "/")).toContain(`Server       ${expected}`);
});
