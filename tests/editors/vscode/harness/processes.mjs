// The processes below one: looked at, weighed, and ended to the last.

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../../../../scripts/processes.mjs";

function everyProcess() {
  return run("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="])
    .stdout.split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter(Boolean)
    .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command }));
}

/** The processes below `root`: `{pid, parent, command}`, children after their parents. */
export function below(root) {
  const all = everyProcess();
  const found = [];
  const parents = [root];
  for (const parent of parents) {
    for (const one of all.filter((process) => process.parent === parent)) {
      found.push(one);
      parents.push(one.pid);
    }
  }
  return found;
}

/** The Python processes below `root`. */
export function pythons(root) {
  return below(root).filter(({ command }) => /^\S*python[\d.]*(\s|$)/.test(command));
}

export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Memory of a process in MB, pages shared with others counted in part (PSS); null where the system does not say. */
export function memory(pid) {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]) / 1024;
  } catch {
    return null;
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it is gone already
  }
}

/** End `root` and everything below it; kindly first. */
export async function endTree(root) {
  const pids = [...below(root).map(({ pid }) => pid), root];
  signal(root, "SIGTERM");
  for (let waited = 0; waited < 3000 && pids.some(alive); waited += 100) {
    if (waited === 1000) for (const pid of pids) signal(pid, "SIGTERM");
    await sleep(100);
  }
  for (const pid of pids) signal(pid, "SIGKILL");
}
