// Bundles the extension into one file: `node esbuild.mjs [--watch] [--debug]`.
import { build, context } from "esbuild";

const debug = process.argv.includes("--debug");
const options = {
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: !debug,
  sourcemap: debug,
  absWorkingDir: import.meta.dirname,
  logLevel: "info",
};

if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
