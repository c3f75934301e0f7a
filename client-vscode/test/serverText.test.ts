import { expect, it } from "vitest";

import { serverText } from "../src/ui/serverText";

it("says version and interpreter", () => {
  const how = { kind: "bundled", interpreter: "/usr/bin/python3", args: [], pythonVersion: "3.11.7", source: "PATH" } as const;
  expect(serverText({ kind: "running", version: "0.1.0", how })).toMatchObject({ text: "Invigilator 0.1.0", detail: "Python 3.11.7, /usr/bin/python3" });
});

it("keeps the end of a long path", () => {
  const path = `/home/student/${"very/".repeat(20)}bin/invigilator`;
  const { detail } = serverText({ kind: "running", version: "0.1.0", how: { kind: "installed", path, version: "0.1.0" } });
  expect(detail).toMatch(/^….*very\/bin\/invigilator$/);
  expect(detail.length).toBe(56);
});

it("says why it does not run", () => {
  const said = serverText({ kind: "failed", message: "No Python 3.10 or newer was found." });
  expect(said).toEqual({ text: "Invigilator is not running", detail: "", reason: "No Python 3.10 or newer was found." });
});
