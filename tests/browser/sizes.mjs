// What a visitor downloads: the size of each file of dist/, raw and as brotli sends it, against the budgets.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const DIST = join(import.meta.dirname, "../../dist");

/** In brotli kilobytes. The first picture stands in index.html itself, for a moment in the system's typeface. Behind it
 * comes the program, which draws every other picture, then the editor. */
const BUDGETS = { first: 250, program: 250, whole: 450 };

const isEditor = (path) => path === "editor.js" || path.startsWith("fonts/");
const isProgram = (path) => /\.(wasm|js)$/.test(path) && !isEditor(path);

const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: path.slice(DIST.length + 1), bytes: readFileSync(path) }))
  .map(({ path, bytes }) => ({ path, raw: bytes.length, brotli: brotliCompressSync(bytes).length }))
  .sort((one, other) => other.brotli - one.brotli);

const line = (name, { raw, brotli }, remark = "") =>
  console.log(name.padEnd(52), kilobytes(raw).padStart(9), kilobytes(brotli).padStart(9), remark);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
const sum = (files) => files.reduce((all, { raw, brotli }) => ({ raw: all.raw + raw, brotli: all.brotli + brotli }), { raw: 0, brotli: 0 });

console.log("kB".padEnd(52), "raw".padStart(9), "brotli".padStart(9));
for (const file of files) line(file.path, file);
console.log();
const of = (wanted) => sum(files.filter(({ path }) => wanted(path)));
const totals = {
  first: of((path) => !isEditor(path) && !isProgram(path)),
  program: of((path) => !isEditor(path)),
  whole: sum(files),
};
line("what the first picture needs", totals.first, `of ${BUDGETS.first}`);
line("what any other picture needs, and Send", totals.program, `of ${BUDGETS.program}`);
line("the whole page, with the editor", totals.whole, `of ${BUDGETS.whole}`);

const over = Object.keys(BUDGETS).some((part) => totals[part].brotli > BUDGETS[part] * 1000);
process.exit(over ? 1 : 0);
