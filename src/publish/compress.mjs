// Writes beside each file of a folder what a web server may send instead: `.br` and `.gz`, where it is smaller. One that
// is there already and no older than its file is kept.

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const folder = process.argv[2] ?? "dist";
const forms = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
const isNewer = (one, other) => changed(one) >= changed(other);

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
await Promise.all(
  files.map(async (file) => {
    const bytes = readFileSync(file);
    for (const [end, compress] of Object.entries(forms)) {
      if (isNewer(`${file}.${end}`, file)) continue;
      const compressed = await compress(bytes);
      if (compressed.length < bytes.length) writeFileSync(`${file}.${end}`, compressed);
    }
  }),
);
