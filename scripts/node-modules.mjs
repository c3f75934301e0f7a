// node_modules as package-lock.json wants it: installed by `npm ci` where it is missing or differs, else left alone.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./processes.mjs";
import { lastLines, ROOT } from "./setup.mjs";
import { Trouble } from "./terminal.mjs";

/**
 * Why what is installed is not what is locked, in a few words; null where it is.
 *
 * `locked` and `installed` are the "packages" of package-lock.json and of npm's own note of what it installed. A package
 * for another system is locked and never installed: it is optional.
 */
export function difference(locked, installed) {
  const places = (packages) => Object.keys(packages).filter((place) => place.startsWith("node_modules/"));
  for (const place of places(locked)) {
    const [wanted, there] = [locked[place], installed[place]];
    if (there === undefined) {
      if (!wanted.optional && !wanted.devOptional && !wanted.peer) return `${place} is missing`;
    } else if (there.version !== wanted.version || there.integrity !== wanted.integrity) {
      return `${place} is ${there.version}, ${wanted.version} is locked`;
    }
  }
  const more = places(installed).find((place) => locked[place] === undefined);
  return more ? `${more} is not locked` : null;
}

function packages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

/** Why node_modules has to be installed (anew), or null. */
function whyInstall() {
  const note = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return "there is no node_modules";
  return difference(packages(join(ROOT, "package-lock.json")), packages(note));
}

/** npm, without a shell: the one that runs this script, or the one on the PATH. */
function npm(args) {
  const program = process.env.npm_execpath;
  const options = { cwd: ROOT, timeout: 900_000 };
  if (program?.endsWith("npm-cli.js")) return run(process.execPath, [program, ...args], options);
  return process.platform === "win32" ? run("npm.cmd", args, { ...options, shell: true }) : run("npm", args, options);
}

/** Make node_modules ready; instant, and without network, where it is. Throws a Trouble. */
export function installNodeModules(say) {
  const reason = whyInstall();
  if (!reason) return;
  say(`npm ci, because ${reason}.`);
  const result = npm(["ci", "--no-fund", "--no-audit"]);
  if (result.status === 0) return;
  throw new Trouble(
    `npm ci failed. Its last lines:\n${lastLines(result)}\nIf package.json and package-lock.json disagree, run \`npm install\`; if a package could not be fetched, look at the network (behind a proxy: HTTPS_PROXY). Then run this again.`,
  );
}
