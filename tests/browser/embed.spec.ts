// kubehop in pages of another origin: the element `<kube-hop>` and the plain frame. The pages around are as hostile here
// as a page can be.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, deflateRawSync } from "node:zlib";

import { expect, type Frame, type FrameLocator, type Page, test as base } from "@playwright/test";

import { expectAccessible, violations } from "./page";

const test = base.extend({
  page: async ({ page }, use) => {
    const found = await violations(page);
    await use(page);
    expect(found).toEqual([]);
  },
});

const DIST = join(import.meta.dirname, "../../dist");

const WEB = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-0, labels: {app: web}}
spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: client, image: client}]}
`;

const MANY = readFileSync(join(import.meta.dirname, "../../static/lessons/node-port.yaml"), "utf8");

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** What the server of the other origin answers, by path. */
const pages = new Map<string, string>();
let server: Server;
let host: string;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const page = pages.get(request.url ?? "");
    const type = request.url?.endsWith(".yaml") ? "text/yaml" : "text/html; charset=utf-8";
    if (page === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `http://localhost:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => server.close());

let count = 0;

/** Opens a page of the other origin with that body. What goes wrong in a frame fails the test. */
async function visit(page: Page, baseURL: string | undefined, body: string, head = ""): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const path = `/${(count += 1)}.html`;
  const script = `<script async src="${baseURL}kube-hop.js"></script>`;
  pages.set(path, `<!doctype html><html lang="en"><head><title>Handbook</title>${head}${script}</head><body>${body}</body></html>`);
  await page.goto(`${host}${path}`);
  return faults;
}

const element = (attributes: string, text = WEB) => `<kube-hop ${attributes}><pre>${escaped(text)}</pre></kube-hop>`;

/** The picture of the program, not that of the first example, which stands in a page until its script is read. */
const DRAWN = ".scene:not(.shell .scene)";

const REQUEST = 'from="pod/client" to="http://web"';

const inner = (page: Page, index = 0): FrameLocator => page.locator("kube-hop").nth(index).frameLocator("iframe");
const play = (page: Page, index = 0) => page.locator("kube-hop").nth(index).getByRole("button", { name: "Play the trace" });

/** Records the events of all elements of the page. */
async function record(page: Page): Promise<() => Promise<{ name: string; detail: any }[]>> {
  await page.evaluate(() => {
    const events: unknown[] = [];
    Object.assign(window, { events });
    for (const name of ["kubehop-trace", "kubehop-verdict", "kubehop-error"])
      document.addEventListener(name, (event) => events.push({ name, detail: (event as CustomEvent).detail }));
  });
  return () => page.evaluate(() => (window as any).events);
}

/** The smallest text that is seen in a frame, in CSS pixels of the screen. */
function smallestText(frame: Frame): Promise<{ size: number; text: string }> {
  return frame.evaluate(() => {
    let smallest = { size: Infinity, text: "" };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const element = walk.currentNode.parentElement!;
      const text = walk.currentNode.textContent!.trim();
      const box = element.getBoundingClientRect();
      if (!text || box.width < 2 || element.closest(".hidden-text, script, style, datalist, noscript, option")) continue;
      const scale = element instanceof SVGGraphicsElement ? element.getScreenCTM()!.a : 1;
      const size = parseFloat(getComputedStyle(element).fontSize) * scale;
      if (size < smallest.size) smallest = { size, text };
    }
    return smallest;
  });
}

async function frameOf(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().length).toBeGreaterThan(1);
  return page.frames()[1]!;
}

test("before a click the page loads one small script, and the manifests are readable", async ({ page, baseURL, browser }) => {
  const asked: string[] = [];
  page.on("request", (request) => request.url().startsWith(baseURL!) && asked.push(request.url()));
  const faults = await visit(page, baseURL, element(REQUEST));
  await expect(play(page)).toBeVisible();
  await expect(page.locator("kube-hop pre")).toContainText("kind: Service");
  await expect(page.locator("kube-hop pre")).toBeVisible();
  await page.waitForTimeout(300);
  expect(asked).toEqual([`${baseURL}kube-hop.js`]);
  expect(brotliCompressSync(readFileSync(join(DIST, "kube-hop.js"))).length).toBeLessThan(15_000);
  await expectAccessible(page);
  expect(faults).toEqual([]);

  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(page.url());
  await expect(plain.locator("kube-hop pre")).toBeVisible();
  await context.close();
});

