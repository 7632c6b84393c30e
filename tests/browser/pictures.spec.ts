// Pictures to be looked at: the three types of Service at the hop that rewrites, in all the page's looks.

import type { Page } from "@playwright/test";

import { expect, picture, test } from "./page";

/** The Services of the examples, by which one sees that an example is there. */
const SERVICES: Record<string, string> = { "multi-port": "kimho", "node-port": "NodePort", "load-balancer": "LoadBalancer" };

/** Opens an example in a language and a theme, and steps to the hop that rewrites the header. */
async function rewriting(page: Page, lesson: string, language: string, theme: string, view: string): Promise<void> {
  await page.addInitScript(
    (kept) => Object.entries(kept).forEach(([name, value]) => localStorage.setItem(name, value)),
    { "kubehop.language": language, "kubehop.theme": theme },
  );
  await page.goto("./");
  await expect(page.locator(".cm-content, .side.l.away")).not.toHaveCount(0);
  await page.locator("select.lesson").selectOption(lesson);
  await expect(page.locator(".scene .shape.service").first()).toContainText(SERVICES[lesson]!);
  await page.locator(".seg button").nth(view === "concept" ? 0 : 1).click();
  await page.locator("#tab-tab-packet").click();
  for (let hop = 1; hop < 8 && !(await page.locator(".hd ins").first().isVisible()); hop++) {
    await page.getByRole("slider").press("ArrowRight");
    await expect(page.locator(`.track .stop.cur`)).toHaveCount(1);
    await expect(page.locator(".tl .count .short")).toHaveText(new RegExp(`^${hop} / `));
  }
}

for (const lesson of ["multi-port", "node-port", "load-balancer"]) {
  for (const width of [1440, 360]) {
    for (const language of ["en", "ko"]) {
      for (const theme of ["light", "dark"]) {
        for (const view of ["network", "concept"]) {
          const name = `${lesson}-${view}-${width}-${language}-${theme}`;
          test(`shows the rewrite of ${name} @picture`, async ({ page }) => {
            await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
            await rewriting(page, lesson, language, theme, view);
            await expect(page.locator(".hd ins").first()).toBeVisible();
            await expect(page.locator("html")).toHaveAttribute("lang", language);
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
            await picture(page, name);
          });
        }
      }
    }
  }
}
