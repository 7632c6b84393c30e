// The Chromium that the machine has, if any. Run as a program, succeeds when there is one, or Playwright's own starts.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The headless shell first: it has no windows of its own, and a page opens in less than half of the processor time. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** @returns {string | undefined} the path of an installed Chromium */
export function installedChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function playwrightsStarts() {
  const { chromium } = await import("@playwright/test");
  try {
    await (await chromium.launch()).close();
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(installedChromium() || (await playwrightsStarts()) ? 0 : 1);
}
