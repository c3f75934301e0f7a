/** A program and what stands before our own arguments, such as `py -3`. */
export interface Command {
  readonly path: string;
  readonly args: readonly string[];
}

/** How the server is started. */
export type Launch =
  | {
      readonly kind: "bundled";
      /** The Python that runs the bundled server. */
      readonly interpreter: string;
      /** Arguments before our own; nearly always none. */
      readonly args: readonly string[];
      /** Such as "3.12.4". */
      readonly pythonVersion: string;
      /** Where the interpreter is from, such as "Python extension". */
      readonly source: string;
    }
  | {
      readonly kind: "installed";
      /** The command of the setting `invigilator.path`. */
      readonly path: string;
      readonly version: string;
    };

/** Whether two launches run the same program; where it was found does not matter. */
export function sameLaunch(one: Launch, other: Launch): boolean {
  return programOf(one) === programOf(other);
}

function programOf(launch: Launch): string {
  return JSON.stringify(
    launch.kind === "bundled"
      ? [launch.interpreter, launch.args, launch.pythonVersion]
      : [launch.path, launch.version],
  );
}

/** A launch in words, for the log and the status. */
export function describe(launch: Launch): string {
  return launch.kind === "bundled"
    ? `Python ${launch.pythonVersion} at ${[launch.interpreter, ...launch.args].join(" ")} (${launch.source})`
    : `${launch.path} (setting invigilator.path)`;
}
