// No serious fault that axe-core finds, in any state a person can bring the page into.

import type { Page } from "@playwright/test";

import { expect, expectAccessible, open, paste, pick, test, type Theme, track } from "./page";

test.slow();

const TABS = ["Cluster", "Lesson", "Manifests", "Rules", "DNS", "Endpoints", "Packet"];

/** Looks at the page, then opens every tab in turn and looks at each. */
async function expectTabsAccessible(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const name of TABS) {
    await page.getByRole("tab", { name }).click();
    await expect(page.getByRole("tab", { name })).toHaveAttribute("aria-selected", "true");
    await expectAccessible(page, ".panel:not([hidden])");
  }
}

for (const theme of ["light", "dark"] satisfies Theme[]) {
  test(`every tab can be used by everybody in the ${theme} theme`, async ({ page }) => {
    await open(page, theme);
    await track(page).press("End");
    await expectTabsAccessible(page);
  });

  test(`both views of a rewrite, a failure and many packets can be read in the ${theme} theme`, async ({ page }) => {
    await open(page, theme);
    await pick(page, "node-port");
    for (const view of ["Concept", "Network"]) {
      await page.getByRole("button", { name: view }).click();
      await track(page).press("Home");
      for (let hop = 0; hop < 3; hop++) await track(page).press("ArrowRight");
      await expect(page.locator(".hd ins").first()).toBeVisible();
      await expectAccessible(page);
    }
    await page.getByRole("button", { name: "×100" }).click();
    await track(page).press("End");
    await expectAccessible(page);
    await pick(page, "broken-selector");
    await track(page).press("End");
    await expect(page.locator(".verdict.bad")).toBeVisible();
    await expectAccessible(page);
  });

  test(`dialogs and a broken text can be read in the ${theme} theme`, async ({ page }) => {
    await open(page, theme);
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    for (const name of ["Share", "Embed", "About"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await expect(page.getByRole("dialog", { name })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
    }
    await paste(page, "kind: Service\nmetadata: {name\n");
    await expect(page.locator(".prob .it.error").first()).toBeVisible();
    await expectAccessible(page);
  });

  test(`every tab can be used by everybody 360 pixels wide in the ${theme} theme`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, theme);
    await track(page).press("End");
    await expectTabsAccessible(page);
  });
}
