import { expect, it } from "vitest";
import { crashPeriod, Crashes, mostCrashes } from "../../src/server/crashes";

it("starts again after four crashes in a short time, not after the fifth", () => {
  const crashes = new Crashes(() => 0);
  expect(Array.from({ length: mostCrashes + 1 }, () => crashes.record())).toEqual([true, true, true, true, false]);
});

it("forgets crashes that are long ago", () => {
  let now = 0;
  const crashes = new Crashes(() => now);
  for (let crash = 0; crash < 20; crash++) {
    now += crashPeriod / mostCrashes;
    expect(crashes.record()).toBe(true);
  }
});

it("begins anew when somebody asks for it", () => {
  const crashes = new Crashes(() => 0);
  while (crashes.record()) {
    // until it is enough
  }
  crashes.forget();
  expect(crashes.record()).toBe(true);
});
