// A packet is sent: it moves, and what the Packet tab says of it is what the engine's trace says.

import type { Page } from "@playwright/test";

import { expect, expectAccessible, open, paste, pick, test, track, webOf } from "./page";
import { type Hop, trace } from "./tool";

const send = (page: Page) => page.getByRole("button", { name: "Send ▸" }).click();

const shares = (page: Page) => page.locator(".scene .service").filter({ has: page.locator(".bar-back") });

/** How many pixels of the canvas are painted. */
const painted = (page: Page) =>
  page.locator(".picture canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, place) => place % 4 === 3 && value > 0).length;
  });

/** The hop as the Packet tab shows it. */
async function shown(page: Page): Promise<Hop> {
  const header = (tag: "del" | "ins") => async (field: string) => {
    const row = page.locator(`.hd tr[data-field="${field}"] td`);
    return (await row.evaluate((cell, tag) => (cell.querySelector(tag) ?? cell).lastChild?.textContent, tag)) ?? "";
  };
  const both = async (tag: "del" | "ins") => `${await header(tag)("src")} > ${await header(tag)("dst")}`;
  const why = (await page.locator(".hop.cur p").innerText()).trim();
  return { why, before: await both("del"), after: await both("ins") };
}

test("shows at every hop what the text tool prints", async ({ page }) => {
  test.slow();
  await open(page);
  for (const [name, lesson] of [
    ["a ClusterIP", "multi-port"],
    ["an address written by hand", "manual-endpoints"],
    ["node port 30123", "node-port"],
    ["a load balancer", "load-balancer"],
    ["a Service without endpoints", "broken-selector"],
  ] as const)
    await test.step(name, async () => {
      await pick(page, lesson);
      await send(page);
      await track(page).press("Home");
      const expected = trace(lesson, await page.getByLabel("From").inputValue(), await page.locator("#to").inputValue());
      expect(expected.length).toBeGreaterThan(2);
      for (const [place, hop] of expected.entries()) {
        await track(page).press("ArrowRight");
        await expect(page.locator(".tl .count .long")).toHaveText(`hop ${place + 1} of ${expected.length}`);
        await expect.poll(() => shown(page)).toEqual(hop);
      }
    });
});

test("a packet moves, its answer comes back, what is no request is not sent, and a name is asked for", async ({ page }) => {
  test.slow();
  await open(page);
  await test.step("moves the packet along after Send", async () => {
    await send(page);
    await expect(page.locator(".tl .count .long")).toHaveText(/^hop 2 of /);
    expect(await painted(page)).toBeGreaterThan(100);
    await expect(page.locator(".tl .count .long")).toHaveText(/^hop 3 of /);
    await expect(page.locator(".scene .rules.at, .scene .node.at")).not.toHaveCount(0);
  });
  await test.step("brings the answer back, and says so", async () => {
    await page.getByLabel("Speed").selectOption("4");
    await send(page);
    await expect(page.locator(".verdict")).toContainText("kimho-pod answered.", { timeout: 10_000 });
    await expect(page.locator(".outcome")).toContainText("kimho-pod answered.");
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  });
  await test.step("says what is wrong with a request that is none, and does not send it", async () => {
    await page.locator("#to").fill("http://10.96.0.1:99999");
    await expect(page.locator("#to")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("#to")).toHaveAccessibleDescription("The port must be a number from 1 to 65535.");
    await expect(page.locator(".bar .wrong")).toBeVisible();
    await expect(page.getByRole("button", { name: "Send ▸" })).toBeDisabled();
    await expect(page.getByRole("tabpanel", { name: "Packet" })).toHaveText("The port must be a number from 1 to 65535.");
    await expectAccessible(page);
    await page.locator("#to").fill("ping 10.96.0.1");
    await expect(page.locator(".bar .wrong")).toContainText("ping uses ICMP");
    await page.locator("#to").fill("http://10.96.0.1:80");
    await expect(page.locator(".bar .wrong")).toBeHidden();
    await expect(page.getByRole("button", { name: "Send ▸" })).toBeEnabled();
  });
  await test.step("asks the name server when a pod calls by name", async () => {
    await page.getByLabel("From").selectOption({ label: "pod kimho-pod" });
    await page.locator("#to").fill("http://kimho");
    await page.locator("#to").press("Enter");
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText("kimho-pod answered.");
    await page.getByRole("tab", { name: "DNS" }).click();
    await expect(page.locator(".question")).toContainText(["kimho.default.svc.cluster.local."]);
  });
});

