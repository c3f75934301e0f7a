import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import * as path from "node:path";

/** All files of a program's name on PATH, in its order. Folders that are not absolute are passed over. */
export async function onPath(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Promise<readonly string[]> {
  const key = Object.keys(environment).find((one) => one.toUpperCase() === "PATH") ?? "PATH";
  const folders = (environment[key] ?? "").split(path.delimiter).map((folder) => folder.replace(/^"|"$/g, ""));
  const files = folders
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, platform === "win32" && !name.endsWith(".exe") ? `${name}.exe` : name));
  const found = await Promise.all([...new Set(files)].map(async (file) => ((await isProgram(file)) ? [file] : [])));
  return found.flat();
}

/** The program that a path means: the file itself, or the Python in a virtual environment's folder. */
export async function locate(given: string, platform: NodeJS.Platform): Promise<string | undefined> {
  const inFolder = platform === "win32" ? ["Scripts\\python.exe", "python.exe"] : ["bin/python3", "bin/python"];
  const withEnding = platform === "win32" ? [`${given}.exe`] : [];
  for (const file of [given, ...withEnding, ...inFolder.map((name) => path.join(given, name))]) {
    if (await isProgram(file)) {
      return file;
    }
  }
  return undefined;
}

/** Whether a path lies in one of the folders, as it is written. */
export function isIn(given: string, folders: readonly string[], platform: NodeJS.Platform): boolean {
  const plain = (one: string): string => (platform === "linux" ? path.resolve(one) : path.resolve(one).toLowerCase());
  return folders.some((folder) => {
    const way = path.relative(plain(folder), plain(given));
    return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
  });
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
