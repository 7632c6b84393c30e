// What every test of the page begins with: `test` fails when the page wrote an error to the console, threw, or asked
// another host for anything.

import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

export { expect };

export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const faults: string[] = [];
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

/** Opens the page and waits until the editor, which comes last, is there. */
export async function open(page: Page, theme: Theme = "light"): Promise<void> {
  await page.addInitScript((theme) => localStorage.setItem("kubehop.theme", theme), theme);
  await page.goto("./");
  await expect(page.locator(".cm-content")).toBeVisible();
}

/** Nothing that axe-core calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

/** Writes what is seen to screenshots/NAME.png, to be looked at. Mark tests that do so with `@picture`. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `screenshots/${name}.png` });
}
