import { describe, expect, it } from "vitest";

import { writingPlace } from "../src/reports/writingPlace";

/** The text with the place drawn in: `«placeholder»` or `«»`. */
function drawn(text: string, heading: number, marker?: string): string {
  const lines = text.split("\n");
  const { line, start, end } = writingPlace((index) => lines[index] ?? "", lines.length, heading, marker);
  const at = lines[line] ?? "";
  lines[line] = `${at.slice(0, start)}«${at.slice(start, end)}»${at.slice(end)}`;
  return lines.join("\n");
}

const asked = "### Question 1\n\n> **What?**\n>\n> Answer:\n";

describe("where to write", () => {
  it("is in place of the placeholder", () => {
    expect(drawn(`${asked}\n--- question 1 fill here ---\n\n### Question 2`, 0)).toBe(`${asked}\n«--- question 1 fill here ---»\n\n### Question 2`);
  });

  it("is before what stands there", () => {
    expect(drawn(`${asked}\n#### Part one\nSome words.\n## Next`, 0)).toBe(`${asked}\n«»#### Part one\nSome words.\n## Next`);
  });

  it("is below the marker with a blank line between", () => {
    expect(drawn(`${asked}\n\n\n### Question 2`, 0)).toBe(`${asked}\n«»\n\n### Question 2`);
    expect(drawn(`${asked}### Question 2`, 0)).toBe(`${asked.trimEnd()}«»\n### Question 2`);
    expect(drawn(asked, 0)).toBe(`${asked}«»`);
  });

  it("is below the prompt where the marker is another or gone", () => {
    expect(drawn("### Question 1\n> What?\n\nText\n\n> quoted", 0)).toBe("### Question 1\n> What?\n\n«»Text\n\n> quoted");
    expect(drawn("### Question 1\n> What?\n> Svar:\n\nText", 0, "Svar:")).toBe("### Question 1\n> What?\n> Svar:\n\n«»Text");
  });

  it("is below heading and prompt where answers have no marker", () => {
    expect(drawn("## Aim\n\n> Why?\n\nText", 0, "")).toBe("## Aim\n\n> Why?\n\n«»Text");
    expect(drawn("## Aim\n\nText\n\nMore", 0, "")).toBe("## Aim\n\n«»Text\n\nMore");
  });

  it("is the heading where nothing tells", () => {
    expect(drawn("# Report\n\n### Question 1\n\nText", 2)).toBe("# Report\n\n«»### Question 1\n\nText");
  });

  it("is not looked for below the next heading, unless that stands in code", () => {
    expect(drawn(`### Question 1\n\n${asked}`, 0).startsWith("«»### Question 1")).toBe(true);
    expect(drawn("### Question 1\n```sh\n# comment\n```\n> Answer:\n\nText", 0)).toContain("«»Text");
  });
});
