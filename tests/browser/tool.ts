// The text tool's answers, which the page's must equal: both come from one engine, one through WebAssembly.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const TOOL = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug/kubehop");

/** What the text tool prints, and nothing else: `run("trace", file, "--json")`. Files are named from the root. */
export function run(...words: string[]): string {
  const { stdout, stderr } = spawnSync(TOOL, words, { cwd: ROOT, encoding: "utf8" });
  if (stderr) throw new Error(`kubehop ${words.join(" ")}: ${stderr}`);
  return stdout;
}

/** A manifest of ours. */
export function manifest(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** One hop: why, and source and destination before and after. */
export interface Hop {
  why: string;
  before: string;
  after: string;
}

/** What `kubehop trace` says about an example, with the packet that leaves each hop. */
export function trace(lesson: string, from: string, to: string): Hop[] {
  const text = run("trace", `static/lessons/${lesson}.yaml`, "--from", from, "--to", to);
  const parts = text.split("\n\n").filter((part) => /^ *\d+ [?→←] /.test(part));
  const isReply = (part: string | undefined) => !!part && /^ *\d+ ← /.test(part);
  const hops = parts.map(hop);
  // What leaves the one who answers is the reply, which is the packet that comes to the next hop.
  return hops.map((own, index) =>
    !isReply(parts[index]) && isReply(parts[index + 1]) ? { ...own, after: hops[index + 1]!.before } : own,
  );
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
