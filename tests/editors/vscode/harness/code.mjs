// One VS Code in a fresh profile, with the packaged extension installed as a user installs it.

import { spawn } from "node:child_process";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { run } from "../../../../scripts/processes.mjs";
import { Trouble } from "../../../../scripts/terminal.mjs";
import { atEnd } from "./ending.mjs";
import { endTree } from "./processes.mjs";
import { eventually } from "./waiting.mjs";

// a predictable window: no welcome page, no second side bar, nothing looked up on the network
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  // in a browser VS Code saves by itself, on the desktop it does not
  "files.autoSave": "off",
  "git.enabled": false,
  "editor.minimap.enabled": false,
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The variables that keep VS Code inside its own folder, and away from any extension market. */
function environment(folder, env) {
  const own = join(folder, "home");
  return {
    ...process.env,
    XDG_CONFIG_HOME: own,
    XDG_DATA_HOME: own,
    XDG_CACHE_HOME: own,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...env,
  };
}

/**
 * Start VS Code with its profile in `folder` (made here).
 *
 * `code`: what installVSCode gives. `vsix`: the extension's package, `extensions`: those of others. `settings`: the user's, on top of SETTINGS. `env`:
 * variables for it and its extensions. `trust`: whether folders have to be trusted first. `tests`: whether it takes tests.
 * Gives `url`, `pid`, `logs` (folder of its log files) and `stop()`.
 */
export async function startCode({ code, vsix, extensions = [], folder, settings = {}, env = {}, trust = false, tests = false }) {
  const data = join(folder, "data");
  mkdirSync(join(data, "User"), { recursive: true });
  writeFileSync(join(data, "User", "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
  const own = environment(folder, env);
  const base = [code.entry, "--user-data-dir", data, "--extensions-dir", join(folder, "extensions")];
  for (const file of [vsix, ...extensions]) {
    const installed = run(code.node, [...base, "--install-extension", file], { env: own, timeout: 120_000 });
    if (installed.status !== 0 || !/was successfully installed/.test(installed.stdout)) {
      throw new Trouble(`VS Code ${code.version} did not install ${file}:\n${installed.stdout}${installed.stderr}`);
    }
  }
  const port = await freePort();
  const log = openSync(join(folder, "code-server.log"), "w");
  const args = [...base, "--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--disable-telemetry", "--disable-update-check"];
  if (!trust) args.push("--disable-workspace-trust");
  if (tests) args.push(...code.testOptions);
  const child = spawn(code.node, args, { env: own, stdio: ["ignore", log, log], detached: true });
  const stop = atEnd(() => endTree(child.pid));
  const url = `http://127.0.0.1:${port}`;
  await eventually("VS Code answers", async () => (await fetch(`${url}/healthz`)).ok);
  return { url, pid: child.pid, logs: join(data, "logs"), stop };
}
