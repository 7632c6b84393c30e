// On paper, and in the colours of the system.

import { expect, expectAccessible, open, pick, picture, settled, shapes, test, track, wear } from "./page";

test("paper has the request, the whole picture, the header and the reasons, in both languages at every size @picture", async ({ page }) => {
  test.slow();
  await open(page);
  await pick(page, "node-port");
  await expect(page.locator("#to")).toHaveValue(/30123/);
  await track(page).press("End");
  for (const [language, theme, width, height] of [
    ["en", "dark", 1440, 900],
    ["ko", "light", 1180, 820],
    ["en", "light", 390, 844],
  ] as const)
    await test.step(`in ${language} at ${width}`, async () => {
      await wear(page, { language, theme, width, height });
      await settled(page);
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
      await settled(page);
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
      await picture(page, `print-${width}-${language}`, { fullPage: true });
      await page.emulateMedia({ media: null });
    });
});

test("the system's colours show what is chosen and where the packet is, on dark and on light @picture", async ({ page }) => {
  await open(page);
  await pick(page, "node-port");
  await track(page).press("ArrowRight");
  await track(page).press("ArrowRight");
  for (const scheme of ["dark", "light"] as const) {
    await page.emulateMedia({ forcedColors: "active", colorScheme: scheme });
    await wear(page, { theme: scheme });
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
  }
});
