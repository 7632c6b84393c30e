// Every size of the page, from a phone's to a large screen's, and 200 % and 400 % zoom of a laptop's.

import type { Page } from "@playwright/test";

import { ALL_LOOKS, expect, open, pick, settled, test, wear } from "./page";

const SIZES = [
  [320, 256],
  [320, 640],
  [390, 844],
  [720, 450],
  [768, 1024],
  [844, 390],
  [1024, 768],
  [1180, 820],
  [1440, 400],
  [1440, 900],
  [2560, 1440],
] as const;

/** The room that the parts of the page have. */
const measured = (page: Page) =>
  page.evaluate(() => {
    const picture = document.querySelector(".picture")!.getBoundingClientRect();
    const scene = document.querySelector<SVGGraphicsElement>("svg.scene g")!.getScreenCTM()!;
    const small = [...document.querySelectorAll(".scene text")].map(
      (text) => parseFloat(getComputedStyle(text).fontSize) * scene.a,
    );
    // A control is cut where its edge is outside the window and nothing scrolls to it.
    const cut = [...document.querySelectorAll<HTMLElement>("button, input, select")]
      .filter((control) => control.checkVisibility() && !control.closest(".skips"))
      .filter((control) => {
        const rect = control.getBoundingClientRect();
        const scrolls = (element: Element | null): boolean =>
          !!element &&
          (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight
            ? /auto|scroll/.test(getComputedStyle(element).overflow)
            : scrolls(element.parentElement));
        return (rect.right > innerWidth + 1 || rect.left < -1) && !scrolls(control.parentElement);
      })
      .map((control) => control.outerHTML.slice(0, 80));
    return {
      picture: picture.height,
      smallest: Math.min(...small),
      cut,
      overflow: document.documentElement.scrollWidth - innerWidth,
      to: document.querySelector("#to")!.getBoundingClientRect().width,
    };
  });

test("has room for everything at every size", async ({ page }) => {
  test.slow();
  await open(page);
  await pick(page, "node-port");
  await expect(page.locator(".scene .service").first()).toBeVisible();
  for (const [width, height] of SIZES)
    await test.step(`at ${width} by ${height}`, async () => {
      await page.setViewportSize({ width, height });
      await settled(page);
      await expect(async () => {
        const found = await measured(page);
        expect(found.picture).toBeGreaterThanOrEqual(219);
        expect(found.smallest).toBeGreaterThanOrEqual(10.99);
        expect(found.cut).toEqual([]);
        expect(found.overflow).toBeLessThanOrEqual(0);
        // 24 characters of an address, of 6.6 px at the least.
        expect(found.to).toBeGreaterThanOrEqual(24 * 6.6);
      }).toPass({ timeout: 15_000 });
    });
});

test("why a request failed is in sight at every size", async ({ page }) => {
  test.slow();
  await open(page);
  await page.locator("#to").fill("http://10.96.77.77");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await page.locator("#track").press("End");
  const why = page.locator(".outcome.bad .detail");
  for (const [width, height] of [
    [320, 640],
    [390, 844],
    [720, 450],
    [844, 390],
    [1180, 820],
    [1440, 900],
  ] as const)
    await test.step(`at ${width} by ${height}`, async () => {
      await page.setViewportSize({ width, height });
      await settled(page);
      await expect(why).toContainText("10.96.77.77");
      await expect(why).toBeInViewport();
      // Its beginning is in a line that is not cut.
      const cut = () =>
        why.evaluate((why) => {
          const outcome = why.parentElement!.getBoundingClientRect();
          const line = why.getClientRects()[0]!;
          return line.bottom > outcome.bottom + 1 || line.right > outcome.right + 1;
        });
      await expect.poll(cut).toBe(false);
    });
});

