// Low and narrow windows, as a zoom of 200 % and 400 % makes them, with the scroll bars that a desktop has.

import type { Locator, Page } from "@playwright/test";

import config from "../../playwright.config";
import { ALL_LOOKS, expect, open, paste, pick, settled, test, track, wear } from "./page";

test.use({ launchOptions: { ...config.use!.launchOptions, ignoreDefaultArgs: ["--hide-scrollbars"] } });

/** What lies over what: the picture's foot, and the line that says how the connection ended. */
async function foot(page: Page): Promise<{ picture: number; outcome: number; below: number }> {
  return page.evaluate(() => {
    const of = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
    return { picture: of(".picture").bottom, outcome: of(".outcome").top, below: of(".controls").top - of(".outcome").bottom };
  });
}

test("the verdict is below the picture at every size", async ({ page }) => {
  test.slow();
  await open(page);
  await pick(page, "node-port");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await track(page).press("End");
  await expect(page.locator(".outcome")).toContainText("answered");
  for (const [width, height] of [
    [1440, 400],
    [1280, 500],
    [844, 390],
    [720, 450],
    [320, 256],
  ] as const)
    await test.step(`at ${width} by ${height}`, async () => {
      await page.setViewportSize({ width, height });
      await settled(page);
      const { picture, outcome, below } = await foot(page);
      expect(outcome).toBeGreaterThanOrEqual(picture);
      expect(below).toBeGreaterThanOrEqual(0);
    });
});

/** What is wider than its region, which then scrolls sideways. What has a mark at its end, and text as it was written, may. */
const sideways = (page: Page) =>
  page.evaluate(() => {
    const mayScroll = ".tabs, .scroll, .matrix-scroll, .happenings, .out, .editor, pre, .rules-text, .hidden-text, .skips, svg";
    return [...document.querySelectorAll("*")]
      .filter((element) => element.checkVisibility() && !element.closest(mayScroll))
      .filter((element) => element.scrollWidth > element.clientWidth && /auto|scroll/.test(getComputedStyle(element).overflowX))
      .map((element) => `${element.tagName}.${element.className} ${element.scrollWidth} in ${element.clientWidth}`);
  });

/** Low and narrow windows, each in one of the languages; 320 pixels in both. */
const LOW = ([
  [320, 640, "en"],
  [320, 256, "ko"],
  [360, 225, "en"],
  [720, 450, "ko"],
] as const).flatMap(([width, height, language]) =>
  (ALL_LOOKS ? ["en", "ko"] : [language]).map((language) => ({ width, height, language })),
);

test("nothing scrolls sideways, and who calls can be read at 320", async ({ page }) => {
  test.slow();
  await open(page);
  for (const { width, height, language } of LOW) {
    await wear(page, { width, height, language });
    expect(await sideways(page), `${width} by ${height} in ${language}`).toEqual([]);
  }
  await page.locator(".bar .send").click();
  await page.getByRole("slider").press("End");
  for (const { width, height, language } of LOW)
    await test.step(`after a connection at ${width} by ${height} in ${language}`, async () => {
      await wear(page, { width, height, language });
      await expect(page.locator(".send-more")).toBeVisible();
      if (width === 320) expect((await page.locator("#from").boundingBox())!.width).toBeGreaterThan(100);
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        await expect(tab).toHaveAttribute("aria-selected", "true");
        expect(await sideways(page), (await tab.textContent()) ?? "").toEqual([]);
      }
      for (const view of [0, 1]) {
        await page.locator(".seg button").nth(view).click();
        expect(await sideways(page)).toEqual([]);
      }
      await page.locator(".menu > button").click();
      expect(await sideways(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.locator(".menu-list")).toHaveCount(0);
    });
});

/** Services whose columns are wider than any window. */
const MANY = Array.from(
  { length: 14 },
  (_, index) => `apiVersion: v1
kind: Service
metadata: {name: a-service-of-many-${index}}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-${index}, labels: {app: web}}
spec: {containers: [{name: c, image: nginx}]}
`,
).join("---\n");

test("a matrix that is wider than its place has a bar below it, and ends in sight", async ({ page }) => {
  test.slow();
  await open(page);
  await paste(page, MANY);
  await expect(page.locator("#to")).toHaveValue(/a-service|10\.96|10\.1/);
  await page.getByRole("button", { name: "Matrix" }).click();
  const region = page.locator(".matrix-scroll");
  await expect(region.locator("thead th")).toHaveCount(15, { timeout: 30_000 });
  for (const width of [1180, 390])
    await test.step(`at ${width}`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await region.evaluate((element) => element.scrollTo(0, 0));
      const { wide, room, bar, right } = await region.evaluate((element) => ({
        wide: element.scrollWidth,
        room: element.clientWidth,
        bar: (element as HTMLElement).offsetHeight - element.clientHeight,
        right: element.getBoundingClientRect().right,
      }));
      expect(wide).toBeGreaterThan(room);
      // A shadow lies over the last cells in sight, until there are no more.
      const shadow = () => region.evaluate((element) => Number(getComputedStyle(element, "::after").opacity));
      await expect.poll(shadow).toBe(1);
      expect(bar).toBeGreaterThanOrEqual(8);
      expect(right).toBeLessThanOrEqual(width);
      await region.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
      await expect.poll(shadow).toBe(0);
      const last = (await region.locator("thead th").last().boundingBox())!;
      expect(last.x + last.width).toBeLessThanOrEqual(right);
    });
});

/** The last pixels of a region's first line, without its text. */
async function edge(page: Page, region: Locator): Promise<string> {
  const { x, y, width } = (await region.boundingBox())!;
  return (await page.screenshot({ clip: { x: x + width - 4, y: y + 2, width: 4, height: 6 } })).toString("base64");
}

test("a printout that is wider than its place wraps in a lesson, and in the console shows that it goes on", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  await page.goto("./#lesson=05-environment");
  await page.locator(".course input[type=radio]").first().check();
  await page.locator(".course").getByRole("button", { name: "Run" }).click();
  await page.getByRole("tab", { name: "kubectl" }).click();
  await page.locator("#console-line").fill("kubectl get svc -A -o wide");
  await page.locator("#console-line").press("Enter");
  await page.getByRole("button", { name: "Larger panel" }).press("Enter");
  const printed = page.locator(".console pre").filter({ hasText: "SELECTOR" });
  await expect(printed).toBeVisible();
  const overflow = (region: Locator) => region.evaluate((element) => element.scrollWidth - element.clientWidth);
  await page.getByRole("tab", { name: "Lesson" }).click();
  expect(await overflow(page.locator(".course pre").first())).toBeLessThanOrEqual(0);
  await page.getByRole("tab", { name: "kubectl" }).click();
  await printed.scrollIntoViewIfNeeded();
  await printed.evaluate((element) => ((element as HTMLElement).style.color = "transparent"));
  expect(await overflow(printed)).toBeGreaterThan(0);
  const goesOn = await edge(page, printed);
  await printed.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
  expect(await edge(page, printed)).not.toBe(goesOn);
});
