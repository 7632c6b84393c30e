// Nothing lies over anything else, and what is wider than its place says so.

import { expect, open, pick, settled, test, track, wear } from "./page";

test("the verdict and the buttons leave the picture its room at every size", async ({ page }) => {
  test.slow();
  await open(page);
  const region = () => page.locator(".picture").evaluate((picture) => picture.getBoundingClientRect().height);
  for (const [width, height] of [
    [1440, 900],
    [1180, 800],
    [390, 844],
    [360, 740],
  ] as const)
    await test.step(`at ${width} by ${height}`, async () => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.getByRole("button", { name: "Network" }).click();
      // Another example: nothing of it was sent.
      await pick(page, "multi-port");
      await pick(page, "node-port");
      await page.setViewportSize({ width, height });
      await expect(page.locator(".under .zoom")).toBeVisible();
      await settled(page);
      await page.getByRole("button", { name: "Send ▸" }).click();
      // Nobody knows who answers before the packet is there.
      await expect(page.locator(".send-more")).toBeDisabled();
      await expect(page.locator(".send-more .endpoint")).toHaveText("");
      // On a phone it has a row of its own.
      if (width > 600) {
        const middle = (name: string) => page.locator(name).evaluate((element) => { const { top, height } = element.getBoundingClientRect(); return top + height / 2; });
        expect(Math.abs((await middle(".send-more")) - (await middle(".bar .to"))), "one row").toBeLessThan(2);
      }
      const before = await region();
      await track(page).press("End");
      await expect(page.locator(".outcome")).toContainText("answered");
      // What ends does not move what is looked at.
      await expect(page.locator(".send-more .endpoint")).toHaveText(/./);
      expect(await region()).toBe(before);
      for (const view of ["Network", "Concept"]) {
        await page.getByRole("button", { name: view }).click();
        const bottom = await page.locator(".picture").evaluate((picture) => picture.getBoundingClientRect().bottom);
        for (const part of [".outcome", ".zoom"]) {
          const top = await page.locator(part).evaluate((element) => element.getBoundingClientRect().top);
          expect(top, part).toBeGreaterThanOrEqual(bottom);
        }
      }
    });
});

test("a laptop's low window shows the Service from its name on, and a lesson's next step", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 760 });
  await open(page);
  const name = page.locator(".scene").getByText("kimho", { exact: true });
  await expect(name).toBeInViewport({ ratio: 1 });
  const top = await page.locator(".picture").evaluate((picture) => picture.getBoundingClientRect().top);
  expect((await name.boundingBox())!.y).toBeGreaterThan(top);
  await page.getByLabel("Examples").selectOption("course:01-why-services");
  await page.getByRole("radio").first().check();
  await expect(page.locator(".course").getByRole("button", { name: "Send ▸" })).toBeInViewport({ ratio: 1 });
});

test("a phone has room for the picker, for what is below and for both pictures, and a mark where its tabs go on", async ({ page }) => {
  test.slow();
  await open(page);
  const widths = [360, 390, 412];
  for (const width of widths)
    await test.step(`room for the picker and for what is below at ${width}`, async () => {
      await page.setViewportSize({ width, height: 780 });
      await settled(page);
      expect((await page.getByLabel("Examples").boundingBox())!.width).toBeGreaterThanOrEqual(width - 232);
      // Lines of text below the header of the packet.
      const panel = (await page.getByRole("tabpanel", { name: "Packet" }).boundingBox())!;
      const header = (await page.locator(".sec.header").boundingBox())!;
      const bottom = Math.min(panel.y + panel.height, 780);
      expect((bottom - header.y - header.height) / 20).toBeGreaterThanOrEqual(6);
      // The view that has no room in the bar is in the menu.
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name: "Matrix" }).click();
      await expect(page.locator(".matrix table")).toBeVisible();
      await expect(page.getByRole("button", { name: "Matrix" })).toHaveAttribute("aria-pressed", "true");
      await page.getByRole("button", { name: "Network" }).click();
      await expect(page.locator(".picture")).toBeVisible();
    });
  await page.setViewportSize({ width: 1440, height: 900 });
  await pick(page, "node-port");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await track(page).press("End");
  for (const width of widths)
    await test.step(`both pictures in sight at ${width}`, async () => {
      await page.setViewportSize({ width, height: 780 });
      for (const view of ["Network", "Concept"]) {
        await page.getByRole("button", { name: view }).click();
        await expect(page.getByRole("button", { name: view })).toHaveAttribute("aria-pressed", "true");
        await settled(page);
        const outside = () =>
          page.evaluate(() => {
            const { left, right } = document.querySelector(".picture")!.getBoundingClientRect();
            return [...document.querySelectorAll(".scene .shape > rect")]
              .filter((shape) => shape.getBoundingClientRect().right > right || shape.getBoundingClientRect().left < left)
              .map((shape) => shape.parentElement!.textContent);
          });
        await expect.poll(outside, view).toEqual([]);
      }
      const lesson = page.getByRole("tab", { name: "Lesson" });
      const { x, width: wide } = (await lesson.boundingBox())!;
      expect(x + wide).toBeLessThanOrEqual(width);
      // The shadow at the end of the row is of the place, the cover of the content.
      const tabs = page.getByRole("tablist");
      expect(await tabs.evaluate((row) => row.scrollWidth > row.clientWidth)).toBe(true);
      expect(await tabs.evaluate((row) => getComputedStyle(row).backgroundAttachment)).toBe("local, local, scroll, scroll");
    });
});

test("the address shows 24 characters at every width, in both languages", async ({ page }) => {
  test.slow();
  await open(page);
  const characters = () =>
    page.locator("#to").evaluate((field) => {
      const style = getComputedStyle(field);
      const ruler = document.createElement("canvas").getContext("2d")!;
      ruler.font = `${style.fontSize} ${style.fontFamily}`;
      const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return room / ruler.measureText("0").width;
    });
  for (const language of ["en", "ko"])
    for (const from of ["client", "node/node-2", "pod/kimho-pod"]) {
      await wear(page, { language });
      await page.locator("#from").selectOption(from);
      for (const width of [320, 360, 390, 768, 1024, 1140, 1180, 1241, 1440]) {
        await page.setViewportSize({ width, height: 820 });
        await expect.poll(characters, `${from} at ${width} in ${language}`).toBeGreaterThanOrEqual(24);
      }
    }
});
