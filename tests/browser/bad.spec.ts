// Bad input: a message at its line, the page alive, the text kept.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, open, paste, pick, problem, shapes, test, written } from "./page";

const SEED = readFileSync(join(import.meta.dirname, "../../static/lessons/multi-port.yaml"), "utf8");
const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: web, image: web}]}\n";

/** What is wrong, the text, the line that it is told at, and what is said. */
const WRONG = [
  ["a number that is a word", SEED.replace("port: 80\n", "port: eighty\n"), "10", /port/],
  ["a list that is a mapping", SEED.replace("    app: kimho\n  ports", "  - app: kimho\n  ports"), "7", /selector/],
  ["a port out of range", SEED.replace("port: 406", "port: 70406"), "16", /between 1 and 65535/],
  ["a kind that is not modelled", SEED.replace("kind: Pod", "kind: CronTab").replace("---\napiVersion: v1", "---\napiVersion: example.com/v1"), "20", /CronTab/],
  ["a kind that is missing", SEED.replace("kind: Pod\n", ""), "19", /kind/],
] as const;

test("says what is wrong at its line, keeps the last picture, and is alive after it", async ({ page }) => {
  test.slow();
  await open(page);
  await test.step("keeps the last picture, dimmed, while a document is broken", async () => {
    const broken = SEED.replace("  name: kimho\n", '  name: "kimho\n');
    // The rules are the worker's: it has read the example.
    await page.getByRole("tab", { name: "Rules" }).click();
    await expect(page.locator(".rules-text summary").first()).toBeVisible();
    await paste(page, broken);
    await expect(page.getByText("Document 1 (from line 1) cannot be parsed: this is the picture of the text before it broke.")).toBeVisible();
    await expect(page.locator("svg.scene")).toHaveCSS("opacity", "0.45");
    await expect(shapes(page, "service")).toContainText("kimho");
    await expect(shapes(page, "pod-ready")).toContainText("kimho-pod");
    await expect(page.locator(".prob .it.error").first().locator(".where")).toHaveText(/^\d+:\d+$/);
    expect(await written(page)).toBe(broken);

    await paste(page, SEED);
    await expect(page.locator(".stale-note")).toHaveCount(0);
    await expect(page.locator("svg.scene")).toHaveCSS("opacity", "1");
  });
  await test.step("marks the line where a flow mapping is left open", async () => {
    await paste(page, SEED.replace("    app: kimho\n  ports", "    app: }\n  ports"));
    const error = page.locator(".prob .it.error").first();
    await expect(error.locator(".where")).toHaveText(/^7:/);
    await expect(page.locator(".cm-line.cm-error-line")).toHaveText("    app: }");
  });
  await test.step("stays alive when a file of noise is pasted", async () => {
    await paste(page, "\u0000\ufffd{[<%- }}\t&*!|>\n".repeat(2_000));
    await expect(page.locator(".prob .it.error").first().locator(".where")).toHaveText("1:1");
    await paste(page, SEED);
    await expect(shapes(page, "service")).toContainText("kimho");
  });
  await test.step("tells everything at its line", async () => {
    for (const [name, text, line, says] of WRONG) {
      await paste(page, text);
      const found = problem(page, says).filter({ has: page.getByRole("button", { name: new RegExp(`^${line}:`) }) });
      await expect(found, name).not.toHaveCount(0);
      expect(await written(page), name).toBe(text);
    }
    await paste(page, SEED);
    await expect(problem(page, "Port 406")).toBeVisible();
  });
  await test.step("shows an empty cluster for an empty editor", async () => {
    await paste(page, "");
    await expect(page.locator(".foot .state")).toContainText("0 Services · 0 Pods · 3 Nodes");
    await expect(shapes(page, "node")).toHaveCount(3);
    await expect(page.locator(".scene")).not.toContainText("kimho");
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expect(page.locator(".scene")).toContainText("kimho");
  });
});

test("draws the good documents beside one that was broken from the start", async ({ page }) => {
  await open(page);
  const text = `${POD}---\nkind: [broken\n---\n${POD.replaceAll("web", "api")}`;
  await paste(page, text);
  for (const again of ["pasted", "reloaded"]) {
    await expect(shapes(page, "pod-ready").or(shapes(page, "pod-aside")), again).toHaveCount(2);
    await expect(page.locator(".stale-note")).toHaveText("Document 2 (from line 6) cannot be parsed and is left out; the rest is drawn.");
    await expect(page.locator("svg.scene")).toHaveCSS("opacity", "1");
    await expect(page.locator(".prob .it.error")).toHaveCount(1);
    await expect(page.locator(".prob .it.error .where")).toHaveText(/^[67]:/);
    await page.waitForTimeout(400);
    await page.reload();
    await expect(page.locator(".cm-content")).toBeVisible();
  }
  expect(await written(page)).toBe(text);
  // Nothing older is drawn when it is broken in another way.
  await paste(page, text.replace("broken", "broken, too"));
  await expect(page.locator(".stale-note")).toContainText("is left out; the rest is drawn");
  // One that was drawn stays as it was.
  await paste(page, `${POD.replace("name: web,", '"name: web,')}---\nkind: [broken, too\n---\n${POD.replaceAll("web", "api")}`);
  await expect(page.locator(".stale-note")).toHaveText("2 documents cannot be parsed, the first from line 1: this is the picture of the text before.");
  await expect(shapes(page, "pod-ready").or(shapes(page, "pod-aside"))).toHaveCount(2);
});

test("stays alive when 5 MB are pasted", async ({ page }) => {
  test.setTimeout(150_000);
  await open(page);
  // Long annotations: it is the text that is large here; make figures has clusters that are.
  const note = "x".repeat(900);
  const service = (number: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web-${number}, annotations: {note: ${note}}}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n`;
  let text = "";
  for (let number = 0; text.length < 5_000_000; number++) text += service(number);
  await paste(page, text);
  await expect(page.locator(".foot .state")).not.toContainText("1 Service · 1 Pod", { timeout: 120_000 });
  await expect(page.locator(".cm-line").first()).toHaveText("apiVersion: v1");
  await pick(page, "node-port");
  // The picture of the pasted text, with several Services, stays until the worker has answered.
  await expect(shapes(page, "service")).toHaveCount(1, { timeout: 15_000 });
  await expect(shapes(page, "service")).toContainText("kimho-nodeport");
});

test("a fix mends the plain text as well where the editor is blocked", async ({ page }) => {
  await page.route(/\/editor-[0-9a-f]+\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body: "export const none = 1;" }));
  await page.goto("./");
  const field = page.locator("textarea.plain");
  await expect(field).toBeVisible();
  await field.fill(
    "apiVersion: v1\nkind: Service\nmetadata: {name: 웹}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n" +
      "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: wbe}, ports: [{port: 80}]}\n---\n" +
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: c, image: nginx}]}\n",
  );
  const fix = page.locator(".prob .fix").last();
  await expect(page.locator(".prob .it").filter({ hasText: "wbe" })).toHaveCount(1);
  await fix.click();
  // Two letters of three bytes stand before it: the right ones are replaced.
  await expect(field).toHaveValue(/name: web}\nspec: \{selector: \{app: web\}/);
  await expect(page.locator(".prob .it").filter({ hasText: "wbe" })).toHaveCount(0);
});
