// Makes of this folder one module, `link.js`, and puts it into the folder given as argument (by default where Trunk
// collects the page, see Trunk.toml).

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!out) throw new Error("Where to? Give a folder, or run by Trunk.");

await build({
  entryPoints: [join(here, "link.ts")],
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: process.env.TRUNK_PROFILE !== "debug",
  legalComments: "none",
  logLevel: "warning",
});
