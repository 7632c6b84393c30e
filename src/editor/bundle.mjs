// Makes of this folder one module, `editor.js`, and puts it with the two typefaces into the folder given as argument
// (by default where Trunk collects the page, see Trunk.toml).

import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!out) throw new Error("Where to? Give a folder, or run by Trunk.");

const FONTS = {
  "inter.woff2": "inter/files/inter-latin-wght-normal.woff2",
  "jetbrains-mono.woff2": "jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
};

await build({
  entryPoints: [join(here, "editor.ts")],
  outfile: join(out, "editor.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: process.env.TRUNK_PROFILE !== "debug",
  // With it CodeMirror parses 100 ms at a time; without it, as long as the browser says that it is idle.
  define: { "navigator.scheduling": "undefined" },
  legalComments: "none",
  logLevel: "warning",
});

await mkdir(join(out, "fonts"), { recursive: true });
const fonts = join(here, "../../node_modules/@fontsource-variable");
await Promise.all(Object.entries(FONTS).map(([name, path]) => copyFile(join(fonts, path), join(out, "fonts", name))));
