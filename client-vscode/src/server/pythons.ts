import { oldestPython } from "./limits";

/**
 * Whether a program is no Python but stands in for one: Windows' `WindowsApps\python.exe` opens the Microsoft Store,
 * macOS's `/usr/bin/python3` may ask to install Xcode's tools.
 */
export function isStandIn(path: string, platform: NodeJS.Platform): boolean {
  if (platform === "win32") {
    return /[\\/]WindowsApps[\\/][^\\/]+$/i.test(path);
  }
  return platform === "darwin" && path === "/usr/bin/python3";
}

/** @param version such as "3.12.4" */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = numbersOf(version);
  return major > oldestPython.major || (major === oldestPython.major && minor >= oldestPython.minor);
}

/** The newer of two versions. */
export function newest(one: string | undefined, other: string): string {
  return one === undefined || one.localeCompare(other, "en", { numeric: true }) < 0 ? other : one;
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}
