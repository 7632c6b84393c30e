// What a person finds who opens the page: the seed's manifests, drawn.

import { expect, open, problem, shapes, test, written } from "./page";

test.beforeEach(({ page }) => open(page));

test("opens with the seed's manifests, drawn, with what is wrong with them and a request", async ({ page }) => {
  await test.step("shows the seed's manifests in the editor", async () => {
    const text = await written(page);
    expect(text).toMatch(/^apiVersion: v1\nkind: Service\nmetadata:\n  name: kimho\n/);
    expect(text.match(/port: \d+|targetPort: \w+|containerPort: \d+/g)).toEqual([
      "port: 80",
      "targetPort: http",
      "port: 443",
      "targetPort: https",
      "port: 406",
      "targetPort: kimhotarget",
      "containerPort: 8080",
      "containerPort: 8443",
    ]);
  });
  await test.step("draws the Service, its pod and three nodes", async () => {
    await expect(shapes(page, "service")).toHaveCount(1);
    await expect(shapes(page, "service")).toContainText("kimho");
    await expect(shapes(page, "pod-ready")).toHaveCount(1);
    await expect(shapes(page, "pod-ready")).toContainText("kimho-pod");
    await expect(shapes(page, "node")).toHaveCount(3);
    await expect(page.locator(".foot .state")).toContainText("1 Service · 1 Pod · 3 Nodes");
  });
  await test.step("has a request ready, and nothing under way", async () => {
    await expect(page.getByLabel("From")).toHaveValue("node/node-2");
    await expect(page.locator("#to")).toHaveValue(/^http:\/\/10\.\d+\.\d+\.\d+$/);
    await expect(page.getByRole("button", { name: "Send ▸" })).toBeEnabled();
    await expect(page.locator(".tl .count .long")).toHaveText(/^hop 1 of [4-9]$/);
  });
  await test.step("says at line 17 that port 406 has no endpoint", async () => {
    const found = problem(page, "Port 406 of Service kimho has no endpoint");
    await expect(found).toHaveClass(/warning/);
    await expect(found.getByRole("button", { name: /^17:/ })).toBeVisible();
  });
  await test.step("leads from a problem to its line", async () => {
    await problem(page, "Port 406").getByRole("button", { name: /^17:/ }).click();
    await expect(page.locator(".cm-content")).toBeFocused();
    await page.keyboard.press("Home");
    await page.keyboard.type("#");
    await expect(page.locator(".cm-line").nth(16)).toHaveText(/^ *# *targetPort: kimhotarget/);
  });
});
