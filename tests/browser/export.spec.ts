// What the page saves as files is what the text tool prints, byte for byte.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

import { expect, test, track } from "./page";
import { manifest, run } from "./tool";

const FILE = "static/lessons/node-port.yaml";
const REQUEST = ["--from", "client", "--to", "http://192.168.0.12:30123"];

/** Opens the page with the request of the test. */
async function open(page: Page): Promise<void> {
  const saved = { text: manifest(FILE), asked: { from: REQUEST[1], to: REQUEST[3], by_hand: true } };
  await page.goto(`./#s=${Buffer.from(JSON.stringify(saved)).toString("base64url")}`);
  await expect(page.locator(".cm-content")).toBeVisible();
  await page.getByText("Save as a file").click();
}

/** The name and bytes of what a button saves. */
async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("saves the trace and the picture as the text tool prints and draws them", async ({ page }) => {
  test.slow();
  await open(page);
  await test.step("saves the trace as the text tool prints it", async () => {
    for (const [button, name, form] of [
      ["Trace as Markdown", "trace.md", "markdown"],
      ["Trace as Mermaid diagram", "trace.mmd", "mermaid"],
      ["Trace as JSON", "trace.json", "json"],
    ] as const) {
      const file = await saved(page, button);
      expect(file.name).toBe(name);
      expect(file.bytes.toString()).toBe(run("trace", FILE, ...REQUEST, "--output", form));
    }
  });
  await test.step("saves the picture as a PNG, two pixels for each of the SVG's", async () => {
    const { name, bytes } = await saved(page, "Picture as PNG");
    expect(name).toBe("picture.png");
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(run("svg", FILE, ...REQUEST))!;
    expect(bytes.readUInt32BE(16)).toBe(Math.floor(Number(width)) * 2);
    expect(bytes.readUInt32BE(20)).toBe(Math.floor(Number(height)) * 2);
  });
  await test.step("saves the picture at its hop, in its theme, as the text tool draws it", async () => {
    const first = await saved(page, "Picture as SVG");
    expect(first.name).toBe("picture.svg");
    const at = (hop: number) => ["svg", FILE, ...REQUEST, "--hop", String(hop)];
    expect(first.bytes.toString()).toBe(run(...at(1)));

    await page.getByRole("button", { name: "Light or dark" }).first().click();
    await track(page).press("End");
    const last = await saved(page, "Picture as SVG");
    const dark = await page.evaluate(() => document.documentElement.dataset.theme);
    expect(last.bytes.toString()).toBe(run("svg", FILE, ...REQUEST, "--theme", dark!));
  });
});
