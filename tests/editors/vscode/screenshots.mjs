// The pictures of the extension's README, taken of the example report in a tidy window.

import { mkdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { run } from "../../../scripts/processes.mjs";
import { ROOT } from "../../../scripts/setup.mjs";
import { Trouble } from "../../../scripts/terminal.mjs";
import { eventually } from "./harness/waiting.mjs";
import { copyExample, placeOf } from "./report.mjs";

const FOLDER = join(ROOT, "client-vscode", "media", "screenshots");
const LARGEST = 150_000;
const PLACEHOLDER = "--- question 12 fill here ---";
const SETTINGS = {
  "workbench.colorTheme": "Default Light Modern",
  "workbench.layoutControl.enabled": false,
  "workbench.activityBar.location": "hidden",
  "window.commandCenter": false,
  "breadcrumbs.enabled": false,
  "editor.stickyScroll.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.renderLineHighlight": "none",
  "editor.fontSize": 13,
  "markdown.occurrencesHighlight.enabled": false,
  "remote.autoForwardPorts": false,
};

/** Take the pictures; true. */
export async function takeScreenshots({ start }) {
  const { browser, code, pictures, more } = await start("screenshots", ({ folder }) => ({
    settings: SETTINGS,
    report: copyExample(join(folder, "harbour-bridge")),
  }));
  mkdirSync(FOLDER, { recursive: true });
  const window = await browser.newWindow({ code, pictures, size: { width: 1200, height: 760 } });
  const take = async (name) => {
    const path = join(FOLDER, `${name}.png`);
    await window.page.screenshot({ path, animations: "disabled" });
    const { status, stderr, error } = run("pngquant", ["--force", "--strip", "--output", path, "256", path]);
    if (status !== 0) throw new Trouble(`pngquant makes the pictures small, and failed (apt-get install pngquant): ${stderr || error?.message}`);
    const { size } = statSync(path);
    if (size > LARGEST) throw new Trouble(`${path} has ${size} bytes, and ${LARGEST} are allowed.`);
    process.stdout.write(`  ${relative(ROOT, path)}: ${Math.round(size / 1000)} KB\n`);
  };

  await window.open(more.report.folder);
  await window.openFile("reports/README.md");
  await eventually("the status bar says 8/12", async () => (await window.statusItem()) === "8/12");
  await window.openTree();
  await window.openFile("reports/README.md");
  await window.goTo(156, 1);
  await eventually("the tree is full", async () => (await window.tree()).length > 15);
  await eventually("the squiggles are there", async () => (await window.squiggles()).length >= 5);
  await window.page.mouse.move(600, 750);
  await eventually("no tooltip", async () => (await window.page.locator(".monaco-hover:visible, .workbench-hover:visible").count()) === 0);
  await take("report");

  await window.goTo(140, 1);
  await window.hover("Question 7", /60 to 150 words/);
  await take("hover");

  await window.page.mouse.move(600, 750);
  await window.goTo(160, 1);
  await window.command("Invigilator: Insert Figure…");
  await eventually("the pictures are listed", async () => (await window.picks()).some((row) => /bucket\.png/.test(row)));
  await take("insert-figure");

  await window.press("Escape");
  const [line] = placeOf(more.report.read(), PLACEHOLDER);
  await window.goTo(line, 1);
  await window.press("End", "Shift+Home", "Delete");
  await window.page.keyboard.type("![](");
  await eventually("the pictures are listed", async () => (await window.suggestions()).some((row) => /unused/.test(row)));
  await window.press("Control+Space");
  await eventually("the first picture is shown", async () => (await window.page.locator(".suggest-details-container img").count()) > 0);
  await take("completion");

  await window.press("Escape", "Control+z", "Control+z", "Control+z", "Control+s");
  await window.goTo(1, 1);
  await window.command("Invigilator: Ready to Hand In?");
  await eventually("the checks are listed", async () => (await window.picks()).length > 6);
  await eventually("the list has faded in", async () => (await window.page.locator(".quick-input-widget").evaluate((list) => getComputedStyle(list).opacity)) === "1");
  await take("ready");
  await window.close();
  await code.stop();
  return true;
}
