import { describe, expect, it } from "vitest";

import { type ReportItem, questionTooltip, reportItems } from "../src/ui/treeItems";
import { failingItems } from "../src/ui/failingItems";
import { figure, question, report, stopped, unanswered, unmarked } from "./example";

function drawn(items: readonly ReportItem[], indent = ""): string {
  return items
    .map((item) => {
      const state = "state" in item ? `[${item.state}] ` : "";
      return `${indent}${state}${item.label} | ${item.description}\n${drawn(item.children, `${indent}  `)}`;
    })
    .join("");
}

function ids(items: readonly ReportItem[]): string[] {
  return items.flatMap((item) => [item.id, ...ids(item.children)]);
}

const questions = [
  question(1, { section: "Group information" }),
  question(2, { section: "Group information", passed: false, words: 27 }),
  question(3, { section: "Deployment", ...unanswered, passed: false }),
  question(3, { section: "Deployment", ...unmarked }),
];
const figures = [
  figure("figures/loss.png", [{ question: 1, line: 14 }, { question: 1, line: 16 }]),
  figure("figures/other/odd.png", [], { width: null, height: null, bytes: 12 }),
];

describe("the tree", () => {
  it("shows verdict, sections and figures", () => {
    expect(`\n${drawn(reportItems(report(questions, { figures })))}`).toMatchInlineSnapshot(`
      "
      [left] 1 of 4 pass | 2 unanswered
      Group information | 1 of 2
        [passes] Question 1 | 70 of 50-100 words
        [fails] Question 2 | 27 of 50-100 words
      Deployment | 0 of 2
        [unanswered] Question 3 | not answered · 50-100 words
        [unmarked] Question 3 | no answer marker
      Figures | 2 files, 1 unused
        loss.png | used 2 times · 1200 × 800 · 48 KB
          [left] Question 1 | line 14
          [left] Question 1 | line 16
        odd.png | unused · 12 bytes
      "
    `);
  });

  it("has an id for each thing, the same when counts and lines change", () => {
    const before = ids(reportItems(report(questions, { figures })));
    const moved = questions.map((asked) => ({ ...asked, line: asked.line + 5, words: 99 }));
    expect(new Set(before).size).toBe(before.length);
    expect(ids(reportItems(report(moved, { figures })))).toEqual(before);
  });

  it("shows the places that stop the check", () => {
    const items = reportItems(stopped([question(1)]), "Why.", [{ name: "the lost marker of question 5", line: 50 }]);
    expect(drawn(items.slice(0, 1))).toBe(
      "[stops] The official check stops | 0 answers found, 1 expected\n  [stops] The lost marker of question 5 | line 50\n",
    );
  });

  it("shows that the check mixes questions up, and gives none its verdict", () => {
    const items = reportItems(report([question(1)]), "Mixed up.", [{ name: "the place of question 3", line: 50 }]);
    expect(drawn(items)).toContain("[mixed] 1 of 1 pass | questions mixed up\n  [stops] The place of question 3 | line 50\n");
    expect(items[1]?.tooltip).toContain("Within the limits.");
  });

  it("puts questions without a section at the top", () => {
    expect(reportItems(report([question(1), question(2)])).map(({ kind }) => kind)).toEqual(["verdict", "question", "question"]);
  });
});

it("says in a figure's tooltip which questions show it", () => {
  const tooltips = reportItems(report([], { figures })).at(-1)?.children.map(({ tooltip }) => tooltip);
  expect(tooltips).toEqual(["**figures/loss\\.png**\n\n1200 × 800 pixels, 48 KB, used 2 times in question 1", "**figures/other/odd\\.png**\n\n12 bytes, unused"]);
});

describe("a question's tooltip", () => {
  it("says limits, their source, counts and verdict", () => {
    const asked = question(8, { words: 27, prose_words: 25, passed: false, asked: [[50, 100], [1, 1]] });
    expect(questionTooltip(asked, true)).toMatchInlineSnapshot(`
      "**Question 8**: 50 to 100 words and exactly 1 image, says report.py

      - 27 words (a reader sees 25): 23 missing
      - 0 images: 1 missing

      **Fails** the official check."
    `);
  });

  it("counts characters where they are limited", () => {
    const asked = question(2, { characters: 2100, passed: false, asked: [null, null, [null, 2000]] });
    expect(questionTooltip(asked, true)).toContain("at most 2000 characters, says report.py\n\n- 2100 characters: 100 too many\n\n");
  });

  it("says no more than is known", () => {
    expect(questionTooltip(question(1, { asked: [null, null], words: 2, prose_words: 2 }), false)).toBe("**Question 1**: no limits\n\n- 2 words");
    expect(questionTooltip(question(1, unmarked), false)).toContain("marker is gone");
    expect(questionTooltip(question(1, { ...unanswered, passed: false }), false)).toContain("Not answered yet.");
  });
});

it("lists what fails, then what is only not answered", () => {
  const status = report([...questions, question(9, { ...unanswered, asked: [null, null] })]);
  expect(failingItems(status, []).map(({ label, description }) => `${label} ${description}`.trim())).toEqual([
    "fail",
    "$(error) Question 2 27 of 50-100 words",
    "$(circle-large-outline) Question 3 not answered · 50-100 words",
    "$(circle-slash) Question 3 no answer marker",
    "pass, but not answered",
    "$(circle-large-outline) Question 9 not answered",
  ]);
  expect(failingItems(report([question(1)]), [])).toEqual([]);
});
