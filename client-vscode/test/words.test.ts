import { describe, expect, it } from "vitest";

import { askedOf, boundsOf, countsOf, differenceOf, errorOf, readableBytes, scoreOf, verdictOf } from "../src/reports/words";
import { question, report, stopped, unanswered, unmarked } from "./example";

describe("limits in words", () => {
  it.each([
    [[100, 200], "100-200 words"],
    [[50, null], "at least 50 words"],
    [[null, 250], "at most 250 words"],
    [[1, 1], "exactly 1 word"],
    [[0, 0], "exactly 0 words"],
    [[0, 60], "at most 60 words"],
    [[null, null], "any number of words"],
  ] as const)("%j is %s", (bounds, words) => {
    expect(boundsOf(bounds, "word")).toBe(words);
  });

  it("are spelled out where there is room, as in the hover", () => {
    expect(askedOf(question(1, { asked: [[50, 100], [1, 1]] }), " to ")).toBe("50 to 100 words and exactly 1 image");
    expect(askedOf(question(1, { asked: [null, null] }))).toBe("");
  });

  it.each([
    [27, [50, 100], "23 missing"],
    [112, [50, 100], "12 too many"],
    [50, [50, null], "fine"],
    [5, null, ""],
  ] as const)("%i of %j: %s", (count, bounds, difference) => {
    expect(differenceOf(count, bounds)).toBe(difference);
  });
});

describe("counts in words", () => {
  it("name each count beside its limit", () => {
    expect(countsOf(question(1, { words: 143, images: 1, asked: [[100, 200], [1, 3]] }))).toBe("143 of 100-200 words · 1 of 1-3 images");
  });

  it("leave out what nobody asks for", () => {
    expect(countsOf(question(1, { asked: [null, [1, 1]] }))).toBe("0 of exactly 1 image");
    expect(countsOf(question(1, { asked: [null, null], words: 1 }))).toBe("1 word");
    expect(countsOf(question(1, { asked: [[null, 60], null], images: 2 }))).toBe("70 of at most 60 words · 2 images");
  });

  it("name characters only where they are limited", () => {
    const asked = question(1, { characters: 1540, asked: [null, [1, 1], [null, 2000]] });
    expect(countsOf(asked)).toBe("1540 of at most 2000 characters · 0 of exactly 1 image");
    expect(askedOf(asked)).toBe("at most 2000 characters and exactly 1 image");
    expect(countsOf(question(1, { characters: 400 }))).toBe("70 of 50-100 words");
    expect(countsOf(question(1, { ...unanswered, asked: [null, null, [1, 1]] }))).toBe("not answered · exactly 1 character");
  });

  it("do without characters where an older server says nothing of them", () => {
    const limits = { words: [50, 100], images: null, source: "prompt", assumed: false } as const;
    expect(countsOf({ ...question(1), limits })).toBe("70 of 50-100 words");
    expect(askedOf({ ...question(1), limits })).toBe("50-100 words");
  });

  it("do not count a placeholder", () => {
    expect(countsOf(question(1, unanswered))).toBe("not answered · 50-100 words");
    expect(countsOf(question(1, { ...unanswered, asked: [null, null] }))).toBe("not answered");
  });

  it("say that there is nothing to count", () => {
    expect(countsOf(question(1, unmarked))).toBe("no answer marker");
  });
});

describe("the verdict", () => {
  const failing = question(2, { passed: false, words: 10 });

  it("is the official check's", () => {
    expect(verdictOf(report([question(1), failing]))).toBe("1 of 2 pass the official check");
    expect(verdictOf(report([question(1), question(2)]))).toBe("All 2 pass the official check");
    expect(scoreOf(report([question(1), failing], { passed: 26, total: 27 }))).toEqual({ passed: 26, total: 27 });
  });

  it("goes by the questions' own limits where there is no official check", () => {
    const status = report([question(1), failing, question(3, unmarked)], { runs: null, passed: null, total: null });
    expect(scoreOf(status)).toEqual({ passed: 1, total: 3 });
    expect(verdictOf(status)).toBe("1 of 3 keep to their limits");
  });

  it("says why there is none", () => {
    const status = stopped([question(1), failing]);
    expect(verdictOf(status)).toBe("The official check stops");
    expect(errorOf(status)).toBe("1 answers found, 2 expected");
  });
});

it("says sizes as the server does", () => {
  expect([1, 812, 47_400, 999_499, 999_500, 1_230_000].map(readableBytes)).toEqual(["1 byte", "812 bytes", "47 KB", "999 KB", "1.0 MB", "1.2 MB"]);
});
