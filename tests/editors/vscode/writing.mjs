// A person's session about what helps while writing: completion, hints, moved figures, a restored prompt, and whether all is ready.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../scripts/processes.mjs";
import { Trouble } from "../../../scripts/terminal.mjs";
import { pythons } from "./harness/processes.mjs";
import { follow } from "./harness/steps.mjs";
import { becomes, eventually } from "./harness/waiting.mjs";
import { blankTemplate, copyExample, copyOther, placeOf, questionIn } from "./report.mjs";

const REPORT = "reports/README.md";
const PLACEHOLDER = "--- question 12 fill here ---";
/** Other examples: the folder, the report in it, and what a hint on its first screen says. */
const OTHERS = [
  ["lab-report", "report.md", " words"],
  ["grant-application", "application.md", " characters"],
];
const ASKED = /wants to make refactoring changes with this file (move|rename)/;

function git(folder, ...args) {
  const identity = ["-c", "user.name=Tess", "-c", "user.email=tess@example.org", "-c", "core.autocrlf=false"];
  const { status, stderr } = run("git", [...identity, ...args], { cwd: folder });
  if (status !== 0) throw new Trouble(`git ${args.join(" ")} failed in ${folder}: ${stderr}`);
}

/** The example in a repository that began with its template, empty. */
function reportWithHistory(folder) {
  const report = copyExample(folder);
  const figures = join(report.folder, "reports", "figures");
  mkdirSync(join(figures, "old"));
  copyFileSync(join(figures, "bucket.png"), join(figures, "old", "first-bucket.png"));
  const text = report.read();
  report.write(blankTemplate(text));
  git(report.folder, "add", "--all");
  git(report.folder, "commit", "--quiet", "-m", "The template");
  report.write(text);
  git(report.folder, "commit", "--quiet", "--all", "-m", "Our answers");
  return report;
}

