import * as path from "node:path";

/** What the variables in a path stand for. */
export interface Surroundings {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folders of the workspace on this machine, the first one first. */
  readonly folders: readonly { readonly name: string; readonly path: string }[];
}

export type Expanded = { readonly path: string } | { readonly problem: string };

/**
 * A path as a user writes it in a setting, with `~`, `${workspaceFolder}`, `${workspaceFolder:name}`, `${userHome}` and
 * `${env:NAME}` replaced. A relative path starts at the workspace folder; a name without a slash is left as it is, to be
 * looked for on PATH.
 */
export function expand(written: string, surroundings: Surroundings, paths: path.PlatformPath = path): Expanded {
  let problem: string | undefined;
  const first = surroundings.folders[0]?.path;
  const value = (variable: string): string | undefined => {
    const [kind, name] = split(variable);
    switch (kind) {
      case "workspaceFolder":
        return name === undefined ? first : surroundings.folders.find((folder) => folder.name === name)?.path;
      case "userHome":
        return surroundings.home;
      case "env":
        return name === undefined ? undefined : surroundings.environment[name];
      default:
        return undefined;
    }
  };
  let expanded = written.trim().replace(/\$\{([^}]*)\}/g, (whole, variable: string) => {
    const found = value(variable);
    if (found === undefined || found === "") {
      problem ??= `${whole} stands for nothing here`;
      return "";
    }
    return found;
  });
  if (problem !== undefined) {
    return { problem };
  }
  if (/^~(?=$|[\\/])/.test(expanded)) {
    expanded = surroundings.home + expanded.slice(1);
  }
  if (paths.isAbsolute(expanded) || !/[\\/]/.test(expanded)) {
    return { path: expanded };
  }
  return first === undefined
    ? { problem: "it is a relative path, and no folder is open" }
    : { path: paths.join(first, expanded) };
}

function split(variable: string): [kind: string, name: string | undefined] {
  const colon = variable.indexOf(":");
  return colon < 0 ? [variable, undefined] : [variable.slice(0, colon), variable.slice(colon + 1)];
}
