// The page of dist/ in a real Chromium: the machine's own where there is one, else Playwright's.

import { createHash } from "node:crypto";

import { defineConfig } from "@playwright/test";

import { installedChromium } from "./tests/browser/chromium.mjs";

// Clones beside each other must not meet on one port.
const port = 20_000 + (createHash("sha256").update(import.meta.dirname).digest().readUInt16BE() % 20_000);

// Chromium takes the last of such lists: what Playwright switches off, and that a new context prepares pages of the
// browser's own windows, a third of the processor's time here.
const WITHOUT = [
  "PreloadTopChromeWebUI",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
];

// Letters are as wide as they are drawn, not whole pixels, as on the screens of phones.
const QUIET = [
  "--font-render-hinting=none",
  `--disable-features=${WITHOUT.join()}`,
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const isRoot = process.getuid?.() === 0;

/** How many times longer than half a second a loop takes that an idle machine does within it; at most 8. */
function slowness(): number {
  const began = performance.now();
  let sum = 0;
  for (let index = 0; index < 20_000_000; index++) sum = (sum * 31 + index) % 65_521;
  const seconds = sum < 0 ? 0 : (performance.now() - began) / 1000;
  return Math.min(8, Math.max(1, 2 * seconds));
}

// Each worker reads this file: they share what the first one measured.
const slow = Number((process.env.KUBEHOP_SLOWNESS ??= String(slowness())));

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: "list",
  // A slow machine has more time. One that is busy with something else may be late, and once more so; the report then says
  // "flaky".
  timeout: 120_000 * slow,
  expect: { timeout: 15_000 * slow },
  retries: 2,
  workers: 2,
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    locale: "en-US",
    // tests/browser/publish.spec.ts allows them.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: installedChromium(),
      args: isRoot ? ["--no-sandbox", ...QUIET] : QUIET,
    },
  },
  webServer: {
    command: `node tests/browser/serve.mjs ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
