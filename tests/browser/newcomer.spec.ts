// The first visit, the glossary, and what a lesson keeps, as a newcomer meets them.

import { expect, expectAccessible, LOOKS, picture, test, wear } from "./page";

test.describe("the first visit", () => {
  test.use({ isNewcomer: true });

  test("one line says what to do, and Send ends it for good", async ({ page }) => {
    await page.goto("./");
    const line = page.getByRole("region", { name: "Show me around" });
    await expect(line).toContainText("Press Send");
    await page.getByRole("button", { name: "Send ▸", exact: true }).click();
    await expect(line).toHaveCount(0);
    await page.reload();
    await expect(page.locator(".cm-content")).toBeAttached();
    await expect(line).toHaveCount(0);
  });

  test("four stops by keyboard, and Escape ends them for good", async ({ page }) => {
    await page.goto("./");
    await page.getByRole("button", { name: "Show me around" }).click();
    const card = page.getByRole("dialog");
    for (const name of ["The manifests", "Send", "The header", "The rules"]) {
      await expect(card.getByRole("heading", { name, exact: true })).toBeVisible();
      await expect(card.locator("#tour-next")).toBeFocused();
      if (name !== "The rules") await page.keyboard.press("Enter");
    }
    await expect(page.getByRole("tabpanel", { name: "Rules" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(card).toHaveCount(0);
    await expect(page.getByRole("tabpanel", { name: "Packet" })).toBeVisible();
    await page.reload();
    await expect(page.locator(".cm-content")).toBeAttached();
    await expect(page.getByRole("region", { name: "Show me around" })).toHaveCount(0);
  });

  test("the first line and the stops in both languages, wide and narrow, light and dark @picture", async ({ page }) => {
    test.slow();
    await page.goto("./");
    await expect(page.locator(".cm-content")).toBeAttached();
    for (const { language, width, theme } of LOOKS) {
      await wear(page, { language, width, theme });
      await expect(page.getByRole("region", { name: language === "en" ? "Show me around" : "둘러보기" })).toBeVisible();
      await picture(page, `welcome-${language}-${width}-${theme}`);
    }
    await page.getByRole("button", { name: /Show me around|둘러보기/ }).click();
    for (let stop = 1; stop <= 4; stop += 1) {
      for (const { language, width, theme } of LOOKS)
        await test.step(`stop ${stop} in ${language}, ${width} wide, ${theme}`, async () => {
          await wear(page, { language, width, theme });
          await expect(page.getByRole("dialog")).toBeInViewport({ ratio: 1 });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          await picture(page, `tour-${stop}-${language}-${width}-${theme}`);
          if (stop === 1) await expectAccessible(page);
        });
      if (stop < 4) await page.locator("#tour-next").click();
    }
  });
});

test("a term opens its card by pointer and by keyboard, and the card is seen whole at every size @picture", async ({ page }) => {
  test.slow();
  await test.step("a term opens its card by pointer and by keyboard", async () => {
    await page.goto("./#lesson=08-endpoints-and-readiness");
    const lesson = page.getByRole("region", { name: "Endpoints, EndpointSlices, readiness" });
    const term = lesson.locator("button.term").first();
    await term.hover();
    const card = lesson.locator(".term-card");
    await expect(card).toBeVisible();
    await expect(term).toHaveAttribute("aria-expanded", "true");
    await picture(page, "glossary-card");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(card).toHaveCount(0);
    await term.focus();
    await expect(card).toBeInViewport();
    await page.keyboard.press("Tab");
    await expect(card.getByRole("button")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(term).toHaveAttribute("aria-expanded", "false");
  });
  await test.step("the card of a term is seen whole, wherever the term is, at every size", async () => {
    await page.mouse.move(0, 0);
    const lesson = page.getByRole("region", { name: "Endpoints, EndpointSlices, readiness" });
    await expect(lesson.locator("button.term").first()).toBeAttached();
    const terms = await lesson.locator("button.term").all();
    for (const [turn, [width, height]] of ([[390, 844], [844, 390], [1180, 820], [1440, 900]] as const).entries())
      await test.step(`at ${width} by ${height}`, async () => {
        await page.setViewportSize({ width, height });
        for (const [index, term] of terms.entries()) {
          // The first and the last are at either end of the panel, the others take turns.
          const isAtBothEnds = index === 0 || index === terms.length - 1;
          for (const block of isAtBothEnds ? (["start", "end"] as const) : [(index + turn) % 2 ? ("end" as const) : ("start" as const)]) {
            await term.evaluate((element, block) => {
              // A term that has the focus already opens no card.
              (element as HTMLElement).blur();
              element.scrollIntoView({ block });
            }, block);
            await term.focus();
            const card = lesson.locator(".term-card");
            await expect(card).toHaveCount(1);
            const hidden = () =>
              card.evaluate((element) => {
                const { left, right, top, bottom } = element.getBoundingClientRect();
                const corners = [left + 8, right - 8].flatMap((x) => [top + 8, bottom - 8].map((y) => [x, y] as const));
                return corners.filter(([x, y]) => !element.contains(document.elementFromPoint(x, y)));
              });
            await expect.poll(hidden, `${await term.textContent()} at the ${block}`).toEqual([]);
            await page.keyboard.press("Escape");
          }
        }
      });
  });
});

test("a term in a reason leads to its lesson, in both languages", async ({ page }) => {
  await page.goto("./");
  const packet = page.getByRole("tabpanel", { name: "Packet" });
  await packet.locator("button.term", { hasText: "kube-proxy" }).first().click();
  await expect(packet.locator(".term-card")).toContainText("Packets do not pass through it");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "한국어" }).click();
  const korean = page.getByRole("tabpanel", { name: "패킷" });
  await korean.locator("button.term", { hasText: "kube-proxy" }).first().click();
  await korean.getByRole("button", { name: "레슨 11 ▸" }).click();
  await expect(page.getByRole("region", { name: /kube-proxy/ })).toBeVisible();
});

test("predictions and hints are there after a reload", async ({ page }) => {
  await page.goto("./#lesson=12-node-port");
  const lesson = page.getByRole("region", { name: "NodePort: one port on every node" });
  await lesson.getByRole("radio", { name: "A pod of another node answers" }).check();
  await lesson.getByRole("button", { name: "Send" }).click();
  await lesson.getByRole("button", { name: "To the end" }).click();
  await expect(lesson.getByRole("status")).toContainText("Right.");
  await lesson.getByRole("button", { name: "Hint 1 of 3" }).click();
  await page.reload();
  await page.getByRole("tab", { name: "Lesson" }).click();
  await expect(lesson.getByRole("status")).toContainText("Right.");
  await expect(lesson.getByRole("button", { name: "Hint 2 of 3" })).toBeVisible();
});
