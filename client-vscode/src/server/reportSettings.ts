/**
 * What the server is told of a section of settings: without those about starting it, and without those that are not
 * set, since the manifest's defaults would look like somebody's wish, and an older server may not know them.
 */
export function forServer(given: unknown): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return given;
  }
  return Object.fromEntries(
    Object.entries(given).filter(([key, value]) => !["interpreter", "path", "trace"].includes(key) && isSet(value) && DEFAULTS[key] !== value),
  );
}

/** Those of the manifest that are not empty. */
const DEFAULTS: Readonly<Record<string, unknown>> = { inlayHints: true };

function isSet(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.keys(value).length > 0;
  }
  return value !== null && value !== undefined && value !== "";
}
