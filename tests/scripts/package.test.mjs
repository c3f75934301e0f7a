import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { allowed, checkFiles, checkNames, checkSecrets, checkSize, filesNamed, linksIn } from "../../scripts/packaging/contents.mjs";
import { replace } from "../../scripts/packaging/files.mjs";
import { lockedIn } from "../../scripts/packaging/lock.mjs";
import { difference } from "../../scripts/node-modules.mjs";
import { noticesOf, npmPackages } from "../../scripts/packaging/notices.mjs";
import { versionIn } from "../../scripts/packaging/version.mjs";
import { Trouble } from "../../scripts/terminal.mjs";
import { posixTest, Repository } from "./fakes.mjs";

/** A folder of files, each `path: text`, removed after the test. */
function folderWith(t, files) {
  const folder = mkdtempSync(join(tmpdir(), "invigilator package "));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const troubleSaying = (words) => (error) => error instanceof Trouble && error.message.includes(words);

test("node_modules is what is locked: also without packages for other systems", () => {
  const locked = {
    "": { name: "all" },
    "client-vscode": { version: "1.0.0" },
    "node_modules/a": { version: "1.0.0", integrity: "x" },
    "node_modules/for-windows": { version: "1.0.0", integrity: "y", optional: true },
    "node_modules/client": { resolved: "client-vscode", link: true },
  };
  const { "node_modules/for-windows": _, ...installed } = locked;
  assert.equal(difference(locked, installed), null);
  const { "node_modules/a": gone, ...without } = installed;
  assert.equal(difference(locked, without), "node_modules/a is missing");
  const older = { ...installed, "node_modules/a": { ...gone, version: "0.9.0" } };
  assert.equal(difference(locked, older), "node_modules/a is 0.9.0, 1.0.0 is locked");
  const more = { ...installed, "node_modules/b": { version: "1.0.0" } };
  assert.equal(difference(locked, more), "node_modules/b is not locked");
});

test("what may be in the .vsix", () => {
  const fine = [
    "[Content_Types].xml", "extension/package.json", "extension/dist/extension.js", "extension/media/icon.png",
    "extension/media/walkthrough/open.md", "extension/bundled/main.py", "extension/bundled/libs/pygls/server.py",
    "extension/bundled/libs/typing_extensions.py", "extension/bundled/libs/invigilator/explanations/answer.too-short.md",
  ];
  const strange = [
    "extension/src/extension.ts", "extension/node_modules/a/index.js", "extension/dist/extension.js.map",
    "extension/.env", "extension/media/.DS_Store", "extension/bundled/libs/rich/console.py",
    "extension/bundled/libs/pygls/py.typed", "extension/bundled/libs/pygls/README.md", "extension/bundled/libs/bin/tool.py",
  ];
  assert.deepEqual([fine.filter((path) => !allowed(path)), strange.filter(allowed)], [[], []]);
});

test("a compiled file, a strange file, and a need for the command line are each named", (t) => {
  const libs = "extension/bundled/libs";
  const one = (path, text = "") => folderWith(t, { [path]: text });
  assert.throws(() => checkFiles(one(`${libs}/tomli/_parser.cpython-310-x86_64-linux-gnu.so`)), troubleSaying("_parser.cpython-310"));
  assert.throws(() => checkFiles(one(`${libs}/attr/__pycache__/a.cpython-311.pyc`)), troubleSaying("compiled"));
  assert.throws(() => checkFiles(one("extension/notes.txt")), troubleSaying("extension/notes.txt"));
  const lazy = "def f():\n    import rich.table\n";
  assert.throws(() => checkFiles(one(`${libs}/invigilator/page/page.py`, lazy)), troubleSaying("needs the command line"));
  assert.deepEqual(checkFiles(one(`${libs}/invigilator/text.py`, "import re\n")), [`${libs}/invigilator/text.py`]);
});

test("a .vsix that is too large", (t) => {
  const folder = folderWith(t, { "large.vsix": "x".repeat(1_500_001), "small.vsix": "x".repeat(900_000) });
  assert.throws(() => checkSize(join(folder, "large.vsix")), troubleSaying("1500 KB are allowed"));
  assert.equal(checkSize(join(folder, "small.vsix")), "900 KB");
});

test("a folder of this machine in a shipped file", (t) => {
  const folder = folderWith(t, { "a/b.py": "PATH = '/home/somebody/project'\n", "c.py": "" });
  assert.throws(() => checkSecrets(folder, ["/somewhere/", "/home/somebody/"]), troubleSaying("a/b.py contains /home/somebody/"));
  checkSecrets(folder, ["/home/else/"]);
});

test("files that the manifest and the README name", (t) => {
  const manifest = {
    main: "./dist/extension.js",
    icon: "media/icon.png",
    contributes: {
      walkthroughs: [{ steps: [{ media: { markdown: "media/open.md" } }] }],
      commands: [{ icon: "$(check)" }],
      tomlValidation: [{ fileMatch: "own.toml", url: "./schema/own.schema.json" }],
    },
  };
  assert.deepEqual(filesNamed(manifest), ["dist/extension.js", "media/icon.png", "media/open.md", "schema/own.schema.json"]);
  const readme = "![a](media/a.png) [b](https://example.org/b.png) [c](#c) <img src='./media/d.png'> [`e`](CHANGELOG.md#e) `![](` and `![](f/`";
  assert.deepEqual(linksIn(readme), ["media/a.png", "CHANGELOG.md", "media/d.png"]);
  const folder = folderWith(t, { "extension/package.json": JSON.stringify({ icon: "media/icon.png" }), "extension/readme.md": "" });
  assert.throws(() => checkNames(folder, []), troubleSaying("media/icon.png"));
  checkNames(folder, ["extension/media/icon.png"]);
});

test("the lock's names and versions", () => {
  const text = "attrs==26.1.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n    # via\n    #   cattrs\ntyping-extensions==4.16.0\n";
  assert.deepEqual(lockedIn(text), [{ name: "attrs", version: "26.1.0" }, { name: "typing-extensions", version: "4.16.0" }]);
});

test("notices hold every licence in full, and a package without one is refused", (t) => {
  const root = folderWith(t, {
    "package-lock.json": JSON.stringify({
      packages: {
        "": {},
        "node_modules/client": { link: true },
        "node_modules/builder": { version: "1.0.0", dev: true },
        "node_modules/shipped": { version: "2.0.0", license: "MIT" },
      },
    }),
    "node_modules/shipped/License.txt": "Permission is granted\r\nto anybody\r\n",
    "node_modules/shipped/index.js": "",
  });
  const packages = npmPackages(root);
  assert.deepEqual(packages, [{ name: "shipped", version: "2.0.0", licence: "MIT", texts: ["Permission is granted\nto anybody"] }]);
  const text = noticesOf([...packages, { name: "Another", version: "1", licence: "ISC", texts: ["As is"] }]);
  assert.match(text, /Another 1 \(ISC\)[^]*As is[^]*shipped 2\.0\.0 \(MIT\)[^]*Permission is granted\nto anybody/);
  assert.throws(() => noticesOf([{ name: "bare", version: "1", texts: [] }]), troubleSaying("bare 1 comes without a licence text"));
});

test("what is finished takes the old one's place", (t) => {
  const folder = folderWith(t, { "dist/old": "", "fresh/new": "" });
  replace(join(folder, "dist"), join(folder, "fresh"), join(folder, "aside"));
  assert.deepEqual([readdirSync(folder).sort(), readdirSync(join(folder, "dist"))], [["aside", "dist"], ["new"]]);
});

test("the version is read from the package", () => {
  assert.equal(versionIn('"""Words."""\n\n__version__ = "1.2.3"\n'), "1.2.3");
  assert.throws(() => versionIn("version = 1"), troubleSaying("no line like"));
});

/** A repository of version 1.2.3 with an older package in dist/; its Python's `-m build` fails. */
function repositoryToPackage(t, manifestVersion) {
  const repository = new Repository(t);
  const files = {
    "server/invigilator/__init__.py": '__version__ = "1.2.3"\n',
    "client-vscode/package.json": JSON.stringify({ version: manifestVersion }),
    "package-lock.json": JSON.stringify({ packages: {} }),
    "node_modules/.package-lock.json": JSON.stringify({ packages: {} }),
    "dist/invigilator-1.2.2.vsix": "the one before",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(repository.path(path, ".."), { recursive: true });
    writeFileSync(repository.path(path), text);
  }
  const modules = '"-m build") echo "Traceback ..." >&2; echo "hatchling: no such folder" >&2; exit 1 ;;';
  repository.python("python3", { version: "3.11.2", modules });
  return repository;
}

posixTest("npm run package that fails leaves what is in dist/, and nothing else", (t) => {
  const repository = repositoryToPackage(t, "1.2.3");
  const { code, err } = repository.run("package.mjs");
  assert.equal(code, 1);
  assert.match(err, /Stopped\. python -m build failed[^]*hatchling: no such folder/);
  assert.doesNotMatch(err, /\n\s+at /);
  assert.equal(readFileSync(repository.path("dist", "invigilator-1.2.2.vsix"), "utf8"), "the one before");
  assert.deepEqual(readdirSync(repository.path("build")), []);
});

posixTest("npm run package with two versions says which stands where", (t) => {
  const { code, err, calls } = repositoryToPackage(t, "1.2.2").run("package.mjs");
  assert.equal(code, 1);
  assert.match(err, /__init__\.py says version 1\.2\.3, client-vscode\/package\.json says 1\.2\.2/);
  assert.ok(!calls.some((call) => call.startsWith("-m build")));
});
