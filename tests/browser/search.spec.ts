// Everything of a large cluster is found, whether it has room in the picture or not; panels are made wider.

import { expect, expectAccessible, open, paste, shapes, test } from "./page";

/** 30 Services with a Deployment each, in two namespaces. */
const many = Array.from({ length: 30 }, (_, index) => {
  const at = `name: shop-${index}, namespace: ${index % 2 ? "train" : "shop"}`;
  const labels = `{app: shop-${index}}`;
  return `apiVersion: v1
kind: Service
metadata: {${at}}
spec: {selector: ${labels}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {${at}}
spec:
  replicas: 3
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec: {containers: [{name: main, image: nginx, ports: [{containerPort: 8080}]}]}
`;
}).join("---\n");

test.beforeEach(async ({ page }) => {
  await open(page);
  await paste(page, many);
  await expect(page.locator(".foot .state")).toContainText("30 Services");
});

test("finds a Service that is not drawn by keyboard, and widens a panel", async ({ page }) => {
  test.slow();
  await test.step("finds a Service that is not drawn, shows it and calls it, by keyboard", async () => {
    const search = page.getByRole("dialog", { name: "Search the cluster" });
    await shapes(page, "service").first().focus();
    await page.keyboard.press("Control+f");
    await expectAccessible(page, ".search-dialog");
    await page.keyboard.type("shop-29");
    // A Service and three pods.
    await expect(search.getByRole("listbox").getByRole("option")).toHaveCount(4);
    await expect(search.getByRole("status")).toHaveText("4 found");
    await expect(search.locator(".group")).toHaveText(["Deployment train/shop-29 · 3"]);
    await page.keyboard.press("Enter");
    await expect(search).toBeHidden();
    const found = shapes(page, "service").filter({ hasText: "shop-29" });
    await expect(found).toHaveClass(/ lit/);
    await expect(found).toBeInViewport();
    await found.focus();
    await page.keyboard.press("Control+f");
    await page.keyboard.type("app=shop-28");
    await expect(search.getByRole("listbox").getByRole("option").filter({ hasText: "Pods" })).toHaveCount(3);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.locator(".scene .shape.lit")).toHaveAccessibleName(/shop-28-/);
    await page.getByRole("button", { name: "Search the cluster" }).click();
    await page.keyboard.type("train/shop-27");
    await expect(search.getByRole("listbox").getByRole("option").first()).toContainText("shop-27");
    await page.keyboard.press("Control+Enter");
    await expect(page.locator("#to")).toHaveValue(/10\.96\.|shop-27/);
    // Enter right after the last letter is about what these letters find.
    await page.getByRole("button", { name: "Search the cluster" }).click();
    await page.keyboard.type("train/shop-25");
    await page.keyboard.press("Control+Enter");
    await expect(page.locator("#to")).toHaveValue(/shop-25/);
    await expect(search).toBeHidden();
  });
  await test.step("widens a panel by dragging and by keys, and keeps the width", async () => {
    const edge = page.getByRole("separator", { name: "Width of the right panel" });
    const side = page.locator(".side.r");
    const before = (await side.boundingBox())!;
    await edge.hover();
    await page.mouse.down();
    await page.mouse.move(before.x - 120, 400, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => Math.round((await side.boundingBox())!.width - before.width)).toBeGreaterThan(110);
    const dragged = Number(await edge.getAttribute("aria-valuenow"));
    await edge.press("ArrowRight");
    await expect(edge).toHaveAttribute("aria-valuenow", String(dragged - 24));
    await page.reload();
    await expect(edge).toHaveAttribute("aria-valuenow", String(dragged - 24));
    await edge.dblclick();
    await expect.poll(async () => (await side.boundingBox())!.width).toBe(before.width);
  });
});

test("narrows by kind, namespace and path, and '+ n more' opens", async ({ page }) => {
  const search = page.getByRole("dialog", { name: "Search the cluster" });
  // The picture is higher than its region and shows where the packet is; the Services are above.
  await page.getByRole("button", { name: "Fit everything" }).click();
  await page.locator(".scene .group").filter({ hasText: "more" }).click();
  await expect(search.getByRole("button", { name: "Services" })).toHaveAttribute("aria-pressed", "true");
  await search.getByLabel("Namespace").selectOption("train");
  await expect(search.getByRole("status")).toHaveText("15 found");
  await search.getByRole("button", { name: "All" }).click();
  await search.getByLabel("Namespace").selectOption({ label: "All namespaces" });
  await search.getByLabel("on the path").check();
  const onPath = search.getByRole("listbox").getByRole("option");
  await expect(onPath.first()).toContainText("Services");
  expect(await onPath.count()).toBeLessThan(8);
  await page.keyboard.press("Escape");
  await expect(search).toBeHidden();
  // The pods of a node that had no room, by keyboard.
  const more = page.locator(".scene .more").first();
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(search.getByRole("button", { name: "Pods" })).toHaveAttribute("aria-pressed", "true");
  expect(await search.getByRole("listbox").getByRole("option").count()).toBeGreaterThan(5);
});

test("draws what the packet touches, and finds everything from the commands", async ({ page }) => {
  test.slow();
  await test.step("draws what the packet touches, and pills that open for the rest", async () => {
    const pill = (name: string | RegExp) => page.locator(".scene .group").filter({ hasText: name });
    await expect(shapes(page, "service")).toHaveCount(1);
    await expect(page.locator(".scene")).toContainText("Also in shop: Services 14");
    await expect(pill("shop-2")).not.toHaveCount(0);
    await pill("shop-2").first().press("Enter");
    await expect(shapes(page, "service")).toHaveCount(2);
    await page.getByRole("button", { name: "Fit everything" }).click();
    await pill("shop-12").click();
    await expect(shapes(page, "service").filter({ hasText: "shop-12" })).toHaveCount(1);
    await expectAccessible(page, ".stage");
    await pill("train").press("Enter");
    await expect(page.getByRole("dialog", { name: "Search the cluster" }).getByLabel("Namespace")).toHaveValue("train");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
  await test.step("a name in the commands is looked for, and breaks nothing", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("shop-29");
    await expect(page.locator("#command-list").getByRole("option").first()).toContainText("Search the cluster: shop-29");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Search the cluster" }).getByRole("status")).toHaveText("4 found");
    await expect(page.getByRole("button", { name: /^Events \d+$/ })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
  await test.step("the commands draw only the rows near what is seen, and reach all of them", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+k");
    const options = page.locator("#command-list").getByRole("option");
    const all = async () => Number(await options.first().getAttribute("aria-setsize"));
    await expect.poll(all).toBeGreaterThan(300);
    expect(await options.count()).toBeLessThan(100);
    await page.getByRole("combobox", { name: "Commands" }).fill("train/shop-29");
    await expect.poll(all).toBeLessThan(40);
    await page.getByRole("combobox", { name: "Commands" }).fill("");
    const chosen = page.locator("#command-list [aria-selected=true]");
    const below = async () => {
      for (let count = 0; count < 20; count += 1) await page.keyboard.press("ArrowDown");
      return Number(await chosen.getAttribute("aria-posinset"));
    };
    await expect.poll(below, { intervals: [50] }).toBeGreaterThan(80);
    await expect(chosen).toBeInViewport();
    const last = async () => {
      await page.locator("#command-list").evaluate((list) => list.scrollTo(0, list.scrollHeight));
      return (await options.last().getAttribute("aria-posinset")) === (await options.last().getAttribute("aria-setsize"));
    };
    await expect.poll(last, { intervals: [50], timeout: 20_000 }).toBe(true);
  });
});
