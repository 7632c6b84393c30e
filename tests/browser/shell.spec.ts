// The picture that is in index.html until the program is there: it must be the one that the program then draws. Both are
// made by the same writer (src/view/svg); a unit test holds the files to it.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expect, open, test, wear } from "./page";

const FOLDER = join(import.meta.dirname, "../../static/first");
const SCREENS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

type Tree = [name: string, attributes: string[], content: (Tree | string)[]];

/** A picture as a tree, without what only the page adds. */
function tree(picture: Element): Tree {
  const added = /^(role|tabindex|aria-.*|data-.*|viewBox|preserveAspectRatio)$/;
  const tree = (element: Element): Tree => [
    element.tagName,
    [...element.attributes]
      .filter(({ name, value }) => !added.test(name) && !(element.matches("svg") && name === "style") && !/scale/.test(value))
      .map(({ name, value }) => `${name}=${value}`)
      .sort(),
    [...element.childNodes].map((node): Tree | string => (node instanceof Element ? tree(node) : (node.textContent ?? ""))),
  ];
  return tree(picture);
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test(`the picture in index.html is the program's, in both languages: ${screen}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    // In a page of its own, whose policy lets a text become a picture.
    const blank = await page.context().newPage();
    for (const language of ["en", "ko"])
      await test.step(language, async () => {
        await wear(page, { language, ...viewport });
        await blank.setContent(readFileSync(join(FOLDER, `${language}-${screen}.svg`), "utf8").trimEnd());
        const first = await blank.locator(".scene").evaluate(tree);
        await expect.poll(() => page.locator(".app .scene").evaluate(tree)).toEqual(first);
      });
  });
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
