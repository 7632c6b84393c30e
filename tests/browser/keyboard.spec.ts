// Everything can be done without a mouse.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, expectAccessible, open, paste, problem, test, track, webOf } from "./page";

test.beforeEach(({ page }) => open(page));

const count = (page: Page) => page.locator(".tl .count .long");
const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });

/** What a control of the bars changes when it is pressed by mistake. */
const state = (page: Page) =>
  page.evaluate(() => ({
    text: document.querySelector(".cm-content")!.textContent,
    lesson: document.querySelector<HTMLSelectElement>(".lesson")!.value,
    language: document.documentElement.lang,
    theme: document.documentElement.dataset.theme,
    views: [...document.querySelectorAll(".seg button")].map((button) => button.getAttribute("aria-pressed")),
    connections: document.querySelector(".tl .count")!.textContent,
    play: document.querySelector("#play")!.getAttribute("aria-label"),
    dialogs: document.querySelectorAll("[role=dialog], .menu-list").length,
  }));

/** A control of each kind in each of the bars, with what would do most harm when a key pressed it. */
const CONTROLS = [".top .lesson", ".top .seg button", ".top .theme", "#from", "#to", ".bar .send", ".foot button", "#play", ".tl select"];

/** Keys of one moment, as a slow machine brings them: the page cannot draw between them. */
const pressAtOnce = (page: Page, keys: { key: string; code?: string; ctrlKey?: boolean }[]) =>
  page.evaluate((keys) => {
    const event = (key: object) => new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...key });
    return keys.map((key) => !document.activeElement!.dispatchEvent(event(key)));
  }, keys);

const letters = (text: string) => [...text].map((key) => ({ key, code: `Key${key.toUpperCase()}` }));

