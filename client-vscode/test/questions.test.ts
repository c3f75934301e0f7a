import { describe, expect, it } from "vitest";

import { isFailing, isMixedUp, nextQuestion, openQuestions, questionAt, stateOf } from "../src/reports/questions";
import { question, report, unanswered, unmarked } from "./example";

const passing = question(1);
const failing = question(2, { passed: false });
const empty = question(3, { ...unanswered, passed: true });
const lost = question(4, unmarked);
const questions = [passing, failing, empty, lost];

it("tells how a question stands", () => {
  expect(questions.map(stateOf)).toEqual(["passes", "fails", "unanswered", "unmarked"]);
});

it("sorts what is left to do", () => {
  expect(openQuestions(report(questions))).toEqual({ failing: [failing, lost], passingUnanswered: [empty] });
});

it("knows when the check judges by other limits than a question's own", () => {
  expect(isMixedUp(report(questions))).toBe(false);
  expect(isMixedUp(report(questions, { passed: 1 }))).toBe(true);
  expect(isMixedUp(report(questions, { runs: null, passed: null }))).toBe(false);
});

it("finds the question of a line", () => {
  expect([9, 10, 19, 20, 999].map((line) => questionAt(questions, line)?.number)).toEqual([undefined, 1, 1, 2, 4]);
});

describe("the next question", () => {
  const next = (line: number) => nextQuestion(questions, line, isFailing);

  it("is the first below the cursor", () => {
    expect(next(1)).toEqual({ question: failing, fromTop: false });
    expect(next(25)).toEqual({ question: lost, fromTop: false });
  });

  it("comes from the top again after the last", () => {
    expect(next(45)).toEqual({ question: failing, fromTop: true });
  });

  it("is the one with the cursor where it is the only one", () => {
    expect(nextQuestion(questions, 35, ({ answered, passed }) => !answered && passed === true)).toEqual({ question: empty, fromTop: true });
  });

  it("is none where nothing is left", () => {
    expect(nextQuestion([passing], 1, isFailing)).toBeUndefined();
  });
});
