import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Resolution, resolveLaunch, type World } from "../../src/server/interpreter";
import type { Command } from "../../src/server/launch";
import { isNewEnough } from "../../src/server/pythons";

/** A world of Pythons: path (with arguments) to version; a version that is no number is why it fails. */
function world(pythons: Record<string, string>, changes: Partial<World> = {}): World {
  return {
    platform: "linux",
    trusted: true,
    settings: { interpreter: "", path: "" },
    expand: (written) => ({ path: written }),
    locate: (path) => Promise.resolve(Object.keys(pythons).includes(path) ? path : undefined),
    onPath: () => Promise.resolve([]),
    isInWorkspace: (path) => path.startsWith("/ws/"),
    environmentsExtension: () => Promise.resolve(undefined),
    pythonExtension: () => Promise.resolve(undefined),
    probePython: ({ path, args }) => {
      const said = pythons[[path, ...args].join(" ")] ?? "no such file";
      return /^\d/.test(said)
        ? Promise.resolve({ version: said, executable: path.replace("shims", "versions") })
        : Promise.reject(new Error(said));
    },
    probeServer: (path) => {
      const said = pythons[path] ?? "no such file";
      return /^\d/.test(said) ? Promise.resolve(said) : Promise.reject(new Error(said));
    },
    ...changes,
  };
}

const command = (path: string, ...args: string[]): Promise<Command> => Promise.resolve({ path, args });
const onPath = (programs: Record<string, readonly string[]>) => (name: string) => Promise.resolve(programs[name] ?? []);
const resolve = (one: World): Promise<Resolution> => resolveLaunch(one, () => undefined);

/** Where the interpreter is from and which it is, in one line. */
function found({ launch }: Resolution): string {
  if (launch === undefined) {
    return "nothing";
  }
  return launch.kind === "installed" ? `installed ${launch.path}` : `${launch.source}: ${[launch.interpreter, ...launch.args].join(" ")}`;
}

const everything: Record<string, string> = {
  "/installed": "0.1.0",
  "/set": "3.12.0",
  "/envs": "3.12.1",
  "/python": "3.12.2",
  "/bin/python3": "3.12.3",
  "/bin/python": "3.12.4",
  "C:\\py.exe -3": "3.12.5",
};

function withAll(pythons: Record<string, string>): World {
  return world(pythons, {
    platform: "win32",
    settings: { interpreter: "/set", path: "/installed" },
    environmentsExtension: () => command("/envs"),
    pythonExtension: () => command("/python"),
    onPath: onPath({ python3: ["/bin/python3"], python: ["/bin/python"], py: ["C:\\py.exe"] }),
  });
}

describe("the order of resolution", () => {
  it("takes the next one where all before fail", async () => {
    const pythons = { ...everything };
    const order: string[] = [];
    for (;;) {
      const resolution = await resolve(withAll(pythons));
      order.push(found(resolution));
      const { launch } = resolution;
      if (launch === undefined) {
        break;
      }
      const key = launch.kind === "installed" ? launch.path : launch.interpreter;
      pythons[key in pythons ? key : `${key} -3`] = "broken";
    }
    expect(order).toEqual([
      "installed /installed",
      "setting invigilator.interpreter: /set",
      "Python Environments extension: /envs",
      "Python extension: /python",
      "python3 on PATH: /bin/python3",
      "python on PATH: /bin/python",
      "py -3: C:\\py.exe",
      "nothing",
    ]);
  });

  it("knows py -3 on Windows only", async () => {
    const asked: string[] = [];
    await resolve(world({}, { onPath: (name) => (asked.push(name), Promise.resolve([])) }));
    expect(asked).toEqual(["python3", "python"]);
  });

  it("tries every program on PATH, and each only once", async () => {
    const probed: string[] = [];
    const one = world(
      { "/old/python3": "3.8.2", "/new/python3": "3.11.1" },
      { onPath: onPath({ python3: ["/old/python3", "/old/python3", "/new/python3"] }) },
    );
    const resolution = await resolve({
      ...one,
      probePython: (python) => (probed.push(python.path), one.probePython(python)),
    });
    expect(found(resolution)).toBe("python3 on PATH: /new/python3");
    expect(probed).toEqual(["/old/python3", "/new/python3"]);
  });

  it("runs the real program behind a version manager's script, but what a user chose as they chose it", async () => {
    const shims = { "/shims/python3": "3.11.1" };
    expect(found(await resolve(world(shims, { onPath: onPath({ python3: ["/shims/python3"] }) })))).toBe(
      "python3 on PATH: /versions/python3",
    );
    expect(found(await resolve(world(shims, { settings: { interpreter: "/shims/python3", path: "" } })))).toBe(
      "setting invigilator.interpreter: /shims/python3",
    );
  });

  it("keeps arguments that an extension gives", async () => {
    const conda = { environmentsExtension: () => command("/conda", "run", "python") };
    expect(found(await resolve(world({ "/conda run python": "3.11.0" }, conda)))).toBe(
      "Python Environments extension: /conda run python",
    );
  });
});

