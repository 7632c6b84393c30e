// The text tool's answers, which the page's must equal: both come from one engine, one through WebAssembly.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const TOOL = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug/kubehop");

/** One hop: why, and source and destination before and after. */
export interface Hop {
  why: string;
  before: string;
  after: string;
}

/** What `kubehop trace` says about an example. */
export function trace(lesson: string, from: string, to: string): Hop[] {
  const file = join(ROOT, "static/lessons", `${lesson}.yaml`);
  const { stdout } = spawnSync(TOOL, ["trace", file, "--from", from, "--to", to], { encoding: "utf8" });
  return stdout.split("\n\n").filter((part) => /^ *\d+ [?→←] /.test(part)).map(hop);
}

function hop(part: string): Hop {
  const [, why = "", before = "", third = ""] = part.split("\n").map((line) => line.trim());
  const after = third.startsWith("⇒ ") ? third.slice(2) : before;
  return { why, before: addresses(before), after: addresses(after) };
}

/** `a > b TCP SYN` without what follows the addresses. */
function addresses(header: string): string {
  return header.split(" ").slice(0, 3).join(" ").replace(/:$/, "");
}
