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

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: "list",
  // A machine that is busy with something else may be late, and once more so; the report then says "flaky".
  timeout: 120_000,
  expect: { timeout: 15_000 },
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
