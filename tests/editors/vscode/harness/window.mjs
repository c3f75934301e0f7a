// One window of VS Code, used as a person uses it: by keys and the mouse, and by what is on the screen.

import { basename, join } from "node:path";
import { atEnd } from "./ending.mjs";
import { boxOf, squigglesIn } from "./on-screen.mjs";
import { eventually, LIMIT } from "./waiting.mjs";

const BROWSER_OPTIONS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Start the browser; `newWindow(code)` opens a window of VS Code in a profile of its own. */
export async function startBrowser(chromium, executablePath) {
  const browser = await chromium.launch({ executablePath, headless: true, args: BROWSER_OPTIONS });
  const stop = atEnd(() => browser.close());
  return {
    stop,
    async newWindow({ code, size = { width: 1280, height: 900 }, pictures }) {
      const context = await browser.newContext({ viewport: size, permissions: ["clipboard-read", "clipboard-write"] });
      context.setDefaultTimeout(LIMIT);
      return new Window(await context.newPage(), code, pictures);
    },
  };
}

export class Window {
  #pictures;
  #taken = 0;
  #folder = "/";

  constructor(page, code, pictures) {
    this.page = page;
    this.code = code;
    this.#pictures = pictures;
  }

  get editor() {
    return this.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first();
  }

  /** Open a folder; `payload` goes to the workbench (how tests are named to it). */
  async open(folder, payload = []) {
    this.#folder = folder;
    const query = new URLSearchParams({ folder });
    if (payload.length) query.set("payload", JSON.stringify(payload));
    await this.page.goto(`${this.code.url}/?${query}`);
    await this.page.locator(".monaco-workbench .statusbar").waitFor();
  }

  async close() {
    await this.page.context().close();
  }

