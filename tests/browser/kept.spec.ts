// Nothing typed is lost, and all of it fits into a link.

import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, expectAccessible, open, paste, pick, problem, shapes, test, written } from "./page";

const TEXT = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: 웹, image: web}]}
`;

test("the text, the request and the state before are there again, also when the page is closed right after a key", async ({ page }) => {
  test.slow();
  await test.step("shows the text and the request again after a reload", async () => {
    await open(page);
    await paste(page, TEXT);
    await page.getByLabel("From").selectOption("node/node-3");
    await page.locator("#to").fill("tcp://192.168.0.11:30080");
    await page.getByRole("button", { name: "Concept" }).click();
    await expect.poll(() => page.evaluate(() => localStorage.getItem("kubehop.session"))).toContain('"view":"concept"');
    await page.reload();
    await expect(page.locator(".cm-content")).toBeVisible();
    expect(await written(page)).toBe(TEXT);
    await expect(page.getByLabel("From")).toHaveValue("node/node-3");
    await expect(page.locator("#to")).toHaveValue("tcp://192.168.0.11:30080");
    await expect(page.getByRole("button", { name: "Concept" })).toHaveAttribute("aria-pressed", "true");
  });
  await test.step("a state that was kept is found in the palette", async () => {
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((name) => name.startsWith("kubehop.state.")))).toBe(true);
    await pick(page, "node-port");
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("earlier");
    await expect(page.getByRole("option", { name: /Earlier/ })).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect.poll(() => written(page)).toBe(TEXT);
  });
  await test.step("keeps the text although the page is closed right after a key", async () => {
    const other = TEXT.replaceAll("web", "shop");
    await paste(page, other);
    await expect(shapes(page, "service")).toContainText("shop");
    await page.reload();
    await expect(page.locator(".cm-content")).toBeVisible();
    expect(await written(page)).toBe(other);
  });
});

test("undo leads back over a reload, an example, a Fix and an edit", async ({ page }) => {
  await open(page);
  const first = await written(page);
  const mended = TEXT.replace("웹", "web");
  await paste(page, mended.replace("app: web}, ports", "app: wbe}, ports"));
  const warning = problem(page, "Service web selects no Pod");
  await warning.getByRole("button", { name: "Fix" }).click();
  await expect(warning).toHaveCount(0);
  await pick(page, "broken-selector");
  await page.reload();
  await expect(page.locator(".cm-content")).toContainText("admin");

  const undo = () => page.keyboard.press("ControlOrMeta+z");
  await page.locator(".cm-content").focus();
  await undo();
  expect(await written(page)).toBe(mended);
  await expect(shapes(page, "service")).toContainText("web");
  await undo();
  await expect(warning).toBeVisible();
  // A second reload, in the middle of the steps.
  await page.reload();
  await expect(warning).toBeVisible();
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+y");
  expect(await written(page)).toBe(mended);
  await undo();
  await undo();
  expect(await written(page)).toBe(first);
  await expect(shapes(page, "service")).toContainText("kimho");
});

/** A link to a session with that text. */
const linkTo = (text: string) => {
  const session = { text, asked: { from: "client", to: "", by_hand: false } };
  return `./#s=${Buffer.from(JSON.stringify(session)).toString("base64url")}`;
};

const LINKED = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: colleague}\n";

const kept = (page: Page) => page.evaluate(() => localStorage.getItem("kubehop.session"));

/** Opens a state of the picker by what it is called there. */
async function pickState(page: Page, name: string | RegExp): Promise<void> {
  const option = page.getByLabel("Examples").locator("option").filter({ hasText: name });
  await page.getByLabel("Examples").selectOption((await option.first().getAttribute("value"))!);
}

test("opens a link beside the kept session and never over it", async ({ page, context }) => {
  await open(page);
  await paste(page, TEXT);
  await expect.poll(() => kept(page)).toContain("웹");

  const linked = await context.newPage();
  await linked.goto(linkTo(LINKED));
  await expect(linked.locator(".cm-content")).toBeVisible();
  expect(await written(linked)).toBe(LINKED);
  await expect(linked.getByLabel("Examples").locator("option:checked")).toHaveText("Opened from a link");
  await linked.locator(".cm-content").focus();
  await linked.keyboard.press("ControlOrMeta+Home");
  await linked.keyboard.type("# mine");
  await expect.poll(() => linked.url()).not.toContain("#");
  await linked.reload();
  await expect(linked.locator(".cm-line").first()).toHaveText("# mineapiVersion: v1");
  expect(await kept(page)).toContain("웹");

  const plain = await context.newPage();
  await plain.goto("./");
  await expect(plain.locator(".cm-content")).toBeVisible();
  expect(await written(plain)).toBe(TEXT);
  await pickState(linked, "http://");
  await expect(linked.locator(".cm-content")).toContainText("웹");
  expect(await written(linked)).toBe(TEXT);
});

test("one's own manifests stay in the picker beside a link and an example", async ({ page }) => {
  test.slow();
  await test.step("opens a link that is put into the address of an open page, and the text before it stays", async () => {
    await open(page);
    await paste(page, TEXT);
    await expect(shapes(page, "service")).toContainText("web");
    await page.goto(linkTo(LINKED));
    await expect(page.locator(".cm-content")).toContainText("colleague");
    await pickState(page, "Your own manifests");
    await expect(page.locator(".cm-content")).toContainText("웹");
    expect(page.url()).not.toContain("#");
  });
  await test.step("keeps one's own manifests in the picker while an example is open, also after a reload", async () => {
    await page.getByRole("button", { name: "Next ›" }).click();
    await expect(page.locator(".cm-content")).toContainText("kimho");
    await page.reload();
    await expect(page.locator(".cm-content")).toContainText("kimho");
    await pickState(page, "Your own manifests");
    await expect(page.locator(".cm-content")).toContainText("웹");
    expect(await written(page)).toBe(TEXT);
    await expect(page.getByLabel("Examples").locator("option:checked")).toHaveText("Your own manifests");
  });
});

