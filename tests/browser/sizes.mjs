// What a visitor downloads: the size of each file of dist/, raw and as brotli sends it, against the budgets.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const DIST = join(import.meta.dirname, "../../dist");

/** In brotli kilobytes: until the first example plays; with the engine, which answers everything else; with editor and
 * fonts. A visitor loads one language, and a lesson when it is opened. */
const BUDGETS = { first: 180, engine: 600, whole: 780 };

const isEditor = (path) => path === "editor.js" || path.startsWith("fonts/");
const isWorker = (path) => /^worker-/.test(path) || path === "messages/en.ftl";
const isUnused = (path) =>
  path === "messages/ko.ftl" || path.startsWith("lessons/") || (path.startsWith("first-views/") && path !== "first-views/en-wide.view");

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
  first: of((path) => !isEditor(path) && !isWorker(path) && !isUnused(path)),
  engine: of((path) => !isEditor(path) && !isUnused(path)),
  whole: of((path) => !isUnused(path)),
};
line("until the first example plays", totals.first, `of ${BUDGETS.first}`);
line("page and engine", totals.engine, `of ${BUDGETS.engine}`);
line("everything, with the editor and fonts", totals.whole, `of ${BUDGETS.whole}`);

const over = Object.keys(BUDGETS).some((part) => totals[part].brotli > BUDGETS[part] * 1000);
process.exit(over ? 1 : 0);
