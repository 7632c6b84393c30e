// How long a person waits, and how long the page's thread is busy without a break. Run by `make figures`.
//
//     node tests/browser/figures.mjs [--before FOLDER] [--now FOLDER] [--rounds N] [--only WORD] [FILE or FOLDER with manifests …]
//
// With `--before`, the built page of another state is measured in turn with dist/ (or with the one of `--now`), and both stand side by side. Each figure
// is the best of all rounds: a machine that does something else meanwhile only makes it worse.

import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { installedChromium } from "./chromium.mjs";
import { frames, longestTask, share } from "./figures/meter.mjs";
import { copy, open, openCommands, pan, paste, replaceAll, search, select, type, zoom } from "./figures/person.mjs";
import { characters, deployments, read, services } from "./figures/texts.mjs";
import { answer } from "./serve.mjs";

const { values: options, positionals } = parseArgs({
  options: { now: { type: "string" }, before: { type: "string" }, rounds: { type: "string", default: "2" }, only: { type: "string", default: "" } },
  allowPositionals: true,
});

const OPENINGS = 8;
const KEYSTROKES = 120;

/** The budgets, in milliseconds. */
const TASK = 50;
// Sixty a second, and what the clock rounds.
const FRAME = 17;
const KEY = 16;
const PALETTE = 50;

