import { reason } from "../reason";
import type { StartSettings } from "../settings";
import type { Expanded } from "./expansion";
import type { Command, Launch } from "./launch";
import { waits } from "./limits";
import { tooLate, within } from "./patience";
import { isNewEnough, isStandIn, newest } from "./pythons";

/** What a Python says of itself: a version such as "3.12.4", and where it really is. */
export interface Probed {
  readonly version: string;
  readonly executable: string;
}

/** What the resolution asks of the world; a failure is thrown. */
export interface World {
  readonly platform: NodeJS.Platform;
  /** Whether the workspace is trusted. */
  readonly trusted: boolean;
  readonly settings: StartSettings;
  expand(written: string): Expanded;
  /** The program that a path means: the file itself, or the Python in a virtual environment's folder. */
  locate(path: string): Promise<string | undefined>;
  /** All programs of a name on PATH, in its order. */
  onPath(name: string): Promise<readonly string[]>;
  isInWorkspace(path: string): boolean;
  /** The interpreter of the Python Environments extension; undefined where it has none to give. */
  environmentsExtension(): Promise<Command | undefined>;
  /** The same of the Python extension. */
  pythonExtension(): Promise<Command | undefined>;
  probePython(command: Command): Promise<Probed>;
  /** The version of an installed `invigilator`. */
  probeServer(path: string): Promise<string>;
}

/** A setting that names something which does not work, and why. */
export interface BrokenSetting {
  readonly setting: keyof StartSettings;
  readonly value: string;
  readonly problem: string;
}

export interface Resolution {
  /** Undefined where nothing works. */
  readonly launch: Launch | undefined;
  readonly broken: readonly BrokenSetting[];
  /** The newest Python that was too old, such as "3.8.10". */
  readonly tooOld: string | undefined;
  /** Every step in words, in order. */
  readonly steps: readonly string[];
}

const untrusted = "it is inside this workspace, which is not trusted";

interface Source {
  readonly name: string;
  readonly setting?: keyof StartSettings;
  /** Whether a program found is only a way to the real one, such as `py` or a version manager's script. */
  readonly indirect?: boolean;
  /** Commands to try in order; a failure is thrown. */
  find(): Promise<readonly Command[]>;
}

/**
 * How the server is started. The first of these that works:
 *
 * 1. setting `invigilator.path`: an installed `invigilator`, run as `<path> serve`;
 *    all others run the bundled server with a Python of at least 3.10:
 * 2. setting `invigilator.interpreter`;
 * 3. the environment selected in the Python Environments extension;
 * 4. the environment selected in the Python extension;
 * 5. `python3`, then `python` on PATH, every one of them in PATH's order;
 * 6. on Windows `py -3`.
 *
 * In an untrusted workspace 3 and 4 are not asked, and no program inside the workspace is run. The stand-ins for Python
 * that Windows and macOS ship are never run, as they open a shop. Each candidate is asked for its version first; what
 * does not answer or is too old is passed over. Nobody is waited for without an end.
 */
