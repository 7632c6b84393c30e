// The JavaScript package and the kit for documentation: what is built is installed as people install it, and opened in a
// real Chromium.

import { defineConfig } from "@playwright/test";

import page from "../../playwright.config";

export default defineConfig({
  ...page,
  testDir: import.meta.dirname,
  outputDir: "../../test-results/kit",
  timeout: 1.5 * (page.timeout ?? 0),
  webServer: undefined,
});