test("every place is reached with Tab, in the order it is seen, and letters belong to the field that has the keyboard", async ({ page }) => {
  test.slow();
  await test.step("reaches picker, editor, Send and track with Tab, in the order they are seen", async () => {
    const met: string[] = [];
    for (let press = 0; press < 80 && met.at(-1) !== "track"; press++) {
      await page.keyboard.press("Tab");
      if (press === 0) await expect(page.getByRole("button", { name: "Skip to the request" })).toBeFocused();
      const name = await page.evaluate(() => {
        const here = document.activeElement!;
        const of = { ".lesson": "picker", ".cm-content": "editor", ".send": "Send", ".track": "track" };
        return Object.entries(of).find(([selector]) => here.matches(selector))?.[1];
      });
      if (name) met.push(name);
      if (name === "editor") await page.keyboard.press("Escape");
    }
    expect(met).toEqual(["picker", "editor", "Send", "track"]);
  });
  await test.step("skips to the request and to the path, and names its regions", async () => {
    await page.getByRole("button", { name: "Skip to the request" }).press("Enter");
    await expect(page.locator("#to")).toBeFocused();
    await page.getByRole("button", { name: "Skip to the packet's path" }).press("Enter");
    await expect(track(page)).toBeFocused();
    for (const name of ["Manifests and cluster", "Packet details"])
      await expect(page.getByRole("complementary", { name })).toHaveCount(1);
    const { violations } = await new AxeBuilder({ page }).withRules(["landmark-unique", "region", "bypass"]).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
  await test.step("leaves letters to the field that has the keyboard", async () => {
    await page.locator(".cm-content").focus();
    await page.keyboard.type("# scdfn ");
    await expect(page.locator(".cm-line").first()).toHaveText("# scdfn apiVersion: v1");
    await page.locator("#to").fill("");
    await page.locator("#to").pressSequentially("http://nsd");
    await expect(page.locator("#to")).toHaveValue("http://nsd");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await expect(page.getByRole("button", { name: "Network" })).toHaveAttribute("aria-pressed", "true");
  });
});

test("a packet is sent, paused, stepped and taken to either end, and a screen reader hears each hop", async ({ page }) => {
  test.slow();
  await test.step("sends with S, pauses with Space, steps with the arrows", async () => {
    await page.keyboard.press("s");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    await expect(count(page)).toHaveText(/^hop 2 of /);
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(count(page)).toHaveText(/^hop 3 of /);
    await page.keyboard.press("ArrowLeft");
    await expect(count(page)).toHaveText(/^hop 2 of /);
  });
  await test.step("goes to the ends of the track with Home and End", async () => {
    await track(page).focus();
    await page.keyboard.press("End");
    await expect(page.locator(".verdict")).toContainText("kimho-pod answered.");
    await page.keyboard.press("Home");
    await expect(count(page)).toHaveText(/^hop 1 of /);
  });
  await test.step("goes to the end of the path with a button, and with End and Home wherever nothing scrolls", async () => {
    await page.getByRole("button", { name: "To the end" }).click();
    await expect(page.locator(".verdict")).toContainText("kimho-pod answered.");
    await page.keyboard.press("Home");
    await expect(count(page)).toHaveText(/^hop 1 of /);
    await page.locator(".scene .service").focus();
    await page.keyboard.press("End");
    await expect(page.locator(".verdict")).toContainText("kimho-pod answered.");
    await page.locator("#to").focus();
    await page.keyboard.press("Home");
    await expect(page.locator(".verdict")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "To the end" }).focus();
    await page.keyboard.press("?");
    await expect(page.getByRole("row", { name: "Home End To the start or the end" })).toBeVisible();
    await page.keyboard.press("Escape");
  });
  await test.step("says the hop and its reason to a screen reader", async () => {
    await track(page).press("Home");
    await expect(count(page)).toHaveText(/^hop 1 of /);
    const announcement = page.locator(".announcement");
    await expect(announcement).toHaveAttribute("aria-live", "polite");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(announcement).toHaveText(/^hop 2 of \d+: /);
    const reason = await page.locator(".hop.cur .text").textContent();
    await expect(announcement).toContainText(reason!);
  });
});

test("the palette runs what it names, wherever the keyboard was, and gives it back", async ({ page }) => {
  test.slow();
  await test.step("runs a command of the palette by its name", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page).getByRole("combobox")).toBeFocused();
    await page.keyboard.type("conc");
    await expect(palette(page).getByRole("option")).toHaveText(["ConceptC"]);
    await page.keyboard.press("Enter");
    await expect(palette(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
  });
  await test.step("chooses a command of the palette with the arrows", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("step");
    await page.keyboard.press("ArrowDown");
    await expect(palette(page).getByRole("option", { selected: true })).toHaveText(/Step forward/);
    await page.keyboard.press("Enter");
    await expect(palette(page)).toHaveCount(0);
    await expect(count(page)).toHaveText(/^hop 1 of /);
    await page.keyboard.press("ArrowRight");
    await expect(count(page)).toHaveText(/^hop 2 of /);
  });
  await test.step("closes the palette with Escape and gives the keyboard back", async () => {
    await page.locator("#to").focus();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette(page)).toHaveCount(0);
    await expect(page.locator("#to")).toBeFocused();
  });
  await test.step("leads to the tab that a command of the palette opens", async () => {
    for (const name of ["Rules", "Endpoints"]) {
      await page.keyboard.press("ControlOrMeta+k");
      await expect(palette(page).getByRole("combobox")).toBeFocused();
      await page.keyboard.type(name);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("tab", { name })).toBeFocused();
    }
  });
  await test.step("opens the dialog that a command names and leaves the keyboard in it", async () => {
    await page.getByRole("button", { name: "Next ›" }).focus();
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("Share");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
    await page.keyboard.press("Escape");
  });
  await test.step("keeps Tab out of what lies below an open dialog", async () => {
    await page.getByRole("button", { name: "Share" }).press("Enter");
    await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement!.closest(".app"))).toBeNull();
    }
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
  await test.step("a command of the palette presses nothing else, whatever control had the keyboard", async () => {
    const rules = page.getByRole("tab", { name: "Rules" });
    for (const selector of CONTROLS) {
      const control = page.locator(selector).filter({ visible: true }).first();
      await page.getByRole("tab", { name: "Packet" }).click();
      const before = await state(page);
      await control.focus();
      await page.keyboard.press("ControlOrMeta+k");
      await expect(palette(page).getByRole("combobox")).toBeFocused();
      await page.keyboard.type("Rules");
      await page.keyboard.press("Enter");
      await expect(palette(page)).toHaveCount(0);
      await expect(rules).toHaveAttribute("aria-selected", "true");
      await expect(rules).toBeFocused();
      expect(await state(page), selector).toEqual(before);
    }
  });
  await test.step("what is typed right after Ctrl+K is in the palette from its first letter on", async () => {
    const field = palette(page).getByRole("combobox");
    for (const control of [page.locator("#to"), page.getByRole("button", { name: "Share" }), page.locator(".cm-content")]) {
      await control.focus();
      const before = await state(page);
      await pressAtOnce(page, [{ key: "k", code: "KeyK", ctrlKey: true }, ...letters("Co")]);
      await page.keyboard.type("ncept");
      await expect(field).toHaveValue("Concept");
      await expect(palette(page).getByRole("option")).toHaveText(["ConceptC"]);
      await page.keyboard.press("Escape");
      await expect(palette(page)).toHaveCount(0);
      await expect(control).toBeFocused();
      expect(await state(page)).toEqual(before);
      // Without any wait between the keys.
      await page.keyboard.press("ControlOrMeta+k");
      await page.keyboard.type("Rules");
      await expect(field).toHaveValue("Rules");
      await page.keyboard.press("Escape");
      await expect(control).toBeFocused();
    }
  });
  await test.step("what is typed right after Ctrl+F in the picture is searched from its first letter on", async () => {
    await page.getByRole("button", { name: "Network" }).click();
    await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "false");
    await page.locator(".picture [tabindex='0']").first().focus();
    await pressAtOnce(page, [{ key: "f", code: "KeyF", ctrlKey: true }, ...letters("no")]);
    await page.keyboard.type("de");
    const search = page.locator("#search");
    await expect(search).toHaveValue("node");
    // Escape ends the wait for a field as well: letters are the page's again.
    await page.keyboard.press("Escape");
    await pressAtOnce(page, [{ key: "k", code: "KeyK", ctrlKey: true }, { key: "Escape", code: "Escape" }, { key: "c", code: "KeyC" }]);
    await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
    await expect(palette(page)).toHaveCount(0);
  });
});

