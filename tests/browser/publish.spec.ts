// The page as it is published: below any path, with compressed files, without a network, in two builds, and as one file.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";

import { expect, type Page, test as base } from "@playwright/test";

import { writeServiceWorker } from "../../src/publish/offline.mjs";
import { policyOf } from "../../src/publish/policy.mjs";
import { shapes, violations } from "./page";
import { answer } from "./serve.mjs";

const DIST = join(import.meta.dirname, "../../dist");
const WEB = readFileSync(join(import.meta.dirname, "../../static/lessons/node-port.yaml"), "utf8");

/** A web server of the test's own. */
interface Site {
  /** The folder that it serves; a test may change it. */
  root: string;
  address: string;
  asked: string[];
  /** How compressed the last answers were, by path. */
  sent: Map<string, string>;
  stop(): Promise<void>;
}

const test = base.extend<{ faults: string[]; site: Site }>({
  serviceWorkers: "allow",
  faults: async ({ page }, use) => {
    const faults = await violations(page);
    page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
    await use(faults);
    expect(faults).toEqual([]);
  },
  site: async ({}, use) => {
    const site: Site = { root: DIST, address: "", asked: [], sent: new Map(), stop: async () => {} };
    const server: Server = createServer((request: IncomingMessage, response) => {
      site.asked.push(request.url!);
      response.on("finish", () => site.sent.set(request.url!.split("?")[0]!, String(response.getHeader("content-encoding"))));
      answer(request, response, { root: site.root, below: "/a/b/", compressed: true });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    site.address = `http://localhost:${(server.address() as AddressInfo).port}/a/b/`;
    site.stop = () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve())));
    await use(site);
    await site.stop();
  },
});

const ready = (page: Page) => expect(page.locator(".cm-content")).toBeAttached({ timeout: 20_000 });
const verdict = (page: Page) => page.locator(".verdict");

/** Plays a trace to its end, which the worker has to answer first. */
async function plays(page: Page): Promise<void> {
  await page.getByLabel("Examples").selectOption("node-port");
  await expect(page.locator("#to")).toHaveValue("http://192.168.0.12:30123");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await page.getByRole("slider", { name: "Packet path" }).press("End");
  await expect(verdict(page)).toContainText("answered");
}

