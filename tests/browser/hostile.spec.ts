// Texts, links, files and addresses from somebody who wants to run something in the page: they stay texts, change nothing
// else, and stop nothing. `embed.spec.ts` has messages and attributes, `links.spec.ts` a link that unpacks to a gigabyte.

import { deflateRawSync } from "node:zlib";

import type { Page } from "@playwright/test";

import { expect, open, paste, problem, shapes, test, track } from "./page";

const RUNS = [
  `<img src=x onerror=hit()>`,
  `"><script>hit()</script>`,
  `'-hit()-'`,
  `</text></svg><svg onload=hit()>`,
  `</style><script>hit()</script>`,
  `javascript:hit()`,
  `{{constructor.constructor('hit()')()}}`,
  `\${hit()}`,
  `]]><script>hit()</script>`,
  `url(javascript:hit())`,
  `}*{background:url(http://evil.example/)}`,
  `__proto__`,
  `constructor`,
  `../../../etc/passwd`,
  `\u202Egpj.exe`,
];

const quoted = (text: string) => JSON.stringify(text);

/** A cluster that answers, with every hostile text wherever a server accepts any text, and where it does not. */
const TEXT = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
${RUNS.map((text, index) => `    a${index}: ${quoted(text)}`).join("\n")}
spec: {selector: {app: web}, ports: [{port: 80, name: "a<b>"}, {port: 81, targetPort: 8080, name: ok}]}
---
apiVersion: v1
kind: Service
metadata: {name: good, annotations: {x: ${quoted(RUNS.join(" "))}}}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-0, labels: {app: web, __proto__: a, constructor: b}}
spec: {containers: [{name: web, image: ${quoted(RUNS[0]!)}, command: [${RUNS.map(quoted).join(", ")}], env: [${RUNS.map((text, index) => `{name: E${index}, value: ${quoted(text)}}`).join(", ")}], ports: [{containerPort: 8080}]}]}
---
${RUNS.map((text) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${quoted(text)}, labels: {${quoted(text)}: ${quoted(text)}}}\nspec: {selector: {${quoted(text)}: ${quoted(text)}}, externalName: ${quoted(text)}}`).join("\n---\n")}
---
kind: ${quoted(RUNS[1]!)}
apiVersion: ${quoted(RUNS[0]!)}
`;

/** Notes whether anything ran. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { hits: 0 };
    Object.assign(window, { seen, hit: () => (seen.hits += 1) });
  });
}

/** Nothing ran, nothing was added to the page but what it is made of, and no object has a property more. */
async function expectUnharmed(page: Page): Promise<void> {
  const state = await page.evaluate(() => ({
    seen: (window as any).seen,
    strange: [...document.querySelectorAll("img, iframe, object, embed, base, foreignObject, .app script, .app style")].map(({ outerHTML }) => outerHTML),
    handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on"))).length,
    polluted: Object.keys(Object.prototype).concat(Object.keys(Array.prototype)),
    links: [...document.querySelectorAll("a[href]")].map((one) => (one as HTMLAnchorElement).protocol),
  }));
  expect(state.seen.hits).toBe(0);
  expect(state.strange).toEqual([]);
  expect(state.handlers).toBe(0);
  expect(state.polluted).toEqual([]);
  expect(state.links.filter((protocol) => !/^(https?|blob):$/.test(protocol))).toEqual([]);
}

test("hostile texts stay texts in every part of the page, and in the picture that is saved", async ({ page, context }) => {
  test.slow();
  await test.step("names, labels, annotations, images and kinds stay texts in every part of the page", async () => {
    await watch(page);
    await open(page);
    await paste(page, TEXT);
    await expect(shapes(page, "service").filter({ hasText: "good" })).toHaveCount(1);
    await expect(problem(page, "onerror").first()).toBeVisible();
    await page.locator("#to").fill("http://good");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      await expectUnharmed(page);
    }
    for (const view of ["Concept", "Network"]) {
      await page.getByRole("button", { name: view, exact: true }).click();
      await expectUnharmed(page);
    }
    for (const target of RUNS) {
      await page.locator("#to").fill(target);
      await page.locator("#to").press("Enter");
    }
    await page.getByRole("button", { name: "한국어" }).click();
    await expect(page.getByRole("tab", { name: "매니페스트" })).toBeVisible();
    await expectUnharmed(page);
  });
  await test.step("a picture of hostile texts runs nothing when it is opened", async () => {
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("tab", { name: "Packet" }).click();
    await page.locator("#to").fill(RUNS[1]!);
    await page.getByText("Save as a file").click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Picture as SVG", exact: true }).click();
    const other = await context.newPage();
    await other.addInitScript(() => Object.assign(window, { hits: 0, hit: () => ((window as any).hits += 1) }));
    await other.goto(`file://${await (await download).path()}`);
    expect(await other.evaluate(() => (window as any).hits)).toBe(0);
    expect(await other.evaluate(() => document.querySelectorAll("script, img, foreignObject, [onload], [onerror]").length)).toBe(0);
  });
});