test("a click plays the trace in a frame of its own origin, which sizes itself and reports", async ({ page, baseURL, context }) => {
  test.slow();
  const faults = await visit(page, baseURL, element(REQUEST));
  const events = await record(page);
  await play(page).click();
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
  await expect.poll(async () => (await events()).map(({ name }) => name)).toContain("kubehop-trace");
  await expect.poll(async () => (await events()).map(({ name }) => name), { timeout: 30_000 }).toContain("kubehop-verdict");
  const trace = (await events()).find(({ name }) => name === "kubehop-trace")!.detail;
  expect(trace.verdict.id).toBe("verdict-answered");
  expect(trace.hops.length).toBeGreaterThan(3);
  const verdict = (await events()).find(({ name }) => name === "kubehop-verdict")!.detail;
  expect(verdict).toEqual({ text: trace.verdict.text, outcome: "answered" });
  await expect(inner(page).locator(".said b")).toHaveText(trace.verdict.text);

  const box = (await page.locator("kube-hop iframe").boundingBox())!;
  const content = await (await frameOf(page)).evaluate(() => document.documentElement.scrollHeight);
  expect(Math.abs(box.height - content)).toBeLessThan(3);
  const scale = await inner(page).locator(`${DRAWN} [data-size]`).evaluate((group: SVGGraphicsElement) => group.getScreenCTM()!.a);
  expect(scale).toBeGreaterThanOrEqual(1);

  const opened = context.waitForEvent("page");
  await inner(page).getByRole("link", { name: "Open in kubehop" }).hover();
  await expect(inner(page).locator("#open-in-kubehop")).toHaveAttribute("href", /#k=1\./);
  await inner(page).getByRole("link", { name: "Open in kubehop" }).click();
  const whole = await opened;
  await expect(whole.locator(".cm-content")).toContainText("web-0", { timeout: 15_000 });
  await expect(whole.locator("#to")).toHaveValue("http://web");
  expect(faults).toEqual([]);
});

test("three on one page play, and the program is downloaded once", async ({ page, baseURL }) => {
  test.slow();
  const programs: string[] = [];
  const counting = createServer(async (request, response) => {
    if (request.url!.endsWith(".wasm")) programs.push(request.url!);
    const answer = await fetch(new URL(request.url!, baseURL));
    const headers = Object.fromEntries(["content-type", "cache-control"].map((name) => [name, answer.headers.get(name) ?? ""]));
    response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => counting.listen(0, "127.0.0.1", resolve));
  const program = `http://127.0.0.1:${(counting.address() as AddressInfo).port}/`;
  const faults = await visit(page, program, element(REQUEST).repeat(3));
  for (let index = 0; index < 3; index++) {
    await play(page, index).click();
    await expect(inner(page, index).locator(`${DRAWN} .service`)).toContainText("web", { timeout: 30_000 });
  }
  expect(programs).toHaveLength(2);
  expect(new Set(programs).size).toBe(2);
  expect(faults).toEqual([]);
  counting.close();
});

test("the keyboard gets into the frame and out of it", async ({ page, baseURL }) => {
  await visit(page, baseURL, `<a href="#before">before</a>${element(REQUEST)}<a href="#after">after</a>`);
  await page.getByRole("link", { name: "before" }).focus();
  await page.keyboard.press("Tab");
  await expect(play(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(inner(page).locator("#play")).toBeFocused({ timeout: 15_000 });
  await page.keyboard.press("ArrowRight");
  await expect(inner(page).getByRole("slider")).toHaveAttribute("aria-valuenow", /[1-9]/);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)).toBe("SPAN");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "after" })).toBeFocused();
});

