// What became of many connections, as a table beside the shares that the rules give.

import { expect, expectAccessible, open, paste, picture, test, track, wear, webOf } from "./page";

const WEB = webOf(4);

test("a hundred connections are a table of outcomes, failures in red, in both languages and at every size @picture", async ({ page }) => {
  test.slow();
  const session = {
    text: WEB,
    asked: { from: "pod/client", to: "http://10.96.0.50", by_hand: true },
    // Its rules still send to it, and nobody answers there.
    events: ["delete pod/web-3 lag=2"],
  };
  await page.addInitScript((session) => localStorage.setItem("kubehop.session", session), JSON.stringify(session));
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "dark");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.locator(".menu-list button").filter({ hasText: "100" }).click();
  const table = page.locator(".outcomes");
  // It counts while they run.
  await expect(table.locator("h2 span")).toHaveText(/^[1-9]\d? \/ 100$/);
  await page.locator("#track").press("End");
  await expect(table.locator("h2")).toBeInViewport();
  for (const [language, theme, width, height] of [
    ["en", "dark", 390, 844],
    ["ko", "dark", 1180, 820],
    ["en", "light", 1440, 900],
  ] as const)
    await test.step(`in ${language} at ${width}`, async () => {
      await wear(page, { language, theme, width, height });
      await page.locator("#track").press("End");
      await expect(table.locator("h2 span")).toHaveText("100 / 100");
      const rows = table.locator("tbody tr");
      await expect(rows).toHaveCount(4);
      const counts = (await rows.locator("td:nth-child(2)").allTextContents()).map(Number);
      expect(counts.reduce((sum, count) => sum + count)).toBe(100);
      const shares = (await rows.locator("td:nth-child(3)").allTextContents()).map((share) => parseInt(share));
      expect(shares).toEqual(counts);
      await expect(rows.locator("td:nth-child(4)")).toHaveText(["25 %", "25 %", "25 %", "25 %"]);
      await expect(table.locator("tr.bad")).toHaveCount(1);
      await expect(table.locator("tr.bad")).toContainText("web-3");
      for (const pod of ["web-0", "web-1", "web-2"]) await expect(rows.filter({ hasText: pod })).toHaveCount(1);
      // As a screen reader hears it, at the end.
      await expect(table.getByRole("status")).toContainText(`: ${counts[0]}`);
      await expectAccessible(page, ".outcomes");
      await picture(page, `outcomes-${width}-${language}-${theme}`);
    });
  // A step leaves the many connections.
  await page.locator(".tl .buttons button").nth(2).click();
  await expect(table).toHaveCount(0);
});

test("an endpoint that nobody chooses is in the table as well, and what nobody can know is not as green as an answer @picture", async ({ page }) => {
  await test.step("an endpoint that none of them chooses stands in the table as well", async () => {
    await open(page);
    await paste(page, WEB.replace("spec: {clusterIP", "spec: {sessionAffinity: ClientIP, clusterIP"));
    await page.getByLabel("From").selectOption("pod/client");
    await page.locator("#to").fill("http://10.96.0.50");
    await page.getByRole("button", { name: "×100" }).click();
    await track(page).press("End");
    const rows = page.locator(".outcomes tbody tr");
    await expect(rows).toHaveCount(4);
    await expect(rows.filter({ hasText: "not chosen" })).toHaveCount(3);
    await expect(rows.filter({ hasText: "answered" }).locator("td:nth-child(2)")).toHaveText("100");
  });
  await test.step("what nobody can know is not as green as an answer: in the picture, its bar and the table", async () => {
    // The pods declare a port, and another one is called.
    await paste(page, WEB.replace("ports: [{port: 80}]", "ports: [{port: 80, targetPort: 8080}]").replace("image: nginx}", "image: nginx, ports: [{containerPort: 80}]}"));
    await page.getByLabel("From").selectOption("pod/client");
    await page.locator("#to").fill("http://10.96.0.50");
    await page.getByRole("button", { name: "×100" }).click();
    await track(page).press("End");
    const table = page.locator(".outcomes");
    await expect(table.locator("tr.unsure")).toHaveCount(4);
    await expect(table.locator("tr.bad")).toHaveCount(0);
    await expect(table.locator("tr.unsure").first()).toContainText("?");
    await expect(page.locator(".scene .t-unsure")).toHaveText("? 100");
    await expect(page.locator(".scene .bar-part.unsure")).toHaveCount(4);
    await expect(page.locator(".scene .bar-part:not(.unsure)")).toHaveCount(0);
    const colour = (name: string) => page.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), name);
    const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;
    await expect(page.locator(".scene .bar-part.unsure").first()).toHaveCSS("fill", rgb(await colour("--warn")));
    await expect(table.locator("tr.unsure .share-bar i").first()).toHaveCSS("background-color", rgb(await colour("--warn")));
    await expectAccessible(page, ".outcomes");
    await picture(page, "outcomes-unsure");
  });
});
