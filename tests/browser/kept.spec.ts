// Nothing typed is lost, and all of it fits into a link.

import { expect, open, paste, shapes, test, written } from "./page";

const TEXT = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: 웹, image: web}]}
`;

test("shows the text and the request again after a reload", async ({ page }) => {
  await open(page);
  await paste(page, TEXT);
  await page.getByLabel("From").selectOption("node/node-3");
  await page.locator("#to").fill("tcp://192.168.0.11:30080");
  await page.getByRole("button", { name: "Concept" }).click();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("kubehop.session"))).toContain('"view":"concept"');
  await page.reload();
  await expect(page.locator(".cm-content")).toBeVisible();
  expect(await written(page)).toBe(TEXT);
  await expect(page.getByLabel("From")).toHaveValue("node/node-3");
  await expect(page.locator("#to")).toHaveValue("tcp://192.168.0.11:30080");
  await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
});

test("keeps the text although the page is closed right after a key", async ({ page }) => {
  await open(page);
  await paste(page, TEXT);
  await expect(shapes(page, "service")).toContainText("web");
  await page.reload();
  await expect(page.locator(".cm-content")).toBeVisible();
  expect(await written(page)).toBe(TEXT);
});

test("opens a shared link elsewhere with its text and its request", async ({ page, browser, baseURL }) => {
  await open(page);
  await paste(page, TEXT);
  await page.locator("#to").fill("tcp://192.168.0.13:30080");
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.getByRole("dialog").getByRole("textbox").inputValue();
  expect(link).toContain(`${baseURL}#s=`);

  const context = await browser.newContext({ locale: "en-US" });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.locator(".cm-content")).toBeVisible();
  expect(await written(other)).toBe(TEXT);
  await expect(other.locator("#to")).toHaveValue("tcp://192.168.0.13:30080");
  await context.close();
});

test("opens with the example when a link is damaged", async ({ page }) => {
  await page.goto("./#s=bm9uc2Vuc2U");
  await expect(shapes(page, "service")).toContainText("kimho");
  await expect(page.locator(".cm-content")).toBeVisible();
});
