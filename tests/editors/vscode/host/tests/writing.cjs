// What editor and extension offer together while a report is written: each thing once.

const assert = require("node:assert/strict");
const vscode = require("vscode");
const { api, eventually, findings, inFolder, open, running, set } = require("../tools.cjs");

const REPORT = inFolder("reports", "README.md");

function repeated(all) {
  return [...new Set(all.filter((one, index) => all.indexOf(one) !== index))];
}

function rangeText({ start, end }) {
  return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}

/** The symbols of a tree, each with the names above it. */
function flattened(symbols, above = "") {
  return symbols.flatMap(({ name, children }) => [`${above}${name}`, ...flattened(children ?? [], `${above}${name} > `)]);
}

describe("while a report is written", () => {
  let document;

  const placeOf = (words, after = "") => {
    const text = document.getText();
    const offset = text.indexOf(words, text.indexOf(after));
    assert.ok(offset >= 0, `"${words}" does not stand in the report`);
    return document.positionAt(offset);
  };
  const all = (command, ...args) => vscode.commands.executeCommand(command, REPORT, ...args);

  before(async () => {
    ({ document } = await open(REPORT));
    const { server } = await api();
    await running(server);
    await findings(REPORT, 14);
  });

  it("folds each place once", async () => {
    const folds = await eventually("folds", async () => {
      const found = await all("vscode.executeFoldingRangeProvider");
      return found?.length > 20 && found;
    });
    assert.deepEqual(repeated(folds.map(({ start, end }) => `${start + 1}-${end + 1}`)), []);
  });

  it("names each heading once", async () => {
    const names = flattened(await all("vscode.executeDocumentSymbolProvider"));
    assert.ok(names.some((name) => /Question 4$/.test(name)), names.join("\n"));
    assert.deepEqual(repeated(names), []);
    assert.equal(names.filter((name) => /Question 4$/.test(name)).length, 1);
  });

  it("links each picture once", async () => {
    const links = await all("vscode.executeLinkProvider");
    const ranges = links.map(({ range }) => rangeText(range));
    assert.ok(ranges.length >= 8, ranges.join("\n"));
    assert.deepEqual(repeated(ranges), []);
  });

  it("shows one picture in the hover", async () => {
    const hovers = await all("vscode.executeHoverProvider", placeOf("figures/overview.png").translate(0, 3));
    const text = hovers.flatMap(({ contents }) => contents.map((content) => content.value ?? content)).join("\n\n");
    assert.equal(text.match(/!\[[^\]]*\]\(|<img/g)?.length, 1, text);
    assert.match(text, /pixels/);
  });

  it("finds each use of a picture once", async () => {
    const at = placeOf("figures/overview.png").translate(0, 3);
    const uses = await all("vscode.executeReferenceProvider", at);
    assert.deepEqual(repeated(uses.map(({ uri, range }) => `${uri} ${rangeText(range)}`)), []);
    assert.ok(uses.length <= document.getText().split("figures/overview.png").length - 1, `${uses.length} uses`);
    const places = await all("vscode.executeDefinitionProvider", at);
    assert.ok(places.length <= 1, `${places.length} definitions`);
  });

  it("completes each picture once, whether a folder is typed or not", async () => {
    const end = placeOf("--- question 12 fill here ---");
    const whole = new vscode.Range(end, end.translate(0, "--- question 12 fill here ---".length));
    for (const [typed, ours, theirs] of [["![](", 8, 0], ["![](./", 8, 0], ["![](figures/", 0, 8], ["![](<figures/", 0, 8]]) {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(REPORT, whole, typed);
      await vscode.workspace.applyEdit(edit);
      const { items } = await all("vscode.executeCompletionItemProvider", end.translate(0, typed.length), undefined, 1000);
      const labels = items.map(({ label }) => label.label ?? label).filter((label) => /\.(png|jpg|svg)$/.test(label));
      await vscode.commands.executeCommand("undo");
      const names = labels.map((label) => label.split("/").at(-1));
      assert.deepEqual(repeated(names), [], `${typed}: ${labels.join(", ")}`);
      assert.ok(labels.filter((label) => label.includes("/")).length >= ours - 1, `${typed}: ${labels.join(", ")}`);
      assert.ok(labels.filter((label) => !label.includes("/")).length >= theirs, `${typed}: ${labels.join(", ")}`);
    }
    await eventually("the text is as before", () => !document.isDirty);
  });

  it("hints behind each heading, unless the setting says no", async () => {
    const hints = () => all("vscode.executeInlayHintProvider", new vscode.Range(0, 0, document.lineCount, 0));
    const labels = async () => (await hints()).map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")));
    const shown = await eventually("twelve hints", async () => {
      const found = await labels();
      assert.equal(found.length, 12, found.join("\n"));
      return found;
    });
    assert.match(shown[3], /^27 of 50-100 words/);
    await set("inlayHints", false);
    await eventually("no hints", async () => (await labels()).length === 0);
    await set("inlayHints", undefined);
    await eventually("twelve hints", async () => (await labels()).length === 12);
  });

  it("tells extensions for TOML where the schema lies", async () => {
    const { packageJSON, extensionPath } = vscode.extensions.getExtension("invigilator.invigilator");
    const [{ fileMatch, url }] = packageJSON.contributes.tomlValidation;
    assert.equal(fileMatch, "invigilator.toml");
    assert.ok(url.startsWith("file:///"), url);
    assert.ok(vscode.Uri.parse(url).fsPath.startsWith(extensionPath), url);
    const schema = JSON.parse(Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(url))).toString());
    assert.equal(schema.type, "object");
  });
});
