// The page behind the container's web server, with its configuration; skipped where Caddy is not installed.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test as base } from "@playwright/test";

import { violations } from "./page";

const ROOT = join(import.meta.dirname, "../..");
const isInstalled = spawnSync("caddy", ["version"]).status === 0;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const test = base.extend<{ address: string }>({
  address: async ({}, use) => {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), "kubehop-"));
    const written = readFileSync(join(ROOT, "container/Caddyfile"), "utf8");
    const config = written.replace(":8080 {", `http://127.0.0.1:${port} {`).replace("root * /srv", `root * ${join(ROOT, "dist")}`);
    writeFileSync(join(folder, "Caddyfile"), config);
    const environment = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const caddy = spawn("caddy", ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"], { stdio: "ignore", env: environment });
    const address = `http://127.0.0.1:${port}/`;
    await expect.poll(() => fetch(address).then(({ ok }) => ok, () => false), { timeout: 15_000 }).toBe(true);
    await use(address);
    caddy.kill();
  },
});

test.skip(!isInstalled, "Caddy is not installed");

test("sends compressed files with the headers of docs/publishing.md, and the page works behind them", async ({ page, address }) => {
  const found = await violations(page);
  const headers = new Map<string, Record<string, string>>();
  page.on("response", async (response) => headers.set(new URL(response.url()).pathname, await response.allHeaders()));
  await page.goto(address);
  await expect(page.locator(".cm-content")).toBeAttached({ timeout: 20_000 });
  await page.getByLabel("Examples").selectOption("node-port");
  await expect(page.locator("#to")).toHaveValue("http://192.168.0.12:30123");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await page.getByRole("slider", { name: "Packet path" }).press("End");
  await expect(page.locator(".verdict")).toContainText("answered");
  const of = (form: RegExp) => [...headers].find(([path]) => form.test(path))![1];
  expect(of(/^\/$/)["cache-control"]).toBe("no-cache");
  const program = of(/page-[0-9a-f]+_bg\.wasm$/);
  expect(program).toMatchObject({
    "content-type": "application/wasm",
    "content-encoding": "br",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
  });
  expect(of(/worker-[0-9a-f]+\.js$/)["content-security-policy"]).toContain("'wasm-unsafe-eval'");
  expect(found).toEqual([]);
});
