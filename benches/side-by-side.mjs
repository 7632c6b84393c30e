// Native and wasm figures in one table: runs the Criterion bench, then the same cases in wasm as the page is compiled,
// each in a process of its own. Run by `make bench`; words behind it choose cases: `make bench ONLY=resolve`.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const MODULE = join(ROOT, "target/figures/figures-in-wasm.js");
const { Prepared, bytes, heap, names, times } = await import(MODULE);
const RUNS = 7;

const only = process.env.ONLY ?? "";
const run = (program, ...words) => execFileSync(program, words, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

const [, , task, name] = process.argv;
if (task === "wasm") {
  console.log(JSON.stringify(inWasm(name)));
} else {
  sideBySide();
}

/** Milliseconds of one run, the median of several, and the most memory the module had. */
function inWasm(name) {
  const prepared = Prepared.of(name);
  const times = [];
  for (let count = 0; count <= RUNS; count += 1) {
    const began = performance.now();
    prepared.run();
    times.push(performance.now() - began);
    prepared.clear();
  }
  // The first run warms the compiler up.
  return { time: median(times.slice(1)), memory: heap().buffer.byteLength };
}

function sideBySide() {
  const bench = run("cargo", "bench", "--bench", "figures", "--no-run", "--message-format=json");
  const built = bench.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const executable = built.findLast((message) => message.target?.name === "figures" && message.executable).executable;
  const cases = names().filter((name) => name.includes(only));
  if (cases.length === 0) throw new Error(`no case has ${only} in its name`);
  run(executable, "--bench", "--noplot", ...(only ? [only] : []));
  console.log("case".padEnd(58), "native".padStart(12), "wasm".padStart(12), "ratio".padStart(7), "memory, native / wasm".padStart(24));
  for (const name of cases) {
    const native = criterion(name);
    const memory = Number(run(executable, "--once", name));
    const wasm = JSON.parse(run(process.execPath, import.meta.filename, "wasm", name));
    console.log(
      name.padEnd(58),
      shown(native, name).padStart(12),
      shown(wasm.time, name).padStart(12),
      (wasm.time / native).toFixed(1).padStart(7),
      `${megabytes(memory)} / ${megabytes(wasm.memory)}`.padStart(24),
    );
  }
}

/** Milliseconds of one run, as Criterion estimated it. */
function criterion(name) {
  const folder = name.replace(/[?"/\\*<>:|^]/g, (letter) => (letter === "/" ? "/" : "_"));
  const file = join(ROOT, "target/criterion", folder, "new/estimates.json");
  if (!existsSync(file)) throw new Error(`Criterion wrote no ${file}`);
  return JSON.parse(readFileSync(file, "utf8")).median.point_estimate / 1e6;
}

/** A time, or where a run reads so many bytes or does so many of the same, a rate. */
function shown(milliseconds, name) {
  if (bytes(name)) return `${(bytes(name) / 1000 / milliseconds).toFixed(1)} MB/s`;
  if (times(name)) return `${(times(name) / 1000 / milliseconds).toFixed(2)} M/s`;
  return milliseconds < 1 ? `${(milliseconds * 1000).toFixed(0)} µs` : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
