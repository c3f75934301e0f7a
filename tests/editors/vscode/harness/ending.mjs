// What has to be tidied away when the run ends, also on Ctrl+C.

const pending = new Set();

/** Have `tidy` called at the end of the run; the function returned calls it at once, and only once. */
export function atEnd(tidy) {
  const once = async () => {
    if (pending.delete(once)) await tidy();
  };
  pending.add(once);
  return once;
}

/** Tidy everything away, the newest first. */
export async function endAll() {
  for (const tidy of [...pending].reverse()) await tidy();
}

for (const [name, number] of [["SIGINT", 2], ["SIGTERM", 15], ["SIGHUP", 1]]) {
  process.once(name, async () => {
    process.stderr.write("\nStopping the editors.\n");
    await endAll();
    process.exit(128 + number);
  });
}
