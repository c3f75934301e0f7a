import { expect, it } from "vitest";
import { sameLaunch, type Launch } from "../../src/server/launch";
import { brokenMessage, noPythonMessage } from "../../src/server/messages";
import { limited } from "../../src/server/previews";
import { commandLine } from "../../src/server/process";
import { forServer } from "../../src/server/reportSettings";

const launch: Launch = { kind: "bundled", interpreter: "/py", args: [], pythonVersion: "3.12.0", source: "Python extension" };
const broken = [{ setting: "interpreter", value: "/gone", problem: "there is no program /gone" }] as const;

it("says what is missing and what was found", () => {
  expect(noPythonMessage({ broken: [], tooOld: undefined })).toBe(
    "Your report is not checked: Invigilator needs Python 3.10 or newer and found none.",
  );
  expect(noPythonMessage({ broken, tooOld: "3.8.10" })).toBe(
    "Your report is not checked: Invigilator needs Python 3.10 or newer and found only 3.8.10. " +
      "The setting invigilator.interpreter (/gone) does not work: there is no program /gone.",
  );
});

it("says what is used in place of a setting", () => {
  expect(brokenMessage({ broken, launch })).toBe(
    "The setting invigilator.interpreter (/gone) does not work: there is no program /gone. " +
      "Used instead: Python 3.12.0 at /py (Python extension).",
  );
});

it("runs the bundle isolated, with its compiled files kept outside of the extension", () => {
  const places = { extension: "/ext", storage: "/storage" };
  expect(commandLine({ ...launch, args: ["-3"] }, places).join(" ")).toBe(
    "/py -3 -I -S -X utf8 -X pycache_prefix=/storage/pycache /ext/bundled/main.py",
  );
  expect(commandLine({ kind: "installed", path: "/inv", version: "1" }, places)).toEqual(["/inv", "serve"]);
});

it("takes a launch for another one only where another program runs", () => {
  expect(sameLaunch(launch, { ...launch, source: "python3 on PATH" })).toBe(true);
  expect(sameLaunch(launch, { ...launch, pythonVersion: "3.12.1" })).toBe(false);
  expect(sameLaunch(launch, { ...launch, args: ["-3"] })).toBe(false);
  expect(sameLaunch(launch, { kind: "installed", path: "/py", version: "3.12.0" })).toBe(false);
});

it("keeps pictures to the width there is room for", () => {
  expect(limited("![a](file:///x/a%20b.png)\n\n`![b](c)`: 480 × 400")).toBe("![a](file:///x/a%20b.png|width=300)\n\n`![b](c)`: 480 × 400");
  expect(limited("![a](file:///a.png|width=20) [b](file:///b.png)")).toBe("![a](file:///a.png|width=20) [b](file:///b.png)");
});

it("gives the server only report settings that are set", () => {
  const given = {
    interpreter: "/py",
    path: "",
    trace: { server: "messages" },
    marker: null,
    figures: "",
    ignore: [],
    severity: {},
    questions: 12,
    select: ["answer.*"],
    inlayHints: true,
  };
  expect(forServer(given)).toEqual({ questions: 12, select: ["answer.*"] });
  expect(forServer({ ...given, inlayHints: false })).toEqual({ questions: 12, select: ["answer.*"], inlayHints: false });
  expect(forServer(null)).toBeNull();
});
