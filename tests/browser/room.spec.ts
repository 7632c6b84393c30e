// Nothing lies over anything else, and what is wider than its place says so.

import { expect, open, pick, test, track } from "./page";

for (const [width, height] of [
  [1440, 900],
  [1180, 800],
  [390, 844],
  [360, 740],
] as const) {
  test(`the verdict and the buttons leave the picture its room at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await pick(page, "node-port");
    const region = () => page.locator(".picture").evaluate((picture) => picture.getBoundingClientRect().height);
    await expect(page.locator(".under .zoom")).toBeVisible();
    const before = await region();
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(page.locator(".outcome")).toContainText("answered");
    // What ends does not move what is looked at.
    if (!(await page.locator(".send-more").isVisible())) expect(await region()).toBe(before);
    for (const view of ["Network", "Concept"]) {
      await page.getByRole("button", { name: view }).click();
      const bottom = await page.locator(".picture").evaluate((picture) => picture.getBoundingClientRect().bottom);
      for (const part of [".outcome", ".zoom"]) {
        const top = await page.locator(part).evaluate((element) => element.getBoundingClientRect().top);
        expect(top, part).toBeGreaterThanOrEqual(bottom);
      }
    }
  });
}
