// The client outside the cluster and a Pod that is called client are told from each other everywhere.

import { expect, open, settled, shapes, test } from "./page";

const WORDS = {
  "en-US": { outside: "outside client", opens: "pod/client opens a connection", outer: "The outside client opens a connection" },
  "ko-KR": { outside: "외부 클라이언트", opens: "pod/client에서", outer: "외부 클라이언트가" },
};

for (const [language, { outside, opens, outer }] of Object.entries(WORDS)) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("in the picture, the callers, the hops and the track; and its name fits everywhere", async ({ page }) => {
      await test.step("in the picture, the callers, the hops and the track", async () => {
        await open(page);
        await page.locator("select.lesson").selectOption("manual-endpoints");
        await expect(page.locator("#from")).toHaveValue("pod/client");
        await expect(shapes(page, "outside").first()).toContainText(outside);
        await expect(page.locator(".scene .shape", { hasText: /^client/ })).toHaveCount(1);
        await expect(page.locator(".hop").first()).toContainText(opens);
        await expect(page.locator(".hop").last()).not.toContainText(outside);
        await page.locator("#from").selectOption("client");
        await expect(page.locator("#from option:checked")).toHaveText(outside);
        await expect(page.locator(".hop").first()).toContainText(outer);
        await expect(page.locator(".track .label").first()).toHaveText(outside);
        await page.locator(".seg button").first().click();
        await expect(shapes(page, "outside").first()).toContainText(outside);
      });
      await test.step("and its name fits its card and the list of callers at every width", async () => {
        await page.locator("select.lesson").selectOption("node-port");
        await expect(page.locator("#from")).toHaveValue("client");
        for (const width of [320, 360, 390, 1180])
          for (const view of [0, 1]) {
            await page.setViewportSize({ width, height: 800 });
            await page.locator(".seg button").nth(view).click();
            await settled(page);
            const card = shapes(page, "outside").first();
            await expect(card).toContainText(outside);
            const room = () =>
              card.evaluate((shape) => {
                const right = shape.querySelector("rect")!.getBoundingClientRect().right;
                return Math.min(...[...shape.querySelectorAll("text")].map((text) => right - text.getBoundingClientRect().right));
              });
            await expect.poll(room, `at ${width}, view ${view}`).toBeGreaterThanOrEqual(1);
          }
        for (const width of [320, 360, 390, 768, 1024, 1180, 1440]) {
          await page.setViewportSize({ width, height: 800 });
          const room = await page.locator("#from").evaluate((select: HTMLSelectElement) => {
            const style = getComputedStyle(select);
            const pen = document.createElement("canvas").getContext("2d")!;
            pen.font = style.font;
            const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
            return select.clientWidth - padding - pen.measureText(select.selectedOptions[0]?.text ?? "").width;
          });
          expect(room, `${width}`).toBeGreaterThan(-1);
        }
      });
    });
  });
}
