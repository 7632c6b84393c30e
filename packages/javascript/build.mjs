// Makes the package of the folder given as argument, and packs it beside that folder: `make package`. Before it cargo has
// compiled the engine, and wasm-bindgen has put it into `source` there.

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { typesOf } from "./types.mjs";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../..");
const out = process.argv[2];
if (!out) throw new Error("Where to? Give a folder.");
const [source, folder] = [join(out, "source"), join(out, "kubehop")];
const run = (program, ...words) => execFileSync(program, words, { stdio: ["ignore", "inherit", "inherit"] });

const description = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
const cargo = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
if (!cargo.includes(`\nversion = "${description.version}"\n`)) throw new Error("package.json and Cargo.toml have two versions");

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, "schema"), { recursive: true });
for (const file of ["simulation.ts", "node.ts", "browser.ts"]) copyFileSync(join(HERE, file), join(source, file));
writeFileSync(join(source, "answers.ts"), typesOf(join(ROOT, "docs/schema")));
run("tsc", "--project", join(HERE, "tsconfig.json"), "--rootDir", source, "--outDir", folder);
for (const file of ["engine.js", "engine.d.ts"]) copyFileSync(join(source, file), join(folder, file));
run("wasm-opt", "-Oz", "--merge-similar-functions", "-Oz", join(source, "engine_bg.wasm"), "-o", join(folder, "engine_bg.wasm"));
for (const file of ["package.json", "README.md"]) copyFileSync(join(HERE, file), join(folder, file));
for (const file of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(ROOT, file), join(folder, file));
cpSync(join(ROOT, "docs/schema"), join(folder, "schema"), { recursive: true });
const [raw, brotli] = ["engine_bg.wasm", "engine.js", "simulation.js", "node.js"]
  .map((file) => readFileSync(join(folder, file)))
  .reduce(([all, packed], bytes) => [all + bytes.length, packed + brotliCompressSync(bytes).length], [0, 0]);
console.log(`JavaScript package: ${Math.round(raw / 1000)} kB, ${Math.round(brotli / 1000)} kB brotli`);
run("npm", "pack", "--silent", "--pack-destination", out, folder);
