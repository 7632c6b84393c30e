// The main job in Firefox, over WebDriver BiDi: open, send, scrub, edit, share, Korean. `make firefox` runs it where a
// Firefox is installed or can be, and says why where it cannot.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { launch } from "puppeteer-core";

import { answer } from "../browser/serve.mjs";
import { installedFirefox } from "./firefox.mjs";

const executablePath = installedFirefox();
const server = createServer((request, response) => answer(request, response));
/** @type {import("puppeteer-core").Browser} */
let browser;
/** What one visitor's tabs share; another one's texts are not there. @type {import("puppeteer-core").BrowserContext} */
let visitor;
/** @type {import("puppeteer-core").Page} */
let page;
/** What the page wrote to the console as an error, or threw. @type {string[]} */
let faults = [];

before(async () => {
  assert.ok(executablePath, "no firefox-esr and no firefox is on PATH: `make firefox` says how to get one");
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  browser = await launch({ browser: "firefox", executablePath, headless: true });
});

after(async () => {
  await browser?.close();
  server.close();
});

beforeEach(async () => {
  visitor = await browser.createBrowserContext();
  page = await opened();
});

afterEach(async () => {
  await visitor.close();
  assert.deepEqual(faults.splice(0), []);
});

/** A page of its own at `path`, when its program and its editor are there. */
async function opened(path = "") {
  const page = await visitor.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error instanceof Error ? error.message : String(error)));
  await page.evaluateOnNewDocument(() => localStorage.setItem("kubehop.toured", "1"));
  const address = server.address();
  await page.goto(`http://127.0.0.1:${typeof address === "object" && address?.port}/${path}`);
  await page.waitForSelector(".cm-content");
  await shows(".foot .state", / ms$/, page);
  return page;
}

/** @param {string} selector @param {RegExp} says */
const shows = (selector, says, from = page) =>
  from.waitForFunction(
    (selector, source) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
    { timeout: 20_000 },
    selector,
    says.source,
  );

/** Presses what has this accessible name. @param {string} name */
const press = (name) => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

const hop = () => page.$eval(".tl .count .long", ({ textContent }) => textContent);

test("opens with the picture of the first manifests", async () => {
  await page.waitForSelector(".scene .shape.service");
  assert.equal((await page.$$(".scene .shape.node")).length, 3);
  await shows(".foot .state", /1 Service · 1 Pod · 3 Nodes/);
});

test("sends a packet, and steps through its hops", async () => {
  await press("Send ▸");
  await page.focus("#track");
  await page.keyboard.press("End");
  await shows(".verdict", /kimho-pod answered/);
  const before = await hop();
  await press("Step back");
  assert.notEqual(await hop(), before);
  await press("Step forward");
  assert.equal(await hop(), before);
});

test("draws the edited text, and names its problem", async () => {
  await page.focus(".cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type("apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {selector: {app: shop}, ports: [{port: 80}]}\n");
  await shows(".scene", /shop/);
  await shows("body", /Service shop selects no Pod/);
});

test("makes a link that another tab opens", async () => {
  await press("Share");
  const field = await page.waitForSelector("[role=dialog] textarea");
  await page.waitForFunction((field) => /#k=1\./.test(field.value), {}, field);
  const link = await field.evaluate(({ value }) => value);
  const other = await opened(link.slice(link.indexOf("#")));
  await shows(".foot .state", /1 Service · 1 Pod · 3 Nodes/, other);
  await other.close();
});

test("speaks Korean", async () => {
  await press("한국어");
  await page.waitForSelector("html[lang=ko]");
  await shows(".prob", /엔드포인트/);
});
