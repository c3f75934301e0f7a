import type { BrokenSetting, Resolution } from "./interpreter";
import { describe } from "./launch";

/** What to say where no Python can run the server. */
export function noPythonMessage({ broken, tooOld }: Pick<Resolution, "broken" | "tooOld">): string {
  const found = tooOld === undefined ? "found none" : `found only ${tooOld}`;
  return ["Your report is not checked: Invigilator needs Python 3.10 or newer and " + found + ".", ...broken.map(saying)].join(
    " ",
  );
}

/** What to say where settings do not work and something else was found in their place. */
export function brokenMessage({ broken, launch }: Pick<Resolution, "broken" | "launch">): string {
  const instead = launch === undefined ? "" : `Used instead: ${describe(launch)}.`;
  return [...broken.map(saying), instead].join(" ").trim();
}

function saying({ setting, value, problem }: BrokenSetting): string {
  return `The setting invigilator.${setting} (${value}) does not work: ${problem}.`;
}