describe("what is passed over", () => {
  it("names a setting that does not work, and falls back", async () => {
    const resolution = await resolve(
      world(
        { "/old": "3.9.18", "/bin/python3": "3.11.0" },
        { settings: { interpreter: "/old", path: "/gone" }, onPath: onPath({ python3: ["/bin/python3"] }) },
      ),
    );
    expect(found(resolution)).toBe("python3 on PATH: /bin/python3");
    expect(resolution.broken).toEqual([
      { setting: "path", value: "/gone", problem: "there is no program /gone" },
      { setting: "interpreter", value: "/old", problem: "it is Python 3.9.18, and 3.10 is the oldest that works" },
    ]);
  });

  it("says how a variable that stands for nothing broke a setting", async () => {
    const resolution = await resolve(
      world(
        {},
        {
          settings: { interpreter: "${env:NONE}/python", path: "" },
          expand: () => ({ problem: "${env:NONE} stands for nothing here" }),
        },
      ),
    );
    expect(resolution.broken.map(({ problem }) => problem)).toEqual(["${env:NONE} stands for nothing here"]);
  });

  it("remembers the newest that was too old", async () => {
    const old = { onPath: onPath({ python3: ["/a"], python: ["/b"] }) };
    const resolution = await resolve(world({ "/a": "3.9.1", "/b": "2.7.18" }, old));
    expect([found(resolution), resolution.tooOld]).toEqual(["nothing", "3.9.1"]);
  });

  it.each([
    ["win32", "C:\\Users\\me\\AppData\\Local\\Microsoft\\WindowsApps\\python3.exe"],
    ["win32", "C:/Users/me/AppData/Local/Microsoft/windowsapps/python.exe"],
    ["darwin", "/usr/bin/python3"],
  ] as const)("never runs the stand-in of %s", async (platform, path) => {
    const probePython = vi.fn();
    const one = world({ [path]: "3.12.0" }, { platform, probePython, onPath: onPath({ python3: [path] }) });
    expect(found(await resolve(one))).toBe("nothing");
    expect(found(await resolve({ ...one, settings: { interpreter: path, path: "" } }))).toBe("nothing");
    expect(probePython).not.toHaveBeenCalled();
  });

  it("runs a real Python of the Store", async () => {
    const path = "C:\\Program Files\\WindowsApps\\PythonSoftwareFoundation.Python.3.12_x64\\python.exe";
    const one = world({ [path]: "3.12.0" }, { platform: "win32", pythonExtension: () => command(path) });
    expect(found(await resolve(one))).toBe(`Python extension: ${path}`);
  });

  it("goes on where an extension fails", async () => {
    const resolution = await resolve(
      world(
        { "/bin/python": "3.10.0" },
        {
          environmentsExtension: () => Promise.reject(new Error("cannot activate\n at stack")),
          onPath: onPath({ python: ["/bin/python"] }),
        },
      ),
    );
    expect(found(resolution)).toBe("python on PATH: /bin/python");
    expect(resolution.steps[0]).toBe("Python Environments extension: cannot activate");
  });
});

describe("an untrusted workspace", () => {
  it("asks no extension and runs nothing inside of it", async () => {
    const environmentsExtension = vi.fn();
    const pythonExtension = vi.fn();
    const probed: string[] = [];
    const one = world(
      { "/ws/.venv/bin/python": "3.12.0", "/ws/bin/python3": "3.12.0", "/ws/invigilator": "0.1.0", "/bin/python3": "3.12.0" },
      {
        trusted: false,
        settings: { interpreter: "/ws/.venv/bin/python", path: "/ws/invigilator" },
        environmentsExtension,
        pythonExtension,
        onPath: onPath({ python3: ["/ws/bin/python3", "/bin/python3"] }),
      },
    );
    const resolution = await resolve({
      ...one,
      probePython: (python) => (probed.push(python.path), one.probePython(python)),
    });
    expect(found(resolution)).toBe("python3 on PATH: /bin/python3");
    expect(probed).toEqual(["/bin/python3"]);
    expect(resolution.broken).toEqual([]);
    expect(environmentsExtension).not.toHaveBeenCalled();
    expect(pythonExtension).not.toHaveBeenCalled();
  });
});

describe("waiting", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

  it("ends, whoever does not answer", async () => {
    const resolving = resolve(
      world(
        { "/bin/python": "3.12.0" },
        {
          settings: { interpreter: "", path: "" },
          environmentsExtension: never,
          pythonExtension: never,
          onPath: onPath({ python3: ["/hangs"], python: ["/bin/python"] }),
          probePython: ({ path }) => (path === "/hangs" ? never() : Promise.resolve({ version: "3.12.0", executable: path })),
        },
      ),
    );
    await vi.advanceTimersByTimeAsync(20_000);
    const resolution = await resolving;
    expect(found(resolution)).toBe("python on PATH: /bin/python");
    expect(resolution.steps.slice(0, 3)).toEqual([
      "Python Environments extension: no answer within 5 seconds",
      "Python extension: no answer within 5 seconds",
      "python3 on PATH: /hangs: no answer within 10 seconds",
    ]);
  });
});

it.each([
  ["3.10.0", true],
  ["3.9.99", false],
  ["3.13.0", true],
  ["2.7.18", false],
  ["4.0.0", true],
])("%s is new enough: %s", (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});
