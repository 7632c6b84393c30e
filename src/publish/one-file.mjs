// Makes of the published page (dist/) one file that holds everything and runs from a disk: kubehop.html. What the page
// would load is in it, compressed and in base64: the programs of page and worker, the worker's script, and the texts.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

import { policyOf } from "./policy.mjs";

const folder = process.argv[2] ?? "dist";
const path = (name) => join(folder, name);
const read = (name) => readFileSync(path(name));
const text = (name) => readFileSync(path(name), "utf8");
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(path("/").length).replaceAll("\\", "/"));
const find = (form) => files.find((name) => form.test(name)) ?? fail(form);
const fail = (form) => {
  throw new Error(`${folder} has no file ${form}. Is it a page that \`make build\` made?`);
};

const names = {
  page: find(/^page-[0-9a-f]+\.js$/),
  program: find(/^page-[0-9a-f]+_bg\.wasm$/),
  worker: find(/^worker-[0-9a-f]+\.js$/),
  workerProgram: find(/^worker-[0-9a-f]+_bg\.wasm$/),
  style: find(/^style-[0-9a-f]+\.css$/),
};

/** A path without the hashes of its build. */
const plain = (name) => name.replace(/-[0-9a-f]{12,16}(?=[./]|$)/g, "");

/** The files that the page loads by name: an index of paths and lengths in the first line, then the files. */
function archive() {
  const wanted = files.filter((name) => /^(messages|lessons|challenges|glossary|first-views)-/.test(name));
  const contents = wanted.map((name) => [plain(name), read(name)]);
  const index = JSON.stringify(contents.map(([name, bytes]) => [name, bytes.length]));
  return Buffer.concat([Buffer.from(`${index}\n`), ...contents.map(([, bytes]) => bytes)]);
}

const inflate = `
const inflate = async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};`;

const start = `
import init from "./${names.page}";
import * as editor from "./${find(/^editor-[0-9a-f]+\.js$/)}";
import * as link from "./${find(/^link-[0-9a-f]+\.js$/)}";
import * as embed from "./${find(/^embed-[0-9a-f]+\.js$/)}";
${inflate}
const held = (id) => document.getElementById(id).textContent;
const archive = await inflate(held("archive"));
const addresses = new Map();
let at = archive.indexOf(10) + 1;
for (const [path, length] of JSON.parse(new TextDecoder().decode(archive.subarray(0, at)))) {
  addresses.set(path, archive.subarray(at, at += length));
}
// A page from a disk may fetch nothing but data.
const file = (path) => {
  const bytes = addresses.get(path);
  let binary = "";
  for (const byte of bytes ?? []) binary += String.fromCharCode(byte);
  return "data:" + (bytes ? "application/octet-stream;base64," + btoa(binary) : "");
};
const trusted = window.trustedTypes?.createPolicy("kubehop", { createScriptURL: (address) => address });
const messages = JSON.stringify(Object.fromEntries(["messages/en.ftl", "messages/ko.ftl"].map((path) => [path, file(path)])));
const script = [
  "self.kubehop = { file: (path) => (" + messages + ")[path] };",
  held("worker"),
  ${JSON.stringify(inflate)},
  'inflate("' + held("worker-program").trim() + '").then((program) => wasm_bindgen({ module_or_path: program })).catch((error) => setTimeout(() => { throw error; }));',
].join("\\n");
const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
window.kubehop = {
  file,
  load: async (path) => ({ "editor.js": editor, "link.js": link, "embed.js": embed })[path],
  worker: (language) => new Worker(trusted?.createScriptURL(address) ?? address, { name: language }),
};
await init({ module_or_path: await inflate(held("program")) });
`;

const bundle = await build({
  stdin: { contents: start, resolveDir: folder, sourcefile: "start.js" },
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  define: { "import.meta.url": '"about:blank"' },
  legalComments: "none",
  logLevel: "warning",
  write: false,
});

const font = (name) => `data:font/woff2;base64,${read(name).toString("base64")}`;
const data = (id, content) => `<script type="text/plain" id="${id}">${content}</script>`;
const packed = (id, bytes) => data(id, gzipSync(bytes, { level: 9 }).toString("base64"));
/** A script's text within HTML. */
const script = (source) => source.replace(/<(?=\/script|!--|script)/gi, "\\x3c");
/** The worker's script without what publish.mjs puts around it. */
const glue = text(names.worker).replace(/^self\.kubehop = .*\n/, "").replace(/\nwasm_bindgen\(\{ module_or_path.*\n$/, "\n");

let page = text("index.html")
  .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
  .replaceAll(/<link [^>]*(?:modulepreload|preload|manifest|rel="icon")[^>]*>/g, "")
  .replaceAll(/<meta name="kubehop-[^>]*>/g, "")
  .replace(/<link [^>]*rel="stylesheet"[^>]*>/, () => `<style>${text(names.style)}</style>`)
  .replaceAll(/(?:\.\/)?fonts-[0-9a-f]+\/[\w-]+\.woff2/g, (name) => font(name.replace("./", "")))
  .replace(/<script data-files>[\s\S]*?<\/script>/, "")
  .replace(/<script type="module">[\s\S]*?<\/script>/, "");
const left = page.match(/(?:src|href)="(?!data:|#|https:)[^"]*"/);
if (left) throw new Error(`kubehop.html would still load ${left[0]}`);
page = page.replace("</body>", () =>
  [
    packed("program", read(names.program)),
    packed("worker-program", read(names.workerProgram)),
    data("worker", script(glue)),
    packed("archive", archive()),
    `<script type="module">${script(bundle.outputFiles[0].text)}</script>`,
    "</body>",
  ].join("\n"),
);
page = page.replace('<meta charset="utf-8" />', (charset) => `${charset}\n<meta http-equiv="Content-Security-Policy" content="${policyOf(page, true)}" />`);
// The file's compressed forms are made anew only when it is.
const isWritten = existsSync(path("kubehop.html")) && text("kubehop.html") === page;
if (!isWritten) writeFileSync(path("kubehop.html"), page);