export async function resolveLaunch(world: World, log: (step: string) => void): Promise<Resolution> {
  const steps: string[] = [];
  const broken: BrokenSetting[] = [];
  const tried = new Set<string>();
  let tooOld: string | undefined;

  const step = (text: string): void => {
    steps.push(text);
    log(text);
  };

  /** Why a program must not even be asked for its version. */
  const forbidden = (path: string): string | undefined => {
    if (isStandIn(path, world.platform)) {
      return "it only stands in for a Python";
    }
    return !world.trusted && world.isInWorkspace(path) ? untrusted : undefined;
  };

  const fromSetting = async (setting: keyof StartSettings): Promise<string> => {
    const expanded = world.expand(world.settings[setting]);
    if ("problem" in expanded) {
      throw new Error(expanded.problem);
    }
    const located = await world.locate(expanded.path);
    if (located === undefined) {
      throw new Error(`there is no program ${expanded.path}`);
    }
    return located;
  };

  const tryPython = async (command: Command, source: Source): Promise<Launch | string> => {
    const problem = forbidden(command.path);
    if (problem !== undefined) {
      return problem;
    }
    const key = JSON.stringify(command);
    if (tried.has(key)) {
      return "it was tried already";
    }
    tried.add(key);
    const { version, executable } = await inTime(waits.probe, world.probePython(command));
    if (!isNewEnough(version)) {
      tooOld = newest(tooOld, version);
      return `it is Python ${version}, and 3.10 is the oldest that works`;
    }
    const { path, args } = source.indirect === true && executable !== "" ? { path: executable, args: [] } : command;
    return { kind: "bundled", interpreter: path, args, pythonVersion: version, source: source.name };
  };

  const done = (launch: Launch | undefined): Resolution => ({ launch, broken, tooOld, steps });

  const passOver = (source: Source, what: string, problem: string): void => {
    step(`${source.name}: ${what === "" ? "" : `${what}: `}${problem}`);
    if (source.setting !== undefined && problem !== untrusted) {
      broken.push({ setting: source.setting, value: world.settings[source.setting], problem });
    }
  };

  if (world.settings.path !== "") {
    const source: Source = { name: "setting invigilator.path", setting: "path", find: () => Promise.resolve([]) };
    try {
      const path = await fromSetting("path");
      const problem = forbidden(path);
      if (problem !== undefined) {
        throw new Error(problem);
      }
      const version = await inTime(waits.probe, world.probeServer(path));
      step(`${source.name}: ${path} is version ${version}`);
      return done({ kind: "installed", path, version });
    } catch (error) {
      passOver(source, world.settings.path, reason(error));
    }
  }

  for (const source of sources(world, () => fromSetting("interpreter"))) {
    let commands: readonly Command[];
    try {
      commands = await source.find();
    } catch (error) {
      passOver(source, "", reason(error));
      continue;
    }
    if (commands.length === 0) {
      step(`${source.name}: none`);
    }
    for (const command of commands) {
      const what = [command.path, ...command.args].join(" ");
      const launch = await tryPython(command, source).catch(reason);
      if (typeof launch !== "string") {
        step(`${source.name}: ${what} is ${pythonOf(launch, what)}`);
        return done(launch);
      }
      passOver(source, what, launch);
    }
  }
  return done(undefined);
}

function* sources(world: World, fromSetting: () => Promise<string>): Generator<Source> {
  if (world.settings.interpreter !== "") {
    yield {
      name: "setting invigilator.interpreter",
      setting: "interpreter",
      find: async () => [{ path: await fromSetting(), args: [] }],
    };
  }
  if (world.trusted) {
    const ask = async (question: Promise<Command | undefined>): Promise<Command[]> => {
      const answer = await inTime(waits.extension, question);
      return answer === undefined ? [] : [answer];
    };
    yield { name: "Python Environments extension", find: () => ask(world.environmentsExtension()) };
    yield { name: "Python extension", find: () => ask(world.pythonExtension()) };
  }
  for (const name of ["python3", "python"]) {
    yield {
      name: `${name} on PATH`,
      indirect: true,
      find: async () => (await world.onPath(name)).map((path) => ({ path, args: [] })),
    };
  }
  if (world.platform === "win32") {
    yield {
      name: "py -3",
      indirect: true,
      find: async () => (await world.onPath("py")).map((path) => ({ path, args: ["-3"] })),
    };
  }
}

/** Such as "Python 3.12.4", with the program that really is one where it was found by another. */
function pythonOf(launch: Launch, found: string): string {
  if (launch.kind === "installed") {
    return launch.path;
  }
  const version = `Python ${launch.pythonVersion}`;
  return [launch.interpreter, ...launch.args].join(" ") === found ? version : `${version} in ${launch.interpreter}`;
}

async function inTime<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const answer = await within(milliseconds, promise);
  if (answer === tooLate) {
    throw new Error(`no answer within ${milliseconds / 1000} seconds`);
  }
  return answer;
}
