import { describe, expect, it } from "vitest";

import { type Check, isReadiness, type Readiness } from "../src/reports/ready";
import { firstItem, readyItems, readyTitle } from "../src/ui/readyItems";

const passes: Check = { name: "official-check", title: "The official check passes", state: "yes", reasons: [] };
const figures: Check = {
  name: "figures",
  title: "All figures are committed and pushed",
  state: "no",
  reasons: [
    { message: "figures/roc.png is not committed. Type: git add figures/roc.png", line: null, path: "figures/roc.png" },
    { message: "Question 4: there is no figures/x.png.", line: 51, path: null },
  ],
};
const page: Check = { name: "page", title: "The page is whole", state: "unknown", reasons: [{ message: "No $(git) here.", line: null, path: null }] };

function readiness(...checks: Check[]): Readiness {
  return { ready: checks.every(({ state }) => state === "yes"), checks };
}

describe("the title", () => {
  it.each([
    [[passes], "Yes, ready to hand in"],
    [[passes, figures, page], "Not ready to hand in: 1 of 3 checks says no"],
    [[figures, figures], "Not ready to hand in: 2 of 2 checks say no"],
    [[passes, page], "Perhaps ready to hand in: 1 of 2 checks could not be made"],
  ])("%#: %s", (checks, title) => {
    expect(readyTitle(readiness(...checks))).toBe(title);
  });
});

describe("the list", () => {
  const all = readiness(passes, figures, page);
  const items = readyItems(all);

  it("has every check with its reasons below it", () => {
    const shown = items.map(({ label, description, detail }) => [label, description, detail ?? ""].join(" | ").replaceAll("\u2003", "  "));
    expect(shown).toEqual([
      "$(pass) The official check passes |  | ",
      "$(error) All figures are committed and pushed |  | ",
      "    figures/roc.png is not committed. | figures/roc.png |     Type: git add figures/roc.png",
      "    Question 4: there is no figures/x.png. | line 51 | ",
      "$(question) The page is whole |  | ",
      "    No $\u200b(git) here. |  | ",
    ]);
  });

  it.each([
    ["Short, and with nothing to do", "Short, and with nothing to do", undefined],
    ["Not in git: a.png. Type: git add a.png", "Not in git: a.png.", "Type: git add a.png"],
    [
      "Question 8: 0 images, at least 1 asked for: put 1 more into the answer, as ![what it shows](figures/name.png). Or not.",
      "Question 8: 0 images, at least 1 asked for: put 1 more into the answer,",
      "as ![what it shows](figures/name.png). Or not.",
    ],
    [`${"word ".repeat(20)}end`, "word ".repeat(14).trim(), `${"word ".repeat(6)}end`],
    ["x".repeat(100), "x".repeat(100), undefined],
  ])("breaks a long reason in two: %s", (message, label, detail) => {
    const [, item] = readyItems(readiness({ ...page, reasons: [{ message, line: null, path: null }] }));
    expect([item?.label.trim(), item?.detail?.trim(), item?.message]).toEqual([label, detail, message]);
  });

  it("leads to a line or a file, a check to its first reason's", () => {
    expect(items.map(({ line, path }) => line ?? path)).toEqual([undefined, "figures/roc.png", "figures/roc.png", 51, undefined, undefined]);
  });

  it("begins where something is wrong", () => {
    expect(firstItem(all, items)).toBe(items[1]);
    expect(firstItem(readiness(passes, page), readyItems(readiness(passes, page)))?.label).toBe("$(question) The page is whole");
    expect(firstItem(readiness(passes), readyItems(readiness(passes)))).toBeUndefined();
  });
});

it("knows an answer from none", () => {
  expect([null, undefined, {}, { checks: 3 }, "yes"].map(isReadiness)).toEqual([false, false, false, false, false]);
  expect(isReadiness(readiness(passes))).toBe(true);
});
