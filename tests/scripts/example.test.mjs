import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { run } from "../../scripts/processes.mjs";
import { findPython } from "../../scripts/python.mjs";

const REPORTS = fileURLToPath(new URL("../../examples/report/reports", import.meta.url));

test("the example's own script judges it: 8 of 12, and these four fail", () => {
  const { status, stdout } = run(findPython().executable, [join(REPORTS, "report.py"), "check"]);
  assert.deepEqual(stdout.trim().split(/\r?\n/), [
    "Question 4 fails: 27 words, expected 50 to 100.",
    "Question 8 fails: 0 images, expected 1 to 1.",
    "Question 10 fails: 86 words, expected 0 to 60.",
    "Question 12 fails: 6 words, expected 50 to 150.",
    "8 of 12 answers keep to their limits.",
  ]);
  assert.equal(status, 1);
});

test("the example's page loses its front matter and nothing else", () => {
  const text = readFileSync(join(REPORTS, "README.md"), "utf8").replaceAll("\r\n", "\n");
  assert.match(text.slice(0, 43), /^---\ntitle: .*\n---\n\n$/);
  assert.ok(text.slice(43).startsWith("# Project report"));
});
