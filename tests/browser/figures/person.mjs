// What a person does in the page, for figures.

/** A page that nobody has to be shown around, once its editor is there. */
export async function open(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem("kubehop.toured", "1"));
  await page.goto(address);
  await page.waitForSelector(".cm-content");
  await page.waitForTimeout(500);
  return page;
}

/** Puts a text into the clipboard of the page, before anything is measured. */
export const copy = (page, text) => page.evaluate((text) => void (window.copied = text), text);

/** What was copied takes the place of the editor's text. Says how many milliseconds later the status bar counts what it
 * holds. */
export async function paste(page, patience = 60_000) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  return page.locator(".cm-content").evaluate(async (editor, patience) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", window.copied);
    const state = document.querySelector(".foot .state");
    const begun = performance.now();
    const counted = new Promise((done) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
      });
      observer.observe(state, { childList: true, subtree: true, characterData: true });
      setTimeout(() => done(Number.NaN), patience);
    });
    setTimeout(() => editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })), 20);
    return counted;
  }, patience);
}

/** Another text instead of the editor's. */
export async function replaceAll(page, text) {
  await copy(page, text);
  return paste(page);
}

/** Types some letters at the start of the text and takes them back; the milliseconds from each key to the picture that it
 * changes, if it changes one. */
export async function type(page, keystrokes, pause) {
  await page.evaluate(() => {
    window.delays = [];
    let began = 0;
    document.addEventListener("keydown", () => (began = performance.now()), true);
    new MutationObserver(() => {
      if (began) window.delays.push(performance.now() - began);
      began = 0;
    }).observe(document.querySelector(".scene"), { childList: true, subtree: true, characterData: true });
  });
  for (let count = 0; count < keystrokes; count += 1) {
    await page.keyboard.press(count % 12 < 6 ? "a" : "Backspace");
    await page.waitForTimeout(pause);
  }
  return page.evaluate(() => window.delays);
}

/** Drags the picture to and fro. */
export async function pan(page) {
  const { x, y, width, height } = await page.locator(".scene").boundingBox();
  const [centreX, centreY] = [x + width / 2, y + height / 2];
  await page.mouse.move(centreX, centreY);
  await page.mouse.down();
  for (let step = 1; step <= 60; step += 1) {
    const angle = (step / 60) * 2 * Math.PI;
    await page.mouse.move(centreX + 120 * Math.sin(angle), centreY + 60 * Math.sin(2 * angle));
  }
  await page.mouse.up();
}

/** Enlarges the picture with the wheel, and makes it small again. */
export async function zoom(page) {
  const { x, y, width, height } = await page.locator(".scene").boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  for (let step = 0; step < 40; step += 1) await page.mouse.wheel(0, step < 20 ? -40 : 40);
}

/** Clicks what is in sight, one after the other. */
export async function select(page, most = 12) {
  const places = await page.evaluate(() => {
    const picture = document.querySelector(".scene").getBoundingClientRect();
    const isIn = ({ x, y }) => x > picture.left && x < picture.right && y > picture.top && y < picture.bottom;
    const shapes = [...document.querySelectorAll(".scene [role=button]")];
    const centres = shapes.map((shape) => shape.getBoundingClientRect()).map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }));
    return centres.filter(isIn).filter(({ x, y }) => document.elementFromPoint(x, y)?.closest(".scene [role=button]"));
  });
  for (const { x, y } of places.slice(0, most)) {
    await page.mouse.click(x, y);
    await page.waitForTimeout(120);
    if (await page.locator(".search-dialog").count()) await page.keyboard.press("Escape");
  }
}

/** Looks for something, letter by letter. */
export async function search(page, text) {
  await page.locator(".zoom").getByRole("button", { name: "Search" }).click();
  await page.waitForSelector("#search");
  for (const letter of text) {
    await page.keyboard.press(letter);
    await page.waitForTimeout(80);
  }
  await page.waitForTimeout(300);
  await page.keyboard.press("Escape");
  await page.waitForTimeout(100);
}

/** Opens the commands; how many there are, and after how many milliseconds they and all of them were drawn. */
export async function openCommands(page) {
  await page.locator(".foot .state").click();
  await page.evaluate(() => {
    window.palette = { begun: 0, first: 0, last: 0 };
    const { palette } = window;
    const drawn = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now() - palette.begun)));
    addEventListener("keydown", () => (palette.begun ||= performance.now()), true);
    new MutationObserver((changes) => {
      const list = document.querySelector("#command-list");
      if (!palette.begun || !list || !changes.some(({ target, addedNodes }) => list.contains(target) || [...addedNodes].some((added) => added.contains(list)))) return;
      if (!palette.first) drawn((time) => (palette.first = time));
      drawn((time) => (palette.last = time));
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await page.keyboard.press("Control+k");
  await page.waitForTimeout(3_000);
  const seen = await page.evaluate(() => {
    const options = document.querySelectorAll("#command-list [role=option]");
    return { ...window.palette, all: Number(options[0]?.ariaSetSize) || options.length };
  });
  await page.keyboard.press("Escape");
  await page.waitForTimeout(200);
  return seen;
}