test("methods send, seek and apply, attributes change what is shown, and the frame follows the host's theme and language", async ({ page, baseURL }) => {
  const style = "<style>body{background:#fff}[data-md-color-scheme=slate] body{background:#10151c}</style>";
  const faults = await visit(page, baseURL, element(`${REQUEST} loading="eager"`), style);
  await test.step("methods send, seek and apply, and attributes change what is shown", async () => {
    const events = await record(page);
    await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
    const last = async () => (await events()).filter(({ name }) => name === "kubehop-trace").at(-1)?.detail.verdict.id;
    await expect.poll(last).toBe("verdict-answered");
    const call = (script: string) => page.evaluate(`document.querySelector("kube-hop").${script}`);
    await call("seek(3)");
    await expect(inner(page).getByRole("slider")).toHaveAttribute("aria-valuenow", /[1-9]/);
    await call("apply('unready pod/web-0')");
    await expect.poll(last).toBe("verdict-refused");
    await call("send({to: 'http://nowhere'})");
    await expect.poll(last).toBe("verdict-no-such-name");
    await call("setAttribute('view', 'concept')");
    await expect(inner(page).locator(`${DRAWN} .slices`)).toBeVisible();
    await page.evaluate((text) => ((document.querySelector("kube-hop") as any).text = text), WEB.replaceAll("web", "shop"));
    await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("shop");
  });
  await test.step("the frame follows the host's theme and language, also in the middle of a trace", async () => {
    await expect(inner(page).locator("html")).toHaveAttribute("data-theme", "light");
    await expect(inner(page).locator(`${DRAWN} .service`)).toBeVisible();
    await page.evaluate(() => document.documentElement.setAttribute("data-md-color-scheme", "slate"));
    await expect(inner(page).locator("html")).toHaveAttribute("data-theme", "dark");
    await page.evaluate(() => document.documentElement.removeAttribute("data-md-color-scheme"));
    await expect(inner(page).locator("html")).toHaveAttribute("data-theme", "light");
    await page.evaluate(() => document.querySelector("kube-hop")!.setAttribute("theme", "dark"));
    await expect(inner(page).locator("html")).toHaveAttribute("data-theme", "dark");
    await page.evaluate(() => document.documentElement.setAttribute("lang", "ko"));
    await page.evaluate(() => document.querySelector("kube-hop")!.setAttribute("language", "ko"));
    await expect(inner(page).getByRole("link", { name: "kubehop에서 열기" })).toBeVisible();
  });
  expect(faults).toEqual([]);
});

test("a page whose policy allows nothing but the script and the frame can have the element", async ({ page, baseURL }) => {
  const origin = baseURL!.replace(/\/$/, "");
  const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const faults = await visit(page, baseURL, element(REQUEST), `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  await play(page).click();
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
  const box = (await page.locator("kube-hop iframe").boundingBox())!;
  expect(box.height).toBeGreaterThan(200);
  expect(faults).toEqual([]);
});

test("loading lazy waits until the element is seen", async ({ page, baseURL }) => {
  await visit(page, baseURL, `<div style="height:3000px"></div>${element(`${REQUEST} loading="lazy"`)}`);
  await expect(play(page)).toBeAttached();
  expect(page.frames()).toHaveLength(1);
  await page.locator("kube-hop").scrollIntoViewIfNeeded();
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
});

test("manifests come from a file of the host, and a missing one is said to be", async ({ page, baseURL }) => {
  pages.set("/web.yaml", WEB);
  await visit(page, baseURL, `<kube-hop src="web.yaml" ${REQUEST}></kube-hop><kube-hop src="none.yaml"></kube-hop>`);
  const events = await record(page);
  await play(page).click();
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
  await play(page, 1).click();
  await expect(page.locator("kube-hop").nth(1).getByRole("alert")).toContainText("cannot be loaded");
  expect((await events()).map(({ name }) => name)).toContain("kubehop-error");
});

test("a poster is shown until it is played", async ({ page, baseURL }) => {
  const svg = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='600' height='300'/%3E";
  await visit(page, baseURL, element(`${REQUEST} poster="${svg}" label="web answers"`));
  await expect(page.getByRole("img", { name: "web answers" })).toBeVisible();
  await expect(page.locator("kube-hop pre")).toBeHidden();
  await page.getByRole("img", { name: "web answers" }).click();
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
});

test("read-only shows the request and changes nothing; parts choose what is there", async ({ page, baseURL }) => {
  await visit(page, baseURL, element(`${REQUEST} readonly parts="request verdict transport yaml"`) + element(`${REQUEST} parts="transport"`));
  await play(page).click();
  await expect(inner(page).locator(".asked")).toHaveText("pod/client → http://web");
  await expect(inner(page).locator("input, select.from")).toHaveCount(0);
  await inner(page).locator(".cm-content").focus();
  await page.keyboard.type("# mine");
  await expect(inner(page).locator(".cm-line").first()).toHaveText("apiVersion: v1");
  await play(page, 1).click();
  await expect(inner(page, 1).locator(`${DRAWN} .service`)).toBeVisible();
  await expect(inner(page, 1).locator(".bar, .said, .editor")).toHaveCount(0);
});

for (const view of ["concept", "network"]) {
  test(`no text of a frame is smaller than 11 px, whatever its size: ${view}`, async ({ page, baseURL }) => {
    const session = { text: MANY, asked: { from: "client", to: "http://192.168.0.12:30123", by_hand: true }, view };
    const link = `${baseURL}#k=1.${deflateRawSync(JSON.stringify(session)).toString("base64url")}&mode=embed&parts=request,verdict,transport,yaml`;
    const faults = await visit(page, baseURL, `<iframe src="${link}" width="600" height="400" title="kubehop"></iframe>`);
    const shown = page.frameLocator("iframe");
    await expect(shown.locator(`${DRAWN} .service`)).toContainText("kimho");
    await shown.getByRole("button", { name: "Send ▸" }).click();
    await expect(shown.getByRole("button", { name: "Pause" })).toBeVisible();
    for (const [width, height] of [[600, 400], [360, 640], [860, 470]] as const)
      await test.step(`${width} by ${height}`, async () => {
        await page.setViewportSize({ width: Math.max(width, 400) + 40, height: 800 });
        await page.locator("iframe").evaluate((frame: HTMLIFrameElement, size) => Object.assign(frame, size), { width: `${width}`, height: `${height}` });
        await expect.poll(() => page.locator("iframe").evaluate((frame) => frame.clientWidth)).toBe(width);
        const frame = await frameOf(page);
        // The picture is laid out anew for the frame's width.
        await expect(async () => {
          const { size, text } = await smallestText(frame);
          expect(size, text).toBeGreaterThanOrEqual(11);
          expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }).toPass({ timeout: 15_000 });
      });
    expect(faults).toEqual([]);
  });
}