/** JSON that would add a property to every object of a program that copies it without care. */
const POLLUTION = `"__proto__":{"polluted":1,"text":"x"},"constructor":{"prototype":{"polluted":1}}`;

test("the state of a link adds nothing to other objects, and its texts stay texts", async ({ page }) => {
  test.slow();
  await watch(page);
  for (const [what, address] of [
    ["a link's state", (json: string) => `./#k=1.${deflateRawSync(json).toString("base64url")}`],
    ["a link's state of the form before", (json: string) => `./#s=${Buffer.from(json).toString("base64url")}`],
    ["a frame's link", (json: string) => `./#k=1.${deflateRawSync(json).toString("base64url")}&mode=embed&parts=request,verdict,transport,yaml`],
  ] as const)
    await test.step(what, async () => {
      const session = JSON.stringify({ text: TEXT, asked: { from: RUNS[0], to: RUNS[1], by_hand: true }, view: RUNS[0] });
      await page.goto("./kube-hop.js");
      await page.goto(address(session.replace("{", `{${POLLUTION},`).replace('"asked":{', `"asked":{${POLLUTION},`)));
      await expect(shapes(page, "service").filter({ hasText: "good" })).toHaveCount(1);
      await expectUnharmed(page);
    });
});

test("parameters of the address, files and what the browser keeps are texts", async ({ page }) => {
  test.slow();
  await test.step("parameters of the address are values of a list, and nothing else", async () => {
    await watch(page);
    const evil = encodeURIComponent(RUNS[1]!);
    const names = ["theme", "lang", "parts", "hop", "mode", "readonly", "lesson", "from", "to", "view", "__proto__", "constructor"];
    await page.goto(`./?src=${encodeURIComponent("javascript:hit()")}#${names.map((name) => `${name}=${evil}`).join("&")}`);
    await expect(page.locator(".app")).toBeAttached();
    await expect(page.getByRole("alert").first()).toBeVisible();
    expect(await page.locator("html").getAttribute("data-theme")).toMatch(/^(light|dark)$/);
    await expectUnharmed(page);
  });
  await test.step("a file is a text, whatever it says that it is", async () => {
    await page.goto("./kube-hop.js");
    await page.goto("./#k=1.AAAA");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("alert").getByRole("button", { name: "Open a file…" }).click();
    const json = `{"kubehop":1,${POLLUTION},${JSON.stringify({ text: TEXT, asked: { from: "client", to: RUNS[1], by_hand: true } }).slice(1)}`;
    await (await chooser).setFiles({ name: `${RUNS[0]!.replaceAll("/", "")}.json`, mimeType: "text/html", buffer: Buffer.from(json) });
    await expect(shapes(page, "service").filter({ hasText: "good" })).toHaveCount(1);
    await expectUnharmed(page);
  });
  await test.step("what is kept in the browser may be anybody's", async () => {
    await page.goto("./kube-hop.js");
    await page.addInitScript((evil) => {
      for (const name of ["session", "theme", "language", "course", "lesson", "history"]) localStorage.setItem(`kubehop.${name}`, evil);
    }, `{${POLLUTION},"text":"<img src=x onerror=hit()>"}`);
    await page.goto("./");
    await expect(page.locator(".cm-content")).toBeAttached();
    await expectUnharmed(page);
  });
});
