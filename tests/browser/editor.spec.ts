// The editor module alone, on an empty page.

import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import type { Handle, Options } from "../../src/editor/editor";
import { expect, test } from "./page";

type Module = typeof import("../../src/editor/editor");

declare global {
  interface Window {
    editor: Handle;
    said: { texts: string[]; lines: number[]; pointed: number[]; fixes: number[]; steps: string };
  }
}

const BUNDLE = `/${readdirSync(join(import.meta.dirname, "../../dist")).find((name) => /^editor-[0-9a-f]+\.js$/.test(name))}`;
const EMPTY = '<!doctype html><html lang="en"><title>editor</title><main style="height: 400px"></main><button>next</button>';

/** An editor with this text, as `window.editor`; what it told its listeners is in `window.said`. */
async function edit(page: Page, text: string, changed: Partial<Options> = {}): Promise<void> {
  await page.route("**/empty.html", (route) => route.fulfill({ contentType: "text/html", body: EMPTY }));
  await page.goto("empty.html");
  const options = { label: "Manifests", hint: "", fix: "Fix", readOnly: false, phrases: {}, ...changed };
  await page.evaluate(
    async ([text, options, bundle]) => {
      const { create }: Module = await import(bundle);
      const said: Window["said"] = { texts: [], lines: [], pointed: [], fixes: [], steps: "" };
      window.said = said;
      window.editor = create(document.querySelector("main")!, text, options, {
        changed: (text) => said.texts.push(new TextDecoder().decode(text)),
        cursor: (line) => said.lines.push(line),
        pointed: (line) => said.pointed.push(line),
        fixed: (index) => said.fixes.push(index),
        steps: (steps) => (said.steps = steps),
      });
      window.editor.focus();
    },
    [text, options, BUNDLE] as const,
  );
}

/** The text as last told. */
const told = (page: Page) => page.evaluate(() => window.said.texts.at(-1));
const content = (page: Page) => page.locator(".cm-content");

/** A stretch of one line. */
const span = (line: number, from: number, to: number) => ({
  start: { line, column: from },
  end: { line, column: to },
});

test("a text is written, replaced, undone, and left with Tab", async ({ page }) => {
  await test.step("tells the whole text after an edit", async () => {
    await edit(page, "kind: Pod\n");
    await page.keyboard.type("# ");
    await expect.poll(() => told(page)).toBe("# kind: Pod\n");
  });
  await test.step("counts columns in characters, not in UTF-16 units", async () => {
    await edit(page, "name: 🐳🐳 kimo\n");
    await page.evaluate((span) => window.editor.replace([{ span, text: "kimho" }]), span(1, 10, 14));
    await expect.poll(() => told(page)).toBe("name: 🐳🐳 kimho\n");
  });
  await test.step("makes several edits as one step to undo", async () => {
    await edit(page, "a: 1\nb: 2\n");
    const edits = [
      { span: span(1, 4, 5), text: "10" },
      { span: span(2, 4, 5), text: "20" },
    ];
    await page.evaluate((edits) => window.editor.replace(edits), edits);
    await expect.poll(() => told(page)).toBe("a: 10\nb: 20\n");
    await page.keyboard.press("Control+z");
    await expect.poll(() => told(page)).toBe("a: 1\nb: 2\n");
  });
  await test.step("keeps the cursor and the way back when another text is shown", async () => {
    await edit(page, "a: 1\nb: 2\nc: 3\n");
    await page.evaluate(() => {
      window.editor.reveal(3, 2);
      window.editor.setText("a: 1\nc: 3\n");
    });
    expect(await page.evaluate(() => window.said)).toMatchObject({ texts: [], lines: [3], fixes: [] });
    await page.keyboard.type("!");
    await expect.poll(() => told(page)).toBe("a: 1\nc!: 3\n");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(() => told(page)).toBe("a: 1\nb: 2\nc: 3\n");
  });
  await test.step("does not tell of a line that the cursor got with another text", async () => {
    await edit(page, "a: 1\nb: 2\nc: 3\n");
    await page.keyboard.press("Control+End");
    await page.evaluate(() => window.editor.setText("d: 1\n"));
    expect(await page.evaluate(() => window.said.lines)).toEqual([4]);
  });
  await test.step("does not let a read-only text be changed", async () => {
    await edit(page, "a: 1", { readOnly: true });
    await page.keyboard.type("x");
    await expect(content(page)).toHaveText("a: 1");
  });
  await test.step("lets Tab pass through, and indents with it once somebody writes", async () => {
    await edit(page, "a: 1\n");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "next" })).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await expect.poll(() => told(page)).toBe("  a: 1\n");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "next" })).toBeFocused();
  });
});

