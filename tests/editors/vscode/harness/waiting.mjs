// Waiting for what will be so, never for a while.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** How long anything may take, in ms: a slow machine is no failure. INVIGILATOR_EDITORS_SECONDS says otherwise. */
export const LIMIT = Number(process.env.INVIGILATOR_EDITORS_SECONDS || 60) * 1000;

/** Ask until `ask` gives something truthy and does not throw; after `limit` ms throw what it threw last, with `what` was expected. */
export async function eventually(what, ask, limit = LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    let failure;
    try {
      const answer = await ask();
      if (answer) return answer;
      failure = new Error(`there was ${JSON.stringify(answer) ?? "nothing"}`);
    } catch (error) {
      failure = error;
    }
    if (Date.now() > end) throw new Error(`Expected within ${limit / 1000} s: ${what}.\n${failure.message}`, { cause: failure });
    await sleep(50);
  }
}

/** Ask until `ask` gives what is expected. */
export function becomes(expected, ask) {
  return eventually(JSON.stringify(expected), async () => {
    assert.deepEqual(await ask(), expected);
    return true;
  });
}
