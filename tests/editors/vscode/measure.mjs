// How quick it feels: from opening a report, and from a keystroke, to the squiggle on the screen; beside VS Code's own check of
// Markdown links in the same session. And how much memory the server takes.

import { join } from "node:path";
import { below, memory, pythons } from "./harness/processes.mjs";
import { eventually, LIMIT } from "./harness/waiting.mjs";
import { copyExample, placeOf } from "./report.mjs";

const TIMES = 5;
const REPORT = "reports/README.md";

// all of ours are warnings, all of VS Code's own are errors: so they can be told apart on the screen
const SETTINGS = {
  "invigilator.severity": { "*": "warning" },
  "markdown.validate.enabled": true,
  "markdown.validate.fileLinks.enabled": "error",
  "markdown.validate.fragmentLinks.enabled": "ignore",
  "markdown.validate.referenceLinks.enabled": "ignore",
};
const MARKS = { ours: ".squiggly-warning", theirs: ".squiggly-error" };

/** Wait until no squiggle has come or gone for a while; how many there are. */
async function settled(window) {
  let last = -1;
  let since = 0;
  await eventually("the squiggles come to rest", async () => {
    const count = await window.page.locator("[class*=squiggly-]").count();
    if (count !== last) since = Date.now();
    last = count;
    return Date.now() - since > 1500;
  });
  return last;
}

/** Press `key`: after how many ms there is one squiggle more of each kind. */
async function timeKey(window, key) {
  const times = window.page.evaluate(
    ({ key: awaited, marks, limit }) =>
      new Promise((resolve, reject) => {
        const count = (selector) => document.querySelectorAll(`.editor-instance ${selector}`).length;
        const before = Object.fromEntries(Object.entries(marks).map(([who, selector]) => [who, count(selector)]));
        const found = {};
        let pressed;
        const observer = new MutationObserver(() => {
          for (const [who, selector] of Object.entries(marks)) {
            if (found[who] === undefined && count(selector) > before[who]) found[who] = performance.now() - pressed;
          }
          if (Object.keys(found).length === Object.keys(marks).length) {
            observer.disconnect();
            resolve(found);
          }
        });
        addEventListener(
          "keydown",
          (event) => {
            if (event.key !== awaited || pressed !== undefined) return;
            pressed = performance.now();
            observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
          },
          { capture: true },
        );
        setTimeout(() => reject(new Error(`after ${limit / 1000} s there was only ${JSON.stringify(found)}`)), limit);
        window.__ready = true;
      }),
    { key, marks: MARKS, limit: LIMIT },
  );
  await window.page.waitForFunction(() => window.__ready === true);
  await window.page.evaluate(() => { window.__ready = false; });
  await window.press(key);
  return await times;
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

function line(title, samples) {
  const cells = ["ours", "theirs"].map((who) => `${Math.round(median(samples.map((sample) => sample[who])))} ms`.padStart(12));
  return `  ${title.padEnd(52)}${cells.join("")}\n`;
}

async function opened(window) {
  await window.offerFile(REPORT);
  return await timeKey(window, "Enter");
}

async function noSquiggles(window) {
  await eventually("no squiggles", async () => (await window.page.locator("[class*=squiggly-]").count()) === 0);
}

/** Measure and print a table; true. */
export async function measure({ start, code: { version } }) {
  const { browser, code, pictures, more } = await start("measure", ({ folder }) => {
    const report = copyExample(join(folder, "report"));
    // the window begins where both have something to say
    return { settings: SETTINGS, report };
  });
  const first = [];
  const again = [];
  const typed = [];
  const sizes = [];
  let theirs;
  for (let time = 0; time < TIMES; time += 1) {
    const window = await browser.newWindow({ code, pictures, size: { width: 1280, height: 4000 } });
    await window.open(more.report.folder);
    await window.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    first.push(await opened(window));
    await window.command("View: Close Editor");
    await noSquiggles(window);
    await eventually("the report is closed", async () => (await window.tree()) === null);
    again.push(await opened(window));
    if (time === TIMES - 1) {
      // one letter, and the picture is not found
      const [at, column] = placeOf(more.report.read(), "overview.png");
      await window.goTo(at, column + "overview".length);
      for (let count = 0; count < TIMES; count += 1) {
        await settled(window);
        typed.push(await timeKey(window, "x"));
        await window.press("Backspace");
      }
      sizes.push(...pythons(code.pid).slice(-1).map(({ pid }) => memory(pid)));
      theirs = below(code.pid).filter(({ command }) => /markdown-language-features/.test(command)).map(({ pid }) => memory(pid)).at(-1);
    }
    await window.close();
  }
  await code.stop();
  const heads = ["Invigilator", "Markdown"].map((head) => head.padStart(12)).join("");
  process.stdout.write(`\nMedian of ${TIMES}, in VS Code ${version}; Markdown: VS Code's own validation of links\n\n  ${"".padEnd(52)}${heads}\n`);
  process.stdout.write(line("first report of a window: open to squiggle", first));
  process.stdout.write(line("opened again: open to squiggle", again));
  process.stdout.write(line("keystroke to squiggle", typed));
  const megabytes = (size) => (size ? `${Math.round(size)} MB` : "unknown").padStart(12);
  process.stdout.write(`  ${"memory of the server (PSS)".padEnd(52)}${megabytes(sizes[0])}${megabytes(theirs)}\n`);
  return true;
}