const args = ["--disable-gpu", "--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
const browser = await chromium.launch({ executablePath: installedChromium(), args });

/** A server of a built page. */
async function served(name, root) {
  const server = createServer((request, response) => answer(request, response, { root }));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { name, server, address: `http://127.0.0.1:${server.address().port}/` };
}

/** A figure of this name: its value, and the budget if it has one. */
const figure = (name, value, budget) => ({ name, value, budget });
const task = (name, { clock, processor }) => [
  figure(`${name}: longest task`, clock, TASK),
  figure(`${name}: longest task, processor`, processor),
];
const delays = (name, values, budget) => [
  figure(`${name}: median`, share(values, 0.5)),
  figure(`${name}: p95`, share(values, 0.95), budget),
];

async function opening({ address }) {
  const pictures = [], programs = [];
  for (let count = 0; count < OPENINGS; count += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const shown = (name, scene) => {
          if (!(name in window) && document.querySelector(`${scene} .scene .shape`)) window[name] = performance.now();
        };
        shown("pictureAt", ".first >");
        shown("programAt", ".app");
        if ("programAt" in window) observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(address);
    await page.waitForFunction(() => window.programAt);
    pictures.push(await page.evaluate(() => window.pictureAt));
    programs.push(await page.evaluate(() => window.programAt));
    await context.close();
  }
  return [...delays("navigation → picture", pictures), ...delays("navigation → the program has drawn it", programs)];
}

async function typing({ address }) {
  const found = [];
  for (const [count, name] of [[0, "the first example"], [63, "63 Services"], [1000, "1 000 Services"]]) {
    const page = await open(browser, address);
    if (count) await replaceAll(page, services(count, 3));
    await page.locator(".cm-scroller").evaluate((scroller) => (scroller.scrollTop = 0));
    // The name of the first object.
    const line = page.locator(".cm-line").filter({ hasText: /name: / }).first();
    await line.click();
    await page.keyboard.press("End");
    if (count) for (let back = 0; back < ", namespace: ns-0}".length; back += 1) await page.keyboard.press("ArrowLeft");
    const isLarge = count > 100;
    found.push(...delays(`keystroke → new picture, ${name}`, await type(page, isLarge ? 24 : KEYSTROKES, isLarge ? 500 : 60), count ? undefined : KEY));
    await page.context().close();
  }
  return found;
}

async function largeTexts({ address }) {
  const page = await open(browser, address);
  await copy(page, characters(5_000_000));
  const pasted = await longestTask(page, async () => {
    await paste(page);
    await page.waitForTimeout(6_000);
  });
  await replaceAll(page, characters(2_000_000));
  await page.waitForTimeout(5_000);
  const typed = await longestTask(page, async () => {
    await page.keyboard.press("ControlOrMeta+Home");
    for (let count = 0; count < 40; count += 1) {
      await page.keyboard.press(count % 8 < 4 ? "#" : "Backspace");
      await page.waitForTimeout(120);
    }
    await page.waitForTimeout(8_000);
  });
  await page.context().close();
  return [...task("5 MB are pasted, answered and kept", pasted), ...task("40 keystrokes in 2 MB", typed)];
}

/** Opening a cluster, and what is done in it. */
async function cluster({ address }, { name, text, sought }) {
  const page = await open(browser, address);
  const found = [];
  let drawn = 0;
  await copy(page, text);
  const opened = await longestTask(page, async () => {
    drawn = await paste(page);
    await page.waitForTimeout(3_000);
  });
  found.push(figure(`${name}: paste → drawn`, drawn), ...task(`${name}: opening`, opened));
  let between = [];
  for (const [work, does] of [["searching", () => search(page, sought)], ["panning", () => pan(page)], ["zooming", () => zoom(page)], ["selecting", () => select(page)]]) {
    const longest = await longestTask(page, async () => (between = await frames(page, does)));
    found.push(figure(`${name}: ${work}: frame p95`, share(between, 0.95), FRAME), ...task(`${name}: ${work}`, longest));
  }
  const palette = await openCommands(page);
  found.push(figure(`${name}: the ${palette.all} commands open`, palette.first, PALETTE));
  await page.context().close();
  return found;
}

async function commands({ address }) {
  const page = await open(browser, address);
  await replaceAll(page, deployments(10_000));
  await page.waitForTimeout(5_000);
  let palette;
  const longest = await longestTask(page, async () => (palette = await openCommands(page)));
  await page.context().close();
  console.log(`  10 000 Deployments: ${palette.all} commands; the last of them were drawn after ${palette.last.toFixed(0)} ms`);
  return [figure("commands of 10 000 Deployments open", palette.first, PALETTE), ...task("commands of 10 000 Deployments", longest)];
}

const clusters = [{ name: "1 000 × 10", text: services(1000, 10) }, ...read(positionals)];
const parts = [
  ["opening", opening],
  ["typing", typing],
  ["large", largeTexts],
  ["commands", commands],
  ...clusters.map(({ name, text }) => {
    const sought = (/kind: Service\nmetadata:[^}]*?name: ([\w-]+)/.exec(text)?.[1] ?? "web").slice(0, 6);
    return [`cluster ${name}`, (build) => cluster(build, { name, text, sought })];
  }),
].filter(([name]) => name.includes(options.only));

const builds = [await served("now", options.now ?? join(import.meta.dirname, "../../dist"))];
if (options.before) builds.unshift(await served("before", options.before));

/** The best value of each figure of each build. */
const best = new Map();
for (const [part, measure] of parts) {
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const build of builds) {
      console.error(`${part}, ${build.name}, round ${round + 1}`);
      for (const { name, value, budget } of await measure(build)) {
        // How many commands there are belongs to the build.
        const row = best.get(name) ?? { budget };
        if (Number.isFinite(value)) row[build.name] = Math.min(row[build.name] ?? Infinity, value);
        best.set(name, row);
      }
    }
  }
}

const cell = (value) => (value === undefined ? "–" : value.toFixed(value < 100 ? 1 : 0)).padStart(9);
console.log(`${"milliseconds".padEnd(64)}${builds.map(({ name }) => name.padStart(9)).join("")}   budget`);
for (const [name, row] of best) {
  const isMissed = row.budget !== undefined && !(row.now <= row.budget);
  const budget = row.budget === undefined ? "" : `   ${row.budget}${isMissed ? ": missed" : ""}`;
  console.log(name.padEnd(64) + builds.map((build) => cell(row[build.name])).join("") + budget);
}

await browser.close();
for (const { server } of builds) server.close();
