import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownEnvironment } from "../../src/server/environment";
import { probePython, probeServer } from "../../src/server/probe";
import { isIn, locate, onPath } from "../../src/server/programs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "my räport "));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a program that does what the shell script says. */
function program(name: string, script: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe.skipIf(process.platform === "win32")("programs", () => {
  it("finds every one on PATH, in its order, each once", async () => {
    const b = program("b/python3", "");
    const a = program("a/python3", "");
    writeFileSync(path.join(folder, "python3"), "not to be run");
    mkdirSync(path.join(folder, "c/python3"), { recursive: true });
    const PATH = ["b", "a", "", "c", "b", "gone"].map((name) => path.join(folder, name)).join(path.delimiter) + ":.:";
    expect(await onPath("python3", { PATH }, "linux")).toEqual([b, a]);
    expect(await onPath("python3", {}, "linux")).toEqual([]);
  });

  it("locates the Python of a virtual environment", async () => {
    const python = program(".venv/bin/python", "");
    expect(await locate(path.join(folder, ".venv"), "linux")).toBe(python);
    expect(await locate(python, "linux")).toBe(python);
    expect(await locate(folder, "linux")).toBeUndefined();
  });

  it("asks for a version, with nothing to read", async () => {
    const python = program("python", "cat; printf '3.12.4\\n/real/python\\n'");
    expect(await probePython({ path: python, args: [] }, folder)).toEqual({ version: "3.12.4", executable: "/real/python" });
    expect(await probeServer(program("invigilator", 'echo "invigilator 1.2.3"'), folder)).toBe("1.2.3");
  });

  it.each([
    ["echo hello", "it does not answer as a Python does"],
    ["echo 'Unknown option: -I' >&2; exit 2", "it exits with code 2: Unknown option: -I"],
    ["exit 3", "it exits with code 3: it says nothing"],
    ["kill -SEGV $$", "it was stopped (SIGSEGV)"],
  ])("says why %j is none", async (script, problem) => {
    await expect(probePython({ path: program("python", script), args: [] }, folder)).rejects.toThrow(problem);
  });

  it("says that there is none", async () => {
    await expect(probePython({ path: path.join(folder, "gone"), args: [] }, folder)).rejects.toThrow("ENOENT");
  });
});

it.each([
  ["/ws/.venv/bin/python", "linux", true],
  ["/ws", "linux", true],
  ["/ws2/bin/python", "linux", false],
  ["/ws/../bin/python", "linux", false],
  ["/WS/bin/python", "linux", false],
  ["/WS/bin/python", "darwin", true],
  ["/ws/..hidden/python", "linux", true],
] as const)("%s is in /ws on %s: %s", (given, platform, expected) => {
  expect(isIn(given, ["/other", "/ws"], platform)).toBe(expected);
});

describe("ownEnvironment", () => {
  it("leaves out what points Python to other modules", () => {
    const environment = { PATH: "/bin", PYTHONPATH: "/workspace", PYTHONHOME: "/elsewhere", PYTHONUTF8: "1" };
    expect(ownEnvironment(environment)).toEqual({ PATH: "/bin", PYTHONUTF8: "1" });
  });
});