test("lists the shortcuts, and switches those of single characters off for good", async ({ page }) => {
  const pressed = (name: string) => page.getByRole("button", { name, exact: true });
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByRole("row", { name: "S Send" })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await page.keyboard.press("d");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(pressed("Network")).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(page.locator(".cm-content")).toBeAttached();
  await page.keyboard.press("c");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(count(page)).toHaveText(/^hop 2 of /);
  await expect(pressed("Network")).toHaveAttribute("aria-pressed", "true");

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("shortcuts");
  await page.keyboard.press("Enter");
  await dialog.getByRole("checkbox").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(pressed("Concept")).toHaveAttribute("aria-pressed", "true");
});

test("tabs, shapes and the search are used by keyboard, and a button that goes away leaves it near", async ({ page }) => {
  test.slow();
  await test.step("moves through tabs with the arrows", async () => {
    await page.getByRole("tab", { name: "Packet" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name: "Rules" })).toBeFocused();
    await expect(page.getByRole("tab", { name: "Rules" })).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("region", { name: "Rules" })).toContainText("-A KUBE-SERVICES");
  });
  await test.step("selects a shape of the picture with Enter", async () => {
    const service = page.locator(".scene .service");
    await service.focus();
    await page.keyboard.press("Enter");
    await expect(service).toHaveAttribute("aria-pressed", "true");
    await page.keyboard.press("Escape");
    await expect(service).toHaveAttribute("aria-pressed", "false");
  });
  await test.step("the search gives the keyboard to the shape that was found, and back to the one it was opened from", async () => {
    const service = page.locator(".scene .service");
    const node = page.locator(".scene .node[tabindex]").first();
    await service.focus();
    await page.keyboard.press("Control+f");
    await expect(page.locator("#search")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(service).toBeFocused();
    await page.keyboard.press("Control+f");
    await page.keyboard.type("node-1");
    await page.getByRole("dialog").getByRole("button", { name: "Nodes" }).click();
    await page.locator("#search").press("Enter");
    await expect(node).toHaveAttribute("aria-pressed", "true");
    await expect(node).toBeFocused();
  });
  await test.step("gives the keyboard to what is around a button that did its work and went away", async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Packet" }).click();
    const typo = webOf(1).replace("selector: {app: web}", "selector: {app: webb}");
    await paste(page, typo);
    await expect(problem(page, "selects no Pod")).toBeVisible();
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await page.locator(".verdict").getByRole("button", { name: "Fix" }).first().press("Enter");
    await expect(page.locator(".verdict")).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Why this path" })).toBeFocused();
    // Single keys are the page's again.
    await page.keyboard.press("s");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();

    await paste(page, typo);
    await page.getByRole("region", { name: "Problems" }).getByRole("button", { name: "Fix" }).first().press("Enter");
    await expect(page.locator(".prob .fix")).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Problems" })).toBeFocused();
  });
});
