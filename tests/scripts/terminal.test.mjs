import assert from "node:assert/strict";
import { test } from "node:test";
import { plainText, takesColour, wrap } from "../../scripts/terminal.mjs";

for (const [markdown, expected] of [
  ["### Question 7", "Question 7"],
  ["**60 to 150 words**, *1 to 3* images", "60 to 150 words, 1 to 3 images"],
  ["from `report.py`, not `**this**`", "from report.py, not **this**"],
  ["snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"],
  ["[open it](file:///a/b.png)", "open it"],
  ["![loss](data:image/png;base64,AAAA)", "[picture: loss]"],
  ["114&nbsp;words &lt; 150\\*", "114 words < 150*"],
  ["| words | images |\n| --- | --- |\n| 114 | 3 |", "| words | images |\n| 114 | 3 |"],
  ["one\n\n---\n\ntwo", "one\n\ntwo"],
  ["a<br>b", "a\nb"],
  ["```text\ncode\n```", "code"],
]) {
  test(`plain text of ${JSON.stringify(markdown)}`, () => assert.equal(plainText(markdown), expected));
}

test("lines are broken at spaces, and long words stay whole", () => {
  assert.deepEqual(wrap("one two three\nunbreakable-word x", 8), ["one two", "three", "unbreakable-word", "x"]);
});

test("colour: on a terminal only, and not where NO_COLOR is set", () => {
  assert.equal(takesColour({ isTTY: true }, {}), true);
  assert.equal(takesColour({ isTTY: true }, { NO_COLOR: "1" }), false);
  assert.equal(takesColour({ isTTY: true }, { TERM: "dumb" }), false);
  assert.equal(takesColour({}, {}), false);
});