/** What is cut in the picture: shapes beside the region, and texts that leave their own card. */
const cutInPicture = (page: Page) =>
  page.evaluate(() => {
    const region = document.querySelector(".picture")!.getBoundingClientRect();
    const shapes = [...document.querySelectorAll(".scene .shape:not(.gate)")].filter((shape) => shape.querySelector("rect"));
    const beside = shapes
      .filter((shape) => {
        const { left, right } = shape.querySelector("rect")!.getBoundingClientRect();
        return left < region.left - 0.5 || right > region.right + 0.5;
      })
      .map((shape) => `${shape.getAttribute("class")} is beside the picture`);
    const leaving = shapes.flatMap((shape) => {
      const { right, bottom } = shape.querySelector("rect")!.getBoundingClientRect();
      const texts = [...shape.querySelectorAll("text")].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      return texts
        .filter(({ text, box }) => text && box.width > 0 && box.top < bottom - 2 && box.right > right + 0.5)
        .map(({ text, box }) => `${shape.getAttribute("class")} cuts "${text}" by ${(box.right - right).toFixed(1)}`);
    });
    const letters = [...document.querySelectorAll<SVGTextElement>(".scene text")].map(
      (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM()!.a,
    );
    return { cut: [...beside, ...leaving], smallest: Math.min(...letters), height: region.height };
  });

/** Small phones, each in one of the languages; the narrowest in both. */
const PHONES = ([
  [320, 568, "en"],
  [320, 640, "ko"],
  [344, 882, "en"],
  [360, 640, "ko"],
] as const).flatMap(([width, height, language]) =>
  (ALL_LOOKS ? ["en", "ko"] : [language]).map((language) => ({ width, height, language })),
);

test("the whole picture is in sight on small phones, at every hop", async ({ page }) => {
  test.slow();
  await open(page);
  const bad = async () => {
    const { cut, smallest, height } = await cutInPicture(page);
    if (smallest < 10.99) cut.push(`letters of ${smallest} pixels`);
    if (height < 219) cut.push(`a picture of ${height} pixels`);
    return cut;
  };
  for (const { width, height, language } of PHONES)
    await test.step(`${width} by ${height} in ${language}`, async () => {
      await wear(page, { width, height, language });
      for (const example of ["node-port", "load-balancer", "multi-port"]) {
        await page.locator("select.lesson").selectOption(example);
        await expect(page.locator(".scene .service").first()).toBeVisible();
        for (const view of [/^(Network|네트워크)$/, /^(Concept|개념)$/]) {
          await page.getByRole("button", { name: view }).click();
          await page.locator(".bar .send").click();
          await page.getByRole("slider").press("Home");
          const hops = Number(await page.getByRole("slider").getAttribute("aria-valuemax"));
          for (let hop = 0; hop < hops; hop++) {
            await expect.poll(bad, `${example}, ${view}, hop ${hop}`).toEqual([]);
            await page.getByRole("slider").press("ArrowRight");
          }
        }
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("has targets for a finger, a sheet to pull, a picture to enlarge, and a menu for what the bar has no room for", async ({ page }) => {
    test.slow();
    await open(page);
    await test.step("has targets for a finger", async () => {
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>(".top button, .bar button, .tl button, .tabs button")]
          .filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < 38)
          .map((control) => control.outerHTML.slice(0, 80)),
      );
      expect(small).toEqual([]);
    });
    await test.step("has targets of 44 pixels where a finger zooms, searches, copies, closes and pulls", async () => {
      const small = () =>
        page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>(".zoom button, .grip, .copy, .copies button, .welcome .close, .field.search, .dialog li button")]
            .filter((control) => control.checkVisibility())
            .map((control) => ({ name: control.outerHTML.slice(0, 80), box: control.getBoundingClientRect() }))
            .filter(({ box }) => box.width < 44 || box.height < 44)
            .map(({ name, box }) => `${name} ${box.width} x ${box.height}`),
        );
      for (const tab of ["Manifests", "Packet", "Rules", "Endpoints"]) {
        await page.getByRole("tab", { name: tab }).click();
        await expect(page.getByRole("tab", { name: tab })).toHaveAttribute("aria-selected", "true");
        expect(await small(), tab).toEqual([]);
      }
      await page.getByRole("button", { name: "Search the cluster" }).tap();
      await expect(page.locator("#found-list").getByRole("option").first()).toBeVisible();
      expect(await small()).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    });
    await test.step("pulls the sheet up and down, by finger and by keyboard", async () => {
      const sheet = page.locator(".side.r");
      const grip = sheet.getByRole("button", { name: "Larger panel" });
      const height = () => sheet.evaluate((element) => element.getBoundingClientRect().height);
      const half = await height();
      const { x, y, width } = (await grip.boundingBox())!;
      await page.mouse.move(x + width / 2, y + 8);
      await page.mouse.down();
      await page.mouse.move(x + width / 2, y - 60, { steps: 4 });
      await page.mouse.up();
      await expect(grip).toHaveAttribute("aria-expanded", "true");
      expect(await height()).toBeGreaterThan(half * 2);
      await expect(page.locator("#play")).toBeVisible();
      await grip.focus();
      await page.keyboard.press("ArrowDown");
      await expect(grip).toHaveAttribute("aria-expanded", "false");
      await page.keyboard.press("Enter");
      await expect(grip).toHaveAttribute("aria-expanded", "true");
      await grip.tap();
      await expect(grip).toHaveAttribute("aria-expanded", "false");
    });
    await test.step("enlarges the picture with two fingers and shows the packet again", async () => {
      await settled(page);
      const scale = () => page.locator("svg.scene g").first().evaluate((group) => (group as SVGGraphicsElement).getScreenCTM()!.a);
      const before = await scale();
      const box = (await page.locator(".picture").boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const fingers = (apart: number) => [
        { x: x - apart, y, id: 1 },
        { x: x + apart, y, id: 2 },
      ];
      const touch = await page.context().newCDPSession(page);
      await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(30) });
      for (const apart of [40, 50, 60]) {
        await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(apart) });
      }
      await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await expect.poll(scale).toBeGreaterThan(before * 1.6);
      await page.getByRole("button", { name: "Fit the path" }).click();
      await expect.poll(scale).toBeCloseTo(before, 3);
    });
    await test.step("sends a hundred and a stream from the menu, and sets the speed from the commands", async () => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name: "Send 100 connections" }).click();
      await expect(page.locator(".tl .count")).toContainText("/ 100");
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name: "Commands" }).click();
      await page.getByRole("combobox", { name: /command/i }).fill("4×");
      await page.keyboard.press("Enter");
      await expect(page.getByLabel("Speed")).toHaveValue("4");
    });
  });
});
