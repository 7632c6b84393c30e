// What is offered where a person points or types, and goes away when it is no longer wanted.

import { expect, open, paste, problem, shapes, test, track, wear, webOf } from "./page";

test("the menu of a narrow page closes with a touch beside it and with Escape", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const more = page.getByRole("button", { name: "More", exact: true });
  await more.click();
  await expect(page.locator(".menu-list")).toBeVisible();
  await page.mouse.click(60, 400);
  await expect(page.locator(".menu-list")).toHaveCount(0);
  await more.click();
  await page.keyboard.press("Escape");
  await expect(page.locator(".menu-list")).toHaveCount(0);
  await page.locator(".bar .send").click();
  await expect(page.locator(".menu-list")).toHaveCount(0);
});

test("what is offered is there where a person points or types", async ({ page }) => {
  test.slow();
  await open(page);
  await test.step("the groups of the picker are named", async () => {
    const groups = page.getByLabel("Examples").locator("optgroup");
    await expect(groups.first()).toHaveCount(1);
    expect(await groups.evaluateAll((groups) => groups.map((group) => (group as HTMLOptGroupElement).label))).toContain("Challenges");
    expect(await page.locator("body").innerText()).not.toMatch(/lesson-section-/);
  });
  await test.step("a text of one's own over a lesson is one's own", async () => {
    await page.getByLabel("Examples").selectOption("course:01-why-services");
    await expect(page.getByRole("tab", { name: "Lesson" })).toHaveAttribute("aria-selected", "true");
    await page.getByRole("tab", { name: "Manifests" }).click();
    await paste(page, webOf(2).replace("name: client", "name: caller"));
    await expect(page.getByLabel("Examples").locator("option:checked")).toHaveText("Your own manifests");
    await expect(page.locator("#from")).toHaveValue("pod/caller");
  });
  await test.step("a selected Pod calls, and a selected Service is called", async () => {
    await paste(page, webOf(2));
    await shapes(page, "pod-ready").filter({ hasText: "web-0" }).first().click();
    await page.getByRole("button", { name: "Call from here" }).click();
    await expect(page.locator("#from")).toHaveValue("pod/web-0");
    const picture = await page.locator(".picture").boundingBox();
    await shapes(page, "service").first().click();
    await page.getByRole("button", { name: "Call it" }).click();
    await expect(page.locator("#to")).toHaveValue("http://web");
    await page.keyboard.press("Escape");
    await expect(page.locator(".happenings")).toHaveCount(0);
    expect(await page.locator(".picture").boundingBox()).toEqual(picture);
    await page.locator(".bar .send").click();
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText("answered");
  });
  await test.step("a template and a table are named as such", async () => {
    for (const [text, says] of [
      ["apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n", "This is a template that has not been rendered"],
      ["NAME   READY   STATUS\nweb    1/1     Running\n", "This is text, not a manifest"],
    ] as const) {
      await paste(page, text);
      await expect(problem(page, says)).toBeVisible();
    }
  });
  await test.step("the fix of tabs makes spaces of them", async () => {
    await paste(page, "apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\nspec:\n\tports:\n\t- port: 80\n");
    const tabs = problem(page, "indented with a tab");
    await expect(tabs).toBeVisible();
    await tabs.getByRole("button", { name: "Fix" }).click();
    await expect(tabs).toHaveCount(0);
  });
  await test.step("commands find a lesson, and the cluster before what breaks it", async () => {
    await paste(page, webOf(2));
    await page.keyboard.press("Escape");
    await page.locator("body").press("Control+k");
    const field = page.getByRole("combobox", { name: "Commands" });
    await field.fill("NodePort");
    await expect(page.locator("#command-list").getByRole("option", { name: /^\d+ · .*NodePort/ }).first()).toBeVisible();
    await field.fill("web-1");
    await expect(page.locator("#command-list").getByRole("option").first()).toContainText("web-1");
    await expect(page.locator("#command-list").getByRole("option").first()).not.toContainText("delete");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
  await test.step("each of two hundred Pods can be chosen as the caller", async () => {
    const pods = Array.from({ length: 200 }, (_, index) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p-${String(index).padStart(3, "0")}}\nspec: {containers: [{name: c, image: c}]}\n`);
    await paste(page, webOf(1) + "---\n" + pods.join("---\n"));
    await page.locator("#from").selectOption("pod/p-199");
    await expect(page.locator("#from")).toHaveValue("pod/p-199");
  });
});

test("a phone has caller, address and Send in one row in both languages", async ({ page }) => {
  // A caller with a long name.
  await page.goto("./#lesson=c11-one-dash-too-many");
  await expect(page.locator("#from")).toHaveValue("pod/front/visitor");
  await page.evaluate(() => document.fonts.ready);
  for (const language of ["en", "ko"]) {
    await wear(page, { language, width: 390 });
    await expect(page.locator(".bar .send")).toBeVisible();
    const top = (name: string) => page.locator(name).evaluate((element) => element.getBoundingClientRect().top);
    await expect.poll(async () => (await top(".bar .send")) - (await top(".bar .to")), language).toBe(0);
  }
});
