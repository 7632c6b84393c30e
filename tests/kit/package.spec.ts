// The JavaScript package: the packed file is installed into an empty project, where the README's example runs in Node and
// in Chromium, and the example with Vitest runs with it.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

import { expect, test } from "@playwright/test";

import { serve } from "./serve";

const ROOT = join(import.meta.dirname, "../..");
const HERE = join(ROOT, "packages/javascript");
const OUT = join(ROOT, "target/package");
const PROJECT = join(ROOT, "target/kit/project");
const INSTALLED = join(PROJECT, "node_modules/kubehop");

/** The first block of JavaScript in the package's README. */
const EXAMPLE = /```js\n(.*?)```/s.exec(readFileSync(join(HERE, "README.md"), "utf8"))![1]!;

/** What its lines say that they print. */
const PRINTED = [...EXAMPLE.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, said]) => said);

// The tests run in one process, which knows the module once.
test.describe.configure({ mode: "serial" });

let kubehop: any;

test.beforeAll(async () => {
  rmSync(PROJECT, { recursive: true, force: true });
  mkdirSync(PROJECT, { recursive: true });
  writeFileSync(join(PROJECT, "package.json"), '{"name": "empty", "private": true, "type": "module"}');
  const file = readdirSync(OUT).find((name) => /^kubehop-.*\.tgz$/.test(name))!;
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", join(OUT, file)], { cwd: PROJECT });
  kubehop = await import(pathToFileURL(join(INSTALLED, "node.js")).href);
});

test("the README's example prints in Node what it says", () => {
  expect(PRINTED.length).toBeGreaterThan(3);
  writeFileSync(join(PROJECT, "example.js"), EXAMPLE);
  const env = { ...process.env, FORCE_COLOR: "0" };
  const printed = execFileSync(process.execPath, ["example.js"], { cwd: PROJECT, encoding: "utf8", env });
  expect(printed.trimEnd().split("\n")).toEqual(PRINTED);
});

test("the README's example prints the same in Chromium", async ({ page }) => {
  const imports = JSON.stringify({ imports: { kubehop: "./node_modules/kubehop/browser.js" } });
  const script = `<script type="importmap">${imports}</script><script type="module">${EXAMPLE}</script>`;
  writeFileSync(join(PROJECT, "index.html"), `<!doctype html><title>kubehop</title>${script}`);
  const [address, stop] = await serve({ project: PROJECT });
  const printed: string[] = [];
  page.on("console", (message) => printed.push(message.text()));
  page.on("pageerror", (error) => printed.push(error.message));
  await page.goto(`${address}/project/`);
  await expect.poll(() => printed.filter((line) => !line.includes("404"))).toEqual(PRINTED);
  stop();
});

test("a TypeScript project knows the types of questions and answers", () => {
  const lines = [
    'import { open, type Simulation, type TraceAnswer } from "kubehop";',
    'const simulation: Simulation = open("", { proxy: "nftables" });',
    'const trace: TraceAnswer = simulation.trace({ to: "http://web" });',
    "const chains: string[] = trace.hops.flatMap((hop) => hop.rules.map((rule) => rule.chain));",
    "// @ts-expect-error: there is no such mode",
    'open("", { proxy: "userspace" });',
    "// @ts-expect-error: nor such a field",
    "console.log(trace.answeredby, chains);",
  ];
  writeFileSync(join(PROJECT, "typed.ts"), lines.join("\n"));
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  const options = { noEmit: true, strict: true, module: "nodenext", target: "es2022", types: [] };
  writeFileSync(join(PROJECT, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["typed.ts"] }));
  const checked = spawnSync(tsc, { cwd: PROJECT, encoding: "utf8" });
  expect(checked.stdout).toBe("");
  expect(checked.status).toBe(0);
});

test("the example with Vitest passes", () => {
  const folder = join(ROOT, "target/kit/vitest");
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(HERE, "examples/vitest"), folder, { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(INSTALLED, join(folder, "node_modules/kubehop"));
  for (const name of ["vitest", "vite"]) {
    symlinkSync(join(import.meta.dirname, "node_modules", name), join(folder, "node_modules", name));
  }
  const said = execFileSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], { cwd: folder, encoding: "utf8" });
  expect(said).toContain("8 passed");
});

const MANIFESTS = readFileSync(join(ROOT, "static/lessons/node-port.yaml"), "utf8");
const CALL = { from: "client", to: "http://192.168.0.12:30123" };