  /** A screenshot in the run's folder, numbered in the order taken; its path. */
  async picture(name) {
    this.#taken += 1;
    const path = join(this.#pictures, `${String(this.#taken).padStart(2, "0")}-${name.replace(/[^\w-]+/g, "-")}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The rows of the open quick pick, as one line each. */
  async picks() {
    const rows = await this.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row").allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, " ").trim());
  }

  /** Run a command of the palette by its title. */
  async command(title) {
    await this.press("F1");
    const box = this.page.locator(".quick-input-widget:visible input[type=text]").first();
    await box.fill(`>${title}`);
    const names = this.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row .label-name");
    const index = await eventually(`the command "${title}"`, async () => {
      const offered = (await names.allInnerTexts()).map((name) => name.replace(/\s+/g, " ").trim());
      if (offered.includes(title)) return String(offered.indexOf(title));
      throw new Error(`there was ${JSON.stringify(offered.slice(0, 5))}`);
    });
    for (let row = 0; row < Number(index); row += 1) await this.press("ArrowDown");
    await this.press("Enter");
  }

  /** Type a file's path behind Ctrl+P, until Enter would open it. */
  async offerFile(path) {
    await this.press("Control+p");
    // the whole path: VS Code 1.100 is installed without the program that it searches files with
    await this.page.locator(".quick-input-widget:visible input[type=text]").first().fill(join(this.#folder, path));
    await eventually(`${path} is offered first`, async () => {
      const picks = await this.picks();
      if (picks[0]?.startsWith(basename(path))) return true;
      throw new Error(`there was ${JSON.stringify(picks)}`);
    });
  }

  /** Open a file by its path in the folder, by Ctrl+P. */
  async openFile(path) {
    await this.offerFile(path);
    await this.press("Enter");
    await this.page.locator(".tab.active", { hasText: basename(path) }).first().waitFor();
    await this.editor.locator(".view-line").first().waitFor();
  }

  /** Put the cursor on a line and column, both from 1, with the line in view. */
  async goTo(line, column = 1) {
    await this.press("Control+g");
    const box = this.page.locator(".quick-input-widget:visible input[type=text]").first();
    await box.fill(`:${line}:${column}`);
    await this.press("Enter");
    await box.waitFor({ state: "hidden" });
    await eventually(`the cursor is at ${line}:${column}`, async () => {
      const shown = await this.page.locator(".statusbar-item", { hasText: /^Ln \d/ }).first().innerText();
      if (shown.trim().startsWith(`Ln ${line}, Col ${column}`)) return true;
      throw new Error(`there was ${shown}`);
    });
  }

  /** Where the cursor is: `[line, column]`, from 1. */
  async cursor() {
    const shown = await this.page.locator(".statusbar-item", { hasText: /^Ln \d/ }).first().innerText();
    return /Ln (\d+), Col (\d+)/.exec(shown).slice(1).map(Number);
  }

  /** The squiggles on the screen, each as `{severity, text}` with the characters that stand above it. */
  async squiggles() {
    return await this.editor.evaluate(squigglesIn);
  }

  /** The box on the screen of the first `words` in the editor, in pixels. */
  async placeOf(words) {
    return await eventually(`"${words}" is on the screen`, () => this.editor.evaluate(boxOf, words));
  }

  /** What is shown when the mouse rests on `words`, once it says what `pattern` wants. */
  async hover(words, pattern) {
    const place = await this.placeOf(words);
    const spot = [place.x + place.width / 2, place.y + place.height / 2];
    await this.page.mouse.move(spot[0] + 60, spot[1]);
    await this.page.mouse.move(...spot, { steps: 5 });
    return await eventually(`the hover on "${words}" says ${pattern}`, async () => {
      const texts = await this.page.locator(".monaco-hover:visible").allInnerTexts();
      const text = texts.join(" ").replace(/\s+/g, " ").trim();
      if (pattern.test(text)) return text;
      await this.page.mouse.move(spot[0] + Math.random() * 4, spot[1]);
      throw new Error(`there was ${JSON.stringify(text)}`);
    });
  }

  /** The problems in the open Problems panel, each as one line: message, source, code, place. */
  async problems() {
    const list = this.page.locator(".markers-panel .monaco-list");
    const found = new Set();
    // what does not fit into the panel is not on the page
    for (const key of ["Home", "End"]) {
      if (await list.count()) await list.press(key);
      const rows = await list.locator(".monaco-list-row").allInnerTexts();
      for (const row of rows) if (/\[Ln \d/.test(row)) found.add(row.replace(/\s+/g, " ").trim());
    }
    return [...found];
  }

  /** The text of our item in the status bar, null where there is none. */
  async statusItem() {
    const items = this.page.locator(".statusbar-item[id^='invigilator.invigilator']:visible");
    return (await items.count()) ? (await items.first().innerText()).replace(/\s+/g, " ").trim() : null;
  }

  async clickStatusItem() {
    await this.page.locator(".statusbar-item[id^='invigilator.invigilator']:visible a").first().click();
  }

  /** Open the view "Exam report", and make room for it in place of the files. */
  async openTree() {
    await this.page.locator(".pane-header", { hasText: /exam report/i }).click();
    await this.page.locator(".explorer-folders-view").locator("..").locator("..").locator(".pane-header").first().click();
    await this.page.mouse.move(600, 5);
  }

  /** The rows of the view "Exam report", as one line each; null where the view is not shown. */
  async tree() {
    const pane = this.page.locator(".pane", { has: this.page.locator(".pane-header", { hasText: /exam report/i }) });
    if (!(await pane.count())) return null;
    return await pane.locator(".monaco-list-row").evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll(".label-name, .label-description")].map((part) => part.textContent.trim()).join(" ")),
    );
  }

  /** The notifications on the screen: their texts, buttons included. */
  async notifications() {
    const toasts = await this.page.locator(".notifications-toasts .notification-list-item").allInnerTexts();
    return toasts.map((toast) => toast.replace(/\s+/g, " ").trim());
  }

  /** The same, opened as a list: while VS Code takes tests, it shows none by itself. */
  async listedNotifications() {
    await this.command("Notifications: Show Notifications");
    const center = this.page.locator(".notifications-center.visible");
    await center.waitFor();
    const texts = await center.locator(".notification-list-item").allInnerTexts();
    await this.command("Notifications: Hide Notifications");
    return texts.map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** The titles in the menu of code actions at the cursor, which stays open. */
  async codeActions() {
    const menu = this.page.locator(".action-widget:visible");
    // just after the cursor has moved the menu may close by itself
    await eventually("the menu of code actions", async () => {
      if (!(await menu.count())) await this.press("Control+.");
      await menu.locator(".monaco-list-row.action").first().waitFor({ timeout: 5000 });
      return true;
    });
    return (await menu.locator(".monaco-list-row.action").allInnerTexts()).map((title) => title.trim());
  }

  /** Choose `title` in the open menu of code actions, by keys: in VS Code 1.100 a layer swallows clicks. */
  async choose(title) {
    const menu = this.page.locator(".action-widget:visible");
    await eventually(`"${title}" is chosen in the menu`, async () => {
      const focused = await menu.locator(".monaco-list-row.focused").allInnerTexts();
      if (focused[0]?.trim().startsWith(title)) return true;
      await this.press("ArrowDown");
      throw new Error(`there was ${JSON.stringify(focused)}`);
    });
    await this.press("Enter");
    await menu.waitFor({ state: "hidden" });
  }

  /** The open list of suggestions, as one line each; empty while there is none. */
  async suggestions() {
    const rows = await this.page.locator(".suggest-widget.visible .monaco-list-row").allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, " ").trim());
  }

  /** The row of a file or a folder that is to be seen in the explorer. */
  file(name) {
    return this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first();
  }

  /** Rename a file in the explorer, and say OK when VS Code asks about the links to it; what it asks. */
  async renameFile(name, to) {
    await this.file(name).click();
    await this.page.locator(".explorer-folders-view .monaco-list").press("F2");
    const box = this.page.locator(".explorer-folders-view .monaco-inputbox input");
    await box.fill(to);
    await box.press("Enter");
    await box.waitFor({ state: "hidden" });
    const asked = await this.agree();
    // the explorer opens what it has renamed
    await this.page.locator(".tab.active", { hasText: to }).first().waitFor();
    return asked;
  }

  /** The same for a file that is dragged into a folder there. */
  async moveFile(name, folder) {
    await this.file(name).dragTo(this.file(folder));
    return await this.agree();
  }

  /** Say OK, Yes or Move to the question in the middle of the window; its text. */
  async agree() {
    const dialog = this.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    const text = (await dialog.innerText()).replace(/\s+/g, " ").trim();
    await dialog.locator(".monaco-button", { hasText: /^(OK|Move|Yes)/ }).first().click();
    await dialog.waitFor({ state: "hidden" });
    return text;
  }

  /** Put a picture into the clipboard, as taking a screenshot does. `bytes`: a PNG. */
  async copyPicture(bytes) {
    await this.page.evaluate(async (numbers) => {
      const blob = new Blob([new Uint8Array(numbers)], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
    }, [...bytes]);
  }

  /** Let a file of the system fall onto `words`, with Shift held as VS Code asks for it. */
  async drop(name, type, bytes, words) {
    const place = await this.placeOf(words);
    const spot = { clientX: place.x + 2, clientY: place.y + place.height / 2 };
    const drag = (events) =>
      this.page.evaluate(
        ({ events: dispatched, name: file, type: mime, numbers, at }) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([new Uint8Array(numbers)], file, { type: mime }));
          const target = document.elementFromPoint(at.clientX, at.clientY);
          for (const event of dispatched) {
            target.dispatchEvent(new DragEvent(event, { ...at, dataTransfer, bubbles: true, cancelable: true, shiftKey: true }));
          }
        },
        { events, name, type, numbers: [...bytes], at: spot },
      );
    await drag(["dragenter"]);
    await eventually("VS Code shows where the file would fall", async () => {
      await drag(["dragover"]);
      return await this.editor.locator(".dnd-target").count();
    });
    await drag(["drop"]);
  }
}
