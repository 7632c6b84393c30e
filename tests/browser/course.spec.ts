// A lesson of the course from its first step to its check, as a person goes through it.

import { CONTRAST, expect, expectAccessible, LOOKS, paste, picture, test, wear, written, type Theme } from "./page";

const LESSON = "./#lesson=12-node-port";

test("a lesson is predicted, sent, compared, changed and checked @picture", async ({ page }) => {
  await page.goto(LESSON);
  const lesson = page.getByRole("region", { name: "NodePort: one port on every node" });
  await expect(lesson).toContainText("step 1 of 5");
  // Its path would give the answer away.
  await expect(page.getByRole("tabpanel", { name: "Packet" })).not.toContainText("answers");
  const send = lesson.getByRole("button", { name: "Send" });
  await expect(send).toBeDisabled();
  await lesson.getByRole("radio", { name: "A pod of another node answers" }).check();
  await send.click();
  // The picture shows it first.
  await expect(page.locator(".tl")).toContainText("hop 1 of 8");
  await expect(lesson.getByRole("button", { name: "To the end" })).toBeVisible();
  await expect(lesson.getByRole("status")).toHaveCount(0);
  await expect(lesson.getByRole("radio").first()).toBeDisabled();
  await page.getByLabel("Speed").selectOption("4");
  await expect(lesson.getByRole("status")).toContainText("Right.");
  await expect(page.locator(".tl")).toContainText(/hop [3-8] of 8/);
  await expect(page.getByRole("tabpanel", { name: "Packet" })).toContainText("node-3 receives the packet");
  await lesson.getByRole("button", { name: "Show hop 3" }).click();
  await expect(page.locator(".tl")).toContainText("hop 3 of 8");

  const check = lesson.getByRole("button", { name: "Check" });
  // What will be checked is told before it is; what is found in its place, after it.
  await expect(lesson.locator(".checks li").filter({ hasText: "Must hold" })).toHaveCount(3);
  await check.click();
  const unmet = lesson.locator(".checks li").filter({ hasText: "Does not hold" });
  await expect(unmet).toHaveCount(3);
  await expect(unmet.filter({ hasText: "instead: " })).toHaveCount(3);
  await lesson.getByRole("button", { name: "Hint 1 of 3" }).click();
  await expect(lesson).toContainText("how far a node may pass on traffic");

  await page.getByRole("tab", { name: "Manifests" }).click();
  const text = await written(page);
  await paste(page, text.replace("  type: NodePort\n", "  type: NodePort\n  externalTrafficPolicy: Local\n"));
  await page.getByRole("tab", { name: "Lesson" }).click();
  await check.click();
  await expect(lesson).toContainText("Done.");
  await expect(page.getByRole("navigation", { name: "Course" })).toContainText("1 of 29 done");
  await expectAccessible(page);
  await picture(page, "course-done");

  // It is all there after a reload, and in the other language.
  await page.reload();
  await page.getByRole("tab", { name: "Lesson" }).click();
  await expect(page.getByRole("navigation", { name: "Course" })).toContainText("1 of 29 done");
  await expect(lesson).toBeVisible();
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.getByRole("region", { name: "노드포트: 모든 노드에 같은 포트" })).toBeVisible();
});

test("opening a lesson loses no text, an example closes it, and a wrong prediction says what happens", async ({ page }) => {
  await test.step("opening a lesson loses no text, and an example closes it", async () => {
    await page.goto("./");
    await expect(page.locator(".cm-content")).toBeAttached();
    await paste(page, "apiVersion: v1\nkind: Pod\nmetadata: {name: mine}\nspec: {containers: [{name: c, image: nginx}]}\n");
    const picker = page.getByLabel("Examples");
    await picker.selectOption("course:03-named-ports");
    await expect(page.getByRole("region", { name: "Several ports" })).toBeVisible();
    await picker.selectOption({ label: "Your own manifests" }).catch(async () => {
      const earlier = picker.locator("optgroup[label='Earlier states'] option").first();
      await picker.selectOption(await earlier.getAttribute("value"));
    });
    await page.getByRole("tab", { name: "Manifests" }).click();
    await expect.poll(() => written(page)).toContain("name: mine");
    await picker.selectOption("node-port");
    await page.getByRole("tab", { name: "Lesson" }).click();
    await expect(page.getByRole("region", { name: "Several ports" })).toHaveCount(0);
    await expect(page.getByRole("navigation", { name: "Course" })).toBeVisible();
  });
  await test.step("a wrong prediction says what happens, and a command is run in place of a request", async () => {
    await page.getByLabel("Examples").selectOption("course:06-cluster-dns");
    const lesson = page.getByRole("region", { name: "Cluster DNS" });
    await lesson.getByRole("radio").first().check();
    await lesson.getByRole("button", { name: "Run" }).click();
    await expect(lesson.getByRole("status")).toContainText("Not this time.");
    await expect(lesson.locator("pre")).toContainText("nameserver 203.0.113.53");
  });
});

