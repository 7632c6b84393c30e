// The service worker of a published page: `service-worker.js` with the list of the build's files.

import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a visitor without a network does not need: pages of other sites load it. */
const OF_OTHERS = ["kube-hop.js", "kube-hop.d.ts", "service-worker.js"];

/** The files in a folder, by their paths below it, always in the same order. */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(join(folder, "/").length).replaceAll("\\", "/")).sort();
}

/** Writes the service worker of the page in a folder. Files whose names have no hash are known by their content. */
export async function writeServiceWorker(folder) {
  const script = await readFile(join(import.meta.dirname, "service-worker.js"), "utf8");
  const all = (await filesIn(folder)).filter((file) => !OF_OTHERS.includes(file));
  const isHashed = (file) => /-[0-9a-f]{12,16}[._/]/.test(file);
  const known = async (file) => {
    const hash = createHash("sha256").update(await readFile(join(folder, file)));
    return [file.replace(/^index\.html$/, "./"), `sha256-${hash.digest("base64")}`];
  };
  const list = JSON.stringify(await Promise.all(all.map((file) => (isHashed(file) ? file : known(file)))));
  const build = createHash("sha256").update(script).update(list).digest("hex").slice(0, 16);
  const put = (text, place, value) => {
    if (!text.includes(place)) throw new Error(`service-worker.js has no ${place}`);
    return text.replace(place, value);
  };
  const named = put(script, 'const BUILD = "";', `const BUILD = "${build}";`);
  await writeFile(join(folder, "service-worker.js"), put(named, "const FILES = [];", `const FILES = ${list};`));
}
