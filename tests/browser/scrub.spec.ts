// What is seen follows from the time alone: going back shows what going forward showed.

import type { Page } from "@playwright/test";

import { expect, open, pick, test, track } from "./page";

/** All that depends on the time: packet, header, hop, lit shapes, drawn routes. */
const seen = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const text = (selector: string) => document.querySelector(selector)?.textContent;
    const canvas = document.querySelector<HTMLCanvasElement>(".picture canvas")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const packet = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    const drawn = [...document.querySelectorAll(".scene g.shape, .scene path.route")];
    return {
      packet: packet.join(" "),
      header: text(".hd"),
      hop: text(".tl .count .long"),
      drawn: drawn.map((one) => `${one.getAttribute("class")} ${one.getAttribute("d")} ${one.textContent}`),
    };
  });

test.beforeEach(async ({ page }) => {
  await open(page);
  await pick(page, "node-port");
});

test("what is seen follows from the time alone", async ({ page }) => {
  test.slow();
  await test.step("shows the same packet at the same place of the track, from either side", async () => {
    const box = (await track(page).boundingBox())!;
    const at = async (share: number) => {
      await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
      return seen(page);
    };
    await page.mouse.move(box.x, box.y + box.height / 2);
    await page.mouse.down();
    const places = [0.12, 0.27, 0.41, 0.55, 0.7, 0.93];
    const forward = [];
    for (const place of places) forward.push(await at(place));
    const back = [];
    for (const place of [...places].reverse()) back.unshift(await at(place));
    await page.mouse.up();
    expect(back).toEqual(forward);
    expect(new Set(forward.map(({ packet }) => packet)).size).toBe(places.length);
  });
  await test.step("shows going back hop by hop what it showed going forward", async () => {
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("Home");
    const forward: Awaited<ReturnType<typeof seen>>[] = [];
    const hops = await page.locator(".track .stop").count();
    for (let hop = 0; hop < hops; hop++) {
      await page.getByRole("button", { name: "Step forward" }).click();
      forward.push(await seen(page));
    }
    expect(new Set(forward.map(({ packet }) => packet)).size).toBe(hops);
    for (const before of forward.slice(0, -1).reverse()) {
      await page.getByRole("button", { name: "Step back" }).click();
      expect(await seen(page)).toEqual(before);
    }
  });
  await test.step("pauses and goes on where it paused", async () => {
    await page.getByRole("button", { name: "Send ▸" }).click();
    await expect(page.locator(".tl .count .long")).toHaveText(/^hop 2 of /);
    await page.getByRole("button", { name: "Pause" }).click();
    const paused = await seen(page);
    await page.waitForTimeout(300);
    expect(await seen(page)).toEqual(paused);
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await expect(page.locator(".tl .count .long")).toHaveText(/^hop 3 of /);
  });
  await test.step("keeps packet and hop when the view is switched", async () => {
    await page.getByRole("button", { name: "Pause" }).click();
    await track(page).press("Home");
    await expect(page.locator(".tl .count .long")).toHaveText(/^hop 1 of /);
    await track(page).press("ArrowRight");
    await track(page).press("ArrowRight");
    await track(page).press("ArrowRight");
    const { header, hop } = await seen(page);
    await page.getByRole("button", { name: "Concept" }).click();
    await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
    const concept = await seen(page);
    expect({ header: concept.header, hop: concept.hop }).toEqual({ header, hop });
  });
});
