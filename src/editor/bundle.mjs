// Makes of this folder one module, `editor.js`, and puts it with the two typefaces into the folder given as argument
// (by default where Trunk collects the page, see Trunk.toml).

import { copyFile, mkdir, readFile } from "node:fs/promises";
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

// style-mod, which CodeMirror writes its styles with, adds them to a document as a style element, which the page's
// Content-Security-Policy forbids, and to a shadow root as a style sheet, which it allows: here always the latter.
const styleSheets = {
  name: "style sheets",
  setup({ onLoad }) {
    onLoad({ filter: /style-mod\.js$/ }, async ({ path }) => {
      const script = await readFile(path, "utf8");
      const onlyInShadow = "!root.head && root.adoptedStyleSheets";
      if (!script.includes(onlyInShadow)) throw new Error(`${path} has changed: how does it add styles to a document now?`);
      return { contents: script.replace(onlyInShadow, "root.adoptedStyleSheets") };
    });
  },
};

await build({
  plugins: [styleSheets],
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
