import assert from "node:assert/strict";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pixels, png } from "../editors/vscode/pictures.mjs";
import { placeOf, questionIn } from "../editors/vscode/report.mjs";

process.env.INVIGILATOR_EDITORS = mkdtempSync(join(tmpdir(), "editors-"));
const { cached } = await import("../../scripts/editors/cache.mjs");

const write = (name) => (folder) => writeFileSync(join(folder, name), "");

test("what is complete is not made again", async () => {
  const folder = await cached("whole", { version: 1 }, write("first"));
  assert.equal(await cached("whole", { version: 1 }, () => assert.fail("made again")), folder);
  assert.ok(existsSync(join(folder, "first")));
});

test("another recipe, and one that was interrupted, are made anew", async () => {
  const interrupted = async (folder) => {
    write("half")(folder);
    throw new Error("interrupted");
  };
  await assert.rejects(cached("part", { version: 1 }, interrupted), /interrupted/);
  const folder = await cached("part", { version: 1 }, write("first"));
  assert.deepEqual([existsSync(join(folder, "half")), existsSync(join(folder, "first"))], [false, true]);
  await cached("part", { version: 2 }, write("second"));
  assert.deepEqual([existsSync(join(folder, "first")), existsSync(join(folder, "second"))], [false, true]);
});

test("a picture has the size that was asked for", () => {
  assert.deepEqual(pixels(png(30, 20)), [30, 20]);
});

test("places count lines and columns from 1, whatever ends a line", () => {
  assert.deepEqual(placeOf("one\r\ntwo two\r\n", "two", "two "), [2, 1]);
  assert.deepEqual(placeOf("one\ntwo Two\n", "Two"), [2, 5]);
  assert.throws(() => placeOf("one", "two"), /does not stand/);
});

test("a question goes to the next heading", () => {
  const report = "### Question 1\n\nA\n\n### Question 2\n\nB\n";
  assert.equal(questionIn(report, 1), "### Question 1\n\nA\n");
  assert.equal(questionIn(report, 2), "### Question 2\n\nB\n");
});
