// What belongs to one text or one place does not appear in another.

import { expect, open, paste, pick, test, track, webOf } from "./page";

test.beforeEach(({ page }) => open(page));

test("what belongs to one text or one place does not appear in another", async ({ page }) => {
  test.slow();
  await test.step("a heading of the Rules tab counts one rule as one, and no rules of a table", async () => {
    await page.getByRole("tab", { name: "Rules" }).click();
    await expect(page.locator(".rules-text summary").first()).toBeVisible();
    await expect(page.locator(".rules-text summary .dim").filter({ hasText: /^1 rule$/ })).not.toHaveCount(0);
    await expect(page.locator(".rules-text summary .dim").filter({ hasText: /^1 rules$/ })).toHaveCount(0);
    await expect(page.locator(".rules-text summary").filter({ hasText: /^\*.*0 rules/ })).toHaveCount(0);
  });
  await test.step("the Endpoints tab cuts no column at 1180", async () => {
    await page.setViewportSize({ width: 1180, height: 800 });
    await page.getByRole("tab", { name: "Endpoints" }).click();
    const cut = () => page.locator("#panel-tab-endpoints .scroll").first().evaluate((place) => place.scrollWidth - place.clientWidth);
    await expect(page.locator("#panel-tab-endpoints table").first()).toBeVisible();
    expect(await cut()).toBeLessThanOrEqual(0);
  });
  await test.step("the header of the packet stays in sight beside its last hop", async () => {
    await page.getByRole("tab", { name: "Packet" }).click();
    await page.setViewportSize({ width: 1180, height: 700 });
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(page.locator(".verdict")).toBeInViewport();
    await expect(page.locator(".sec.header table")).toBeInViewport({ ratio: 1 });
  });
  await test.step("an address that nobody has is named without nonsense", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.locator("#to").fill("http://10.96.7.7:81");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(page.getByRole("tabpanel", { name: "Packet" })).not.toContainText(/has the address [\d.]+:/);
  });
  await test.step("what is selected in the editor is not selected in the next example", async () => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await expect.poll(() => page.evaluate(() => String(getSelection()).length)).toBeGreaterThan(100);
    await pick(page, "node-port");
    await expect.poll(() => page.evaluate(() => String(getSelection()).length)).toBe(0);
    await expect(page.locator(".scene .shape.lit")).toHaveCount(0);
  });
  await test.step("the caller outside and a pod called client have names of their own, in both languages", async () => {
    await paste(page, webOf(1));
    const from = page.locator("#from option");
    await expect(from.filter({ hasText: /client$/ })).toHaveText(["outside client", "pod client"]);
    await page.getByRole("button", { name: "한국어" }).click();
    await expect(from.filter({ hasText: "외부 클라이언트" })).toHaveCount(1);
  });
});
