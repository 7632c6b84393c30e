// Turns Trunk's output into the published page: names with a hash of the content for everything but the files that others
// refer to by name; the Content-Security-Policy of index.html; the service worker and the web manifest. Trunk runs it when
// all files are in the staging folder.
//
// A page never mixes two builds: it names the files of its own build (`kubehop-files`, `kubehop-worker`), which have other
// names in another one.

import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { filesIn, writeServiceWorker } from "./offline.mjs";
import { policyOf } from "./policy.mjs";

const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error("Where? Give a folder, or run by Trunk.");
const path = (name) => join(folder, name);

/** What the page loads by itself, files and folders. */
const HASHED = ["editor.js", "link.js", "embed.js", "fonts", "messages", "lessons", "challenges", "glossary", "first-views"];

await joinMessages();
const names = Object.fromEntries(await Promise.all(HASHED.map(async (name) => [name, await hashName(name)])));
const worker = await nameWorker();
// Trunk names it after its content.
const icon = (await readdir(folder)).find((name) => /^icon-.*\.svg$/.test(name));
await writeFile(path("kubehop.webmanifest"), webManifest());
await writeFile(path("index.html"), indexOf(await readFile(path("index.html"), "utf8")));
await writeServiceWorker(folder);

/** A page loads the texts of its language as one file. */
async function joinMessages() {
  const messages = path("messages");
  const entries = await readdir(messages, { withFileTypes: true });
  for (const { name: language } of entries.filter((entry) => entry.isDirectory())) {
    const folder = join(messages, language);
    const files = await Promise.all((await filesIn(folder)).map((file) => readFile(join(folder, file), "utf8")));
    await writeFile(join(messages, `${language}.ftl`), files.join("").replaceAll(/^#.*\n/gm, ""));
    await rm(folder, { recursive: true });
  }
}

/** Renames a file or a folder after its content. */
async function hashName(name) {
  const hash = createHash("sha256");
  if ((await stat(path(name))).isDirectory()) {
    for (const file of await filesIn(path(name))) hash.update(`${file}\0`).update(await readFile(path(join(name, file))));
  } else hash.update(await readFile(path(name)));
  const [stem, end] = name.split(".");
  const hashed = `${stem}-${hash.digest("hex").slice(0, 16)}${end ? `.${end}` : ""}`;
  await rename(path(name), path(hashed));
  return hashed;
}

/** The worker is one script, which loads the program and the messages of its build. */
async function nameWorker() {
  const glue = await readFile(path("worker.js"), "utf8");
  const program = await readFile(path("worker_bg.wasm"));
  const files = `self.kubehop = { file: (path) => path.replace(/^messages/, "${names.messages}") };\n`;
  const hash = createHash("sha256").update(files).update(glue).update(program).digest("hex").slice(0, 16);
  // An error in a promise does not reach the page; one that is thrown does.
  const start = `wasm_bindgen({ module_or_path: "worker-${hash}_bg.wasm" }).catch((error) => setTimeout(() => { throw error; }));\n`;
  await rename(path("worker_bg.wasm"), path(`worker-${hash}_bg.wasm`));
  await writeFile(path(`worker-${hash}.js`), `${files}${glue}\n${start}`);
  await Promise.all(["worker.js", "worker_loader.js"].map((name) => rm(path(name), { force: true })));
  return `worker-${hash}.js`;
}

function indexOf(written) {
  const put = (text, place, value) => {
    if (!text.includes(place)) throw new Error(`index.html has no ${place}`);
    return text.replaceAll(place, value);
  };
  let text = put(written, 'name="kubehop-worker" content=""', `name="kubehop-worker" content="${worker}"`);
  text = put(text, 'name="kubehop-files" content=""', `name="kubehop-files" content="${Object.values(names).join(" ")}"`);
  text = put(text, "fonts/", `${names.fonts}/`);
  // The policy lets no attribute set a style; the page's script sets these.
  text = text.replaceAll(/(<svg class="scene"[^>]*) style="/g, '$1 data-style="');
  if (/<[^>]* style="/.test(text)) throw new Error("index.html sets a style by an attribute, which the policy forbids");
  return put(text, '<meta charset="utf-8" />', `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policyOf(text)}" />`);
}

function webManifest() {
  return JSON.stringify({
    name: "kubehop",
    description: "Watch packets hop through Kubernetes Services",
    id: "./",
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: "#f5f6f8",
    theme_color: "#245fd6",
    icons: [{ src: icon, sizes: "any", type: "image/svg+xml", purpose: "any" }],
  });
}
