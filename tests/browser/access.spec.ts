// No serious fault that axe-core finds, in any state a person can bring the page into.

import type { Page } from "@playwright/test";

import { CONTRAST, expect, expectAccessible, open, paste, pick, recoloured, test, type Theme, track, wear } from "./page";

test.slow();

const TABS = ["Cluster", "Lesson", "Manifests", "Rules", "DNS", "Endpoints", "Packet"];

/** Looks at a part of the page in both themes, of which the second differs in its colours alone. */
async function expectBothAccessible(page: Page, part?: string): Promise<void> {
  await expectAccessible(page, part);
  const paint = async (theme: Theme) => {
    await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
    await recoloured(page);
  };
  await paint("dark");
  await expectAccessible(page, part, CONTRAST);
  await paint("light");
}

/** Looks at the page, then opens every tab in turn and looks at each. */
async function expectTabsAccessible(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const name of TABS) {
    await page.getByRole("tab", { name }).click();
    await expect(page.getByRole("tab", { name })).toHaveAttribute("aria-selected", "true");
    await expectAccessible(page, ".panel:not([hidden])");
  }
}

test("every tab can be used by everybody, wide and light, narrow and dark", async ({ page }) => {
  await open(page);
  await track(page).press("End");
  await test.step("wide and light", () => expectTabsAccessible(page));
  await wear(page, { theme: "dark", width: 360, height: 740 });
  await test.step("360 pixels wide and dark", () => expectTabsAccessible(page));
});

test("both views of a rewrite, a failure and many packets can be read in both themes", async ({ page }) => {
  await open(page);
  await pick(page, "node-port");
  for (const view of ["Concept", "Network"])
    await test.step(view, async () => {
      await page.getByRole("button", { name: view }).click();
      await track(page).press("Home");
      for (let hop = 0; hop < 3; hop++) await track(page).press("ArrowRight");
      await expect(page.locator(".hd ins").first()).toBeVisible();
      await expectBothAccessible(page);
    });
  await test.step("many packets", async () => {
    await page.getByRole("button", { name: "×100" }).click();
    await track(page).press("End");
    await expectBothAccessible(page);
  });
  await test.step("a failure", async () => {
    await pick(page, "broken-selector");
    await track(page).press("End");
    await expect(page.locator(".verdict.bad")).toBeVisible();
    await expectBothAccessible(page);
  });
});

test("dialogs and a broken text can be read in both themes", async ({ page }) => {
  await open(page);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
  await expectBothAccessible(page);
  await page.keyboard.press("Escape");
  for (const name of ["Share", "Embed", "About"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await expectBothAccessible(page, "[role=dialog]");
    await page.keyboard.press("Escape");
  }
  await paste(page, "kind: Service\nmetadata: {name\n");
  await expect(page.locator(".prob .it.error").first()).toBeVisible();
  await expectBothAccessible(page);
});
