import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { grammarIn, grammarOf, looksLikeReport, mayCompleteReport, tellsOfReport } from "../../src/reports/detection";

const example = path.join(import.meta.dirname, "../../../examples/report/reports");
const question = "### Question 1\n\n> Answer:\n\nHello\n";

describe("a report", () => {
  it.each([
    ["the example", readFileSync(path.join(example, "README.md"), "utf8")],
    ["one question", question],
    ["Windows' line endings", question.replaceAll("\n", "\r\n")],
    ["old Macs' line endings", question.replaceAll("\n", "\r")],
    ["a byte order mark in front, and text", `\ufeff# Report\n\n${question}`],
    ["a heading with a title", question.replace("Question 1", "Question 12: The group")],
    ["a heading that is closed with #", question.replace("Question 1", "QUESTION 1 ###")],
    ["a marker in bold", question.replace("Answer:", "**Answer:**")],
    ["a fence above that is never closed", `\`\`\`python\n${question}`],
    ["a comment above that is closed", `<!-- --->\n<!--\n-->\n${question}`],
    ["code above", `~~~~\n~~~\n### Question 9\n~~~~\n${question}`],
    ["its only marker in code", "### Question 1\n\n```\nAnswer:\n```\n"],
  ])("%s", (_, text) => {
    expect(looksLikeReport(text)).toBe(true);
  });
});