test("a plain frame says how high it wants to be, and nothing else to a page that did not ask", async ({ page, baseURL }) => {
  const link = `${baseURL}#k=1.${deflateRawSync(JSON.stringify({ text: WEB })).toString("base64url")}&mode=embed`;
  await visit(page, baseURL, `<iframe src="${link}" width="700" height="470" title="kubehop"></iframe>`);
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener("message", ({ data }) => heard.push(data));
  });
  const heard = () => page.evaluate(() => (window as any).heard as { type: string; height?: number }[]);
  await expect(page.frameLocator("iframe").locator(`${DRAWN} .service`)).toContainText("web");
  await page.setViewportSize({ width: 700, height: 700 });
  await page.evaluate(() => (document.querySelector("iframe")!.width = "420"));
  await expect.poll(async () => (await heard()).some(({ type, height }) => type === "size" && height! > 150)).toBe(true);
  expect((await heard()).every(({ type }) => type === "ready" || type === "size")).toBe(true);
});

test("messages of another shape, window or origin are refused, add nothing to other objects, and a flood of them freezes nothing", async ({ page, baseURL }) => {
  const faults = await visit(page, baseURL, `${element(`${REQUEST} loading="eager"`)}<iframe id="other" srcdoc="<p>other</p>"></iframe>`);
  const events = await record(page);
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
  const post = (message: unknown) =>
    page.evaluate(
      ([message, origin]) =>
        (document.querySelector("kube-hop") as any).shadowRoot.querySelector("iframe").contentWindow.postMessage(message, origin),
      [message, baseURL!.replace(/\/$/, "")] as const,
    );
  for (const message of [
    { kubehop: 1, type: "seek", hop: -1 },
    { kubehop: 1, type: "open", text: 7 },
    { kubehop: 1, type: "apply", event: "a\nopen {}" },
    { kubehop: 1, type: "look", theme: "<img src=x onerror=alert(1)>" },
    { kubehop: 1, type: "__proto__" },
    { kubehop: 2, type: "send" },
  ])
    await post(message);
  const refused = async () => (await events()).filter(({ name }) => name === "kubehop-error").map(({ detail }) => detail);
  await expect.poll(refused).toEqual(Array(6).fill("shape"));

  // Another frame of the page is not the page.
  await page.frames().find((one) => one.url() === "about:srcdoc")!.evaluate(() => {
    for (const target of Array.from(parent.frames as unknown as ArrayLike<Window>)) {
      target.postMessage({ kubehop: 1, type: "open", text: "" }, "*");
    }
    parent.postMessage({ kubehop: 1, type: "verdict", text: "forged", outcome: "failed" }, "*");
  });
  await page.waitForTimeout(300);
  expect((await events()).filter(({ detail }) => detail?.text === "forged")).toEqual([]);
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");

  // The names of prototypes.
  await page.evaluate(
    ([text, origin]) => {
      const pollution = '"__proto__":{"polluted":1,"type":"send"},"constructor":{"prototype":{"polluted":1}},"toString":"x"';
      const target = (document.querySelector("kube-hop") as any).shadowRoot.querySelector("iframe").contentWindow;
      for (const rest of [`"type":"open","text":${JSON.stringify(text)}`, '"type":"send","to":"__proto__"', '"type":"look","view":"__proto__"', '"type":"constructor"', ""])
        target.postMessage(JSON.parse(`{"kubehop":1,${pollution}${rest && `,${rest}`}}`), origin);
      target.postMessage(JSON.parse(`[{${pollution}}]`), origin);
    },
    [WEB.replaceAll("web", "shop"), baseURL!.replace(/\/$/, "")] as const,
  );
  await page.waitForTimeout(500);
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText(/web|shop/);
  for (const frame of page.frames()) {
    expect(await frame.evaluate(() => [Object.keys(Object.prototype), ({} as any).polluted])).toEqual([[], undefined]);
  }

  // A flood.
  await page.evaluate((origin) => {
    const target = (document.querySelector("kube-hop") as any).shadowRoot.querySelector("iframe").contentWindow;
    for (let number = 0; number < 10_000; number++) target.postMessage({ kubehop: 1, type: "send", to: `http://web-${number}` }, origin);
  }, baseURL!.replace(/\/$/, ""));
  await expect.poll(refused, { timeout: 15_000 }).toContain("rate");
  await expect(inner(page).getByRole("button", { name: "Send ▸" })).toBeVisible();
  await inner(page).getByRole("slider").click();
  expect(faults).toEqual([]);
});

