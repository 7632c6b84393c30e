// What a visitor downloads: the size of each file of dist/, raw and as brotli sends it, against the budgets; what a page
// of another site downloads that embeds kubehop; and how long links are.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, deflateRawSync } from "node:zlib";

const DIST = join(import.meta.dirname, "../../dist");

/** In brotli kilobytes: until the first example plays; with the engine, which answers everything else; with editor and
 * fonts. A visitor loads one language, and a lesson when it is opened. */
const BUDGETS = { first: 180, engine: 600, whole: 780, host: 15 };

const isEditor = (path) => path === "editor.js" || path.startsWith("fonts/");
/** The glossary comes after the first answer of the engine. */
const isWorker = (path) => /^worker-/.test(path) || path === "messages/en.ftl" || path === "glossary/en.md";
const isOfHost = (path) => path === "kube-hop.js";
const isOfLinks = (path) => path === "link.js" || path === "embed.js" || path === "kube-hop.d.ts";
/** The service worker loads the page again for visits without a network, once the packet has long moved. */
const isForLater = (path) => path === "service-worker.js" || path === "kubehop.webmanifest";
const isOpenedLater = (path) => path.startsWith("lessons/") || path.startsWith("challenges/") || path === "glossary/ko.md" || path === "messages/ko.ftl";
const isUnused = (path) =>
  isOfHost(path) || isOfLinks(path) || isForLater(path) || isOpenedLater(path) || (path.startsWith("first-views/") && path !== "first-views/en-wide.view");

/** Beside what visitors load: the same files compressed, and the one file. */
const isBeside = (name) => /\.(br|gz)$/.test(name) || name === "kubehop.html";
/** A path without the hash of its content. */
const plain = (path) => path.replace(/^(editor|link|embed|fonts|messages|lessons|challenges|glossary|first-views)-[0-9a-f]{16}/, "$1");

const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !isBeside(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: plain(path.slice(DIST.length + 1)), bytes: readFileSync(path) }))
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
  host: of(isOfHost),
};
line("until the first example plays", totals.first, `of ${BUDGETS.first}`);
line("page and engine", totals.engine, `of ${BUDGETS.engine}`);
line("everything, with the editor and fonts", totals.whole, `of ${BUDGETS.whole}`);
console.log();
// A frame loads no first view and no lesson before its packet moves; several load the same files, once.
const isInFrame = (path) => (!isUnused(path) && !isEditor(path) && !/^(first-views|lessons)\//.test(path)) || path === "link.js" || path === "embed.js";
line("a host page before a click", totals.host, `of ${BUDGETS.host}`);
line("after it, until the packet moves, one embed or five", of(isInFrame));
console.log();
const alone = join(DIST, "kubehop.html");
if (existsSync(alone)) {
  const bytes = readFileSync(alone);
  line("kubehop.html, everything in one file", { raw: bytes.length, brotli: brotliCompressSync(bytes).length });
  console.log();
}
for (const count of [1, 10, 30]) console.log(`a link to ${count} objects`.padEnd(52), String(linkTo(count).length).padStart(9), "characters");

/** A link (src/link/format.ts) to so many Services and Deployments of one application, as people write them. */
function linkTo(count) {
  const names = ["cart", "catalogue", "orders", "payment", "shipping", "users", "web", "search", "mail", "rating", "stock", "gateway", "session", "queue", "audit"];
  const objects = Array.from({ length: count }, (_, index) => {
    const name = names[Math.floor(index / 2)];
    const port = 8080 + Math.floor(index / 2) * 7;
    return index % 2 === 0
      ? `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${name}\n  ports:\n  - name: http\n    port: 80\n    targetPort: ${port}\n`
      : `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: ${1 + (index % 3)}\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n      - name: ${name}\n        image: registry.example.com/shop/${name}:1.${index}.0\n        ports:\n        - containerPort: ${port}\n`;
  });
  const session = { text: objects.join("---\n"), asked: { from: "client", to: "http://web", by_hand: true }, view: "network" };
  return `https://kubehop.example/#k=1.${deflateRawSync(JSON.stringify(session)).toString("base64url")}`;
}

const over = Object.keys(BUDGETS).some((part) => totals[part].brotli > BUDGETS[part] * 1000);
process.exit(over ? 1 : 0);
