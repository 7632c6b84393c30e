// How long a person waits: from navigation to the picture, from a keystroke to the picture it changes; and how long the
// page's thread is busy without a break while a large text is pasted and edited.
// Run by `make figures`; prints medians and 95th percentiles in milliseconds.

import { spawn } from "node:child_process";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { installedChromium } from "./chromium.mjs";

const PORT = 18_457;
const ADDRESS = `http://127.0.0.1:${PORT}/`;
const OPENINGS = 15;
const KEYSTROKES = 120;

const share = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
const line = (name, values) =>
  console.log(`${name.padEnd(44)} median ${share(values, 0.5).toFixed(1)} ms, p95 ${share(values, 0.95).toFixed(1)} ms (${values.length})`);

const server = spawn("node", [join(import.meta.dirname, "serve.mjs"), String(PORT)], { stdio: "ignore" });
await new Promise((done) => setTimeout(done, 500));
const args = ["--disable-gpu", "--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
const browser = await chromium.launch({ executablePath: installedChromium(), args });

const opened = [], answered = [];
for (let count = 0; count < OPENINGS; count += 1) {
  const page = await (await browser.newContext()).newPage();
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
  await page.goto(ADDRESS);
  await page.waitForFunction(() => window.programAt);
  opened.push(await page.evaluate(() => window.pictureAt));
  answered.push(await page.evaluate(() => window.programAt));
  await page.close();
}
line("navigation → picture", opened);
line("navigation → the program has drawn it", answered);

const page = await browser.newPage();
await page.goto(ADDRESS);
await page.click(".cm-line:nth-child(4)");
await page.keyboard.press("End");
await page.evaluate(() => {
  window.delays = [];
  let began = 0;
  document.addEventListener("keydown", () => (began = performance.now()), true);
  new MutationObserver(() => {
    if (began) window.delays.push(performance.now() - began);
    began = 0;
  }).observe(document.querySelector(".scene"), { childList: true, subtree: true, characterData: true });
});
for (let count = 0; count < KEYSTROKES; count += 1) {
  await page.keyboard.press(count % 12 < 6 ? "a" : "Backspace");
  await page.waitForTimeout(60);
}
line("keystroke → new picture (seed example)", await page.evaluate(() => window.delays));

// A large text: many Services with a Pod each.
const manifests = (bytes) => {
  const object = (number) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web-${number}}\nspec: {selector: {app: web-${number}}, ports: [{port: 80}]}\n---\n` +
    `apiVersion: v1\nkind: Pod\nmetadata: {name: web-${number}, labels: {app: web-${number}}}\nspec: {containers: [{name: web, image: web}]}\n---\n`;
  let text = "";
  for (let number = 0; text.length < bytes; number += 1) text += object(number);
  return text;
};
const paste = (text) =>
  page.locator(".cm-content").evaluate((editor, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
const replaceAll = async (text) => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(text);
};
// The browser reports each task of 50 ms or more on the page's thread.
await page.evaluate(() => {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
});
const longTasks = async (name, work, settle) => {
  await page.evaluate(() => (window.tasks = []));
  await work();
  await page.waitForTimeout(settle);
  const tasks = await page.evaluate(() => window.tasks);
  const longest = tasks.length ? `${Math.max(...tasks).toFixed(0)} ms, ${tasks.length} of 50 ms or more` : "under 50 ms";
  console.log(`${name.padEnd(44)} longest task of the page ${longest}`);
};
await longTasks("5 MB are pasted, and answered", () => replaceAll(manifests(5_000_000)), 40_000);
await replaceAll(manifests(2_000_000));
await page.waitForTimeout(20_000);
const type = async () => {
  await page.keyboard.press("ControlOrMeta+Home");
  for (let count = 0; count < 40; count += 1) {
    await page.keyboard.press(count % 8 < 4 ? "#" : "Backspace");
    await page.waitForTimeout(120);
  }
};
await longTasks("40 keystrokes in 2 MB", type, 20_000);

await browser.close();
server.kill();