describe("no report", () => {
  it.each([
    ["nothing", ""],
    ["a plain README", "# Project\n\n## Question 1\n\nWhy? Answer: because.\n"],
    ["a heading without a marker", "### Question 1\n\nHello\n"],
    ["the marker above the heading only", "> Answer:\n\n### Question 1\n"],
    ["another heading", question.replace("Question 1", "Question of taste")],
    ["a heading in a sentence", question.replace("### ", "See ### ")],
    ["a heading that is code by its indentation", question.replace("### ", "    ### ")],
    ["an example of a report", `# How to\n\n\`\`\`markdown\n${question}\`\`\`\n`],
    ["an example in a comment", `# How to\n\n<!--\n${question}-->\n`],
    ["a changelog", readFileSync(path.join(import.meta.dirname, "../../../CHANGELOG.md"), "utf8")],
    ["the project's README", readFileSync(path.join(import.meta.dirname, "../../../README.md"), "utf8")],
  ])("%s", (_, text) => {
    expect(looksLikeReport(text)).toBe(false);
  });

  it("is told quickly, also of a text made to be slow", () => {
    const start = performance.now();
    looksLikeReport("Answer:\n" + "<!--\n".repeat(50_000) + "### Question 1" + " ".repeat(50_000) + "x");
    looksLikeReport("Answer:\n" + Array.from({ length: 20_000 }, (_, n) => "`".repeat(3 + (n % 90))).join("a\n") + question);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("another course's template", () => {
  it("is told by its marker alone, as its heading is a Python pattern", () => {
    const grammar = grammarOf({ heading: "^### Task (?P<number>\\d+)", marker: "Your turn:" });
    expect(looksLikeReport("### Task 1\n\nYour turn:\n", grammar)).toBe(true);
    expect(looksLikeReport(question, grammar)).toBe(false);
  });

  it("may have the usual heading", () => {
    const grammar = grammarOf({ heading: null, marker: "Your turn:" });
    expect(looksLikeReport("### Question 1\n\nYour turn:\n", grammar)).toBe(true);
    expect(looksLikeReport("Your turn:\n", grammar)).toBe(false);
  });

  it("may name its questions by titles, and have no marker", () => {
    const grammar = grammarOf({ marker: "None", questions: ["Aim", "Results and discussion"] });
    const found = ["# Aim", "###  **Results and  discussion**:", "text\n\n## Your aim"].map((text) => looksLikeReport(text, grammar));
    expect(found).toEqual([true, true, true]);
    expect(["", "Aim", "# Claim of resul", "#### Method"].map((text) => looksLikeReport(text, grammar))).toEqual([false, false, false, false]);
    expect(mayCompleteReport(["some words"], grammar)).toBe(true);
  });

  it("may have titles that are no headings", () => {
    const grammar = grammarOf({ heading: "^(?P<title>.+)$", marker: "none", questions: ["Why (us)?", 3, ""] });
    expect(looksLikeReport("**Why (us)?**", grammar)).toBe(true);
    expect(looksLikeReport("Why us?", grammar)).toBe(false);
  });

  it("is not another one because the number of questions is set", () => {
    expect(grammarOf({ questions: 12 })).toEqual(grammarOf({}));
  });

  it("is the default where nothing is set", () => {
    expect(grammarOf({ heading: "", marker: undefined })).toEqual(grammarOf({}));
  });
});

it.each([
  ["> Answer:", true],
  ["### Question 1", true],
  ["```", true],
  ["-->", true],
  ["Some words of an answer.", false],
  ["## A section", false],
])("typing in %j can make a report: %s", (line, expected) => {
  expect(mayCompleteReport([line])).toBe(expected);
});

describe("a configuration file", () => {
  it("says how the template is written", () => {
    const toml = `# ours\nheading = '^## Task (?P<number>\\d+)' # one\nmarker = "Your \\"turn\\":"\nquestions = 4\n[limits]\n1 = {}\n`;
    expect(grammarIn("invigilator.toml", toml)).toEqual({ heading: "^## Task (?P<number>\\d+)", marker: 'Your "turn":', questions: undefined });
  });

  it("says so in pyproject.toml only in our table", () => {
    const ours = `questions = [\n  "Aim", # first\n  'What [we] did',\n]\nmarker = "none"\n`;
    const pyproject = `[tool.other]\nheading = "x"\n\n[tool.invigilator] # for the report\n${ours}\n[tool.more]\nheading = "y"\n`;
    expect(grammarIn("pyproject.toml", pyproject)).toEqual({ heading: undefined, marker: "none", questions: ["Aim", "What [we] did"] });
  });

  it.each([
    ["lab-report", "report.md"],
    ["grant-application", "application.md"],
  ])("of the example %s fits its report and no other text", (folder, report) => {
    const read = (name: string): string => readFileSync(path.join(import.meta.dirname, "../../../examples", folder, name), "utf8");
    const grammar = grammarOf(grammarIn("invigilator.toml", read("invigilator.toml")) ?? {});
    expect(looksLikeReport(read(report), grammar)).toBe(true);
    expect(looksLikeReport("# Pancakes\n\nThree eggs.\n", grammar)).toBe(false);
  });

  it("may be none of ours, or say nothing", () => {
    expect(grammarIn("pyproject.toml", '[tool.other]\nheading = "x"\n')).toBeUndefined();
    expect(grammarIn("report.py", "question_constraints = ['Answer:']")).toBeUndefined();
    expect(grammarOf(grammarIn("invigilator.toml", "") ?? { marker: "x" })).toEqual(grammarOf({}));
  });
});

describe("files of the workspace", () => {
  it.each([
    ["invigilator.toml", "", true],
    ["pyproject.toml", '[project]\nname = "x"\n\n[tool.invigilator]\nquestions = 12\n', true],
    ["pyproject.toml", "[ tool . invigilator . limits ]\n", true],
    ["pyproject.toml", '[tool.ruff]\n# like [tool.invigilator]\n[project]\ndependencies = ["invigilator"]\n', false],
    ["pyproject.toml", "[tool.invigilators]\n", false],
    ["report.py", readFileSync(path.join(example, "report.py"), "utf8"), true],
    ["report.py", "question_constrains = [\n    no_constraints,\n]\nanswers = text.split('Answer:')\n", true],
    ["report.py", "def report(errors, limit=10):\n    '''Answers with a table.'''\n    print(errors[:limit])\n", false],
    ["report.py", "", false],
    ["other.py", "question_constraints = ['Answer:']", false],
  ])("%s %#", (name, text, expected) => {
    expect(tellsOfReport(name, text)).toBe(expected);
  });
});
