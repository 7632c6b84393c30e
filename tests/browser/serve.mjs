// Serves dist/ as any plain web server would: `node tests/browser/serve.mjs PORT`.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const ROOT = join(import.meta.dirname, "../../dist");

const TYPES = {
  ".ftl": "text/plain; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The file a request asks for; nothing when there is none below the root. */
function fileOf(url) {
  const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
  const file = join(ROOT, path.endsWith("/") ? join(path, "index.html") : path);
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

createServer((request, response) => {
  const file = fileOf(request.url ?? "/");
  if (!file) return response.writeHead(404).end();
  // The name of such a file changes with its content.
  const cache = /-[0-9a-f]{12,16}[._]/.test(file) ? { "cache-control": "public, max-age=31536000, immutable" } : {};
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...cache });
  createReadStream(file).pipe(response);
}).listen(Number(process.argv[2]), "127.0.0.1");
