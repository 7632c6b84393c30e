// Themes, narrow screens, less motion.

import type { Page } from "@playwright/test";

import { expect, open, test, track } from "./page";

test("remembers the theme that was chosen", async ({ page }) => {
  await page.goto("./");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.getByRole("button", { name: "Light or dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(14, 19, 26)");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator(".shell")).toHaveCount(0);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test.describe("360 pixels wide", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

  test("writes names whole, reaches every tab, sends a packet and has the rest in a menu", async ({ page }) => {
    test.slow();
    await open(page);
    await test.step("writes the whole name of a node that calls on a phone, and the Service's caption in the Concept view", async () => {
      const from = page.locator("#from");
      await expect(from).toHaveValue("node/node-2");
      const room = await from.evaluate((select: HTMLSelectElement) => {
        const style = getComputedStyle(select);
        const pen = document.createElement("canvas").getContext("2d")!;
        pen.font = style.font;
        const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
        return select.clientWidth - padding - pen.measureText(select.selectedOptions[0]?.text ?? "").width;
      });
      expect(room).toBeGreaterThan(-1);
      await page.getByRole("button", { name: "Concept" }).click();
      const caption = (await page.locator(".scene .t-column", { hasText: "Service" }).boundingBox())!;
      const service = (await page.locator(".scene .service rect").first().boundingBox())!;
      expect(caption.y + caption.height).toBeLessThanOrEqual(service.y);
      expect(caption.x + caption.width).toBeLessThanOrEqual(service.x + service.width);
      await page.getByRole("button", { name: "Network" }).click();
    });
    await test.step("reaches every tab", async () => {
      for (const name of ["Packet", "Rules", "DNS", "Endpoints", "Cluster", "Lesson", "Manifests"]) {
        const tab = page.getByRole("tab", { name });
        await tab.click();
        await expect(tab).toHaveAttribute("aria-selected", "true");
        await expect(page.getByRole("tabpanel")).toHaveCount(1);
        await expect(page.getByRole("tabpanel", { name })).toBeVisible();
        expect(await width(page)).toBeLessThanOrEqual(360);
      }
    });
    await test.step("sends a packet and shows its header", async () => {
      await page.getByRole("tab", { name: "Packet" }).click();
      await page.getByRole("button", { name: "Send ▸" }).click();
      await expect(page.locator(".tl .count .short")).toHaveText(/^2 \/ /);
      await expect(page.locator(".hd tr[data-field=dst] ins")).toBeVisible();
      expect(await width(page)).toBeLessThanOrEqual(360);
    });
    await test.step("offers sharing, language and theme in a menu", async () => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name: "Light or dark" }).click();
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name: "한국어" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "ko");
      expect(await width(page)).toBeLessThanOrEqual(360);
    });
  });
});

/** Where on the stage the middle of the packet is, at so many places evenly along the track. */
async function way(page: Page, places: number): Promise<{ x: number; y: number }[]> {
  const box = (await track(page).boundingBox())!;
  await page.mouse.move(box.x, box.y + 10);
  await page.mouse.down();
  const points = [];
  for (let place = 0; place < places; place++) {
    await page.mouse.move(box.x + (box.width * place) / places, box.y + 10);
    points.push(await page.evaluate(dot));
  }
  await page.mouse.up();
  return points;
}

/** The middle of everything painted in the colour of a request or of a reply. */
async function dot(): Promise<{ x: number; y: number }> {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const canvas = document.querySelector<HTMLCanvasElement>(".picture canvas")!;
  const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
  const sum = { x: 0, y: 0, count: 0 };
  for (let place = 0; place < data.length; place += 4) {
    const colour = (data[place]! << 16) | (data[place + 1]! << 8) | data[place + 2]!;
    if ((colour !== 0xf0603a && colour !== 0xb93a9b) || data[place + 3] !== 0xff) continue;
    sum.x += (place / 4) % canvas.width;
    sum.y += Math.floor(place / 4 / canvas.width);
    sum.count++;
  }
  return { x: Math.round(sum.x / sum.count), y: Math.round(sum.y / sum.count) };
}

/** How many different places there are. */
const different = (points: { x: number; y: number }[]) => new Set(points.map(({ x, y }) => `${x} ${y}`)).size;

test("jumps and steps hop by hop for people who want less motion", async ({ page }) => {
  await test.step("jumps instead of gliding for people who want less motion", async () => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page);
    const hops = await page.locator(".track .stop").count();
    expect(different(await way(page, 40))).toBeLessThanOrEqual(2 * hops);
  });
  await test.step("steps back and forth hop by hop for people who want less motion", async () => {
    await track(page).press("Home");
    const count = page.locator(".tl .count .long");
    for (const [key, hop] of [["ArrowRight", 1], ["ArrowRight", 2], ["ArrowRight", 3], ["ArrowLeft", 2], ["ArrowLeft", 1]]) {
      await track(page).press(`${key}`);
      await expect(count).toHaveText(new RegExp(`^hop ${hop} of `));
    }
  });
});

test("glides from hop to hop for everybody else", async ({ page }) => {
  await open(page);
  expect(different(await way(page, 40))).toBeGreaterThan(20);
});
