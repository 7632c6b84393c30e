// The list below the editor: what is alike is one line, what is cut says so.

import { expect, expectAccessible, open, paste, picture, problem, test, wear } from "./page";

const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`;

const POD = `apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: c, image: curl}]}
---
`;

const SEVENTY = POD + Array.from({ length: 70 }, (_, index) => service(`s${index}`)).join("---\n");

test("seventy warnings of one kind are one line that opens, in both languages and at every size @picture", async ({ page }) => {
  test.slow();
  await open(page);
  await paste(page, SEVENTY);
  const items = page.locator(".prob .it");
  await expect(page.locator(".prob .count-warning")).toContainText("70");
  await expect(items).toHaveCount(1);
  const others = page.locator(".prob .alike button");
  for (const [language, theme, width, height] of [
    ["en", "light", 1440, 900],
    ["ko", "dark", 1180, 820],
    ["ko", "light", 390, 844],
  ] as const)
    await test.step(`in ${language} at ${width}`, async () => {
      await wear(page, { language, theme, width, height });
      if (width < 821) await page.getByRole("tab").first().click();
      await picture(page, `problems-folded-${width}-${language}-${theme}`);
      await expect(others).toContainText("69");
      await expect(others).toHaveAttribute("aria-expanded", "false");
      // By keyboard; the list says that it is cut.
      await others.press("Enter");
      await expect(items).toHaveCount(60);
      await expect(page.locator(".prob .cut")).toContainText("10");
      await expectAccessible(page, ".prob");
      await items.nth(59).locator(".where").click();
      await expect(page.locator(".cm-content")).toContainText("name: s59");
      await others.scrollIntoViewIfNeeded();
      await picture(page, `problems-open-${width}-${language}-${theme}`);
      await others.press("Enter");
      await expect(others).toHaveAttribute("aria-expanded", "false");
      // The one whose Service the cursor is on stays in sight; resting on a line opens nothing.
      await page.locator("#to").hover();
      await expect(items).toHaveCount(2);
    });
});

test("errors are not folded, and namespaces are told where a name is in several", async ({ page }) => {
  await test.step("errors are not folded, and more than a hundred are said to be", async () => {
    await open(page);
    await paste(page, "kind: Pod\n---\n".repeat(105));
    await expect(problem(page, "apiVersion")).toHaveCount(100);
    await expect(page.locator(".prob .alike")).toHaveCount(0);
    await expect(page.locator(".prob .cut")).toHaveText("… 5 more. “Copy” has all of them.");
  });
  await test.step("namespaces are told where a name is in several: in Problems, on cards, in the matrix", async () => {
    const shop = service("web").replace("{name: web}", "{name: web, namespace: shop}");
    await paste(page, [POD + service("web"), shop, service("db")].join("---\n"));
    await expect(page.locator(".prob .it .pill")).toHaveText(["default", "shop"]);
    const names = page.locator(".scene .service text:first-of-type");
    await expect.poll(async () => (await names.allTextContents()).sort()).toEqual(["db", "default/web", "shop/web"]);
    await page.getByRole("button", { name: "Matrix" }).click();
    await expect(page.locator(".matrix thead th[title]")).toHaveText(["db:80", "default/web:80", "shop/web:80"]);
  });
});
