// Other programs: asked and read (`run`), or with their output shown as it comes (`follow`). Never through a shell.

import { spawn, spawnSync } from "node:child_process";

/** Run a program to its end: its status (null: it could not be started, or took too long), and what it said. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return { status: result.status, stdout: result.stdout ?? "", stderr: result.stderr ?? "", error: result.error };
}

/** Run a program with its output going where ours goes; null where it ended with 0, else why not, in a few words. */
export function follow(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], windowsHide: true, ...options });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, signal) => resolve(status === 0 ? null : (signal ?? `exit code ${status}`)));
  });
}