/** Pictures of a list of suggestions that stand there more than once, by their file's name. */
function twice(rows) {
  const names = rows.map((row) => /([^/\s][^/]*?\.(?:png|jpg|svg))/i.exec(row)?.[1]).filter(Boolean);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

function steps({ code, browser, folder, pictures, windows, hasSearch }) {
  const report = reportWithHistory(join(folder, "My report"));
  const original = report.read();
  let window;

  /** The lines of the editor that hold `words`. */
  const lines = (words) =>
    window.editor.locator(".view-line").evaluateAll(
      (all, wanted) => all.map((line) => line.textContent.replace(/\u00a0/g, " ")).filter((line) => line.includes(wanted)),
      words,
    );
  /** Replace the placeholder of question 12 by what is typed. */
  const write = async (text) => {
    const [line] = placeOf(original, PLACEHOLDER);
    await window.press("Escape");
    await window.goTo(line, 1);
    await window.press("End", "Shift+Home", "Delete");
    await window.page.keyboard.type(text);
  };
  const listed = async (pattern) =>
    await eventually(`the list of suggestions has ${pattern}`, async () => {
      const rows = await window.suggestions();
      if (rows.some((row) => pattern.test(row))) return rows;
      throw new Error(`there was ${JSON.stringify(rows)}`);
    });
  const writeSettings = (settings) => {
    mkdirSync(join(report.folder, ".vscode"), { recursive: true });
    writeFileSync(join(report.folder, ".vscode", "settings.json"), JSON.stringify(settings));
  };
  const saved = async () => {
    await window.press("Control+s");
    await becomes(0, () => window.page.locator(".tab.dirty").count());
  };

  return [
    {
      title: "behind each heading stands what is there of what is asked for",
      async run() {
        window = await browser.newWindow({ code, pictures });
        windows.push(window);
        await window.open(report.folder);
        await window.openFile(REPORT);
        await window.goTo(158, 3);
        await window.placeOf("### Question 8");
        await eventually("the hint of question 8", async () => (await lines("### Question 8")).some((line) => /0 of 1 image/.test(line)));
        await window.picture("hints");
      },
    },
    {
      title: "typing ![]( lists the pictures alone, each once",
      async run() {
        await write("![](");
        const rows = await listed(/figures\/confusion matrix\.png/);
        assert.deepEqual(twice(rows), []);
        assert.ok(rows.every((row) => /figures\//.test(row)), rows.join("\n"));
        assert.ok(rows.some((row) => /unused/.test(row)), rows.join("\n"));
        await window.picture("completion");
      },
    },
    {
      title: "by Ctrl+Space, and behind a folder, no picture stands there twice",
      async run() {
        await window.press("Escape", "Control+Space");
        // VS Code's own: files, in 1.100 headings before them
        assert.deepEqual(twice(await listed(/README\.md|#checklist/)), []);
        await window.picture("completion-asked");
        await write("![](figures/");
        const rows = await listed(/confusion matrix\.png/);
        assert.deepEqual(twice(rows), []);
        await window.picture("completion-in-folder");
      },
    },
    {
      title: "a picture with a blank in its name is written so that it is shown",
      async run() {
        await write("![](");
        await listed(/figures\/confusion matrix\.png/);
        await window.page.keyboard.type("confus");
        await eventually("one picture is left", async () => (await window.suggestions()).length === 1);
        await window.press("Enter");
        await eventually("it is linked", async () => (await lines("](figures/confusion%20matrix.png)")).some((line) => line.startsWith("![")));
        await becomes([], async () => (await window.squiggles()).filter(({ text }) => text.includes("confusion%20matrix")));
        await window.picture("completed");
        await window.command("Markdown: Open Preview to the Side");
        await eventually("VS Code's preview shows the picture", async () => {
          for (const frame of window.page.frames()) {
            const shown = frame.locator('img[src*="confusion"]').last();
            if ((await shown.count().catch(() => 0)) && (await shown.evaluate((image) => image.naturalWidth > 0))) return true;
          }
          const found = await Promise.all(window.page.frames().map((frame) => frame.locator("img").evaluateAll((all) => all.map((one) => `${one.outerHTML.slice(0,300)} ${one.naturalWidth}`)).catch((e) => e.message)));
          throw new Error(`in ${window.page.frames().length} frames ${JSON.stringify(found)}`);
        });
        await window.picture("preview");
        // out of the preview, which takes the keys
        await window.page.locator(".tab").first().click();
        await window.command("View: Close Editors in Other Groups");
        await window.page.locator(".editor-group-container").nth(1).waitFor({ state: "detached" });
        await saved();
        assert.match(questionIn(report.read(), 12), /!\[[^\]\n]*\]\(figures\/confusion%20matrix\.png\)/);
      },
    },
    {
      title: "a figure renamed in the explorer is renamed in the report, and one undo takes back both",
      async run() {
        await window.file("figures").click();
        await window.file("overview.png").waitFor();
        const [line] = placeOf(report.read(), "](figures/overview.png)");
        const text = await window.renameFile("overview.png", "the whole #1.png");
        assert.match(text, ASKED);
        await window.openFile(REPORT);
        await window.goTo(line, 1);
        await eventually("the link is another", async () => (await lines("](figures/the%20whole%20%231.png)")).length === 1);
        assert.ok(report.figures().includes("the whole #1.png"));
        // that git has not got the new name is said, and nothing else
        await becomes(["info"], async () => (await window.squiggles()).filter(({ text: marked }) => marked.includes("whole")).map(({ severity }) => severity));
        await window.picture("renamed");
        await window.file("the whole #1.png").click();
        await window.press("Control+z");
        await becomes(true, () => report.figures().includes("overview.png"));
        await window.openFile(REPORT);
        await eventually("the link is as before", async () => (await lines("](figures/overview.png)")).length === 1);
      },
    },
    {
      title: "a figure moved into a folder is found there, also where VS Code updates links by itself",
      async run() {
        writeSettings({ "markdown.updateLinksOnFileMove.enabled": "always" });
        const [line] = placeOf(report.read(), "](figures/dashboard.png)");
        await window.moveFile("dashboard.png", "old");
        await window.openFile(REPORT);
        await window.goTo(line, 1);
        await eventually("the link is another", async () => (await lines("](figures/old/dashboard.png)")).length === 1);
        assert.equal((await lines("dashboard")).length, 1);
        await window.picture("moved");
        writeSettings({});
      },
    },
    {
      title: "F2 on a link renames file and link, once",
      async run() {
        // VS Code looks for all Markdown files then, and the older one is installed without the program for that
        if (!hasSearch) return "not tried";
        await window.openFile(REPORT);
        const text = report.read();
        const [line, column] = placeOf(text, "figures/overview.png");
        await window.goTo(line, column + 10);
        await window.press("F2");
        const box = window.page.locator(".rename-box input, .rename-input").first();
        await box.waitFor();
        await box.fill("figures/all-of-it.png");
        await window.press("Enter");
        await becomes(true, () => report.figures().includes("all-of-it.png"));
        await eventually("the link is another", async () => (await lines("](figures/all-of-it.png)")).length === 1);
        assert.equal(await window.page.locator(".monaco-dialog-box").count(), 0, "nobody is asked");
        await window.picture("f2");
        await window.press("Control+z");
        await becomes(true, () => report.figures().includes("overview.png"));
        await eventually("the link is as before", async () => (await lines("](figures/overview.png)")).length === 1);
      },
    },
    {
      title: "a prompt that was changed is restored by a quick fix",
      async run() {
        const [line, column] = placeOf(original, "**Explain how the parts of your system work together.**");
        await window.goTo(line, column + "**Explain how".length);
        await window.page.keyboard.type(" seldom");
        await window.goTo(line, column + 4);
        const actions = await window.codeActions();
        const title = actions.find((one) => /^Restore/.test(one));
        assert.ok(title, `there was ${JSON.stringify(actions)}`);
        await window.picture("restore");
        await window.choose(title);
        await eventually("the prompt is as it was", async () => (await lines("> **Explain how the parts of your system")).length === 1);
      },
    },
    {
      title: "the hints vanish with their setting, and come back",
      async run() {
        await window.goTo(158, 3);
        await eventually("the hint of question 8", async () => (await lines("### Question 8")).some((line) => /image/.test(line)));
        writeSettings({ "invigilator.inlayHints": false });
        await eventually("no hint", async () => (await lines("### Question 8")).every((line) => line === "### Question 8"));
        writeSettings({});
        await eventually("the hint of question 8", async () => (await lines("### Question 8")).some((line) => /image/.test(line)));
      },
    },
    {
      title: "Ready to Hand In? saves, and lists every check with its reasons; Enter goes to one",
      async run() {
        await window.goTo(1, 1);
        await window.command("Invigilator: Ready to Hand In?");
        const rows = await eventually("the checks are listed", async () => {
          const picks = await window.picks();
          return picks.length > 5 && picks;
        });
        assert.match(await window.page.locator(".quick-input-title").innerText(), /Not ready to hand in: \d of 6 checks say no/);
        assert.ok(rows.some((row) => /The official check passes/.test(row)), rows.join("\n"));
        await window.picture("ready");
        assert.equal(await window.page.locator(".tab.dirty").count(), 0, "it is saved");
        await window.page.keyboard.type("86 words");
        await eventually("the reason about question 10 is left", async () => {
          const picks = await window.picks();
          if (picks.length === 1 && /^Question 10: 86 words.*line \d+$/.test(picks[0])) return true;
          throw new Error(`there was ${JSON.stringify(picks)}`);
        });
        await window.press("Enter");
        const [heading] = placeOf(report.read(), "### Question 10");
        await eventually("the cursor is in question 10", async () => (await window.cursor())[0] > heading);
        await window.picture("ready-gone-to");
      },
    },
    {
      title: "nothing popped up",
      async run() {
        assert.deepEqual(await window.notifications(), []);
        await window.close();
        windows.pop();
      },
    },
    ...OTHERS.map(([name, file, hint]) => ({
      title: `a report of another course is known by its invigilator.toml: ${name}`,
      async run() {
        window = await browser.newWindow({ code, pictures });
        windows.push(window);
        await window.open(copyOther(name, join(folder, name)));
        await window.openFile(file);
        await eventually("the status bar shows the report", () => window.statusItem());
        await eventually("a hint of its first questions", async () => (await lines(hint)).length > 0);
        await window.openTree();
        await eventually("the tree has its questions", async () => (await window.tree()).some((row) => row.startsWith("Question 1 ")));
        await window.picture(name);
        await window.close();
        windows.pop();
      },
    })),
    {
      title: "no server is left behind",
      async run() {
        await eventually("no server", () => pythons(code.pid).length === 0);
      },
    },
  ];
}

/** The whole session; whether all of it went well. */
export async function writingSession({ start, code: { hasSearch } }) {
  const setting = await start("writing", () => ({ settings: { "explorer.confirmDragAndDrop": false } }));
  const windows = [];
  const evidence = async () => {
    const shots = await Promise.all(windows.map((window) => window.picture("failed")));
    return [...shots.map((path) => `Screenshot: ${path}`), `Logs: ${setting.code.logs}`];
  };
  return await follow(steps({ ...setting, windows, hasSearch }), evidence);
}
