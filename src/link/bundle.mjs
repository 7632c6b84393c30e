// Makes `link.js` of this folder, and of `../embed` `embed.js` and `kube-hop.js`, which pages of other sites load by that
// name, with its types; and puts them into the folder given as argument (by default where Trunk collects the page, see
// Trunk.toml).

import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!out) throw new Error("Where to? Give a folder, or run by Trunk.");

const embed = join(here, "../embed");
const options = {
  bundle: true,
  target: "es2022",
  minify: process.env.TRUNK_PROFILE !== "debug",
  legalComments: "none",
  logLevel: "warning",
};

await build({ ...options, entryPoints: [join(here, "link.ts")], outfile: join(out, "link.js"), format: "esm" });
await build({ ...options, entryPoints: [join(embed, "bridge.ts")], outfile: join(out, "embed.js"), format: "esm" });
// A classic script: another site may load it without asking ours for permission (CORS).
await build({ ...options, entryPoints: [join(embed, "kube-hop.ts")], outfile: join(out, "kube-hop.js"), format: "iife" });
await copyFile(join(embed, "element.d.ts"), join(out, "kube-hop.d.ts"));
