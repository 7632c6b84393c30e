// The picture follows the text; what is wrong with it can be mended with one click, and that can be undone.

import { expect, open, pick, problem, shapes, test, track } from "./page";

test.beforeEach(({ page }) => open(page));

const NAME = 3;
const SELECTOR = 6;

test("the picture follows the text, and what is wrong with it is mended", async ({ page }) => {
  test.slow();
  await test.step("draws a renamed Service under its new name", async () => {
    await page.locator(".cm-line").nth(NAME).click();
    await page.keyboard.press("End");
    await page.keyboard.type("-web");
    await expect(shapes(page, "service").filter({ hasText: "kimho-web" })).toHaveCount(1);
    await expect(problem(page, "Port 406 of Service kimho-web")).toBeVisible();
    await expect(page.getByLabel("Examples").locator("option:checked")).toHaveText("Your own manifests");
  });
  await test.step("warns of a selector that selects nothing, and offers a Fix that undo takes back", async () => {
    await pick(page, "multi-port");
    const line = page.locator(".cm-line").nth(SELECTOR);
    const warning = problem(page, "Service kimho selects no Pod");
    await line.click();
    await page.keyboard.press("End");
    await page.keyboard.type("x");
    await expect(line).toHaveText("    app: kimhox");
    await expect(warning.getByRole("button", { name: /^7:/ })).toBeVisible();
    await expect(shapes(page, "service")).toContainText("no endpoint");

    await warning.getByRole("button", { name: "Fix" }).click();
    await expect(line).toHaveText("    app: kimho");
    await expect(warning).toHaveCount(0);
    await expect(shapes(page, "service")).toContainText("1 of 1 endpoints ready");

    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expect(line).toHaveText("    app: kimhox");
    await expect(warning).toBeVisible();
  });
  await test.step("refuses the packet of a Service whose selector is broken, and says why", async () => {
    await pick(page, "broken-selector");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText("Connection refused.");
    await expect(page.locator(".verdict")).toContainText("Service admin selects no Pod");
    await expect(page.locator(".track .stop.bad")).toHaveCount(1);
    await problem(page, "selects no Pod").getByRole("button", { name: "Fix" }).click();
    await expect(page.locator(".track .stop.bad")).toHaveCount(0);
  });
  await test.step("takes manifests that are dropped onto the editor", async () => {
    await page.locator(".editor").evaluate((editor) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["apiVersion: v1\nkind: Pod\nmetadata: {name: dropped}\nspec: {containers: [{name: web, image: web}]}\n"], "pod.yaml"));
      editor.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    await expect(page.locator(".cm-line").nth(2)).toHaveText("metadata: {name: dropped}");
    await expect(page.locator(".foot .state")).toContainText("0 Services · 1 Pod");
  });
});
