import { spawn } from "node:child_process";
import { ownEnvironment } from "./environment";
import type { Probed } from "./interpreter";
import type { Command } from "./launch";
import { waits } from "./limits";

const says = "import sys; print('.'.join(map(str, sys.version_info[:3]))); print(sys.executable)";

/**
 * Asks a Python for its version and where it is. Isolated (`-I -S`), from a folder that is not the workspace's and with
 * nothing to read: no file of the workspace is imported. Rejects where it fails or takes too long.
 */
export async function probePython(command: Command, folder: string): Promise<Probed> {
  const output = await run(command.path, [...command.args, "-I", "-S", "-c", says], folder);
  const [version = "", executable = ""] = output.split(/\r?\n/);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error("it does not answer as a Python does");
  }
  return { version, executable };
}

/** The version that an installed `invigilator` says. */
export async function probeServer(path: string, folder: string): Promise<string> {
  const output = await run(path, ["--version"], folder);
  const version = /^invigilator (\S+)/.exec(output)?.[1];
  if (version === undefined) {
    throw new Error("it does not answer as Invigilator does");
  }
  return version;
}

function run(program: string, args: readonly string[], folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: ownEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: waits.probe,
      killSignal: "SIGKILL",
      windowsHide: true,
    });
    let output = "";
    let complaint = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(0, 4_000);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(0, 4_000);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve(output);
      } else if (signal !== null) {
        reject(new Error(`it was stopped (${signal})`));
      } else {
        const line = complaint.split(/\r?\n/).find((one) => one.trim() !== "") ?? "it says nothing";
        reject(new Error(`it exits with code ${code ?? "unknown"}: ${line.slice(0, 200)}`));
      }
    });
  });
}
