// The first part of a person's session: a README that is no report is left alone, until it becomes one.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythons } from "./harness/processes.mjs";
import { eventually } from "./harness/waiting.mjs";

/** Whether VS Code's log says that our extension is awake. */
function activated(code) {
  const names = readdirSync(code.logs, { recursive: true }).filter((name) => name.endsWith("remoteexthost.log"));
  return names.some((name) => /_doActivateExtension invigilator\.invigilator/.test(readFileSync(join(code.logs, name), "utf8")));
}

/** The steps, in a window that they open and close. */
export function plainSteps({ code, browser, folder, pictures, windows }) {
  const home = join(folder, "recipes");
  let window;
  return [
    {
      title: "a plain README.md: no finding, no Python process, nothing in the status bar",
      async run() {
        mkdirSync(home);
        writeFileSync(join(home, "README.md"), "# Pancakes\n\nThree eggs, ![one pan](pan.png).\n");
        window = await browser.newWindow({ code, pictures });
        windows.push(window);
        await window.open(home);
        await window.openFile("README.md");
        await eventually("the extension is awake", () => activated(code));
        await window.goTo(3, 12);
        await window.page.keyboard.type("flour, milk, ");
        await window.placeOf("milk");
        await window.command("Problems: Focus on Problems View");
        assert.deepEqual(await window.problems(), []);
        assert.deepEqual(pythons(code.pid), []);
        assert.equal(await window.statusItem(), null);
        assert.equal(await window.tree(), null);
        assert.deepEqual(await window.squiggles(), []);
      },
    },
    {
      title: "it becomes a report while it is written, and the server starts",
      async run() {
        await window.openFile("README.md");
        await window.goTo(3, 1);
        await window.press("Control+End", "Enter");
        await window.page.keyboard.type("### Question 1\n\n**What is in it?**\n\nAnswer:\n\nButter.");
        await eventually("the status bar shows the report", () => window.statusItem());
        assert.equal(pythons(code.pid).length, 1);
        await window.close();
        windows.pop();
      },
    },
  ];
}
