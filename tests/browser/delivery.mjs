// How long a visitor waits and what is sent, until a packet moves: on the page cold, warm and without a network, and on a
// page of another origin with one and with five embeds. Run by `make delivery`; prints medians of several visits.
//
// The slow line is Chromium's own: 10 Mbit/s and 40 ms there and back, with a processor four times slower. Chromium
// slows the page and its frames so, not their workers.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { installedChromium } from "./chromium.mjs";
import { answer } from "./serve.mjs";

const VISITS = Number(process.env.VISITS ?? 5);
/** Every embed is seen: browsers draw nothing in a frame that is not. */
const TALL = { width: 1000, height: 3_200 };
const SLOW = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const WEB = readFileSync(join(import.meta.dirname, "../../static/lessons/node-port.yaml"), "utf8").replaceAll("<", "&lt;");

/** A server that counts the bytes that it sends. */
async function serve(handle) {
  const site = { bytes: 0 };
  const server = createServer((request, response) => {
    const before = request.socket.bytesWritten;
    response.on("close", () => (site.bytes += (response.socket ?? request.socket).bytesWritten - before));
    handle(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  site.address = `http://localhost:${server.address().port}/`;
  site.stop = () => (server.closeAllConnections(), server.close());
  return site;
}

const program = () => serve((request, response) => answer(request, response, { compressed: true }));

/** In every frame: presses Send when it is there, and notes when a packet first moved. */
const press = () => {
  const look = () => {
    const play = document.querySelector("#play");
    if (play && !window.pressed && !location.hash.includes("mode=embed")) {
      window.pressed = true;
      [...document.querySelectorAll("button")].find((button) => button.textContent.startsWith("Send"))?.click();
    }
    if (play?.getAttribute("aria-label") === "Pause" && !window.isMoving) {
      window.isMoving = true;
      requestAnimationFrame(() => requestAnimationFrame(() => (window.movedAt = performance.timeOrigin + performance.now())));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
};

// Without site isolation a frame of another origin is in the process of the page, which is slowed down.
const args = ["--disable-gpu", "--disable-background-networking", "--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
const browser = await chromium.launch({ executablePath: installedChromium(), args });

async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

const moved = async (frame) => {
  await frame.waitForFunction(() => window.movedAt, undefined, { timeout: 120_000 });
  return frame.evaluate(() => window.movedAt);
};

/** Milliseconds from navigation until a packet moves. */
async function visit(page, address) {
  await page.goto(address, { waitUntil: "commit" });
  const at = await moved(page);
  return at - (await page.evaluate(() => performance.timeOrigin));
}

async function arrivals(isSlow) {
  const times = { cold: [], warm: [], offline: [] };
  let bytes = 0;
  for (let count = 0; count < VISITS; count += 1) {
    const site = await program();
    const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
    await context.addInitScript(press);
    const page = await context.newPage();
    if (isSlow) await slowDown(page);
    times.cold.push(await visit(page, site.address));
    bytes = site.bytes;
    await page.waitForSelector(".cm-content");
    await page.goto("about:blank");
    times.warm.push(await visit(page, site.address));
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.goto("about:blank");
    site.stop();
    times.offline.push(await visit(page, site.address));
    await context.close();
  }
  return { times, bytes };
}

/** Milliseconds and bytes from a click on each embed until its packet moves, and the bytes before. */
async function embeds(number, isSlow) {
  const results = [];
  for (let count = 0; count < VISITS; count += 1) {
    const site = await program();
    const element = `<kube-hop from="client" to="http://192.168.0.12:30123"><pre>${WEB}</pre></kube-hop>`;
    const text = `<!doctype html><title>Handbook</title><script async src="${site.address}kube-hop.js"></script>${element.repeat(number)}`;
    const host = await serve((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(text));
    const context = await browser.newContext({ locale: "en-US", viewport: TALL });
    await context.addInitScript(press);
    const page = await context.newPage();
    if (isSlow) await slowDown(page);
    await page.goto(host.address.replace("localhost", "127.0.0.1"));
    await page.getByRole("button", { name: "Play the trace" }).nth(number - 1).waitFor();
    await page.waitForTimeout(300);
    const before = site.bytes;
    const clicked = await page.evaluate(() => {
      for (const one of document.querySelectorAll("kube-hop")) one.shadowRoot.querySelector("button").click();
      return performance.timeOrigin + performance.now();
    });
    while (page.frames().length <= number) await page.waitForTimeout(20);
    const frames = page.frames().slice(1);
    const all = await Promise.all(frames.map(moved));
    results.push({ before, bytes: site.bytes - before, first: Math.min(...all) - clicked, last: Math.max(...all) - clicked });
    await context.close();
    for (const server of [site, host]) server.stop();
  }
  return results;
}

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
const row = (name, text) => console.log(name.padEnd(52), text);

for (const isSlow of [false, true]) {
  console.log(`\n${isSlow ? "processor 4 times slower, 10 Mbit/s, 40 ms" : "this machine"}; medians of ${VISITS} visits`);
  const { times, bytes } = await arrivals(isSlow);
  for (const [name, values] of Object.entries(times)) row(`navigation → packet moves, ${name}`, `${median(values).toFixed(0)} ms`);
  row("sent until then, cold", kilobytes(bytes));
  for (const number of [1, 5]) {
    const results = await embeds(number, isSlow);
    const of = (name) => median(results.map((result) => result[name]));
    if (!isSlow && number === 1) row("sent to a host page before a click", kilobytes(of("before")));
    row(`click → packet moves, ${number === 1 ? "one embed" : "five embeds, first and last"}`, `${number === 1 ? "" : `${of("first").toFixed(0)} and `}${of("last").toFixed(0)} ms`);
    row(`sent for it`, kilobytes(of("bytes")));
  }
}
await browser.close();
