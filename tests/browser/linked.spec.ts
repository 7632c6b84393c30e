// What is pointed at or selected is lit in every part of the page.

import { expect, open, paste, pick, picture, problem, shapes, test, track, wear } from "./page";

test("a Service, a pod, a rule and a problem light what belongs to them", async ({ page }) => {
  await test.step("lights a Service's pods, endpoints and lines while the pointer rests on it", async () => {
    await open(page);
    await pick(page, "node-port");
    await expect(page.locator("#to")).toHaveValue(/30123/);
    await page.getByRole("tab", { name: "Endpoints" }).click();
    const endpoints = page.getByRole("tabpanel", { name: "Endpoints" });
    await expect(endpoints.locator("tr.linked")).toHaveCount(0);
    await shapes(page, "service").first().hover();
    await expect(endpoints.locator("tr.linked")).toHaveCount(3);
    await expect(endpoints.locator("section.linked")).toHaveCount(1);
    await expect(page.locator(".scene .pod-ready.linked")).toHaveCount(3);
    await expect(page.locator(".cm-lit-line").filter({ hasText: "kind: Service" })).toHaveCount(1);
    await page.getByLabel("Speed").hover();
    await expect(page.locator(".linked")).toHaveCount(0);
  });
  await test.step("lights one pod from its row, from its hop and from its shape", async () => {
    await page.getByRole("tab", { name: "Packet" }).click();
    await track(page).press("End");
    const pods = page.locator(".scene .pod-ready");
    await page.locator(".hop").filter({ hasText: "answers" }).first().hover();
    await expect(page.locator(".scene .linked").first()).toBeAttached();
    await page.getByRole("tab", { name: "Endpoints" }).click();
    const row = page.getByRole("tabpanel", { name: "Endpoints" }).locator("tbody tr").first();
    await row.getByRole("button").hover();
    await expect(pods.and(page.locator(".linked"))).toHaveCount(1);
    // By keyboard: Enter selects it, and the other rows are not lit.
    await row.getByRole("button").press("Enter");
    await expect(pods.and(page.locator(".lit"))).toHaveCount(1);
    await expect(page.locator("tr.linked")).toHaveCount(1);
    // Its rules are those with its address.
    const address = (await row.locator("td").first().textContent())!;
    await page.getByRole("tab", { name: "Rules" }).click();
    const rules = page.locator(".rules-text .linked");
    await expect(rules.first()).toBeInViewport();
    for (const text of await rules.allTextContents()) expect(text).toContain(address);
    // A shape that the keyboard gets to is pointed at, too.
    await pods.and(page.locator(":not(.lit)")).first().focus();
    await expect(page.locator(".scene .pod-ready:is(.linked, .lit)")).toHaveCount(2);
  });
  await test.step("a rule leads to its Service, and a problem to its object", async () => {
    await page.keyboard.press("Escape");
    await expect(page.locator(".scene .shape.lit")).toHaveCount(0);
    await track(page).press("End");
    await page.getByRole("tab", { name: "Rules" }).click();
    await page.locator(".rules-text .lit").filter({ hasText: "--dport 30123" }).click();
    await expect(shapes(page, "service").first()).toHaveClass(/ lit/);
    await pick(page, "broken-selector");
    await problem(page, /app=/).first().hover();
    await expect(shapes(page, "service").and(page.locator(".linked"))).toHaveCount(1);
  });
});

const OBJECTS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: edge}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shut}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
`;

test("a line of a workload, an Ingress or a policy lights what belongs to it @picture", async ({ page }) => {
  await open(page);
  await paste(page, OBJECTS);
  const lines = page.locator(".cm-line");
  const line = (text: string) => lines.filter({ hasText: new RegExp(`^${text}$`) });
  const linked = (kind: string) => page.locator(`.scene .${kind}.linked`);
  await expect(shapes(page, "pod-ready")).toHaveCount(2);
  // The pointer on a line, and away from the editor.
  await line("kind: Deployment").hover();
  await expect(linked("pod-ready")).toHaveCount(2);
  await expect(linked("service")).toHaveCount(1);
  await expect(page.locator(".cm-lit-line").filter({ hasText: "replicas: 2" })).toHaveCount(1);
  await line("kind: Ingress").hover();
  await expect(linked("pod-ready")).toHaveCount(0);
  await expect(linked("service")).toHaveCount(1);
  await line("kind: NetworkPolicy").hover();
  await expect(linked("pod-ready")).toHaveCount(2);
  await expect(linked("service")).toHaveCount(0);
  await page.locator("#to").hover();
  await expect(page.locator(".scene .linked")).toHaveCount(0);
  // The cursor on a workload: what can happen to it is offered.
  await line("  replicas: 2").click();
  await page.locator("#to").hover();
  await expect(linked("pod-ready")).toHaveCount(2);
  await expect(page.locator(".happenings b")).toHaveText("web");
  await expect(page.locator(".happenings button")).toHaveCount(4);
  for (const [language, theme] of [["ko", "dark"], ["en", "light"]] as const) {
    await wear(page, { language, theme });
    await page.locator("#to").hover();
    await expect(page.locator(".happenings b")).toHaveText("web");
    await picture(page, `linked-workload-${language}-${theme}`);
  }
  await page.locator(".happenings button").first().click();
  await expect(shapes(page, "pod-ready")).toHaveCount(3);
  // The arrows move on to the next object.
  await line("kind: Ingress").click();
  await page.locator("#to").hover();
  await expect(linked("service")).toHaveCount(1);
  await expect(page.locator(".happenings")).toHaveCount(0);
});