/** Waits until the service worker has kept everything and answers for the page from its next visit on. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

test("below a path and compressed, page, worker, lesson and embedded frame work", async ({ page, site, faults }) => {
  test.slow();
  await page.goto(site.address);
  await ready(page);
  await plays(page);
  await page.goto("about:blank");
  await page.goto(`${site.address}#lesson=01-why-services`);
  await expect(page.getByRole("tab", { name: "Lesson" })).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".course")).toContainText("Service");
  const session = { text: WEB, asked: { from: "client", to: "http://192.168.0.12:30123", by_hand: true } };
  await page.goto("about:blank");
  await page.goto(`${site.address}#k=1.${deflateRawSync(JSON.stringify(session)).toString("base64url")}&mode=embed`);
  await expect(shapes(page, "service")).toContainText("kimho");
  await page.getByRole("button", { name: "Send ▸" }).click();
  const codings = [...site.sent].filter(([path]) => /\.(js|wasm|css|ftl)$/.test(path)).map(([, coding]) => coding);
  expect(codings.length).toBeGreaterThan(6);
  expect(new Set(codings)).toEqual(new Set(["br"]));
  expect(site.asked.filter((path) => !path.startsWith("/a/b/") && path !== "/favicon.ico")).toEqual([]);
  expect(faults).toEqual([]);
});

test("the page speaks the language of the first visit also when the service worker answers for it", async ({ page, site }) => {
  await page.addInitScript(() => localStorage.setItem("kubehop.language", "ko"));
  await page.goto(site.address);
  await ready(page);
  await kept(page);
  await page.goto("about:blank");
  await page.goto(`${site.address}#lesson=01-why-services`);
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe("activated");
  await expect(page.locator(".course h3").first()).toHaveText("예측");
});

test("every file that gets smaller has its compressed forms beside it", () => {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const plain = paths.filter((path) => /\.(js|wasm|css|ftl|html|svg|yaml|md|json)$/.test(path));
  expect(plain.length).toBeGreaterThan(50);
  for (const path of plain) {
    for (const end of ["br", "gz"]) expect(statSync(`${path}.${end}`).size, path).toBeLessThan(statSync(path).size);
  }
});

test("the web manifest makes it an app, and what the page loads has a hash of its content in its name", async ({ page, site }) => {
  await page.goto(site.address);
  await ready(page);
  await test.step("the web manifest makes it an app", async () => {
    const session = await page.context().newCDPSession(page);
    const { errors, data } = await session.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data!);
    expect(new URL(manifest.start_url, site.address).href).toBe(site.address);
    const icon = await page.request.get(new URL(manifest.icons[0].src, site.address).href);
    expect(icon.headers()["content-type"]).toBe("image/svg+xml");
  });
  await test.step("what the page loads has a hash of its content in its name", async () => {
    await page.goto(`${site.address}#lesson=01-why-services`);
    const stable = ["/a/b/", "/a/b/service-worker.js", "/a/b/kubehop.webmanifest", "/favicon.ico"];
    expect(site.asked.filter((path) => !stable.includes(path) && !/-[0-9a-f]{12,16}[._/]/.test(path))).toEqual([]);
  });
});

test("after one visit it opens, plays and teaches without a network", async ({ page, site, faults }) => {
  test.slow();
  await page.goto(site.address);
  await ready(page);
  await kept(page);
  await site.stop();
  await page.reload();
  await ready(page);
  await plays(page);
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.getByRole("tab", { name: "매니페스트" })).toBeVisible();
  await page.goto("about:blank");
  await page.goto(`${site.address}#lesson=03-named-ports`);
  await expect(page.locator(".course")).toContainText("targetPort");
  expect(faults).toEqual([]);
});

/** Another build: every file whose name has a hash has another one, and the page says that it is the second. */
function secondBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "kubehop-"));
  cpSync(DIST, folder, { recursive: true, filter: (path) => !/\.(br|gz)$|kubehop\.html$/.test(path) });
  const renamed = readdirSync(folder).flatMap((name) => {
    const hash = /-([0-9a-f]{12,16})(?=[._]|$)/.exec(name)?.[1];
    return hash ? [[hash, createHash("sha256").update(hash).digest("hex").slice(0, 16)] as const] : [];
  });
  const put = (text: string) => renamed.reduce((text, [before, after]) => text.replaceAll(before, after), text);
  for (const name of readdirSync(folder)) {
    if (/\.(js|html|webmanifest)$/.test(name)) writeFileSync(join(folder, name), put(readFileSync(join(folder, name), "utf8")));
    if (put(name) !== name) renameSync(join(folder, name), join(folder, put(name)));
  }
  const index = join(folder, "index.html");
  const page = readFileSync(index, "utf8").replace("<title>kubehop", "<title>second kubehop");
  writeFileSync(index, page.replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, start) => `${start}${policyOf(page)}`));
  return folder;
}

test("a second build replaces the first wholly, and not under a page that is open", async ({ page, site, faults, context }) => {
  test.setTimeout(240_000);
  const second = secondBuild();
  await writeServiceWorker(second);
  await page.goto(site.address);
  await ready(page);
  await kept(page);
  await page.reload();
  await ready(page);
  const names = () => page.evaluate(async () => Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url))));
  const [first] = await names();
  expect(first!.length).toBeGreaterThan(50);

  // The second build is on the server while two pages of the first are open: both stay in the first.
  const other = await context.newPage();
  await other.goto(site.address);
  site.root = second;
  await page.evaluate(async () => void (await navigator.serviceWorker.getRegistration())!.update());
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.waiting?.state), { timeout: 30_000 })
    .toBe("installed");
  site.asked.length = 0;
  await page.reload();
  await ready(page);
  await expect(page).toHaveTitle(/^kubehop/);
  await plays(page);
  expect(site.asked.filter((path) => /-[0-9a-f]{12,16}[._/]/.test(path))).toEqual([]);

  // With the last page of the first build, it goes.
  await other.close();
  await page.reload();
  await expect(page).toHaveTitle(/^second kubehop/, { timeout: 30_000 });
  await ready(page);
  await plays(page);
  await expect.poll(async () => (await names()).length).toBe(1);
  const hashed = (urls: string[]) => new Set(urls.filter((url) => /-[0-9a-f]{12,16}[._/]/.test(url)));
  const [now] = await names();
  expect(now!.length).toBe(first!.length);
  expect([...hashed(now!)].filter((url) => hashed(first!).has(url))).toEqual([]);
  await site.stop();
  await page.reload();
  await expect(page).toHaveTitle(/^second kubehop/);
  await plays(page);
  expect(faults).toEqual([]);
  rmSync(second, { recursive: true });
});

