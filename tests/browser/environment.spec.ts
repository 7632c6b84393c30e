// The variables a pod has for Services: those that were there when it started.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, open, paste, test } from "./page";

const TEXT = readFileSync(join(import.meta.dirname, "../traces/environment.yaml"), "utf8");

test("the Endpoints tab and kubectl exec have the caller's variables, and on a phone the open tab is in view", async ({ page }) => {
  await open(page);
  await test.step("the Endpoints tab has the caller's variables, and the Services that came too late", async () => {
    await paste(page, TEXT);
    await page.getByLabel("From").selectOption("pod/app");
    await page.getByRole("tab", { name: "Endpoints" }).click();
    const variables = page.getByRole("region", { name: "Environment variables" });
    await expect(variables).toContainText("CACHE_URL=redis://10.96.0.50:6379");
    await expect(variables).not.toContainText("QUEUE_SERVICE_HOST=");
    await expect(page.getByRole("tabpanel", { name: "Endpoints" })).toContainText("no variables for them: queue");
    await page.getByRole("tab", { name: "Cluster" }).click();
    await page.getByLabel("Creation order").selectOption("first");
    await expect(variables).toContainText("QUEUE_SERVICE_HOST=");
  });
  await test.step("kubectl exec prints them, too", async () => {
    await page.getByRole("tab", { name: "kubectl" }).click();
    const line = page.getByRole("textbox", { name: "kubectl" });
    await line.fill("exec app -- printenv CACHE_PORT");
    await line.press("Enter");
    await expect(page.getByRole("tabpanel", { name: "kubectl" })).toContainText("tcp://10.96.0.50:6379");
  });
  await test.step("on a phone the open tab is in view, wherever in the row it stands", async () => {
    await page.getByRole("tab", { name: "Manifests" }).click();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("tab", { name: "Cluster" }).click();
    await expect(page.getByRole("tab", { name: "Cluster" })).toBeInViewport({ ratio: 0.9 });
  });
});
