// Pods and nodes come and go while a Service is called.

import type { Page } from "@playwright/test";

import { expect, expectAccessible, open, paste, pick, picture, shapes, test, track, wear, webOf } from "./page";

const WEB = webOf(2);

/** The example with its request, sent and answered. */
async function answered(page: Page): Promise<string> {
  await open(page);
  await paste(page, WEB);
  await page.getByLabel("From").selectOption("pod/client");
  await page.locator("#to").fill("http://10.96.0.50");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await track(page).press("End");
  const answer = (await page.locator(".verdict b").textContent()) ?? "";
  return answer.split(" ")[0]!;
}

const pod = (page: Page, name: string) => page.locator(".scene .shape").filter({ hasText: name }).and(page.getByRole("button"));
const happened = (page: Page) => page.getByRole("list", { name: "Events so far" }).getByRole("listitem");
/** The log is behind its button, which counts. */
const openLog = (page: Page) => page.getByRole("button", { name: /^Events \d+$/ }).click();

test("takes a pod out of its Service and puts it back, and gives the keyboard to Play when no event is left @picture", async ({ page }) => {
  await test.step("takes a pod out of its Service and puts it back", async () => {
    await open(page);
    await paste(page, WEB);
    await expect(shapes(page, "pod-ready")).not.toHaveCount(0);
    await pod(page, "web-0").click();
    await page.getByRole("button", { name: "Not ready", exact: true }).click();
    await expect(shapes(page, "pod-not-ready")).toHaveText(/web-0/);
    await openLog(page);
    await expect(happened(page)).toHaveText(/web-0 is not ready/);
    await expectAccessible(page);
    await picture(page, "events-not-ready");

    await page.getByRole("button", { name: "Scale to 3" }).click();
    await expect(pod(page, "web-2")).toBeVisible();
    await page.getByRole("button", { name: "Undo: web-0 is not ready" }).click();
    await expect(shapes(page, "pod-not-ready")).toHaveCount(0);
    await expect(happened(page)).toHaveText(/StatefulSet web: 3 Pods/);
  });
  await test.step("gives the keyboard to Play when the button that had it goes away", async () => {
    await page.getByRole("button", { name: /^Undo: / }).press("Enter");
    await expect(happened(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeFocused();
  });
});

test("keeps an open connection on a pod that is going away, by keyboard alone, and sends nothing that is only read @picture", async ({ page }) => {
  test.slow();
  const name = await answered(page);
  const said = page.getByRole("region", { name: "Problems" }).getByText("About the text, before the events");
  await expect(said).toHaveCount(0);
  await expect(page.locator(".send-more")).toHaveText(`Send more ▸${name}`);
  await pod(page, name).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(shapes(page, "pod-terminating")).toContainText(name);
  await expect(said).toBeVisible();

  await test.step("reading the next connection does not send it", async () => {
    // The next one would go to the other pod; it is read to its end, by each way there is.
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText(" answered");
    await expect(page.locator(".verdict")).not.toContainText(name);
    await page.locator(".hop .n0").last().click();
    await page.keyboard.press("ArrowLeft");
    await expect(page.locator(".send-more")).toHaveText(`Send more ▸${name}`);
  });
  await test.step("the open connection stays, a new one goes elsewhere", async () => {
    await page.locator(".send-more").press("Enter");
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText(`${name} answered`);
    await picture(page, "events-open-connection");
    await page.getByRole("button", { name: "Send ▸", exact: true }).press("Enter");
    await track(page).press("End");
    await expect(page.locator(".verdict")).not.toContainText(name);
    await expect(page.locator(".verdict")).toContainText(" answered");
  });
});

test("stops a node from the palette, and a reload keeps it stopped", async ({ page }) => {
  await open(page);
  await paste(page, WEB);
  await expect(shapes(page, "node")).toHaveCount(3);
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Commands" }).fill("node-2: down");
  await expect(page.locator("#command-list").getByRole("option")).toHaveText([/node-2: down/]);
  await page.keyboard.press("Enter");
  await openLog(page);
  await expect(happened(page)).toHaveText(/node-2 is down/);
  await expect(shapes(page, "node").filter({ hasText: "node-2" })).toContainText("stopped");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("kubehop.session"))).toContain("down node/node-2");
  const time = await happened(page).locator("time").textContent();
  expect(time).toMatch(/^\d\d:\d\d:\d\d$/);
  await page.reload();
  await openLog(page);
  await expect(happened(page)).toHaveText(/node-2 is down/);
  await expect(happened(page).locator("time")).toHaveText(time!);
  await expect(page.locator(".cm-content")).toBeVisible();
});

