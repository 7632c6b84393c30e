// The page opens, in both themes and on a phone, and is usable without eyes.

import { expect, expectAccessible, picture, test, type Theme } from "./page";

for (const theme of ["light", "dark"] satisfies Theme[]) {
  test(`opens in the ${theme} theme, which the system has until one is chosen @picture`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto("./");
    await expect(page.locator(".cm-content")).toBeAttached();
    await expect(page).toHaveTitle(/kubehop/);
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    await expect(page.locator(".shell")).toHaveCount(0);
    await expectAccessible(page);
    await picture(page, `open-${theme}`);
  });
}

test("opens on a screen 360 pixels wide @picture", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("./");
  await expect(page.locator(".shell")).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await picture(page, "open-360");
});

test("says without JavaScript what it is", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("./");
  await expect(page.locator("noscript p")).toBeVisible();
  await context.close();
});
