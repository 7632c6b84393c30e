// Serves dist/ as a plain web server would: `node tests/browser/serve.mjs PORT`. `answer` serves another folder, below a
// path, and sends the compressed files that lie beside the others.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const DIST = join(import.meta.dirname, "../../dist");

const TYPES = {
  ".ftl": "text/plain; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile();

/** Answers a request with a file of `root`, if it asks for one below the path `below`. */
export function answer(request, response, { root = DIST, below = "/", compressed = false } = {}) {
  const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
  const inner = path.startsWith(below) ? path.slice(below.length) : undefined;
  const file = inner === undefined ? undefined : join(root, inner === "" || inner.endsWith("/") ? join(inner, "index.html") : inner);
  // Browsers ask for it when they show a file that is no page.
  if (path === "/favicon.ico") return response.writeHead(204).end();
  if (!file || !isFile(file)) return response.writeHead(404).end();
  const accepted = compressed ? (request.headers["accept-encoding"] ?? "") : "";
  const coding = ["br", "gz"].find((coding) => accepted.includes(coding) && isFile(`${file}.${coding}`));
  // The name of such a file changes with its content.
  const isHashed = /-[0-9a-f]{12,16}[._/]/.test(file.slice(root.length));
  const headers = {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    ...(coding ? { "content-encoding": coding === "gz" ? "gzip" : coding, vary: "accept-encoding" } : {}),
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  createReadStream(coding ? `${file}.${coding}` : file).pipe(response);
}

if (process.argv[1] === import.meta.filename) {
  createServer((request, response) => answer(request, response)).listen(Number(process.argv[2]), "127.0.0.1");
}
