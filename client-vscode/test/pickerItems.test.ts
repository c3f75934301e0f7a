import { describe, expect, it } from "vitest";

import { emptyFiles, listed, noPictures, notTaken, unreadableFiles } from "../src/figures/messages";
import { describe as described, figureGroups } from "../src/figures/pickerItems";
import type { FigureStatus } from "../src/reports/status";

function figure(path: string, ...questions: readonly number[]): FigureStatus {
  const places = questions.map((question) => ({ question, line: question * 10 }));
  return { path, bytes: 47_300, width: 1200, height: 800, uses: places.length, places };
}

function shown(figures: readonly FigureStatus[]): Record<string, string[]> {
  return Object.fromEntries(figureGroups(figures).map(({ title, choices }) => [title, choices.map(({ label }) => label)]));
}

describe("the picker", () => {
  it("offers unused figures first, then by the questions that show them", () => {
    expect(shown([
      figure("figures/z.png", 14), figure("figures/run 10.png"), figure("figures/a.png", 14, 7, 7), figure("figures/run 9.png"), figure("figures/b.png", 8),
    ])).toEqual({
      "not used yet": ["run 9.png", "run 10.png"],
      "used in questions 7 and 14": ["a.png"],
      "used in question 8": ["b.png"],
      "used in question 14": ["z.png"],
    });
  });

  it("names folders only where they differ", () => {
    expect(shown([figure("docs/figures/plots/a.png"), figure("docs/figures/b.png")])).toEqual({ "not used yet": ["b.png", "plots/a.png"] });
    expect(shown([figure("docs/figures/b.png")])).toEqual({ "not used yet": ["b.png"] });
  });

  it("has nothing to offer where there is nothing", () => {
    expect(figureGroups([])).toEqual([]);
  });

  it("says how large a figure is", () => {
    expect(described(figure("a.png"))).toBe("1200 × 800 pixels · 47 KB");
    expect(described({ width: null, height: null, bytes: 812 })).toBe("812 bytes");
  });
});

describe("messages", () => {
  it("list names as people do", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual(["", "a", "a and b", "a, b and c"]);
  });

  it("say what a report does not take, and what to do", () => {
    const extensions = [".png", ".jpg", ".jpeg"];
    expect(notTaken(["a.webp"], extensions)).toBe(
      "a.webp may neither count nor be shown: this report takes .png, .jpg and .jpeg pictures. Save it as .png and insert that instead.",
    );
    expect(notTaken(["a.webp", "b.heic"], extensions)).toContain("Save them as .png and insert those instead.");
  });

  it("say why something was left out", () => {
    expect(emptyFiles(["a.png"])).toBe("a.png is empty (0 bytes), so it was not inserted.");
    expect(unreadableFiles(["a.png", "b.png"])).toBe("a.png and b.png cannot be read, so they were not inserted.");
    expect(noPictures(["notes.pdf"])).toBe("notes.pdf is no picture, so it was not inserted.");
  });
});