test("keeps the last states with their times, and an edit of an old one is another state", async ({ page }) => {
  await open(page);
  for (let number = 0; number < 5; number++) {
    const word = String.fromCharCode(97 + number).repeat(60);
    await paste(page, `${word}: 1\n`);
    await expect(page.locator(".cm-content")).toContainText(word);
    await expect.poll(() => kept(page)).toContain(word);
  }
  const states = page.getByLabel("Examples").locator("option[value^='state:']");
  await expect(states).toHaveCount(5);
  await expect(page.locator("optgroup[label='Earlier states'] option").first()).toHaveText(/^\d+\/\d+\/\d+, \d+:\d+\s[AP]M · /);
  await page.reload();
  await expect(states).toHaveCount(5);
  await expect(page.locator(".cm-content")).toBeVisible();

  const third = await states.last().getAttribute("value");
  await page.getByLabel("Examples").selectOption(third!);
  await expect(page.locator(".cm-content")).toHaveText(/^a{60}: 1$/);
  await expect(page.getByLabel("Examples")).toHaveValue(third!);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# edited ");
  await expect(states).toHaveCount(6);
  await page.getByLabel("Examples").selectOption(third!);
  await expect(page.locator(".cm-content")).toHaveText(/^a{60}: 1$/);
});

test("keeps one session for each tab", async ({ page, context }) => {
  await open(page);
  await paste(page, TEXT);
  await expect.poll(() => kept(page)).toContain("웹");
  const other = await context.newPage();
  await open(other);
  await paste(other, LINKED);
  await expect.poll(() => kept(other)).toContain("colleague");
  await page.reload();
  await expect(page.locator(".cm-content")).toContainText("웹");
  await other.reload();
  await expect(other.locator(".cm-content")).toContainText("colleague");
});

test("says so when the browser keeps nothing, and offers the text as a file", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.goto("./");
  await expect(page.locator(".cm-content")).toBeAttached();
  await paste(page, TEXT);
  const alert = page.getByRole("alert").filter({ hasText: "The browser has no room" });
  await expect(alert).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await alert.getByRole("button", { name: "Download" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toBe(TEXT);
});

test("makes room for a state by forgetting the oldest ones", async ({ page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem("filled")) return;
    sessionStorage.setItem("filled", "1");
    for (let number = 1; number <= 4; number++)
      localStorage.setItem(`kubehop.state.${number}`, `${number} old ${number}\n{"text":"${"#".repeat(1_000_000)}"}`);
    let filler = "x".repeat(1_000_000);
    for (let name = 0; filler.length > 50; name++)
      try {
        localStorage.setItem(`filler${name}`, filler);
      } catch {
        filler = filler.slice(filler.length / 2);
      }
  });
  await page.goto("./");
  await expect(page.locator(".cm-content")).toBeAttached();
  await paste(page, TEXT);
  await expect(shapes(page, "service")).toContainText("web");
  const states = page.getByLabel("Examples").locator("option[value^='state:']");
  await expect(states.filter({ hasText: "old 1" })).toHaveCount(0);
  await expect(states.filter({ hasText: "old 4" })).toHaveCount(1);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("keeps a large text in parts, and removes them with it", async ({ page }) => {
  test.setTimeout(180_000);
  const line = `# ${"é".repeat(30)} "quoted" \\ 😀\n`;
  const large = TEXT + line.repeat(Math.ceil(600_000 / line.length));
  await page.goto("./");
  await expect(page.locator(".cm-content")).toBeAttached();
  await paste(page, large);
  const parts = () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("kubehop.part.")).length);
  const heads = () => page.evaluate(() => Object.values(localStorage).filter((value) => value.startsWith("\u0001")).length);
  // The latest session and the state of the list.
  await expect.poll(heads).toBe(2);
  await expect.poll(parts).toBeGreaterThan(4);
  await page.reload();
  await expect(shapes(page, "service")).toContainText("web");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+End");
  await expect(page.locator(".cm-line").filter({ hasText: "😀" }).last()).toBeVisible();
  const before = await parts();
  await paste(page, TEXT);
  // The latest session is short now; the state of the list stays.
  await expect.poll(heads).toBe(1);
  await expect.poll(parts).toBeLessThan(before);
});

test("a lesson that was only opened is no text of one's own, an edited one is", async ({ page }) => {
  const own = page.getByLabel("Examples").getByRole("option", { name: "Your own manifests" });
  const entries = () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("kubehop.state")));
  await page.goto("./#lesson=12-node-port");
  await expect(page.locator(".cm-content")).toContainText("kimho");
  const lesson = page.getByRole("region", { name: "NodePort: one port on every node" });
  await lesson.getByRole("radio", { name: "A pod of another node answers" }).check();
  await lesson.getByRole("button", { name: "Send" }).click();
  await expect.poll(() => kept(page)).toContain("kimho");
  await expect(own).toHaveCount(0);
  await page.goto("./");
  await expect(page.locator(".cm-content")).toContainText("kimho");
  await page.reload();
  await expect(page.locator(".cm-content")).toContainText("kimho");
  await page.getByRole("button", { name: "Next ›" }).click();
  await expect(page.getByLabel("Examples")).toHaveValue("course:13-client-address");
  await expect(own).toHaveCount(0);
  expect(await entries()).toEqual([]);

  await page.getByRole("tab", { name: "Manifests" }).click();
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# mine");
  await expect(own).toHaveCount(1);
});
