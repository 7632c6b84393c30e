// NetworkPolicies: gates at the pods of the picture, and who reaches what.

import type { Page } from "@playwright/test";

import { CONTRAST, expect, expectAccessible, open, paste, shapes, test, track, wear } from "./page";

const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]}
---
`;

const policy = (name: string, spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}}
spec: ${spec}
---
`;

const SHUT = `${pod("web")}${pod("db")}apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: 10.96.0.50, selector: {app: db}, ports: [{port: 80}]}
---
${policy("out", "{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{}]}")}${policy("shut", "{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}")}`;

/** A pod calls another one, whose policy lets nobody in. */
async function dropped(page: Page): Promise<void> {
  await open(page);
  await paste(page, SHUT);
  await page.getByLabel("From").selectOption("pod/web");
  await page.locator("#to").fill("http://10.96.0.50");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await track(page).press("Home");
}

test("gates and the matrix follow the packet, the keyboard and the text", async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await dropped(page);
  await test.step("a packet opens the gate of its pod and stops at the one that is shut", async () => {
    await expect(shapes(page, "gate")).toHaveCount(2);
    await expect(page.getByRole("button", { name: /db, isolated: ingress · shut/ })).toBeVisible();
    await track(page).press("End");
    await expect(page.getByRole("button", { name: /db, ingress: shut · shut/ })).toBeVisible();
    await expect(page.getByRole("button", { name: /web, egress: open · out, rule 1/ })).toBeVisible();
    await expect(page.locator(".scene .gate.shut .cross")).toHaveCount(1);
    await expect(page.locator(".scene .gate.open .leaf")).toHaveCount(1);
    await track(page).press("Home");
    await expect(page.locator(".scene .gate.idle")).toHaveCount(2);
  });
  await test.step("a gate that is chosen with the keyboard lights its policy in the text", async () => {
    const gate = page.getByRole("button", { name: /db, isolated: ingress/ });
    await gate.focus();
    await gate.press("Enter");
    await expect(gate).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".cm-lit-line").filter({ hasText: "name: shut" })).toBeVisible();
    await page.keyboard.press("Escape");
  });
  await test.step("the matrix says who reaches what, and a cell opens its connection", async () => {
    await page.getByRole("button", { name: "Matrix" }).click();
    const grid = page.getByRole("grid", { name: "Who reaches what" });
    const row = grid.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /^web/ }) });
    await expect(row.getByRole("gridcell")).toHaveText("… timeout");
    await row.getByRole("gridcell").click();
    await expect(row.getByRole("gridcell")).toHaveAttribute("aria-selected", "true");
    await expect(page.locator("#to")).toHaveValue("tcp://db.default:80");
    await page.getByRole("button", { name: "Open in the picture" }).click();
    await expect(grid).toHaveCount(0);
    await track(page).press("End");
    await expect(page.locator(".scene .gate.shut")).toHaveCount(1);
  });
  await test.step("the matrix is copied as the text tool prints it", async () => {
    await page.getByRole("button", { name: "Matrix" }).click();
    await page.getByRole("button", { name: "CSV" }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain("Pod default/web,Pod,1,default/db,80,TCP,timeout,1.000,pod/web,tcp://db.default:80");
  });
  await test.step("the matrix follows the text, its keys and its filter", async () => {
    const cells = page.getByRole("gridcell");
    await expect(cells).toHaveCount(3);
    await cells.first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(cells.nth(2)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(cells.nth(2)).toHaveAttribute("aria-selected", "true");
    await paste(page, SHUT.replace("policyTypes: [Ingress]}", "policyTypes: [Ingress], ingress: [{}]}"));
    await expect(cells.nth(2)).toHaveText("✓ answered");
    await page.getByRole("group", { name: "Namespace" }).getByRole("button", { name: "default" }).click();
    await expect(cells).toHaveCount(3);
    await page.getByRole("button", { name: "Network", exact: true }).click();
    await expect(cells).toHaveCount(0);
  });
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the matrix is filtered to its failures and by names, at ${width}`, async ({ page }) => {
    await open(page);
    const service = (name: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${name}}, ports: [{port: 80}]}\n---\n`;
    await paste(page, `${SHUT}${service("web")}${service("api")}${pod("api")}`);
    await expect(shapes(page, "service").first()).toBeVisible();
    // A phone's sheet hides the editor, and what is hidden cannot be selected.
    await page.setViewportSize({ width, height });
    if (width < 600) {
      await page.getByRole("button", { name: "More" }).click();
      await page.locator(".menu-list .matrix-item").click();
    } else await page.getByRole("button", { name: "Matrix" }).click();
    const grid = page.getByRole("grid", { name: "Who reaches what" });
    await expect(grid.getByRole("columnheader")).toHaveCount(4);
    const failures = page.getByRole("button", { name: "Only failures" });
    await failures.focus();
    await page.keyboard.press("Space");
    await expect(failures).toHaveAttribute("aria-pressed", "true");
    // What has no failure goes: the row of db. No client outside reaches a cluster IP.
    await expect(grid.getByRole("rowheader")).toHaveText(["outside client", /^api/, /^web/]);
    await page.keyboard.press("Tab");
    await page.keyboard.type("api");
    await expect(grid.getByRole("rowheader")).toHaveText([/^api/]);
    await expect(grid.getByRole("columnheader")).toHaveText([/^from/, /^db/]);
    await expect(grid.getByRole("gridcell")).toHaveText("… timeout");
    await page.keyboard.press("Tab");
    await page.keyboard.type("web");
    await expect(page.getByText("Nothing here matches the filter.")).toBeVisible();
    await failures.press("Enter");
    await expect(grid.getByRole("gridcell")).toHaveText("✓ answered");
    await expectAccessible(page, ".matrix");
  });
}

test("gates and the matrix can be read by everybody in both themes", async ({ page }) => {
  test.slow();
  await dropped(page);
  await track(page).press("End");
  await expectAccessible(page);
  await wear(page, { theme: "dark" });
  await expectAccessible(page, "html", CONTRAST);
  await page.getByRole("button", { name: "Matrix" }).click();
  await expect(page.getByRole("gridcell")).toHaveCount(3);
  await page.getByRole("gridcell").first().click();
  await expectAccessible(page, "html", CONTRAST);
  await wear(page, { theme: "light" });
  await expectAccessible(page);
});