test("problems, lit lines, colours and the pointer are seen and told", async ({ page }) => {
  await test.step("tells the line of the pointer, and that it left", async () => {
    await edit(page, "a: 1\nb: 2\n");
    const lines = page.locator(".cm-line");
    await lines.nth(1).hover();
    await lines.nth(0).hover();
    await page.getByRole("button", { name: "next" }).hover();
    expect(await page.evaluate(() => window.said.pointed)).toEqual([2, 1, 0]);
    // Below the last line is no line.
    await page.locator("main").hover({ position: { x: 60, y: 390 } });
    expect(await page.evaluate(() => window.said.pointed)).toEqual([2, 1, 0, 0]);
  });
  await test.step("underlines problems, marks and tints their lines, and offers the fix", async () => {
    await edit(page, "a: 1\nselector: kimo\n");
    const problem = { index: 0, severity: "warning" as const, message: "No Pod carries it", hasFix: true, span: span(2, 11, 15) };
    await page.evaluate((problem) => window.editor.setDiagnostics([problem]), problem);
    await expect(page.locator(".cm-lintRange-warning")).toHaveText("kimo");
    await expect(page.locator(".cm-lint-marker-warning")).toHaveCount(1);
    await expect(page.locator(".cm-line.cm-warning-line")).toHaveText("selector: kimo");
    await page.locator(".cm-lintRange-warning").hover();
    await expect(page.locator(".cm-tooltip")).toContainText("No Pod carries it");
    await page.getByRole("button", { name: "Fix" }).click();
    expect(await page.evaluate(() => window.said.fixes)).toEqual([0]);
  });
  await test.step("lights lines, also when some lie behind the end of the text", async () => {
    await edit(page, "a: 1\nb: 2\nc: 3");
    await page.evaluate(() => window.editor.setHighlights([{ from: 2, to: 9 }]));
    await expect(page.locator(".cm-line.cm-lit-line")).toHaveText(["b: 2", "c: 3"]);
    await expect(page.locator(".cm-lineNumbers .cm-lit-line")).toHaveText(["2", "3"]);
  });
  await test.step("colours keys, text, numbers and comments apart", async () => {
    await edit(page, "port: 80 # why\nname: web-80\n80: x\n");
    await expect(page.locator(".cm-key")).toHaveText(["port", "name", "80"]);
    await expect(page.locator(".cm-number")).toHaveText(["80"]);
    await expect(page.locator(".cm-text:not(.cm-number .cm-text):not(:has(.cm-number))")).toHaveText(["web-80", "x"]);
    await expect(page.locator(".cm-remark")).toHaveText(["# why"]);
  });
});

test("a large text takes keys, and is handed over once and whole", async ({ page }) => {
  await test.step("takes keys in a text of 5 MB", async () => {
    const document = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n---\n";
    await edit(page, document.repeat(Math.ceil(5_000_000 / document.length)));
    await page.keyboard.type("# ten keys", { delay: 0 });
    await expect.poll(async () => (await told(page))?.slice(0, 10)).toBe("# ten keys");
  });
  await test.step("hands a large text over once, and nothing of it is lost between slices", async () => {
    const line = `# ${"x".repeat(37)}😀é\n`;
    const large = line.repeat(Math.ceil(2_000_000 / line.length));
    await edit(page, large);
    await page.keyboard.type("#");
    await page.keyboard.type("#");
    await expect.poll(() => page.evaluate(() => window.said.texts.length)).toBe(1);
    expect((await told(page)) === `##${large}`).toBe(true);
  });
});

test("takes the steps to undo of another editor with the same text, at most 200 kB of them, and of no other text", async ({ page }) => {
  const told = () => page.evaluate(() => window.said.steps);
  const long = `# ${"x".repeat(250_000)}\n`;
  await edit(page, long);
  const set = (text: string) => page.evaluate((text) => window.editor.setText(text), text);
  await set("kind: Pod\n");
  await page.evaluate(() => window.editor.focus());
  await page.keyboard.type("# ");
  await expect.poll(told).toContain("startSelection");
  const steps = await told();
  expect(steps.length).toBeLessThan(200_000);

  await edit(page, "# kind: Pod\n", { steps });
  for (let step = 0; step < 3; step++) await page.keyboard.press("ControlOrMeta+z");
  // What was too long for the steps is not among them.
  await expect(content(page)).toHaveText("kind: Pod");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(content(page)).toHaveText("# kind: Pod");

  for (const damaged of ["{", "null", "{}", steps.replace(/"text":"\d+/, '"text":"1')]) {
    await edit(page, "# kind: Pod\n", { steps: damaged });
    await page.keyboard.press("ControlOrMeta+z");
    await expect(content(page)).toHaveText("# kind: Pod");
  }
});
