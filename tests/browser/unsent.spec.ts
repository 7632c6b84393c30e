// A verdict is of a packet that somebody sent: other manifests and another request stand at the beginning until Send.

import { expect, open, paste, pick, problem, test, track, webOf } from "./page";
import type { Page } from "@playwright/test";

const SERVICE = 7;

const send = (page: Page) => page.getByRole("button", { name: "Send ▸" }).click();

async function sendToEnd(page: Page): Promise<void> {
  await send(page);
  await track(page).press("End");
  await expect(page.locator(".verdict")).toBeVisible();
}

/** The packet is with its caller, and nothing says how it ends. */
async function expectUnsent(page: Page): Promise<void> {
  await expect(page.locator(".tl .count .long")).toHaveText(/^hop 1 of /);
  await expect(page.locator(".verdict")).toHaveCount(0);
  await expect(page.locator(".outcome")).toHaveCount(0);
}

async function typeAtEndOfLine(page: Page, line: number, text: string): Promise<void> {
  await page.locator(".cm-line").nth(line - 1).click();
  await page.keyboard.press("End");
  await page.keyboard.type(text);
}

test.beforeEach(({ page }) => open(page));

test("a verdict is of a packet that was sent, whatever became of manifests and request before", async ({ page }) => {
  test.slow();
  await test.step("a connection of one hop has no verdict before it was sent", async () => {
    await page.locator("#to").fill("http://no-such-name.default.svc.cluster.local");
    await page.locator("#to").press("Tab");
    await expect(page.locator(".verdict")).toHaveCount(0);
    await sendToEnd(page);
  });
  await test.step("typing keeps the hop while the packet goes the same way, and begins anew when it goes another", async () => {
    await pick(page, "node-port");
    await pick(page, "multi-port");
    await expectUnsent(page);
    await sendToEnd(page);
    const verdict = await page.locator(".verdict b.headline").textContent();
    await typeAtEndOfLine(page, SERVICE, " # it is");
    await expect(page.locator(".cm-line").nth(SERVICE - 1)).toHaveText(/# it is$/);
    await page.waitForTimeout(500);
    await expect(page.locator(".verdict b.headline")).toHaveText(verdict!);
    for (const _ of " # it is") await page.keyboard.press("Backspace");
    await page.keyboard.type("x");
    await expectUnsent(page);
  });
  await test.step("manifests that are pasted over a connection that was sent stand at their beginning", async () => {
    await sendToEnd(page);
    await paste(page, webOf(2));
    await expect(page.locator(".scene .shape.service")).toContainText("web");
    await expectUnsent(page);
    await sendToEnd(page);
  });
  await test.step("an example that is picked after a send stands at its beginning", async () => {
    await sendToEnd(page);
    for (const example of ["node-port", "broken-selector"]) {
      await pick(page, example);
      await expectUnsent(page);
      await sendToEnd(page);
    }
  });
  await test.step("after a Fix the mended connection waits for Send", async () => {
    await pick(page, "broken-selector");
    await sendToEnd(page);
    await expect(page.locator(".verdict")).toContainText("Connection refused.");
    await problem(page, "selects no Pod").getByRole("button", { name: "Fix" }).click();
    await expectUnsent(page);
    await sendToEnd(page);
    await expect(page.locator(".verdict")).toContainText("answered");
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expectUnsent(page);
  });
  await test.step("a Send that is quicker than the answer to a paste sends what was pasted", async () => {
    await page.getByLabel("Speed").selectOption("4");
    await paste(page, webOf(2));
    await send(page);
    await expect(page.locator(".verdict")).toContainText(/web-[01] answered/, { timeout: 20_000 });
  });
});
