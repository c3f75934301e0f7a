// A person's session: a plain README, then a report from opening it to the saved file. By keys, mouse and what is on the screen.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { alive, pythons } from "./harness/processes.mjs";
import { follow } from "./harness/steps.mjs";
import { becomes, eventually } from "./harness/waiting.mjs";
import { pixels, png } from "./pictures.mjs";
import { plainSteps } from "./plain.mjs";
import { copyExample, placeOf, questionIn } from "./report.mjs";

const REPORT = "reports/README.md";
// on the screen when line 158 is in the middle, from the top
const SQUIGGLES = [
  ["error", "figure.wrong-case", "figures/loss-curve.png"],
  ["warning", "figure.not-shown", "![What was taken for what](figures/confusion matrix.png)"],
  ["error", "figure.not-found", "figures/learning-rate-sweep.png"],
  ["warning", "figure.too-few", "Answer:", "### Question 8"],
  ["info", "figure.link", "[the bucket](figures/bucket.png)"],
  ["warning", "figure.bad-extension", "figures/pipeline.svg"],
];

function reportSteps({ code, browser, folder, pictures, windows }) {
  const report = copyExample(join(folder, "My räport"), "\r\n");
  const original = report.read();
  let window;
  let problems;
  const question = async (number) => (await window.tree())?.find((row) => row.startsWith(`Question ${number} `)) ?? null;
  const words = "We also say there which version of the language is needed, and the tests tell at once whether all of it is there.";
  return [
    {
      title: "a report in a folder with a space and an ä: squiggles under the right words",
      async run() {
        window = await browser.newWindow({ code, pictures });
        windows.push(window);
        await window.open(report.folder);
        await window.openFile(REPORT);
        await window.goTo(158, 3);
        await becomes(SQUIGGLES.map(([severity, , text]) => ({ severity, text })), async () => (await window.squiggles()).slice(0, SQUIGGLES.length));
        await window.picture("squiggles");
      },
    },
    {
      title: "the Problems panel names the same places",
      async run() {
        await window.command("Problems: Focus on Problems View");
        problems = await eventually("14 problems", async () => {
          const rows = await window.problems();
          assert.equal(rows.length, 14, rows.join("\n"));
          return rows;
        });
        for (const [, code, text, after] of SQUIGGLES) {
          const [line, column] = placeOf(original, text, after);
          const wanted = `invigilator ${code} [Ln ${line}, Col ${column}]`;
          assert.ok(problems.some((row) => row.endsWith(wanted)), `no row ends in "${wanted}":\n${problems.join("\n")}`);
        }
        await window.picture("problems");
        await window.press("Control+j");
        await window.page.locator(".markers-panel").waitFor({ state: "hidden" });
      },
    },
    {
      title: "the tree holds the questions with their counts",
      async run() {
        await window.openTree();
        await becomes("Question 4 27 of 50-100 words", () => question(4));
        assert.equal(await question(8), "Question 8 0 of exactly 1 image");
        await window.picture("tree");
      },
    },
    {
      title: "hover on a question's heading shows its limits",
      async run() {
        await window.openFile(REPORT);
        await window.goTo(135, 1);
        const hover = await window.hover("Question 7", /60 to 150 words/);
        assert.match(hover, /1 to 3 images/);
        await window.picture("hover");
        await window.page.mouse.move(5, 5);
      },
    },
    {
      title: "Ctrl+. on a marker offers the figures; the inserted one ends the finding",
      async run() {
        await window.goTo(158, 5);
        await eventually("the status bar says 8/12", async () => (await window.statusItem()) === "8/12");
        const actions = await window.codeActions();
        const wanted = "Insert figure figures/bucket.png";
        assert.ok(actions.includes(wanted), `there was ${JSON.stringify(actions)}`);
        await window.picture("actions");
        await window.choose(wanted);
        await becomes([], async () => (await window.squiggles()).filter(({ text }) => text === "Answer:"));
        await becomes("9/12", () => window.statusItem());
        await becomes("Question 8 1 of exactly 1 image", () => question(8));
      },
    },
    {
      title: "status bar and tree follow every word",
      async run() {
        const [line, column] = placeOf(original, "front page.");
        await window.goTo(line, column + "front page.".length);
        const all = words.split(" ");
        await window.page.keyboard.type(` ${all.slice(0, 2).join(" ")}`);
        await becomes("Question 4 29 of 50-100 words", () => question(4));
        await window.page.keyboard.type(` ${all.slice(2).join(" ")}`);
        await becomes("Question 4 50 of 50-100 words", () => question(4));
        await becomes("10/12", () => window.statusItem());
        await window.picture("typed");
      },
    },
    {
      title: "a pasted picture is saved and linked, and one Ctrl+Z takes back both",
      async run() {
        const before = report.figures();
        const [line, column] = placeOf(original, "--- question 12 fill here ---");
        await window.goTo(line, column);
        await window.copyPicture(png(32, 20));
        await window.press("Control+v");
        await window.placeOf("](figures/question-12.png)");
        await becomes([...before, "question-12.png"].sort(), report.figures);
        assert.deepEqual(pixels(report.figure("question-12.png")), [32, 20]);
        await window.picture("pasted");
        await window.press("Control+z");
        await window.placeOf("--- question 12 fill here ---");
        await becomes(before, report.figures);
      },
    },
    {
      title: "pasted again and saved: the file has all of it, and its line ends are as they were",
      async run() {
        await window.press("Control+v");
        await window.placeOf("](figures/question-12.png)");
        await window.press("Control+s");
        await eventually("the file is saved", () => report.read() !== original);
        const text = report.read();
        assert.equal(text.replaceAll("\r\n", "").includes("\n"), false, "every line end is CRLF");
        assert.match(questionIn(text, 12), /!\[[^\]\r\n]*\]\(figures\/question-12\.png\)/);
        assert.doesNotMatch(questionIn(text, 12), /fill here/);
        assert.match(questionIn(text, 8), /!\[[^\]\r\n]*\]\(figures\/bucket\.png\)/);
        assert.ok(questionIn(text, 4).includes(`front page. ${words}`));
        const untouched = [1, 2, 3, 5, 6, 7, 9, 10, 11];
        for (const number of untouched) assert.equal(questionIn(text, number), questionIn(original, number));
      },
    },
    {
      title: "a picture of a type that does not count: said so, and kept out again",
      async run() {
        const before = report.figures();
        const text = report.read();
        const [line] = placeOf(text, "](figures/question-12.png)");
        await window.goTo(line, 1);
        await window.drop("Chart of May.webp", "image/webp", Buffer.from("RIFF....WEBPVP8 "), "](figures/question-12.png)");
        const message = await eventually("a message about the type", async () => (await window.notifications()).find((one) => /webp/.test(one)));
        assert.match(message, /\.png/);
        await becomes([...before, "chart-of-may.webp"].sort(), report.figures);
        await window.picture("webp");
        await window.page.locator(".notifications-toasts .monaco-button", { hasText: "Keep It Out" }).click();
        await becomes(before, report.figures);
        await window.press("Control+s");
        await eventually("the text is as before", () => report.read() === text);
      },
    },
    {
      title: "outside the answers VS Code's own paste goes on",
      async run() {
        await window.openFile(REPORT);
        await window.goTo(6, 1);
        await window.copyPicture(png(16, 16));
        await window.press("Control+v");
        await eventually("VS Code has saved it beside the report", () => existsSync(join(report.folder, "reports", "image.png")));
        await window.placeOf("](image.png)");
        await window.press("Control+z");
        await eventually("it is gone again", () => !existsSync(join(report.folder, "reports", "image.png")));
      },
    },
    {
      title: "a click on the status bar lists the failing questions, and Enter jumps",
      async run() {
        await window.goTo(1, 1);
        await window.clickStatusItem();
        const picks = await eventually("the questions are listed", async () => {
          const rows = await window.picks();
          return rows.length > 0 && rows;
        });
        assert.match(picks.join("\n"), /Question 10.*86 of at most 60 words/);
        await window.picture("failing");
        await window.press("Enter");
        const [line] = placeOf(report.read(), "The two months cost us");
        await eventually("the cursor is in the answer to question 10", async () => (await window.cursor())[0] >= line && (await window.cursor())[0] <= line + 2);
      },
    },
    {
      title: "Next Failing Question and Next Unanswered Question",
      async run() {
        await window.goTo(1, 1);
        await window.command("Invigilator: Next Unanswered Question");
        const [second] = placeOf(report.read(), "--- question 2 fill here ---");
        await becomes(second, async () => (await window.cursor())[0]);
        await window.command("Invigilator: Next Failing Question");
        const [tenth] = placeOf(report.read(), "### Question 10");
        await eventually("the cursor is in question 10", async () => (await window.cursor())[0] > tenth);
      },
    },
    {
      title: "Insert Figure… names each picture with its pixels and where it is used",
      async run() {
        const saved = report.read();
        const [line, column] = placeOf(saved, "Since\r\nthen every machine");
        await window.goTo(line, column);
        await window.command("Invigilator: Insert Figure…");
        const picks = await eventually("the figures are listed", async () => {
          const rows = await window.picks();
          return rows.some((row) => /bucket\.png/.test(row)) && rows;
        });
        assert.match(picks.find((row) => /daily-counts\.png/.test(row)) ?? picks.join("\n"), /\d+ × \d+ pixels/);
        await window.picture("picker");
        await window.page.keyboard.type("daily");
        await eventually("one picture is left", async () => (await window.picks()).filter((row) => /\.png/.test(row)).length === 1);
        await window.press("Enter");
        await window.placeOf("](figures/daily-counts.png)");
        await window.press("Control+z", "Control+s");
        await eventually("the text is as before", () => report.read() === saved);
        await becomes(0, () => window.page.locator(".tab.dirty").count());
      },
    },
    {
      title: "nothing popped up, nothing is unsaved, and one server ran",
      async run() {
        assert.deepEqual(await window.notifications(), []);
        assert.equal(await window.page.locator(".tab.dirty").count(), 0);
        assert.ok(pythons(code.pid).length >= 1);
        await window.picture("end");
      },
    },
    {
      title: "where the extension host dies, the server ends by itself",
      async run() {
        const [server] = pythons(code.pid).slice(-1);
        await window.close();
        windows.pop();
        process.kill(server.parent, "SIGKILL");
        await eventually("the server has ended", () => !alive(server.pid));
      },
    },
  ];
}

/** The whole session; whether all of it went well. */
export async function personSession({ start }) {
  const setting = await start("person");
  const windows = [];
  const evidence = async () => {
    const shots = await Promise.all(windows.map((window) => window.picture("failed")));
    return [...shots.map((path) => `Screenshot: ${path}`), `Logs: ${setting.code.logs}`];
  };
  return await follow([...plainSteps({ ...setting, windows }), ...reportSteps({ ...setting, windows })], evidence);
}
