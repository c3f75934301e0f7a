// `npm run package`: wheel, sdist and the VS Code extension in dist/, each tried as whoever installs it would.
// `node scripts/package.mjs --lock`: the versions of what the extension bundles, resolved anew.

import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT, setUp } from "./setup.mjs";
import { headline, main } from "./terminal.mjs";
import { checkFiles, checkNames, checkSecrets, checkSize, secretsOf } from "./packaging/contents.mjs";
import { filesUnder, inBuildFolder, replace, unpack } from "./packaging/files.mjs";
import { lock, LOCK } from "./packaging/lock.mjs";
import { installNodeModules } from "./node-modules.mjs";
import { buildPackages } from "./packaging/python-packages.mjs";
import { tryExtension, tryPackage } from "./packaging/trials.mjs";
import { agreedVersion } from "./packaging/version.mjs";
import { CLIENT, makeExtension, pack } from "./packaging/vsix.mjs";

const DIST = join(ROOT, "dist");
const say = (line) => process.stdout.write(`${line}\n`);
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

async function checkExtension(python, vsix, secrets, folder) {
  headline("The extension, unpacked and started");
  const unpacked = join(folder, "an extension für Ünïcode");
  unpack(python, vsix, unpacked);
  const size = checkSize(vsix);
  const files = checkFiles(unpacked);
  checkNames(unpacked, files);
  checkSecrets(unpacked, secrets);
  say(`  ${size}, ${files.length} files, none compiled`);
  const { first, second } = await tryExtension(python, unpacked, folder);
  say(`  first start: answers after ${seconds(first.initialized)}, findings after ${seconds(first.found)}`);
  say(`  next starts: answers after ${seconds(second.initialized)}, findings after ${seconds(second.found)}`);
}

async function checkPackage(python, file, version, secrets, folder) {
  headline(`${basename(file)} in an environment of its own`);
  const unpacked = join(folder, "unpacked");
  mkdirSync(folder);
  unpack(python, file, unpacked);
  checkSecrets(unpacked, secrets);
  await tryPackage(python, file, version, join(folder, "installed"));
  say("  invigilator --version, check and serve do what they should");
}

/** Make and check everything in the new folder `folder`; only then does anything go to dist/. */
async function makeAll(python, version, folder) {
  headline("Wheel and sdist");
  const packages = join(folder, "packages");
  const { wheel, sdist } = buildPackages(python, packages);
  headline("The VS Code extension");
  const stage = join(folder, "stage");
  makeExtension(python, wheel, stage, join(folder, "notes"));
  const vsix = join(packages, `invigilator-${version}.vsix`);
  pack(stage, vsix);

  const secrets = secretsOf(python);
  await checkExtension(python, vsix, secrets, join(folder, "try"));
  await checkPackage(python, wheel, version, secrets, join(folder, "wheel"));
  await checkPackage(python, sdist, version, secrets, join(folder, "sdist"));

  replace(DIST, packages, join(folder, "old packages"));
  // for whoever starts the extension from its sources
  replace(join(CLIENT, "bundled", "libs"), join(stage, "bundled", "libs"), join(folder, "old libs"));
  headline("dist/");
  for (const name of filesUnder(DIST)) say(`  ${name}`);
}

await main(async () => {
  const python = setUp();
  if (process.argv.includes("--lock")) {
    headline(LOCK);
    const locked = await inBuildFolder((folder) => lock(python, folder));
    for (const { name, version } of locked) say(`  ${name} ${version}`);
    return;
  }
  const version = agreedVersion();
  installNodeModules(say);
  await inBuildFolder((folder) => makeAll(python, version, folder));
});
