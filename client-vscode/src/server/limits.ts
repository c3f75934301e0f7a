/** How long we wait for others, in milliseconds. */
export const waits = {
  /** For another extension to activate and to answer. */
  extension: 5_000,
  /** For a program to say its version; the first start of a Python on Windows is slow. */
  probe: 10_000,
  /** For the server to answer for the first time. */
  start: 30_000,
  /** For the server to end by itself. */
  stop: 2_000,
} as const;

export const oldestPython = { major: 3, minor: 10 } as const;

/** What bundled/main.py exits with. */
export const exitCodes = { tooOld: 78, notPackaged: 79 } as const;
