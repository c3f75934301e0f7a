import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { expand, type Surroundings } from "../../src/server/expansion";

const here: Surroundings = {
  home: "/home/me",
  environment: { VENV: "/opt/venv", EMPTY: "" },
  folders: [
    { name: "exam", path: "/projects/my räport" },
    { name: "other", path: "/projects/other" },
  ],
};

describe("a path in a setting", () => {
  it.each([
    ["/usr/bin/python3", "/usr/bin/python3"],
    ["  /usr/bin/python3 ", "/usr/bin/python3"],
    ["~", "/home/me"],
    ["~/py/bin/python", "/home/me/py/bin/python"],
    ["~other/python", "/projects/my räport/~other/python"],
    ["${workspaceFolder}/.venv/bin/python", "/projects/my räport/.venv/bin/python"],
    ["${workspaceFolder:other}/.venv", "/projects/other/.venv"],
    ["${userHome}/python", "/home/me/python"],
    ["${env:VENV}/bin/python", "/opt/venv/bin/python"],
    [".venv/bin/python", "/projects/my räport/.venv/bin/python"],
    ["python3.12", "python3.12"],
    ["/a/$HOME/python", "/a/$HOME/python"],
  ])("%s is %s", (written, expected) => {
    expect(expand(written, here, path.posix)).toEqual({ path: expected });
  });

  it.each(["${env:NONE}/python", "${env:EMPTY}/python", "${env}/python", "${workspaceFolder:gone}/x", "${command:pick}"])(
    "%s stands for nothing",
    (written) => {
      expect(expand(written, here, path.posix)).toHaveProperty("problem");
    },
  );

  it("needs a folder for what is relative to one", () => {
    const nowhere = { ...here, folders: [] };
    expect(expand(".venv/bin/python", nowhere, path.posix)).toHaveProperty("problem");
    expect(expand("${workspaceFolder}/python", nowhere, path.posix)).toHaveProperty("problem");
    expect(expand("~/python", nowhere, path.posix)).toEqual({ path: "/home/me/python" });
  });

  it("knows Windows' paths", () => {
    const windows = { ...here, home: "C:\\Users\\me", folders: [{ name: "exam", path: "D:\\exam" }] };
    expect(expand("~\\python.exe", windows, path.win32)).toEqual({ path: "C:\\Users\\me\\python.exe" });
    expect(expand(".venv\\Scripts\\python.exe", windows, path.win32)).toEqual({
      path: "D:\\exam\\.venv\\Scripts\\python.exe",
    });
  });
});
