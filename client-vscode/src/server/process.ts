import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import * as path from "node:path";
import { ownEnvironment } from "./environment";
import type { Launch } from "./launch";

/** Where the extension's own things are; both are folders on this machine. */
export interface Places {
  /** The extension's folder. The server runs there, never in the workspace. */
  readonly extension: string;
  /** Kept between sessions; Python's compiled files go there, since the extension's folder may be read-only. */
  readonly storage: string;
}

/** How a server process ended; both null where it could not be told. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The command line of a launch. */
export function commandLine(launch: Launch, places: Places): [program: string, ...args: string[]] {
  if (launch.kind === "installed") {
    return [launch.path, "serve"];
  }
  // Isolated, without site: nothing of the workspace or of an environment can stand in for what is bundled.
  const isolated = ["-I", "-S", "-X", "utf8", "-X", `pycache_prefix=${path.join(places.storage, "pycache")}`];
  return [launch.interpreter, ...launch.args, ...isolated, path.join(places.extension, "bundled", "main.py")];
}

/** Starts the server's process. Rejects where there is no such program, or it may not be run. */
export async function spawnServer(launch: Launch, places: Places): Promise<ChildProcessWithoutNullStreams> {
  const [program, ...args] = commandLine(launch, places);
  const child = spawn(program, args, { cwd: places.extension, env: ownEnvironment(), windowsHide: true });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  return child;
}

/** Resolves when the process has ended. */
export function exitOf(child: ChildProcessWithoutNullStreams): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      resolve({ code, signal });
    });
  });
}

/** An exit in words. */
export function describeExit({ code, signal }: Exit): string {
  if (signal !== null) {
    return `stopped by ${signal}`;
  }
  return code === null ? "for no known reason" : `exit code ${code}`;
}