test("a lesson on a phone, in both themes @picture", async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LESSON);
  const lesson = page.getByRole("region", { name: "NodePort: one port on every node" });
  await lesson.getByRole("radio").first().check();
  await lesson.getByRole("button", { name: "Send" }).click();
  await expect(lesson.getByRole("status")).toHaveCount(0);
  await lesson.getByRole("button", { name: "To the end" }).click();
  await expect(lesson.getByRole("status")).toBeInViewport();
  for (const theme of ["light", "dark"] satisfies Theme[])
    await test.step(theme, async () => {
      await wear(page, { theme, width: 390 });
      await expect(lesson.getByRole("status")).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await expectAccessible(page, "html", theme === "dark" ? CONTRAST : undefined);
      await picture(page, `course-390-${theme}`);
    });
});

test("a challenge is solved, a cheat does not pass, and the next one hides its fix until somebody asks for it @picture", async ({ page }) => {
  test.slow();
  await test.step("a challenge is solved, and a cheat does not pass", async () => {
    await page.goto("./#lesson=c12-the-port-behind-the-port");
    const challenge = page.getByRole("region", { name: "The port behind the port" });
    await expect(page.getByRole("navigation", { name: "Course" })).toContainText("0 of 29 done");
    const check = challenge.getByRole("button", { name: "Check" });
    await check.click();
    await expect(challenge.locator(".checks li").filter({ hasText: "Does not hold" })).toHaveCount(1);
    const write = async (replace: string, by: string): Promise<void> => {
      await page.getByRole("tab", { name: "Manifests" }).click();
      await paste(page, (await written(page)).replace(replace, by));
      await page.getByRole("tab", { name: "Lesson" }).click();
      await check.click();
    };
    await write("policyTypes: [Ingress]", "policyTypes: [Egress]");
    await expect(challenge.locator(".checks li").filter({ hasText: "Does not hold" })).toHaveCount(1);
    await write("policyTypes: [Egress]", "policyTypes: [Ingress]");
    await write("ports: [{port: 80}]", "ports: [{port: 8080}]");
    await expect(challenge).toContainText("Done.");
    await expectAccessible(page);
    await picture(page, "challenge-done");
  });
  await test.step("a challenge hides its fix until somebody asks for it or has solved it", async () => {
    await page.getByLabel("Examples").selectOption("course:c01-nobody-behind-the-shop");
    const challenge = page.getByRole("region", { name: "Nobody behind the shop" });
    await expect(challenge).toBeVisible();
    await page.locator(".bar .send").click();
    await page.getByRole("slider").press("End");
    const verdict = page.locator(".verdict");
    await expect(verdict).toContainText("refused");
    await page.getByRole("tab", { name: "Manifests" }).click();
    const offered = page.locator(".verdict .mends, .prob .it");
    const fixes = offered.getByRole("button", { name: "Fix", exact: true });
    await expect(fixes).toHaveCount(0);
    await expect(page.locator(".diff")).toHaveCount(0);
    await verdict.getByRole("button", { name: "Show the fix" }).press("Enter");
    await expect(page.locator(".verdict .diff")).toContainText("shopp");
    await expect(verdict.getByRole("button", { name: "Fix", exact: true })).toBeVisible();
    await expect(offered.getByRole("button", { name: "Show the fix" })).toHaveCount(0);
    await page.reload();
    await expect(page.getByLabel("Examples").locator("option:checked")).toHaveText("c01 · Nobody behind the shop");
    await page.getByRole("tab", { name: "Manifests" }).click();
    await expect(page.locator(".prob .diff").first()).toContainText("shopp");

    // Another one hides it again.
    await page.getByLabel("Examples").selectOption("course:c02-the-wrong-door");
    await expect(page.getByRole("region", { name: "The wrong door" })).toBeVisible();
    await page.locator(".bar .send").click();
    await page.getByRole("slider").press("End");
    await expect(offered.getByRole("button", { name: "Show the fix" }).first()).toBeVisible();
    await expect(fixes).toHaveCount(0);
  });
});

