import { describe, expect, it } from "vitest";

import { escaped, statusText, statusTooltip, summaryOf } from "../src/ui/reportText";
import { question, report, stopped, unanswered, unmarked } from "./example";

const failing = question(2, { passed: false, words: 27 });
const empty = question(3, { ...unanswered, asked: [null, null] });

describe("the status bar", () => {
  it("counts", () => {
    expect(statusText(report([question(1), failing]))).toBe("$(checklist) 1/2");
    expect(statusText(report([question(1), empty]))).toBe("$(checklist) 2/2");
    expect(statusText(report([question(1)]))).toBe("$(pass) 1/1");
    expect(statusText(stopped([question(1)]))).toBe("$(error) Check stops");
  });

  it("says what is left", () => {
    expect(statusTooltip(report([question(1), failing, empty]), undefined)).toMatchInlineSnapshot(`
      "**2 of 3 pass the official check**

      1 failing:

      - Question 2: 27 of 50-100 words

      Passing, but not answered: question 3

      Click to go to one of them."
    `);
  });

  it("says that all is fine", () => {
    expect(statusTooltip(report([question(1)]), undefined)).toMatchInlineSnapshot(`
      "**1 of 1 pass the official check**

      Every question is done."
    `);
  });

  it("names no more than a few", () => {
    const many = Array.from({ length: 20 }, (_, index) => question(index + 1, { passed: false }));
    expect(statusTooltip(report(many), undefined).match(/^- .*/gm)?.slice(-2)).toEqual(["- Question 6: 70 of 50-100 words", "- and 14 more"]);
  });

  it("says why the check stops, as the finding does", () => {
    const tooltip = statusTooltip(stopped([question(1), question(2, unmarked)]), "The official check stops here, with 1 answer. Mend `that`.");
    expect(tooltip).toContain("**The official check stops**\n\nThe official check stops, with 1 answer\\. Mend that\\.");
  });

  it("says why the check stops without a finding", () => {
    expect(statusTooltip(stopped([question(1), question(2, unmarked)]), undefined)).toContain("Put the answer marker of question 2 back");
    expect(statusTooltip(stopped([question(1)]), undefined)).toContain("Compare the headings");
  });

  it("says that there is no official check", () => {
    expect(statusTooltip(report([failing], { runs: null, passed: null, total: null }), undefined)).toContain("no official check");
  });
});

it("sums up", () => {
  expect(summaryOf(report([question(1), failing, empty]))).toBe("2 of 3 pass the official check, 1 unanswered");
  expect(summaryOf(report([question(1)]))).toBe("1 of 1 pass the official check");
  expect(summaryOf(stopped([question(1), empty]))).toBe("The official check stops: 1 answers found, 2 expected");
});

it("shows a server's text as it is", () => {
  expect(escaped("a *b* `c_d` <e>")).toBe("a \\*b\\* \\`c\\_d\\` \\<e\\>");
});
