// Two states of the engine in one run: builds the native figures of another commit beside today's, runs the cases that
// both have by turns, and prints how much longer each takes now. `make compare BEFORE=COMMIT`, and ONLY=… as for
// `make bench`. By turns, because a machine that is busy with something else is busy for both.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const ROUNDS = 3;

const before = process.env.BEFORE;
if (!before) throw new Error("which commit? make compare BEFORE=COMMIT");
const only = process.env.ONLY ?? "";

const run = (program, words, options = {}) => execFileSync(program, words, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], ...options });

const sides = { before: side(checkedOut(before), "before"), now: side(ROOT, "now") };
const names = cases(sides.now).filter((name) => cases(sides.before).includes(name) && name.includes(only));
if (names.length === 0) throw new Error("both commits have no such case");

console.log("case".padEnd(58), "before, ms".padStart(12), "now, ms".padStart(12), "ratio".padStart(7));
for (const name of names) {
  const best = { before: Infinity, now: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const which of ["before", "now"]) best[which] = Math.min(best[which], time(sides[which], name));
  }
  const cell = (milliseconds) => milliseconds.toPrecision(4).padStart(12);
  console.log(name.padEnd(58), cell(best.before), cell(best.now), (best.now / best.before).toFixed(2).padStart(7));
}

/** The folder of the commit's files. It is not below this one, whose workspace Cargo would take it for a part of. */
function checkedOut(commit) {
  const folder = join(tmpdir(), `kubehop-${run("git", ["rev-parse", "--short", commit]).trim()}`);
  if (!existsSync(folder)) run("git", ["worktree", "add", "--detach", folder, commit]);
  return folder;
}

/** The program of the figures, built in the folder, and where Criterion files its results. */
function side(folder, which) {
  const built = run("cargo", ["bench", "--bench", "figures", "--no-run", "--message-format=json"], {
    cwd: folder,
    env: { ...process.env, CARGO_TARGET_DIR: join(folder, "target") },
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1e9,
  });
  const messages = built.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const program = messages.findLast((message) => message.target?.name === "figures" && message.executable).executable;
  return { program, home: join(ROOT, "target", `criterion-${which}`) };
}

function cases({ program }) {
  const listed = run(program, ["--bench", "--list"]);
  return [...listed.matchAll(/^(.*): benchmark$/gm)].map(([, name]) => name);
}

/** Milliseconds of one run, the least of Criterion's samples: what disturbs a run only ever makes it longer. */
function time({ program, home }, name) {
  run(program, ["--bench", "--noplot", "--exact", name, "--warm-up-time", "0.5", "--measurement-time", "2"], {
    env: { ...process.env, CRITERION_HOME: home },
  });
  const folder = name.replace(/[?"\\*<>:|^]/g, "_");
  const { iters, times } = JSON.parse(readFileSync(join(home, folder, "new/sample.json"), "utf8"));
  return Math.min(...times.map((sum, index) => sum / iters[index])) / 1e6;
}
