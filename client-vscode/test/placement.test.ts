import { describe, expect, it } from "vitest";

import { relativePath } from "../src/figures/folders";
import { endOfFigures, instead, type Placement, type Removal, removalsFrom } from "../src/figures/placement";

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A placement of figures, those whose names end in `.webp` not allowed. */
function placementOf(newText: string, ...paths: readonly string[]): Placement {
  return {
    edit: { range: NOWHERE, newText },
    figures: paths.map((path) => ({ path, uri: `file:///report/${path}`, allowed: !path.endsWith(".webp") })),
    extensions: [".png"],
  };
}

function applied(text: string, removals: readonly Removal[]): string {
  return [...removals].sort((one, other) => other.start - one.start)
    .reduce((rest, { start, end, replacement }) => rest.slice(0, start) + replacement + rest.slice(end), text);
}

describe("where the cursor goes", () => {
  it.each([
    ["in place of a placeholder", "![a](figures/a.png)", { line: 7, character: 19 + 3 }],
    ["below a paragraph", "\n\n![a](figures/a.png)\n", { line: 9, character: 19 }],
    ["behind the last of several", "![a](figures/a.png)\r\n\r\n![b](figures/bb.png)\r\n", { line: 9, character: 20 }],
  ])("%s", (_place, newText, end) => {
    expect(endOfFigures({ line: 7, character: 3 }, newText)).toEqual(end);
  });
});

describe("with something selected", () => {
  const placement = placementOf("\n\n![b](figures/b.png)\n", "figures/b.png");
  const selected = { start: { line: 3, character: 0 }, end: { line: 3, character: 20 } };

  it.each([
    ["![a](figures/a.png)", "![b](figures/b.png)"],
    ["![a](<figures/a b.png>)\n", "![b](figures/b.png)\n"],
    ["  ![a \\] c](figures/a.png)", "  ![b](figures/b.png)"],
  ])("%j gives way", (selectedText, newText) => {
    expect(instead(placement, selected, selectedText).edit).toEqual({ range: selected, newText });
  });

  it.each(["", "some words", "see ![a](figures/a.png)", "![a](figures/a.png) ![c](figures/c.png)"])("%j stays", (selectedText) => {
    expect(instead(placement, selected, selectedText)).toBe(placement);
  });
});

describe("taking figures out again", () => {
  const isUnwanted = (figure: { allowed: boolean }): boolean => !figure.allowed;

  it("brings back what they replaced", () => {
    const placement = placementOf("![a](figures/a.webp)", "figures/a.webp");
    const removals = removalsFrom("> Answer:\n\n![a](figures/a.webp)\n", placement, { oldText: "--- fill here ---", near: 11 }, isUnwanted);
    expect(applied("> Answer:\n\n![a](figures/a.webp)\n", removals)).toBe("> Answer:\n\n--- fill here ---\n");
  });

  it("leaves those in that are fine, without gaps between", () => {
    const newText = "\n\n![a](figures/a.webp)\n\n![b](figures/b.png)\n\n![c](figures/c.webp)\n";
    const placement = placementOf(newText, "figures/a.webp", "figures/b.png", "figures/c.webp");
    const text = `Group 7${newText}\n### Question 2\n`;
    const removals = removalsFrom(text, placement, { oldText: "", near: 7 }, isUnwanted);
    expect(applied(text, removals)).toBe("Group 7\n\n![b](figures/b.png)\n\n### Question 2\n");
  });

  it("finds a link whose label was changed since", () => {
    const placement = placementOf("\n\n![a](figures/a.webp)\n", "figures/a.webp");
    const text = "One more line.\n\nGroup 7\n\n![the *whole* system](figures/a.webp)\n";
    expect(applied(text, removalsFrom(text, placement, { oldText: "", near: 7 }, isUnwanted))).toBe("One more line.\n\nGroup 7\n");
  });

  it("takes the one that was put in, not another to the same file", () => {
    const placement = placementOf("![a](figures/a.webp)", "figures/a.webp");
    const text = "![a](figures/a.webp)\n\nand here: ![a](figures/a.webp)\n";
    expect(applied(text, removalsFrom(text, placement, { oldText: "", near: 30 }, isUnwanted))).toBe("![a](figures/a.webp)\n\nand here: \n");
  });

  it("keeps to the text's line ends", () => {
    const placement = placementOf("\n\n![a](figures/a.webp)", "figures/a.webp");
    const text = "Group 7\r\n\r\n![a](figures/a.webp)\r\n";
    expect(applied(text, removalsFrom(text, placement, { oldText: "", near: 7 }, isUnwanted))).toBe("Group 7\r\n");
  });

  it("leaves a link alone that leads elsewhere by now", () => {
    const placement = placementOf("![a](figures/a.webp)", "figures/a.webp");
    expect(removalsFrom("![a](figures/a.png)", placement, { oldText: "", near: 0 }, isUnwanted)).toEqual([]);
  });
});

describe("whether a file lies in a folder", () => {
  it.each([["/r/figures/a.png", "a.png"], ["/r/figures/plots/a.png", "plots/a.png"]])("%s does", (file, inside) => {
    expect(relativePath("/r/figures", file)).toBe(inside);
  });

  it.each(["/r/figures", "/r/figures.png", "/r/README.md", "/r/figures-old/a.png"])("%s does not", (file) => {
    expect(relativePath("/r/figures", file)).toBeUndefined();
  });

  it("takes names that begin with dots for names", () => {
    expect(relativePath("/r/figures", "/r/figures/..a.png")).toBe("..a.png");
  });
});
