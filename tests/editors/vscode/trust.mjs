// A workspace that nobody has trusted yet: what it says about programs to run does not count until somebody does.

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythons } from "./harness/processes.mjs";
import { follow } from "./harness/steps.mjs";
import { eventually } from "./harness/waiting.mjs";
import { copyExample } from "./report.mjs";

/** A report whose workspace brings a Python of its own, which leaves a trace when it is run. */
function workspaceWithPython(folder, python) {
  const { folder: root } = copyExample(join(folder, "from the internet"));
  const trace = join(folder, "it ran");
  const own = join(root, "venv", "bin", "python3");
  mkdirSync(join(root, "venv", "bin"), { recursive: true });
  writeFileSync(own, `#!/bin/sh\ntouch '${trace}'\nexec '${python}' "$@"\n`);
  chmodSync(own, 0o755);
  mkdirSync(join(root, ".vscode"));
  const settings = { "invigilator.interpreter": "${workspaceFolder}/venv", "invigilator.path": "venv/bin/python3" };
  writeFileSync(join(root, ".vscode", "settings.json"), JSON.stringify(settings));
  return { root, trace };
}

/** The session; whether all of it went well. */
export async function trustSession({ start, python }) {
  const { browser, code, pictures, more } = await start("trust", ({ folder }) => ({
    ...workspaceWithPython(folder, python),
    trust: true,
    settings: { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" },
  }));
  const window = await browser.newWindow({ code, pictures });
  const steps = [
    {
      title: "its report is checked, and its own Python is not run",
      async run() {
        await window.open(more.root);
        await window.openFile("reports/README.md");
        await eventually("the status bar says 8/12", async () => (await window.statusItem()) === "8/12");
        await window.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
        assert.equal(existsSync(more.trace), false, "the workspace's Python was run");
        assert.equal(pythons(code.pid).length, 1);
        assert.deepEqual(await window.notifications(), []);
        await window.picture("restricted");
      },
    },
    {
      title: "once it is trusted, its settings count",
      async run() {
        await window.command("Workspaces: Manage Workspace Trust");
        await window.page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
        await eventually("the workspace's Python runs", () => existsSync(more.trace));
        await window.openFile("reports/README.md");
        await eventually("the status bar says 8/12", async () => (await window.statusItem()) === "8/12");
        await window.picture("trusted");
      },
    },
  ];
  const good = await follow(steps, async () => [`Screenshot: ${await window.picture("failed")}`, `Logs: ${code.logs}`]);
  await window.close();
  await code.stop();
  return good;
}