test("answers have the form of their schemas", () => {
  const require = createRequire(import.meta.url);
  const { default: Ajv } = require("ajv/dist/2020");
  const checks = new Ajv({ strict: false, validateFormats: false });
  const simulation = kubehop.open(MANIFESTS);
  const answers = {
    problems: simulation.problems(),
    trace: simulation.trace(CALL),
    outcomes: simulation.explain(CALL),
    count: simulation.count({ ...CALL, connections: 10 }),
    rules: simulation.rules(),
    console: simulation.console("kubectl get pods"),
    expectations: simulation.expect([{ ...CALL, expect: "answered" }]),
    endpoints: simulation.endpoints(),
    lookup: simulation.lookup("node/node-1", "kimho"),
    matrix: simulation.matrix(),
  };
  for (const [name, answer] of Object.entries(answers)) {
    const schema = JSON.parse(readFileSync(join(INSTALLED, `schema/${name}.json`), "utf8"));
    const isValid = checks.validate(schema, answer);
    expect(isValid, `${name}: ${checks.errorsText()}`).toBe(true);
    expect(checks.validate(schema, { ...answer, version: "1" }), name).toBe(false);
  }
  expect(answers.expectations.expectations[0].met).toBe(true);
  expect(simulation.nodes()).toEqual(["node-1", "node-2", "node-3"]);
  expect(simulation.callers()).toContain("client");
  expect(simulation.targets()).toContain("http://192.168.0.11:30123");
});

test("answers are those of the text tool", () => {
  const tool = (...words: string[]) => execFileSync(join(ROOT, "target/debug/kubehop"), words, { cwd: ROOT, encoding: "utf8" });
  const file = "static/lessons/node-port.yaml";
  const request = ["--from", CALL.from, "--to", CALL.to];
  const simulation = kubehop.open(MANIFESTS, { proxy: "nftables", after: ["down node/node-3"], language: "ko" });
  const same = ["--proxy", "nftables", "--after", "down node/node-3"];
  const trace = tool("trace", file, ...request, ...same, "--language", "ko", "--json");
  expect(`${JSON.stringify(simulation.trace(CALL), null, 2)}\n`).toBe(trace);
  expect(simulation.report("mermaid", CALL)).toBe(tool("trace", file, ...request, ...same, "--language", "ko", "--output", "mermaid"));
  expect(`${simulation.rules("node-2").text}\n`).toBe(tool("rules", file, "--node", "node-2", ...same));
  const picture = tool("svg", file, ...request, ...same, "--language", "ko", "--view", "concept", "--theme", "dark", "--hop", "2");
  expect(`${simulation.svg({ ...CALL, view: "concept", theme: "dark", hop: 2 })}\n`).toBe(picture);
  expect(simulation.svg({ ...CALL, animate: true })).toContain("<animate");
});

test("what is wrong with a question is a KubehopError or a TypeError, and the engine goes on", () => {
  const simulation = kubehop.open(MANIFESTS);
  const thrown = (ask: () => unknown): any => {
    try {
      return ask();
    } catch (error) {
      return error;
    }
  };
  const nobody = thrown(() => simulation.trace({ from: "pod/nobody", to: "http://kimho" }));
  expect(nobody).toBeInstanceOf(kubehop.KubehopError);
  expect(nobody.statement.id).toMatch(/^request-/);
  expect(nobody.message).toContain("nobody");
  const mistaken = thrown(() => simulation.expect("- {from: client, tu: http://web, expect: answered}"));
  expect(mistaken.problems[1].start).toEqual({ line: 1, column: 18, offset: 17 });
  const bad: [() => unknown, string][] = [
    [() => kubehop.open(MANIFESTS, { proxi: "iptables" }), "proxi"],
    [() => kubehop.open(MANIFESTS, { proxy: "userspace" }), "userspace"],
    [() => kubehop.open(MANIFESTS, { nodes: 256 }), "256"],
    [() => kubehop.open(MANIFESTS, { nodes: -1.5 }), "-1.5"],
    [() => kubehop.open(MANIFESTS, { podCidr: ["10.0.0.0/40"] }), "IP"],
    [() => kubehop.open(MANIFESTS, { after: ["explode pod/web"] }), "explode"],
    [() => kubehop.open(MANIFESTS, null), ""],
    [() => kubehop.open(42), "manifests"],
    [() => kubehop.open(undefined), "manifests"],
    [() => simulation.trace(undefined), "to"],
    [() => simulation.trace({ to: 80 }), "80"],
    [() => simulation.trace({ to: "" }), ""],
    [() => simulation.trace({ ...CALL, seed: -1 }), "-1"],
    [() => simulation.trace({ ...CALL, seed: Number.NaN }), "null"],
    [() => simulation.trace({ ...CALL, seed: 1n }), "BigInt"],
    [() => simulation.trace({ ...CALL, colour: "red" }), "colour"],
    [() => simulation.count({ ...CALL, connections: 1e9 }), "100000"],
    [() => simulation.rules("node-9"), 'nodes "node-9" not found'],
    [() => simulation.apply("delete pod/nobody"), "nobody"],
    [() => simulation.console({}), "line"],
    [() => simulation.expect(7), "This must be a list"],
    [() => simulation.svg({ theme: "blue" }), "blue"],
    [() => simulation.svg({ ...CALL, hop: 0 }), "0"],
    [() => simulation.lookup("pod/nobody", "kimho"), "nobody"],
  ];
  for (const [ask, said] of bad) {
    const error = thrown(ask);
    expect(error instanceof kubehop.KubehopError || error instanceof TypeError, `${ask}: ${error}`).toBe(true);
    expect(error.message, `${ask}`).toContain(said);
    expect(error.message, `${ask}`).not.toContain("stopped");
    expect(simulation.trace(CALL).failed).toBe(false);
  }
});

