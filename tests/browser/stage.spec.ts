// The picture is moved and enlarged like a map, and takes clicks.

import type { Page } from "@playwright/test";

import { expect, open, settled, shapes, test } from "./page";

test.beforeEach(({ page }) => open(page));

/** Where the Service's card is on the screen. */
const card = async (page: Page) => (await shapes(page, "service").locator("rect").first().boundingBox())!;

test("the picture is moved and enlarged like a map, and takes clicks", async ({ page }) => {
  test.slow();
  await test.step("selects what is clicked, and lights its lines in the text", async () => {
    await shapes(page, "service").click();
    await expect(shapes(page, "service")).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".cm-line.cm-lit-line").first()).toHaveText("apiVersion: v1");
    await expect(page.locator(".cm-line.cm-lit-line").last()).toHaveText(/targetPort: kimhotarget/);
    await shapes(page, "service").click();
    await expect(shapes(page, "service")).toHaveAttribute("aria-pressed", "false");
  });
  await test.step("moves with the hand that drags it, without selecting what the hand is on", async () => {
    // Away from the card, whose border is wider below the pointer.
    await page.mouse.move(1, 1);
    await settled(page);
    const before = await card(page);
    // Whole pixels: a browser may tell a press and a move with different fractions.
    const [x, y] = [Math.round(before.x), Math.round(before.y)];
    await page.mouse.move(x + 100, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + 130, y + 60, { steps: 3 });
    await page.mouse.up();
    // To the pixel: a picture that was fitted may begin at half of one.
    const moved = async () => {
      const after = await card(page);
      return [after.x - before.x, after.y - before.y].map(Math.round);
    };
    await expect.poll(moved).toEqual([30, 40]);
    await expect(shapes(page, "service")).toHaveAttribute("aria-pressed", "false");
    await page.getByRole("button", { name: "Fit the path" }).click();
    await expect.poll(() => card(page)).toEqual(before);
  });
  await test.step("grows around the pointer when the wheel is turned", async () => {
    await settled(page);
    const before = await card(page);
    await page.mouse.move(before.x, before.y);
    await page.mouse.wheel(0, -100);
    await expect.poll(async () => (await card(page)).width).toBeGreaterThan(before.width * 1.1);
    const after = await card(page);
    expect(Math.abs(after.x - before.x)).toBeLessThan(1.5);
    expect(Math.abs(after.y - before.y)).toBeLessThan(1.5);
  });
  await test.step("grows and shrinks with the buttons", async () => {
    await page.getByRole("button", { name: "Fit the path" }).click();
    await settled(page);
    const before = await card(page);
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(async () => (await card(page)).width).toBeGreaterThan(before.width * 1.1);
    await page.getByRole("button", { name: "Zoom out" }).click();
    await expect.poll(async () => Math.round((await card(page)).width)).toBe(Math.round(before.width));
  });
  await test.step("points the arrow at the pod, though another node passes the packet on", async () => {
    await page.getByRole("button", { name: "Fit the path" }).click();
    await settled(page);
    await page.getByRole("slider").press("ArrowRight");
    await page.getByRole("slider").press("ArrowRight");
    const ahead = page.locator(".scene .route.ahead");
    await expect(ahead).toHaveCount(2);
    const end = await ahead.last().evaluate((path: SVGPathElement) => {
      const { x, y } = path.getPointAtLength(path.getTotalLength()).matrixTransform(path.getScreenCTM()!);
      return { x, y };
    });
    const pod = (await shapes(page, "pod-ready").locator("rect").boundingBox())!;
    expect(Math.abs(end.x - pod.x)).toBeLessThan(2);
    expect(end.y).toBeGreaterThan(pod.y);
    expect(end.y).toBeLessThan(pod.y + pod.height);
    await expect(ahead.last()).toHaveAttribute("marker-end", /arrow/);
    await expect(ahead.first()).not.toHaveAttribute("marker-end", /./);
  });
  await test.step("keeps each shape's element, and the keyboard on it, when other shapes come and go", async () => {
    const pod = (await shapes(page, "pod-ready").elementHandle())!;
    await pod.focus();
    await page.evaluate(() => {
      const from = document.querySelector<HTMLSelectElement>("#from")!;
      from.value = "client";
      from.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await expect(shapes(page, "process")).toHaveCount(0);
    expect(await pod.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect(shapes(page, "pod-ready")).toBeFocused();
  });
});
