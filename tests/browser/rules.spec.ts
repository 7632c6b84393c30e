// The Rules and Endpoints tabs: they follow the packet, fold by chain, and are searched as a whole.

import { expect, open, paste, pick, test, track, webOf } from "./page";

const many = Array.from(
  { length: 80 },
  (_, index) => `apiVersion: v1
kind: Service
metadata: {name: shop-${index}}
spec: {selector: {app: shop-${index}}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: shop-${index}, labels: {app: shop-${index}}}
spec: {containers: [{name: main, image: nginx}]}
`,
).join("---\n");

test("the tabs Rules and Endpoints follow the packet, fold, search and copy", async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await test.step("lights what has matched up to the hop, and what was passed over", async () => {
    await pick(page, "node-port");
    await expect(page.locator("#to")).toHaveValue(/30123/);
    await page.getByRole("tab", { name: "Rules" }).click();
    const lit = page.locator(".rules-text .lit");
    await expect(page.locator(".rules-text .line").first()).toBeAttached();
    await track(page).press("Home");
    await expect(lit).toHaveCount(0);
    await track(page).press("End");
    await expect(page.locator("#last-lit")).toBeInViewport();
    const all = await lit.count();
    const ahead = page.getByRole("button", { name: "Step back" });
    while ((await lit.count()) === all) await ahead.click();
    expect(await lit.count()).toBeLessThan(all);
    // The endpoints before the chosen one were drawn for, and not drawn.
    await track(page).press("End");
    const chosen = page.locator("details").filter({ has: page.locator(".lit", { hasText: "-j KUBE-SEP" }) });
    const choices = chosen.locator(".line").filter({ hasText: "-j KUBE-SEP" });
    const index = await choices.evaluateAll((lines) => lines.findIndex((line) => line.classList.contains("lit")));
    await expect(chosen.locator(".passed")).toHaveCount(index);
    for (const text of await chosen.locator(".passed").allTextContents()) expect(text).toMatch(/1\/\d, not drawn/);
  });
  await test.step("the Packet tab shows what was passed over above what was drawn", async () => {
    await paste(page, webOf(3));
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await page.getByRole("tab", { name: "Rules" }).click();
    const choices = page.locator(".rules-text .line").filter({ hasText: "-j KUBE-SEP" });
    const passed = await choices.evaluateAll((lines) => lines.filter((line) => line.classList.contains("passed")).length);
    await page.getByRole("tab", { name: "Packet" }).click();
    await page.locator(".hop").filter({ hasText: "kube-proxy" }).first().locator(".n0").click();
    const lines = page.locator(".rule > span");
    await expect(lines.filter({ hasText: "-j KUBE-SEP" }).last()).not.toHaveClass(/passed/);
    await expect(page.locator(".rule .passed")).toHaveCount(passed);
    for (const text of await page.locator(".rule .passed").allTextContents()) expect(text).toMatch(/1\/\d, not drawn/);
    // Connections of other ports draw other endpoints: of three, one passes two rules over.
    await expect
      .poll(
        async () => {
          await page.getByRole("button", { name: "Send ▸" }).click();
          await track(page).press("End");
          await page.locator(".hop").filter({ hasText: "kube-proxy" }).first().locator(".n0").click();
          return page.locator(".rule .passed").allTextContents();
        },
        { timeout: 40_000 },
      )
      .toEqual([expect.stringContaining("1/3, not drawn"), expect.stringContaining("1/2, not drawn")]);
  });
  await test.step("says that a list of EndpointSlices is cut, and searches the whole", async () => {
    await paste(page, many);
    await expect(page.locator(".foot .state")).toContainText("80 Services");
    await page.getByLabel("From").selectOption({ label: "pod shop-0" });
    await page.locator("#to").fill("http://shop-79");
    await page.getByRole("tab", { name: "Endpoints" }).click();
    const sections = page.locator("#panel-tab-endpoints section h2");
    await expect(sections.first()).toContainText("shop-79");
    await expect(page.getByText(/more EndpointSlices/)).toBeVisible();
    await page.getByRole("searchbox", { name: /Search Services/ }).fill("shop-78");
    await expect(sections.filter({ hasText: "shop-" })).toHaveCount(1);
    await page.getByRole("searchbox", { name: /Search Services/ }).fill("nobody");
    await expect(page.getByText("Nothing found.")).toBeVisible();
  });
  await test.step("folds by chain, breaks lines before options, searches and copies", async () => {
    await pick(page, "node-port");
    await expect(page.locator("#to")).toHaveValue(/30123/);
    await track(page).press("End");
    await page.getByRole("tab", { name: "Rules" }).click();
    const chain = page.locator(".rules-text details").filter({ hasText: "KUBE-PROXY-FIREWALL" }).first();
    await expect(chain).not.toHaveAttribute("open");
    const summary = chain.locator("summary");
    await summary.focus();
    await summary.press("Enter");
    await expect(chain).toHaveAttribute("open");
    const line = page.locator(".rules-text .lit").filter({ hasText: "--dport 30123" });
    await expect(line.locator("span").first()).toBeAttached();
    const starts = await line.locator("span").allTextContents();
    expect(starts.length).toBeGreaterThan(3);
    for (const piece of starts) expect(piece).toMatch(/^(! )?--?\w/);
    const field = page.getByRole("searchbox", { name: "Search the rules" });
    await field.fill("--dport 30123");
    await expect(page.locator(".found")).toHaveText(/^1 of \d+ lines$/);
    await expect(page.locator(".rules-text .line")).toHaveCount(1);
    await field.fill("no such rule");
    await expect(page.locator(".rules-text .line")).toHaveCount(0);
    await page.getByRole("button", { name: "Copy", exact: true }).last().click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/-A KUBE-NODEPORTS .*--dport 30123/);
  });
});
