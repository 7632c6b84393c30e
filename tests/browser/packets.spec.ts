// Packets look like what they are for: the reply is one of its own, and a rewrite is seen.

import { expect, expectAccessible, open, shapes, test } from "./page";

test.beforeEach(({ page }) => open(page));

test("packets look like what they are for, and a node that stopped looks stopped", async ({ page }) => {
  await test.step("the header shows what came until the packet is rewritten, then both", async () => {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".hop.cur .text")).toContainText("kube-proxy");
    await expect(page.locator(".hd tr[data-field=dst] del")).toHaveCount(1);
    await expect(page.locator(".hd tr[data-field=dst] ins")).toHaveCount(1);
  });
  await test.step("the pod answers with a packet of its own: other addresses, another colour, another line", async () => {
    const header = page.locator(".hd");
    const source = header.locator("tr[data-field=src]");
    const destination = header.locator("tr[data-field=dst]");
    while (!(await page.locator(".hop.cur").getAttribute("class"))!.includes("reply")) await page.keyboard.press("ArrowRight");

    await expect(page.locator(".hop.cur .text")).toContainText("answers");
    await expect(page.locator(".sec.header h2")).toContainText("the reply");
    await expect(header.locator("tr[data-field=proto]")).toContainText("SYN-ACK");
    const text = (await source.locator("del").textContent())!.replace("before", "").trim();
    await expect(destination.locator("ins")).toContainText(text.replace(/^[^0-9]*/, ""));
    await expectAccessible(page);

    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".scene .route.reply.done")).not.toHaveCount(0);
    await expect(page.locator(".scene .route.request.past")).not.toHaveCount(0);
    await expect(page.locator(".track .stop.reply.cur")).toHaveCount(1);
  });
  await test.step("a node that stopped looks stopped, and what fails of many connections is counted in red", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("node-2");
    await page.getByRole("option", { name: /^node-2: down/ }).first().click();
    await expect(page.locator(".scene .node.stopped")).toContainText("stopped");
    await expect(page.locator(".scene .rules").filter({ hasText: "not running" })).toHaveCount(1);
    await expect(shapes(page, "service").first()).toBeVisible();
  });
});