test("a build whose files are on the server only in part is never used", async ({ page, site, faults }) => {
  test.setTimeout(240_000);
  const second = secondBuild();
  await writeServiceWorker(second);
  await page.goto(site.address);
  await ready(page);
  await kept(page);
  await page.reload();
  await ready(page);
  // The service worker is of the second build, the page still of the first.
  const half = secondBuild();
  writeFileSync(join(half, "service-worker.js"), readFileSync(join(second, "service-worker.js")));
  writeFileSync(join(half, "index.html"), readFileSync(join(DIST, "index.html")));
  site.root = half;
  const states = page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    const found = new Promise<string>((resolve) =>
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing!;
        worker.addEventListener("statechange", () => resolve(worker.state));
      }),
    );
    await registration.update();
    return found;
  });
  expect(await states).toBe("redundant");
  await page.reload();
  await ready(page);
  await expect(page).toHaveTitle(/^kubehop/);
  await plays(page);
  expect(faults).toEqual([]);
  for (const folder of [second, half]) rmSync(folder, { recursive: true });
});

test("an older service worker at the address is replaced", async ({ page, site, faults }) => {
  test.slow();
  // One that answers every question with a page of its own.
  const old = mkdtempSync(join(tmpdir(), "kubehop-"));
  const answers = 'event.respondWith(new Response("<title>old</title>", { headers: { "content-type": "text/html" } }))';
  writeFileSync(join(old, "service-worker.js"), `self.addEventListener("fetch", (event) => ${answers});`);
  writeFileSync(join(old, "index.html"), '<script>navigator.serviceWorker.register("service-worker.js")</script>');
  site.root = old;
  await page.goto(site.address);
  await kept(page);
  site.root = DIST;
  await page.reload();
  await expect(page).toHaveTitle("old");
  await page.evaluate(async () => void (await navigator.serviceWorker.getRegistration())!.update());
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.waiting?.state), { timeout: 30_000 })
    .toBe("installed");
  await page.goto("about:blank");
  await expect
    .poll(async () => {
      await page.goto(site.address);
      const title = await page.title();
      if (title === "old") await page.goto("about:blank");
      return title;
    }, { timeout: 15_000 })
    .toMatch(/^kubehop/);
  await ready(page);
  await plays(page);
  expect(faults).toEqual([]);
  rmSync(old, { recursive: true });
});

test("the one file runs from a disk: examples, lessons, both languages, the editor", async ({ page, faults }) => {
  test.setTimeout(180_000);
  const asked: string[] = [];
  page.on("request", (request) => !/^(data|blob):/.test(request.url()) && asked.push(request.url()));
  const folder = mkdtempSync(join(tmpdir(), "kubehop-"));
  cpSync(join(DIST, "kubehop.html"), join(folder, "kubehop.html"));
  const address = pathToFileURL(join(folder, "kubehop.html")).href;
  await page.goto(address);
  await ready(page);
  await plays(page);
  for (const [lesson, says] of [["01-why-services", "Service"], ["12-node-port", "NodePort"], ["20-network-policy", "NetworkPolicy"]]) {
    // The first by its link, the others by the picker.
    if (lesson === "01-why-services") {
      await page.goto("about:blank");
      await page.goto(`${address}#lesson=${lesson}`);
      await ready(page);
    } else {
      await page.getByLabel("Examples").selectOption(`course:${lesson}`);
      await expect(verdict(page)).toHaveCount(0);
    }
    await expect(page.locator(".course")).toContainText(says!);
    await page.getByRole("group", { name: "Request" }).getByRole("button", { name: "Send ▸" }).click();
    await page.getByRole("slider", { name: "Packet path" }).press("End");
    await expect(verdict(page)).toBeVisible();
  }
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.getByRole("tab", { name: "매니페스트" })).toBeVisible();
  await page.getByRole("tab", { name: "매니페스트" }).click();
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("kind: Service # mine");
  await expect(page.locator(".cm-content")).toContainText("mine");
  expect(new Set(asked.map((one) => one.split("#")[0]))).toEqual(new Set([address, "about:blank"].filter((one) => asked.some((it) => it.startsWith(one)))));
  expect(faults).toEqual([]);
  rmSync(folder, { recursive: true });
});
