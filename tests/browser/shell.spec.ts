// The picture that stands in index.html until the program is there: it must be the very one the program then draws.
// `make first-picture` writes it anew.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expect, open, test } from "./page";

const FOLDER = join(import.meta.dirname, "../../static/first");
const SCREENS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

/** The drawn picture as a file of its own: as large as its scene, and nothing that can be pressed. */
function plain(): string {
  const picture = document.querySelector(".app .scene")?.cloneNode(true) as SVGElement;
  const scene = picture.querySelector("g[data-size]");
  const [width = 0, height = 0] = (scene?.getAttribute("data-size") ?? "").split("x").map(Number);
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("preserveAspectRatio", "xMidYMin meet");
  picture.setAttribute("style", `max-width:${2 * width}px`);
  for (const element of [picture, ...picture.querySelectorAll("*")]) {
    for (const { name } of [...element.attributes]) {
      if (/^(role|tabindex|aria-.*|data-.*)$/.test(name)) element.removeAttribute(name);
    }
  }
  scene?.removeAttribute("transform");
  picture.setAttribute("aria-hidden", "true");
  return `${picture.outerHTML}\n`;
}

for (const language of ["en", "ko"]) {
  for (const [screen, viewport] of Object.entries(SCREENS)) {
    test(`the picture in index.html is the program's: ${language}, ${screen}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.addInitScript((language) => localStorage.setItem("kubehop.language", language), language);
      await open(page);
      const file = join(FOLDER, `${language}-${screen}.svg`);
      const drawn = await page.evaluate(plain);
      if (process.env.UPDATE_EXPECT) writeFileSync(file, drawn);
      expect(readFileSync(file, "utf8")).toBe(drawn);
    });
  }
}

/** Opens the page with a program that never arrives. */
async function openWithout(page: Page): Promise<void> {
  await page.route(/\.wasm$/, () => {});
  await page.goto("./", { waitUntil: "commit" });
}

test("the picture is there before the program", async ({ page }) => {
  await openWithout(page);
  await expect(page.locator(".shell .scene")).toHaveCount(1);
  await expect(page.locator(".shell .scene .service")).toBeVisible();
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("who was here before does not see another picture first", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("kubehop.session", "{}"));
  await openWithout(page);
  await expect(page.locator(".shell .first")).toBeAttached();
  await expect(page.locator(".shell .scene")).toHaveCount(0);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