test("a challenge in both languages, wide and narrow, light and dark @picture", async ({ page }) => {
  test.slow();
  await page.goto("./#lesson=c11-one-dash-too-many");
  await page.getByRole("region", { name: "One dash too many" }).getByRole("button", { name: "Hint 1 of 3" }).click();
  for (const { language, width, theme } of LOOKS)
    await test.step(`in ${language}, ${width} wide, ${theme}`, async () => {
      await wear(page, { language, width, theme });
      await expect(page.getByRole("region", { name: language === "en" ? "One dash too many" : "대시 하나 차이" })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await expectAccessible(page);
      await picture(page, `challenge-${language}-${width}-${theme}`);
    });
});

test("a challenge is made, read in both languages, solved, and opened again by its link @picture", async ({ page }) => {
  // Which one it is depends on the number alone.
  await page.addInitScript(() => { Math.random = () => 0.000007; });
  await page.goto("./");
  await page.getByRole("tab", { name: "Lesson" }).click();
  await page.getByRole("button", { name: "Another one" }).click();
  const challenge = page.getByRole("region", { name: "Challenge 7" });
  await expect(challenge).toContainText("used to reach");
  await expect(page.getByLabel("Examples").locator("option:checked")).toHaveText("Challenge 7");
  const check = challenge.getByRole("button", { name: "Check" });
  await check.click();
  await expect(challenge.locator(".checks li").filter({ hasText: "Does not hold" })).not.toHaveCount(0);
  for (const hint of ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]) {
    await challenge.getByRole("button", { name: hint }).click();
  }
  await expectAccessible(page);
  await picture(page, "challenge-made");
  const link = await challenge.getByRole("link", { name: "Link to this challenge" }).getAttribute("href");
  expect(link).toMatch(/^#lesson=g7-\d\d-/u);

  // The last hint says what was written before, or what was added.
  const mends = await challenge.locator(".hints li").last().innerText();
  const replaced = /^Line (\d+): (.*) was (.*) before\.$/u.exec(mends);
  const [, line, now, before] = replaced ?? [];
  expect(replaced, mends).not.toBeNull();
  await page.getByRole("tab", { name: "Manifests" }).click();
  const broken = await written(page);
  const lines = broken.split("\n");
  const at = Number(line) - 1;
  lines[at] = (lines[at] ?? "").replace(now ?? "", before ?? "");
  await paste(page, lines.join("\n"));
  await page.getByRole("tab", { name: "Lesson" }).click();
  await check.click();
  await expect(challenge).toContainText("Done.");
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.getByRole("region", { name: "챌린지 7" })).toBeVisible();
  await expect(page.getByRole("region", { name: "챌린지 7" }).getByRole("button", { name: "새 챌린지" })).toBeVisible();

  await page.goto(`./index.html${link ?? ""}`);
  await expect(page.getByRole("region", { name: "챌린지 7" })).toBeVisible();
  await page.getByRole("tab", { name: "매니페스트" }).click();
  await expect.poll(() => written(page)).toBe(broken);
});

test("today's challenge is the one of the date, for everybody", async ({ page }) => {
  await page.clock.setFixedTime(new Date("2026-11-29T10:00:00"));
  await page.goto("./");
  await page.getByRole("tab", { name: "Lesson" }).click();
  await page.getByRole("button", { name: "Today's challenge" }).click();
  const challenge = page.getByRole("region", { name: "Challenge 2026-11-29" });
  const link = challenge.getByRole("link", { name: "Link to this challenge" });
  await expect(link).toHaveAttribute("href", /^#lesson=g20261129-\d\d-/u);
});

test("a check in Korean says who calls, after what, and what must be so, in Korean", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("kubehop.language", "ko"));
  for (const [challenge, line] of [
    ["c15-a-payment-is-lost", "pod/client → http://pay (pay-1: 삭제) 응답하는 대상: pod/pay-0"],
    ["c08-some-nodes-are-silent", "외부 클라이언트 → http://192.168.0.11:30080 응답하는 대상: node/node-1 · 보이는 출발지: 외부 클라이언트"],
  ] as const) {
    await page.goto(`./#lesson=${challenge}`);
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await page.locator(".steps").getByRole("button", { name: "확인" }).click();
    await expect(page.locator(".checks")).toContainText(line);
  }
});

test("the step to the next lesson waits for the list of lessons", async ({ page }) => {
  await page.route("**/course.json", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.goto(LESSON);
  const next = page.getByRole("button", { name: "Next ›" });
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await next.dispatchEvent("click");
  await next.click();
  await expect(page.getByLabel("Examples")).toHaveValue("course:13-client-address");
});