test("rules, shares, a pending address and the cause of a refusal are where a person looks", async ({ page }) => {
  test.slow();
  await open(page);
  await test.step("lights the rules that matched on the node, and no others", async () => {
    await pick(page, "node-port");
    await track(page).press("End");
    await page.getByRole("tab", { name: "Rules" }).click();
    await expect(page.getByRole("combobox", { name: "Node" })).toHaveValue("node-2");
    const lit = page.locator(".rules-text .lit");
    await expect(lit.filter({ hasText: "--dport 30123" })).toHaveCount(1);
    await expect(lit.filter({ hasText: "-j DNAT" })).toHaveCount(1);
    const unlit = page.locator(".rules-text .line:not(.lit)").filter({ hasText: "-j DNAT" });
    expect(await unlit.count()).toBeGreaterThan(1);
  });
  await test.step("divides 100 connections among the endpoints, and draws the shares", async () => {
    await page.getByRole("button", { name: "×100" }).click();
    await track(page).press("End");
    await expect(page.locator(".tl .count")).toHaveText("100 / 100");
    await expect(shares(page)).toContainText("sent 100");
    await expect(shares(page).locator(".bar-part")).toHaveCount(3);
    const counts = (await shares(page).locator(".t-small-address").last().textContent())!.split(" / ").map(Number);
    expect(counts.reduce((sum, count) => sum + count)).toBe(100);
    expect(Math.min(...counts)).toBeGreaterThan(15);
  });
  await test.step("lights the rule that matched, and not another one with the same text", async () => {
    await pick(page, "multi-port");
    await pick(page, "node-port");
    await page.getByLabel("kube-proxy mode").selectOption("nftables");
    await track(page).press("End");
    await page.getByRole("tab", { name: "Rules" }).click();
    await expect(page.getByRole("combobox", { name: "Node" })).toHaveValue("node-2");
    // Two hooks jump to this chain; the client's packet came in by prerouting.
    const equal = page.locator(".rules-text .line").filter({ hasText: /^\s*ct state new jump firewall-check\s*$/ });
    await expect(equal).toHaveCount(2);
    await expect(equal.and(page.locator(".lit"))).toHaveCount(1);
    // The element that the rule found in its map is lit, too.
    await expect(page.locator(".rules-text .lit").filter({ hasText: /tcp \. 30123 : goto external-/ })).toHaveCount(1);
  });
  await test.step("leaves a load balancer's address pending when nobody gives it one", async () => {
    await pick(page, "load-balancer");
    await page.getByRole("tab", { name: "Cluster" }).click();
    await page.getByLabel("LoadBalancer Services").selectOption("none");
    await page.getByRole("tab", { name: "Manifests" }).click();
    const region = page.getByRole("region", { name: "Problems" });
    await expect(region).toContainText("Service kimho-loadbalancer is waiting for an external address");
    await expect(page.locator(".scene")).toContainText("EXTERNAL-IP <pending>");
  });
  await test.step("names the cause of a refusal beside the verdict", async () => {
    await page.getByRole("tab", { name: "Packet" }).click();
    await pick(page, "broken-selector");
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText("Connection refused.");
    await expect(page.locator(".verdict")).toContainText("app=kimho");
    await page.getByRole("button", { name: "한국어" }).click();
    await expect(page.locator(".verdict")).toContainText("app=kimho");
    await expect(page.locator(".verdict")).not.toContainText("Connection refused.");
  });
});

test("on a phone what is said of the packet comes into sight with Send, over the text that was pasted", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.getByRole("tab", { name: "Manifests" }).click();
  await paste(page, webOf(1));
  await expect(page.locator("#to")).toHaveValue("http://10.96.0.50");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await expect(page.getByRole("tab", { name: "Packet" })).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".hop").first()).toBeVisible();
});
