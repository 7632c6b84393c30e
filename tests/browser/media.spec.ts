// On paper, and in the colours of the system.

import { expect, expectAccessible, open, pick, picture, shapes, test, track } from "./page";

for (const [language, theme, width, height] of [
  ["en", "dark", 1440, 900],
  ["ko", "light", 1180, 820],
  ["en", "light", 390, 844],
] as const) {
  test(`paper has the request, the whole picture, the header and the reasons, in ${language} at ${width} @picture`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript((language) => localStorage.setItem("kubehop.language", language), language);
    await open(page, theme);
    if (width > 820) {
      await page.locator("select.lesson").selectOption("node-port");
      await expect(page.locator("#to")).toHaveValue(/30123/);
    }
    await page.locator("#track").press("End");
    await expect(page.locator(".hop.cur")).toBeVisible();
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".top", ".foot", ".tl", ".tabs", ".zoom", ".side.l", ".bar button", ".copies"]) {
      for (const one of await page.locator(hidden).all()) await expect(one, hidden).toBeHidden();
    }
    for (const seen of ["#to", ".hd", ".hop", ".outcome"]) await expect(page.locator(seen).first(), seen).toBeVisible();
    // Dark on light, whatever the screen has.
    expect(await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--panel").trim())).toBe("#fff");
    for (const small of await page.locator(".causes small").all()) await expect(small).toHaveCSS("color", "rgb(91, 103, 120)");
    // The picture is whole, on the sheet's width, and what follows is below it.
    const scene = (await page.locator("svg.scene").boundingBox())!;
    expect(scene.width).toBeLessThanOrEqual(690);
    for (const node of await shapes(page, "node").all()) {
      const box = (await node.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(scene.x - 2);
      expect(box.x + box.width).toBeLessThanOrEqual(scene.x + scene.width + 2);
      expect(box.y + box.height).toBeLessThanOrEqual(scene.y + scene.height + 2);
    }
    const header = (await page.locator(".sec.header").boundingBox())!;
    expect(header.y).toBeGreaterThanOrEqual(scene.y + scene.height - 1);
    // Nothing is cut: the page is as high as what is on it.
    const last = (await page.locator(".hop").last().boundingBox())!;
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThanOrEqual(last.y + last.height - 1);
    await page.screenshot({ path: `screenshots/print-${width}-${language}.png`, fullPage: true });
  });
}

for (const scheme of ["dark", "light"] as const) {
  test(`the system's colours show what is chosen and where the packet is, on ${scheme} @picture`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme: scheme });
    await open(page, scheme);
    await pick(page, "node-port");
    await track(page).press("ArrowRight");
    await track(page).press("ArrowRight");
    const colour = (selector: string) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);
    const [chosen, other] = [await colour('.tabs [aria-selected="true"]'), await colour('.tabs [aria-selected="false"]')];
    expect(chosen).not.toBe(other);
    const [current, ahead] = [await colour(".track .stop.cur"), await colour(".track .stop:not(.done)")];
    expect(current).not.toBe(ahead);
    expect(await colour(".track i")).not.toBe(await colour(".tl"));
    // The picture has its own colours, and its ground as well.
    const ground = await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--bg"));
    expect(ground).not.toBe("");
    await expect(page.locator(".picture")).toHaveCSS("forced-color-adjust", "none");
    await expectAccessible(page, ".picture");
    await picture(page, `forced-colours-${scheme}`);
  });
}
