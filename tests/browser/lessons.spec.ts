// Every lesson of static/lessons/ from its first prediction to its check, in English or Korean by turns, with ALL_LOOKS=1 in
// both: what the engine says of a lesson is the matter of tests/lessons/; here a page shows it to somebody who answers, edits
// and goes on to the next lesson.

import { readFileSync, readdirSync } from "node:fs";

import type { Page } from "@playwright/test";

import { ALL_LOOKS, expect, paste, test, wear } from "./page";

// What comes of a send is told at once where packets do not travel.
test.use({ contextOptions: { reducedMotion: "reduce" } });

interface Lesson {
  id: string;
  section: string;
  en: string;
  ko: string;
}

type Language = "en" | "ko";

const FOLDER = "static/lessons";

const read = (id: string, file: string) => readFileSync(`${FOLDER}/${id}/${file}`, "utf8");
const title = (text: string) => /^# (.+)$/mu.exec(text)?.[1] ?? "";
const COURSE: Lesson[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name: id }) => ({
    id,
    section: /^section: (.+)$/mu.exec(read(id, "lesson.yaml"))?.[1] ?? "",
    en: title(read(id, "en.md")),
    ko: title(read(id, "ko.md")),
  }))
  .sort((one, other) => (one.id < other.id ? -1 : 1));
const SECTIONS = [...new Set(COURSE.map(({ section }) => section))];

const WORDS = {
  en: { lesson: "Lesson", manifests: "Manifests", cluster: "Cluster", all: "All", next: "Next lesson", right: "Right.", wrong: "Not this time.", done: "Done." },
  ko: { lesson: "레슨", manifests: "매니페스트", cluster: "클러스터", all: "모두 보기", next: "다음 레슨", right: "정답", wrong: "예상과 다름", done: "완료" },
} as const;

/** The settings that `change` can name, as the values of the page's lists. */
const SETTINGS: Record<string, string> = {
  "order: services-first": "first",
  "load-balancer: cloud": "cloud",
  "proxy: nftables": "nftables",
};

/** What mends a lesson: its manifests after the edits, and the values of settings. */
function mended(id: string): { manifest: string; settings: string[] } {
  const lesson = read(id, "lesson.yaml");
  const [, lines] = /^change:\n((?:[- ] .*\n)+)/mu.exec(lesson) ?? [];
  let manifest = read(id, "manifest.yaml");
  const settings: string[] = [];
  let replaced: string | undefined;
  for (const line of (lines ?? "").trimEnd().split("\n")) {
    const [, key, value] = /^[- ] (\S+): (.*)$/u.exec(line) ?? [];
    if (key === "replace") {
      replaced = JSON.parse(value ?? "") as string;
    } else if (key === "with" && replaced !== undefined) {
      expect(manifest.split(replaced).length, `${id}: ${replaced}`).toBeGreaterThan(1);
      manifest = manifest.replace(replaced, () => JSON.parse(value ?? "") as string);
    } else {
      const setting = SETTINGS[line.slice(2)];
      if (setting === undefined) throw new Error(`${id}: no way to change "${line}" is known`);
      settings.push(setting);
    }
  }
  return { manifest, settings };
}

/** Answers every question, makes the change and checks. */
async function play(page: Page, shown: Lesson, language: Language): Promise<void> {
  const words = WORDS[language];
  const lesson = page.getByRole("region", { name: shown[language] });
  await expect(lesson.locator(".course-goal")).not.toBeEmpty();
  const { manifest, settings } = mended(shown.id);
  const questions = lesson.locator("fieldset.options");
  const check = lesson.locator("li", { has: page.locator(".checks") }).locator("button.pri");
  // A lesson that was played in the other language begins anew.
  await expect(check).toHaveCount(0);
  let asked = 0;
  for (; (await check.count()) === 0; asked++) {
    const options = questions.nth(asked).getByRole("radio");
    // Right or wrong: in English the first answer, in Korean the last.
    const answer = language === "en" ? 0 : (await options.count()) - 1;
    await options.nth(answer).check();
    await lesson.locator("li.now button.pri").click();
    const comparison = lesson.locator(`#comparison-${asked + 1}`);
    await expect(comparison.locator("p").first()).not.toBeEmpty();
    const isRight = await questions.nth(asked).locator("label.option").evaluateAll((all) => all.map(({ classList }) => classList.contains("right")));
    expect(isRight.filter(Boolean), `${shown.id}: question ${asked + 1}`).toHaveLength(1);
    await expect(comparison.locator("strong")).toHaveText(isRight[answer] ? words.right : words.wrong);
  }
  expect(asked).toBeGreaterThan(0);
  await check.click();
  await expect(lesson.locator(".checks li.unmet")).not.toHaveCount(0);
  if (settings.length > 0) await page.getByRole("tab", { name: words.cluster }).click();
  for (const setting of settings) await page.locator(`.form select:has(option[value=${setting}])`).selectOption(setting);
  if (settings.length === 0) {
    await page.getByRole("tab", { name: words.manifests }).click();
    await paste(page, manifest);
  }
  await page.getByRole("tab", { name: words.lesson, exact: true }).click();
  await check.click();
  await expect(lesson.locator(".checks li.unmet")).toHaveCount(0);
  await expect(lesson.locator(".compare.good strong").last()).toHaveText(words.done);
  // What is written for the reader is in the reader's language.
  expect(/[가-힣]/u.test(await lesson.locator(".compare.good p").last().innerText())).toBe(language === "ko");
}

for (const section of SECTIONS) {
  test(`the lessons of ${section} are played, each in one of the languages`, async ({ page }) => {
    const lessons = COURSE.filter((lesson) => lesson.section === section);
    test.setTimeout(60_000 * (1 + lessons.length));
    const [first] = lessons;
    if (first === undefined) throw new Error(`no lesson of ${section}`);
    await page.goto(`./#lesson=${first.id}`);
    await expect(page.getByRole("region", { name: first.en })).toBeVisible();
    let spoken: Language = "en";
    // The languages take turns; a second pass has each lesson in the other one.
    for (const pass of ALL_LOOKS ? [0, 1] : [0]) {
      for (const [index, lesson] of lessons.entries()) {
        const language: Language = (index + pass) % 2 ? "ko" : "en";
        if (index > 0) {
          await page.getByRole("button", { name: WORDS[spoken].next, exact: true }).click();
          await expect(page.getByRole("region", { name: lesson[spoken] })).toBeVisible();
        }
        await wear(page, { language });
        spoken = language;
        if (index === 0 && pass > 0) {
          await page.getByRole("button", { name: WORDS[language].all, exact: true }).click();
          await page.locator(".course-list .title").getByText(lesson[language], { exact: true }).click();
        }
        await test.step(`${lesson.id} in ${language}`, () => play(page, lesson, language));
      }
    }
  });
}
