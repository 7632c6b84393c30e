// What `kubehop check --output sarif` prints, against the schema of SARIF 2.1.0.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

const ROOT = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

function sarif(...files: string[]): any {
  const done = spawnSync(join(ROOT, "target/debug/kubehop"), ["check", ...files, "--output", "sarif"], { cwd: ROOT, encoding: "utf8" });
  expect(done.stderr).toBe("");
  return JSON.parse(done.stdout);
}

test("what check finds is SARIF 2.1.0", () => {
  const { default: Ajv } = require("ajv-draft-04");
  const { default: addFormats } = require("ajv-formats");
  const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  // A pattern of the schema is none with the flag u.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const isSarif = ajv.compile(schema);

  const folder = join(ROOT, "target/kit/sarif");
  mkdirSync(folder, { recursive: true });
  const alone = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";
  const names = { "alone.yaml": alone, "typo.yaml": "kind: Servce\napiVersion: v1\n", "a b.yaml": "a: [\n", "한글.md": "```yaml kubehop\nkind: Pod\n```\n" };
  for (const [name, text] of Object.entries(names)) writeFileSync(join(folder, name), text);

  const found = [sarif("docs/*.md"), sarif("static/lessons"), sarif("static/challenges"), sarif("target/kit/sarif"), sarif("target/kit/sarif/*.md")];
  for (const log of found) expect(isSarif(log), JSON.stringify(isSarif.errors, null, 1)).toBe(true);
  const results = found.flatMap((log) => log.runs.flatMap((run: any) => run.results));
  expect(results.length).toBeGreaterThan(20);
  expect(new Set(results.map((result) => result.level))).toEqual(new Set(["error", "warning", "note"]));
  expect(results.some((result) => result.fixes)).toBe(true);

  // The schema is one that a wrong log fails.
  const wrong = JSON.parse(readFileSync(join(ROOT, "tests/tool/findings.sarif"), "utf8"));
  expect(isSarif(wrong)).toBe(true);
  wrong.runs[0].results[0].level = "fatal";
  expect(isSarif(wrong)).toBe(false);
});
