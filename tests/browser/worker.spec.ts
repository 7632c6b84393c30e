// The engine runs in a worker. The page keeps the text and the picture when the worker is late, lost, or of another
// build, and says so.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expect, open, paste, shapes, test, track, written } from "./page";

const SEED = readFileSync(join(import.meta.dirname, "../../static/lessons/multi-port.yaml"), "utf8");
const SCRIPT = /worker-[0-9a-f]+\.js/;

const alert = (page: Page) => page.getByRole("alert");
const count = (page: Page) => page.locator(".tl .count .long");

/** Serves a worker that announces itself and then does what a test wants. */
async function serveWorker(page: Page, script: string): Promise<void> {
  await page.route(SCRIPT, (route) => route.fulfill({ contentType: "text/javascript", body: script }));
}

test("plays, steps and scrubs the first example before the worker is there", async ({ page }) => {
  await page.route(SCRIPT, () => {});
  await page.goto("./");
  await expect(shapes(page, "service")).toContainText("kimho");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await expect(count(page)).toHaveText(/^hop 2 of /);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Step forward" }).click();
  await track(page).press("End");
  await expect(page.locator(".verdict")).toContainText("kimho-pod answered.");
  await track(page).press("Home");
  await expect(count(page)).toHaveText(/^hop 1 of /);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("keeps what was typed before the worker was there", async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route(SCRIPT, async (route) => {
    await released;
    await route.continue();
  });
  await open(page);
  await paste(page, SEED.replaceAll("kimho", "early"));
  release();
  await expect(shapes(page, "service")).toContainText("early");
});

test("starts another worker when one is lost, and says so meanwhile", async ({ page }) => {
  let served = 0;
  await page.route(SCRIPT, async (route) => {
    served += 1;
    if (served === 1) await route.fulfill({ contentType: "text/javascript", body: "throw new Error('lost');" });
    else {
      await new Promise((done) => setTimeout(done, 1_000));
      await route.continue();
    }
  });
  await open(page);
  await expect(alert(page)).toContainText("The simulation stopped and is starting again.");
  expect(await written(page)).toBe(SEED);
  await expect(alert(page)).toHaveCount(0);
  await paste(page, SEED.replaceAll("kimho", "again"));
  await expect(shapes(page, "service")).toContainText("again");
});

test("keeps text and picture when every worker is lost, and tries again with another text", async ({ page }) => {
  let works = false;
  await page.route(SCRIPT, async (route) => {
    if (works) await route.continue();
    else await route.fulfill({ contentType: "text/javascript", body: "throw new Error('lost');" });
  });
  await open(page);
  await expect(alert(page)).toContainText("cannot work with this text");
  await expect(shapes(page, "service")).toContainText("kimho");
  works = true;
  await paste(page, SEED.replaceAll("kimho", "other"));
  await expect(shapes(page, "service")).toContainText("other");
  await expect(alert(page)).toHaveCount(0);
});

test("says that a worker is of another version", async ({ page }) => {
  await serveWorker(page, "postMessage(new Uint8Array([1, 2, 3, 4, 0]));");
  await open(page);
  await expect(alert(page)).toContainText("different versions");
  expect(await written(page)).toBe(SEED);
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(alert(page)).toContainText("버전이 다릅니다");
});

test("shows the last of many edits, whatever the worker read of the others", async ({ page }) => {
  test.setTimeout(120_000);
  const service = (number: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web-${number}}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n`;
  await open(page);
  let text = "";
  for (let number = 0; text.length < 1_000_000; number++) text += service(number);
  await paste(page, text);
  await paste(page, SEED.replaceAll("kimho", "newest"));
  await expect(shapes(page, "service").filter({ hasText: "newest" })).toHaveCount(1, { timeout: 30_000 });
  await expect(shapes(page, "service")).toHaveCount(1);
});
