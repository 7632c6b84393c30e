// Gives the worker's files names with a hash of their content and writes the name of its script into index.html, so that
// a page never runs with the worker of another build. Trunk runs it when all files are in the staging folder.

import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error("Where? Give a folder, or run by Trunk.");
const path = (name) => join(folder, name);

const script = await readFile(path("worker.js"));
const program = await readFile(path("worker_bg.wasm"));
const hash = createHash("sha256").update(script).update(program).digest("hex").slice(0, 16);

await rename(path("worker.js"), path(`worker-${hash}.js`));
await rename(path("worker_bg.wasm"), path(`worker-${hash}_bg.wasm`));
await rm(path("worker_loader.js"), { force: true });

// An error in a promise does not reach the page; one that is thrown does.
const start = `worker-${hash}_start.js`;
await writeFile(
  path(start),
  `importScripts("worker-${hash}.js");
wasm_bindgen({ module_or_path: "worker-${hash}_bg.wasm" }).catch((error) => setTimeout(() => { throw error; }));
`,
);

const index = await readFile(path("index.html"), "utf8");
const meta = '<meta name="kubehop-worker" content="" />';
if (!index.includes(meta)) throw new Error("index.html has no place for the worker's name");
await writeFile(path("index.html"), index.replace(meta, meta.replace('""', `"${start}"`)));