test("hostile manifests are answers: broken, deep, large, full of nothing", () => {
  const texts = [
    "\0\u{d800}: [",
    "[".repeat(100_000),
    `a: ${"{b: ".repeat(20_000)}`,
    `a: &a [x]\n${Array.from({ length: 40 }, (_, depth) => `b${depth}: &b${depth} [*a, *a]`).join("\n")}`,
    "---\n".repeat(200_000),
    MANIFESTS.repeat(200),
    '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "__proto__"}, "spec": {"ports": [{"port": 1e99}]}}',
    "x".repeat(7 << 20),
  ];
  for (const text of texts) {
    const simulation = kubehop.open(text);
    expect(Array.isArray(simulation.problems().problems)).toBe(true);
    simulation.trace(CALL);
    simulation.free();
  }
});

test("memory is given back", () => {
  const memory = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  const open = () => kubehop.open(MANIFESTS.replaceAll("replicas: 3", "replicas: 300"));
  for (let count = 0; count < 5; count += 1) open().free();
  const before = memory();
  for (let count = 0; count < 100; count += 1) {
    const simulation = open();
    simulation.trace(CALL);
    simulation[Symbol.dispose]();
  }
  // A hundred that are kept would need tens of megabytes.
  expect(memory() - before).toBeLessThan(8 << 20);

  const simulation = open();
  simulation.free();
  simulation.free();
  expect(() => simulation.problems()).toThrow("freed");
});

test("what is forgotten is given back, too", () => {
  const script = `
    import { open } from "kubehop";
    const text = ${JSON.stringify(MANIFESTS)}.replaceAll("replicas: 3", "replicas: 300");
    const external = () => { gc(); return process.memoryUsage().external; };
    let most = 0;
    for (let count = 0; count < 150; count += 1) {
      open(text);
      if (count % 10 === 0) { gc(); await new Promise((resolve) => setTimeout(resolve)); }
      if (count === 30) most = external();
    }
    console.log(external() - most);
  `;
  writeFileSync(join(PROJECT, "forgotten.js"), script);
  const grown = execFileSync(process.execPath, ["--expose-gc", "forgotten.js"], { cwd: PROJECT, encoding: "utf8", env: { ...process.env, FORCE_COLOR: "0" } });
  expect(Number(grown)).toBeLessThan(8 << 20);
});

test("the package holds what it says, and about a megabyte as brotli", () => {
  const description = JSON.parse(readFileSync(join(INSTALLED, "package.json"), "utf8"));
  for (const file of Object.values<string>(description.exports["."])) expect(readFileSync(join(INSTALLED, file)).length).toBeGreaterThan(0);
  expect(readdirSync(join(INSTALLED, "schema"))).toEqual(readdirSync(join(ROOT, "docs/schema")));
  const files = ["engine_bg.wasm", "engine.js", "simulation.js", "node.js"];
  const sizes = files.map((file) => compressed(readFileSync(join(INSTALLED, file))));
  expect(sizes.reduce((sum, bytes) => sum + bytes)).toBeLessThan(1_450_000);
});

/** Its size as brotli at a level that takes a second; the highest takes a minute and saves a tenth. */
function compressed(bytes: Buffer): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
}
