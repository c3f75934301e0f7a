import * as path from "node:path";

/** Whether a file lies in a folder or below it; both are paths of the system. */
export function isInside(folder: string, file: string): boolean {
  return relativePath(folder, file) !== undefined;
}

/** A file's path as seen from a folder that it lies in, with slashes; undefined where it does not. */
export function relativePath(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, file);
  if (relative === "" || relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    return undefined;
  }
  return relative.split(path.sep).join("/");
}
