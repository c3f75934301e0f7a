// What runs in the page of VS Code, given to Playwright as a whole: nothing outside these functions is known there.

/** The squiggles in an editor: how severe, and the characters that stand above. */
export function squigglesIn(editor) {
  const letters = [];
  const walker = document.createTreeWalker(editor.querySelector(".view-lines"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let index = 0; index < node.length; index += 1) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + 1);
      const box = range.getBoundingClientRect();
      letters.push({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, letter: node.data[index] });
    }
  }
  return [...editor.querySelectorAll("[class*=squiggly-]")].map((mark) => {
    const box = mark.getBoundingClientRect();
    const above = letters.filter(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom);
    const severity = /squiggly-(\w+)/.exec(mark.className)[1];
    return { severity, text: above.map(({ letter }) => letter).join("").replace(/\u00a0/g, " ") };
  });
}

/** The box in pixels of the first `wanted` words of one line in an editor; null where they are not on the screen. */
export function boxOf(editor, wanted) {
  for (const line of editor.querySelectorAll(".view-line")) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const letters = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let index = 0; index < node.length; index += 1) letters.push([node, index]);
    }
    const text = letters.map(([node, index]) => node.data[index]).join("").replace(/\u00a0/g, " ");
    const start = text.indexOf(wanted);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(...letters[start]);
    const [last, index] = letters[start + wanted.length - 1];
    range.setEnd(last, index + 1);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }
  return null;
}
