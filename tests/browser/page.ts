// What every test of the page begins with: `test` fails when the page wrote an error to the console, threw, asked another
// host for anything, or did what its Content-Security-Policy forbids.
//
// To open the page takes two seconds of a processor. What only looks at an open page, or goes on from there, is a step of one
// test (`test.step`); another language, theme or size is `wear`.

import { readFileSync } from "node:fs";

import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";

export { expect };

/** What a page, its frames and workers do from now on that their Content-Security-Policy forbids. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile, lineNumber }) =>
      console.error(`Content Security Policy: ${violatedDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`),
    ),
  );
  page.on("console", (message) => /Content Security Policy|Trusted ?Type/i.test(message.text()) && found.push(message.text()));
  return found;
}

/** Whether the page is opened by somebody who was never there: most tests are of people who know it. */
interface Visitor {
  isNewcomer: boolean;
}

export const test = base.extend<Visitor>({
  isNewcomer: [false, { option: true }],
  page: async ({ page, baseURL, isNewcomer }, use) => {
    if (!isNewcomer) await page.addInitScript(() => localStorage.setItem("kubehop.toured", "1"));
    const faults: string[] = await violations(page);
    page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
    page.on("request", (request) => {
      const isOurs = request.url().startsWith(baseURL ?? "") || /^(data|blob):/.test(request.url());
      if (!isOurs) faults.push(`another host was asked: ${request.url()}`);
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

export type Theme = "light" | "dark";

/** How a page can look: its language, the window's width, the theme. */
export interface Look {
  language: "en" | "ko";
  width: 1440 | 390;
  theme: Theme;
}

/** Whether each language is asked for in each case, where otherwise they take turns. */
export const ALL_LOOKS = !!process.env.ALL_LOOKS;

/**
 * The looks that are asked for: all of them for `make screenshots`; otherwise each language, width and theme at least
 * once, and each pair of two of them.
 */
export const LOOKS: Look[] = (["en", "ko"] as const)
  .flatMap((language) => ([1440, 390] as const).map((width) => ({ language, width })))
  .flatMap((look) => (["light", "dark"] as const).map((theme) => ({ ...look, theme })))
  .filter(({ language, width, theme }) => {
    const odd = [language === "ko", width === 390, theme === "dark"].filter(Boolean).length % 2;
    return odd === 0 || ALL_LOOKS;
  });

/** A Service over a StatefulSet, and a pod that calls it. */
export const webOf = (replicas: number) => `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: c, image: curl}]}
`;

/** Opens the page and waits until the editor, which comes last, is there. */
export async function open(page: Page, theme: Theme = "light"): Promise<void> {
  await page.addInitScript((theme) => localStorage.setItem("kubehop.theme", theme), theme);
  await page.goto("./");
  await expect(page.locator(".cm-content")).toBeAttached();
}

/** Waits until buttons have the colours of the theme, which they change to by and by. */
export async function recoloured(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

/**
 * Gives an open page another language, theme and size: by its own controls, which are in the bar of a wide window. What
 * is asserted of opening itself needs a page of its own.
 */
export async function wear(page: Page, look: { language?: string; theme?: Theme; width?: number; height?: number }): Promise<void> {
  const { width = 1440, height = width < 600 ? 844 : 900 } = look;
  const html = page.locator("html");
  const control = (name: string) => page.locator(`.top .${name}`).filter({ visible: true });
  const speaks = look.language && (await html.getAttribute("lang")) !== look.language;
  const isLit = look.theme && (await html.getAttribute("data-theme")) !== look.theme;
  if (speaks || isLit) await page.setViewportSize({ width: 1440, height: 900 });
  if (speaks) {
    await control("language").click();
    await expect(html).toHaveAttribute("lang", look.language!);
    // The words come with the worker's answer.
    await expect(page.getByRole("tab").first()).toHaveText(look.language === "ko" ? /[가-힣]/ : /[A-Z]/);
  }
  if (isLit) {
    await control("theme").click();
    await expect(html).toHaveAttribute("data-theme", look.theme!);
    await recoloured(page);
  }
  await page.setViewportSize({ width, height });
}

/** Waits until the picture stays as it is: the worker lays it out anew for a window of another size. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    let before = "";
    for (let still = 0, rounds = 0; still < 2 && rounds < 100; rounds++) {
      await new Promise((done) => setTimeout(done, 100));
      const now = document.querySelector("svg.scene")?.outerHTML ?? "";
      still = now === before ? still + 1 : 0;
      before = now;
    }
  });
}

/** Another text instead of the editor's, as a paste brings it. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.locator(".cm-content").evaluate((editor, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The editor's text, while all of its lines are on the screen. */
export async function written(page: Page): Promise<string> {
  return (await page.locator(".cm-line").allTextContents()).join("\n");
}

/** Opens an example of the picker and waits until it is drawn. */
export async function pick(page: Page, lesson: string): Promise<void> {
  await page.getByLabel("Examples").selectOption(lesson);
  await expect(page.getByLabel("Examples")).toHaveValue(lesson);
  // The picker shows what was chosen at once; the manifests and the request come with the worker's answer.
  const manifests = readFileSync(`static/lessons/${lesson}.yaml`, "utf8");
  await expect.poll(async () => manifests.startsWith(await written(page))).toBe(true);
}

/** What is wrong with the text: the list's entries that say so. */
export function problem(page: Page, says: string | RegExp): Locator {
  return page.getByRole("region", { name: "Problems" }).getByRole("listitem").filter({ hasText: says });
}

/** The shapes of one kind in the picture: `service`, `node`, `pod-ready` and so on. */
export function shapes(page: Page, kind: string): Locator {
  return page.locator(`.scene .shape.${kind}`);
}

/** The slider of the transport. */
export function track(page: Page): Locator {
  return page.getByRole("slider", { name: "Packet path" });
}

/** What axe-core is asked of a page that was looked at in the other theme: colours are all that is new. */
export const CONTRAST = ["color-contrast"];

/** Nothing that axe-core calls serious or critical, on the page or in a part of it; of some rules, or of all. */
export async function expectAccessible(page: Page, part = "html", rules?: string[]): Promise<void> {
  const axe = new AxeBuilder({ page }).include(part);
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

/**
 * Writes what is seen to screenshots/NAME.png, to be looked at: for `make screenshots`, and where builds keep them. Mark
 * tests that do so with `@picture`.
 */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  if (ALL_LOOKS || process.env.CI) await page.screenshot({ path: `screenshots/${name}.png`, fullPage });
}