test("says what happened on a narrow page, in both languages @picture", async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.addInitScript(
    (session) => localStorage.setItem("kubehop.session", session),
    JSON.stringify({
      text: WEB,
      asked: { from: "pod/client", to: "http://10.96.0.50", by_hand: true },
      events: ["unready pod/web-0", "scale statefulset/web=3", "down node/node-1"],
    }),
  );
  await open(page);
  // The editor comes last; then the picture has its width.
  await expect(page.locator(".side.l.away")).toHaveCount(1);
  await expect(page.locator("#events")).toHaveText(/3$/);
  await shapes(page, "pod-not-ready").first().press("Enter");
  await expect(page.locator(".happenings button")).toHaveCount(8);
  await page.locator("#events").click();
  for (const [language, theme] of [["en", "light"], ["ko", "dark"]] as const)
    await test.step(`in ${language}`, async () => {
      await wear(page, { language, theme, width: 360, height: 740 });
      await expect(page.locator(".log li")).toHaveCount(3);
      // What a link or a kept state brings has no time.
      await expect(page.locator(".log time").first()).toHaveText("–");
      await expectAccessible(page, ".log");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await picture(page, `events-360-${language}-${theme}`);
      await page.setViewportSize({ width: 1440, height: 900 });
      await expect(page.locator(".log li")).toHaveCount(3);
      await picture(page, `events-1440-${language}-${theme}`);
    });
});

test("the log has the time and the kubectl command of each event, and the console does the same by them", async ({ page }) => {
  await open(page);
  await paste(page, WEB);
  const transport = page.locator(".tl");
  const before = await page.locator(".picture").boundingBox();
  await pod(page, "web-0").click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  // Two were asked for, whatever is going away.
  await pod(page, "web-1").click();
  await page.getByRole("button", { name: "Scale to 3" }).click();
  await page.getByRole("button", { name: "Not ready", exact: true }).click();
  await page.getByRole("button", { name: "Set image" }).click();
  await page.keyboard.press("Escape");
  await openLog(page);
  const commands = [
    "kubectl delete pod web-0 --wait=false",
    "kubectl delete pod web-0",
    "kubectl scale statefulset/web --replicas=3",
    "kubectl set image statefulset/web c=nginx:next",
  ];
  await expect(page.locator(".log code")).toHaveText(commands);
  await expect(happened(page).filter({ hasText: "web-1 is not ready" })).toContainText("No kubectl command: its readiness probe fails");
  for (const time of await page.locator(".log time").allTextContents()) expect(time).toMatch(/^\d\d:\d\d:\d\d$/);

  // It lies over the picture, and what plays stays where it was.
  const [log, picture, controls] = await Promise.all([page.locator(".log").boundingBox(), page.locator(".picture").boundingBox(), transport.boundingBox()]);
  expect(picture!.height).toBe(before!.height);
  expect(log!.y + log!.height).toBeLessThanOrEqual(controls!.y);

  // Undo all, by keyboard; the same by typing the commands.
  await page.getByRole("button", { name: "Undo all" }).press("Enter");
  await expect(page.locator("#events")).toHaveCount(0);
  await page.getByRole("tab", { name: "kubectl" }).click();
  for (const command of commands.slice(0, 3)) {
    await page.locator("#console-line").fill(command);
    await page.locator("#console-line").press("Enter");
  }
  await expect(page.locator("#events")).toHaveText(/3$/);
  await openLog(page);
  await expect(page.locator(".log code")).toHaveText(commands.slice(0, 3));
  await page.keyboard.press("Escape");
  await expect(page.locator(".log")).toHaveCount(0);
  await expect(page.locator("#events")).toBeFocused();
});

test("the Concept view has the pod that went beside the one that came, and both addresses", async ({ page }) => {
  await open(page);
  await pick(page, "node-port");
  await page.getByRole("button", { name: "Concept" }).click();
  const struck = (kind: string) => shapes(page, kind).first().locator("text").first();
  const pod = shapes(page, "pod-ready").filter({ hasText: "app=kimho" }).first();
  await pod.click();
  await expect(shapes(page, "pod-gone")).toHaveCount(0);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(shapes(page, "pod-terminating")).toHaveCount(1);
  await expect(shapes(page, "endpoint").filter({ hasText: "added" })).toHaveCount(1);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(shapes(page, "pod-gone")).toContainText("gone");
  await expect(shapes(page, "gone").filter({ hasText: "removed" })).toHaveCount(1);
  await expect(shapes(page, "endpoint").filter({ hasText: "added" })).toHaveCount(1);
  await expect(struck("pod-gone")).toHaveCSS("text-decoration-line", "line-through");
});
