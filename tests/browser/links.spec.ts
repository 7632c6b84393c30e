// Links: what one holds, that old ones open, and what is said when one cannot be opened. A link comes from anybody.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { constants, deflateRawSync } from "node:zlib";

import { test as base, type Page } from "@playwright/test";

import { expect, expectAccessible, open, paste, picture, shapes, test, written } from "./page";

const TEXT = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: web}]} # 웹
`;

const SESSION = { text: TEXT, asked: { from: "pod/web", to: "http://web", by_hand: true } };

/** A link of today's form that holds any value. */
const linkOf = (session: unknown) => `./#k=1.${deflateRawSync(JSON.stringify(session)).toString("base64url")}`;

/** A link of a file in `links/`, made by a version before. */
const oldLink = (name: string) => `./${readFileSync(join(import.meta.dirname, "links", `${name}.txt`), "utf8").trim()}`;

async function follow(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.locator(".cm-content")).toBeVisible();
}

/** The link that the dialog "Share" makes. */
async function shared(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share" }).click();
  const text = page.getByRole("dialog").getByRole("textbox");
  await expect(text).toHaveValue(/#k=1\./);
  return text.inputValue();
}

const alert = (page: Page, says: string | RegExp) => page.getByRole("alert").filter({ hasText: says });

test("links of the form before open: a text with all that belongs to it, an example, a lesson", async ({ page }) => {
  test.slow();
  await test.step("a link of the form before opens with its text, request, events and settings", async () => {
    await follow(page, oldLink("text-events-and-settings"));
    expect(await written(page)).toContain("name: 웹");
    await expect(page.getByLabel("From")).toHaveValue("node/node-2");
    await expect(page.locator("#to")).toHaveValue("http://web.default.svc.cluster.local");
    await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
    await page.locator("#events").click();
    await expect(page.locator(".log")).toContainText("node-3");
    await page.getByRole("tab", { name: "Cluster" }).click();
    await expect(page.getByLabel("Nodes", { exact: true })).toHaveValue("4");
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
  await test.step("a link of the form before that names an example opens it", async () => {
    await page.goto("./kube-hop.js");
    await follow(page, oldLink("example"));
    await expect(page.getByLabel("Examples")).toHaveValue("node-port");
    await expect(page.locator("#to")).toHaveValue("http://192.168.0.12:30123");
  });
  await test.step("a link to a lesson opens it", async () => {
    await page.goto("./kube-hop.js");
    await page.goto(oldLink("lesson"));
    await expect(page.getByRole("tab", { name: "Lesson" })).toHaveAttribute("aria-selected", "true");
  });
});

test("a link is compressed and brings everything along; a view-only one plays, and only a copy of it can be edited", async ({ page, browser, baseURL }) => {
  test.slow();
  const text = TEXT + "---\n" + TEXT.replaceAll("web", "shop");
  await test.step("a link is compressed, says how long it is, and brings everything along", async () => {
    await open(page);
    await paste(page, text);
    await page.locator("#to").fill("http://shop");
    await page.getByRole("button", { name: "Concept" }).click();
    await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
    const link = await shared(page);
    expect(link).toContain(`${baseURL}#k=1.`);
    expect(link.length).toBeLessThan(500);
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(`${link.length} characters`);
    await expect(dialog).toContainText("nothing is sent anywhere");
    await expectAccessible(page);

    const context = await browser.newContext({ locale: "en-US" });
    const other = await context.newPage();
    await follow(other, link);
    expect(await written(other)).toContain("name: shop");
    await expect(other.locator("#to")).toHaveValue("http://shop");
    await expect(other.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
    await context.close();
  });
  await test.step("a view-only link shows and plays, and only a copy of it can be edited", async () => {
    await page.getByLabel("View only").check();
    await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue(/&mode=view$/);
    const viewed = await page.getByRole("dialog").getByRole("textbox").inputValue();

    await page.goto("./kube-hop.js");
    await follow(page, viewed);
    await expect(page.getByText("A view-only link")).toBeVisible();
    await page.locator(".cm-content").focus();
    await page.keyboard.type("# mine");
    expect(await written(page)).toBe(text);
    await page.locator("#to").fill("http://web");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    expect(page.url()).toContain("mode=view");
    await page.getByRole("button", { name: "Edit a copy" }).click();
    await expect(page.getByText("A view-only link")).toHaveCount(0);
    await expect(page.locator(".cm-content")).toBeVisible();
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("# mine");
    await expect(page.locator(".cm-line").first()).toHaveText("# mineapiVersion: v1");
    expect(page.url()).not.toContain("#");
  });
});

test("a link shows the hop that it names, leaves out what is beyond this version, and cannot become HTML", async ({ page }) => {
  test.slow();
  await test.step("a link shows the hop that it names", async () => {
    await follow(page, `${linkOf(SESSION)}&hop=3`);
    await expect(page.locator(".tl .count .long")).toHaveText(/^hop 3 of/);
  });
  await test.step("what a link holds beyond this version is left out by name, and the text is there", async () => {
    await page.goto("./kube-hop.js");
    await follow(page, linkOf({ ...SESSION, view: "globe", config: { nodes: 5, plugin: "magic" }, events: ["explode"] }));
    await expect(alert(page, "events, view, config.plugin")).toBeVisible();
    expect(await written(page)).toBe(TEXT);
    await expect(shapes(page, "node")).toHaveCount(5);
  });
  await test.step("names and labels of a link cannot become HTML", async () => {
    await page.goto("./kube-hop.js");
    const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
    const text = TEXT.replace("name: web}", `name: web, annotations: {a: '${evil}'}}`);
    await follow(page, linkOf({ text, asked: { from: evil, to: evil, by_hand: true }, view: evil, __proto__: { hit: 1 } }));
    await page.getByRole("button", { name: "Embed" }).click();
    await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue(/<kube-hop/);
    expect(await page.evaluate(() => ({ hit: "hit" in window, polluted: "hit" in {} }))).toEqual({ hit: false, polluted: false });
  });
});

/** Links that cannot be opened, and why. */
const BROKEN: [string, string, "link-damaged" | "link-too-new"][] = [
  ["cut off", linkOf(SESSION).slice(0, -20), "link-damaged"],
  ["not base64", "./#k=1.***", "link-damaged"],
  ["of bytes that are not compressed", "./#k=1.bm9uc2Vuc2U", "link-damaged"],
  ["of JSON without a text", linkOf({ view: "concept" }), "link-damaged"],
  ["of a list", linkOf([1, 2]), "link-damaged"],
  ["without a version", "./#k=nonsense", "link-damaged"],
  ["of the form before, damaged", "./#s=bm9uc2Vuc2U", "link-damaged"],
  ["of a later version", "./#k=2.anything~at~all", "link-too-new"],
];

test("a link that cannot be opened is said to be so, and what was there stays", async ({ page }) => {
  test.slow();
  await open(page);
  await paste(page, TEXT);
  await expect(shapes(page, "service")).toContainText("web");
  for (const [what, link, fault] of BROKEN) {
    const read = async (address: string) => (await (await window.kubehop.load("link.js")).open(address)).fault;
    expect(await page.evaluate(read, new URL(link, page.url()).href), what).toBe(fault);
  }
  // What is said of one of each kind.
  for (const [what, link, says] of [
    ["cut off", BROKEN[0]![1], /This link is damaged/],
    ["of the form before, damaged", "./#s=bm9uc2Vuc2U", /This link is damaged/],
    ["of a later version", "./#k=2.anything~at~all", /newer version of kubehop/],
  ] as const)
    await test.step(`a link ${what}`, async () => {
      await page.goto("./kube-hop.js");
      await follow(page, link);
      await expect(alert(page, says)).toBeVisible();
      expect(await written(page)).toBe(TEXT);
      await alert(page, says).getByRole("button", { name: "Close" }).click();
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
});

test("a damaged link says so in Korean, and offers to open a file", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("kubehop.language", "ko"));
  await follow(page, "./#k=1.AAAA");
  const says = alert(page, "링크가 손상되었습니다");
  await expect(says).toBeVisible();
  await expectAccessible(page);
  const chooser = page.waitForEvent("filechooser");
  await says.getByRole("button", { name: "파일 열기…" }).click();
  await (await chooser).setFiles({ name: "web.yaml", mimeType: "text/yaml", buffer: Buffer.from(TEXT) });
  await expect(shapes(page, "service")).toContainText("web");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a link that unpacks to a gigabyte is stopped without a freeze", async ({ page }) => {
  // A hundred times the same ten megabytes, each compressed without the others.
  const piece = deflateRawSync(Buffer.alloc(10_000_000, "a"), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const bomb = Buffer.concat([...Array<Buffer>(100).fill(piece), deflateRawSync("")]).toString("base64url");
  expect(bomb.length).toBeGreaterThan(1_000_000);
  await open(page);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => tasks.push(duration))).observe({ type: "longtask" });
  });
  // As the page itself reads a link: what Chromium's navigation does with a megabyte is not ours.
  const { fault, heap } = await page.evaluate(async (data) => {
    const link = await window.kubehop.load("link.js");
    const { fault } = await link.open(`${location.origin}/#k=1.${data}`);
    const { usedJSHeapSize: heap } = (performance as unknown as { memory: { usedJSHeapSize: number } }).memory;
    return { fault, heap };
  }, bomb);
  expect(fault).toBe("link-too-large");
  expect(heap).toBeLessThan(200_000_000);
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  expect(Math.max(0, ...tasks)).toBeLessThan(5_000 * Number(process.env.KUBEHOP_SLOWNESS));
});

test("a link that unpacks to too much is said to, and the page opens as before", async ({ page }) => {
  await follow(page, linkOf({ text: "# a\n".repeat(2_500_000) }));
  await expect(alert(page, "unpacks to more than 8 MiB")).toBeVisible();
  await expect(shapes(page, "service")).toContainText("kimho");
});

test("a state too large for a link is offered as a file", async ({ page }) => {
  await open(page);
  // Text that does not compress.
  let seed = 1;
  const letter = () => "abcdefghijklmnopqrstuvwxyz0123456789"[(seed = (seed * 48271) % 2147483647) % 36];
  const name = () => Array.from({ length: 60 }, letter).join("");
  await paste(page, Array.from({ length: 25_000 }, () => `# ${name()}`).join("\n"));
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("which browsers do not open", { timeout: 20_000 });
  await expect(dialog.getByRole("textbox")).toBeHidden();
  await expect(dialog.getByRole("button", { name: "Copy" })).toBeDisabled();
  await expect(dialog.getByRole("button", { name: "Save as a file" })).toBeEnabled();
});

test("a state is saved as a file and opened from it @picture", async ({ page }) => {
  await open(page);
  await paste(page, TEXT);
  await page.locator("#to").fill("http://web");
  await expect(shapes(page, "service")).toContainText("web");
  await shared(page);
  await picture(page, "share");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(JSON.parse(file)).toMatchObject({ kubehop: 1, text: TEXT, asked: { to: "http://web" } });

  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Next ›" }).click();
  const drop = (text: string) =>
    page.locator(".editor").evaluate((editor, text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "kubehop.json"));
      editor.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
  await drop(file);
  await expect(page.locator("#to")).toHaveValue("http://web");
  expect(await written(page)).toBe(TEXT);
  await drop(file.replace('"kubehop":1', '"kubehop":2'));
  await expect(alert(page, "newer version of kubehop")).toBeVisible();
  expect(await written(page)).toBe(TEXT);
});

test("?src= loads manifests of the page's own origin", async ({ page }) => {
  await page.route("**/web.yaml", (route) => route.fulfill({ body: TEXT }));
  await follow(page, "./?src=web.yaml#from=node/node-1&to=http://web&view=concept");
  expect(await written(page)).toBe(TEXT);
  await expect(page.locator("#to")).toHaveValue("http://web");
  await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# mine");
  await expect.poll(() => page.url()).not.toContain("src");
});

base("?src= without a file says so", async ({ page }) => {
  await page.route("**/none.yaml", (route) => route.fulfill({ status: 404 }));
  await follow(page, "./?src=none.yaml");
  await expect(alert(page, "cannot be loaded")).toBeVisible();
  await follow(page, "./?src=javascript:alert(1)");
  await expect(alert(page, "not one that manifests can be loaded from")).toBeVisible();
});

base("?src= of another origin is loaded only after a person allowed it", async ({ page }) => {
  const asked: string[] = [];
  const headers = { "access-control-allow-origin": "*" };
  await page.route("http://manifests.example/**", (route) => {
    asked.push(route.request().url());
    return route.request().url().endsWith("web.yaml") ? route.fulfill({ body: TEXT, headers }) : route.abort();
  });
  await follow(page, "./?src=http://manifests.example/web.yaml#to=http://web");
  await expect(alert(page, "from manifests.example")).toBeVisible();
  await expect(shapes(page, "service")).toContainText("kimho");
  expect(asked).toEqual([]);
  await alert(page, "manifests.example").getByRole("button", { name: "Load" }).click();
  await expect(page.locator("#to")).toHaveValue("http://web");
  expect(await written(page)).toBe(TEXT);
  expect(asked).toHaveLength(1);

  await follow(page, "./?src=http://manifests.example/forbidden.yaml");
  await alert(page, "manifests.example").getByRole("button", { name: "Load" }).click();
  await expect(alert(page, "does not allow other pages to read it")).toBeVisible();
});