test("attributes and manifests with HTML stay texts, in the page around and in the frame", async ({ page, baseURL }) => {
  const evil = `"><img src=x onerror="top.hit=1"><script>top.hit=1</script>`;
  const text = WEB.replace("name: web}", `name: web, annotations: {a: '<img src=x onerror=top.hit=1>'}}`) + `\n# </pre><script>top.hit=1</script>`;
  const attributes = ["from", "to", "view", "hop", "language", "theme", "label", "poster", "program"];
  const body = element(attributes.map((name) => `${name}="${escaped(name === "program" ? "javascript:top.hit=1" : evil)}"`).join(" "), text);
  await visit(page, baseURL, body);
  await page.locator("kube-hop").getByRole("link").hover();
  await play(page).click();
  await expect(inner(page).locator(".embedded")).toBeVisible();
  await expect(inner(page).locator("#to")).toHaveValue(evil);
  expect(await page.evaluate(() => "hit" in window)).toBe(false);
  expect(await page.locator("kube-hop").getByRole("link").count()).toBe(0);
});

test("the dialog's HTML shows the session on a page of another origin", async ({ page, baseURL }) => {
  await page.goto(`${baseURL}#k=1.${deflateRawSync(JSON.stringify({ text: WEB, asked: { from: "pod/client", to: "http://web", by_hand: true } })).toString("base64url")}`);
  await expect(page.locator(`${DRAWN} .service`)).toContainText("web");
  await page.getByRole("button", { name: "Embed" }).click();
  const text = page.getByRole("dialog").getByRole("textbox");
  await expect(text).toHaveValue(/<kube-hop/);
  await page.getByLabel("With the manifests").check();
  const html = await text.inputValue();
  expect(html).toContain('parts="request verdict transport yaml"');
  await page.getByLabel("HTML").selectOption("iframe");
  await expect(text).toHaveValue(/^<iframe src=/);
  const plain = await text.inputValue();

  await visit(page, baseURL, html + plain);
  await page.locator("kube-hop").getByRole("button").click();
  await expect(inner(page).locator(`${DRAWN} .service`)).toContainText("web");
  await expect(inner(page).locator(".cm-content")).toContainText("web-0");
  await expect(page.frameLocator('iframe[title="kubehop"]').locator(`${DRAWN} .service`)).toContainText("web");
});
