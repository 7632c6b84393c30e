// What people bring, each mended by the fixes that the page offers, and sent again.

import type { Page } from "@playwright/test";

import { expect, open, paste, test, track, webOf } from "./page";

const CLIENT = `
---
apiVersion: v1
kind: Pod
metadata: {name: app}
spec: {containers: [{name: app, image: curlimages/curl}]}
`;

const POD = `
---
apiVersion: v1
kind: Pod
metadata: {name: web-0, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{name: http, containerPort: 8080}]}]}
`;

const service = (spec: string, name = "web") => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

const TYPO = service("{selector: {app: webb}, ports: [{port: 80, targetPort: 8080}]}") + POD;

/** The symptom, its manifests, how many fixes it takes, and what is called. */
const SYMPTOMS: readonly [string, string, number, string][] = [
  ["a selector with a typo", TYPO, 1, "http://web"],
  [
    "a Service in another namespace",
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: front\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n` + POD,
    1,
    "http://web",
  ],
  ["a targetPort that nothing declares", service("{selector: {app: web}, ports: [{port: 80, targetPort: 9090}]}") + POD, 1, "http://web"],
  ["a named targetPort with a typo", service("{selector: {app: web}, ports: [{port: 80, targetPort: htp}]}") + POD, 1, "http://web"],
  [
    "a process that listens on the loopback address",
    service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}") + POD.replace("image: nginx,", "image: nginx, args: ['--listen=127.0.0.1:8080'],"),
    1,
    "http://web",
  ],
  [
    "a StatefulSet's serviceName",
    service("{clusterIP: None, selector: {app: db}, ports: [{port: 8080}]}", "db") +
      `---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: database\n  selector: {matchLabels: {app: db}}\n` +
      `  template:\n    metadata: {labels: {app: db}}\n    spec: {containers: [{name: db, image: postgres, ports: [{containerPort: 8080}]}]}\n`,
    1,
    "http://db-0.db:8080",
  ],
  ["a label that YAML reads as a boolean", service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}") + POD.replace("{app: web}", "{app: web, debug: yes}"), 1, "http://web"],
  ["a node port out of its range", service("{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 8080}]}") + POD, 1, "http://web"],
  [
    "a node port that is taken",
    service("{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}", "first") +
      "---\n" +
      service("{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}") +
      POD,
    1,
    "http://web",
  ],
  ["ports without names", service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}, {port: 81, targetPort: 8080}]}") + POD, 2, "http://web"],
  [
    "Endpoints of another name",
    service("{ports: [{port: 80}]}") + "---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: backend}\nsubsets: [{addresses: [{ip: 203.0.113.80}], ports: [{port: 80}]}]\n",
    1,
    "http://web",
  ],
  ["a name that the API refuses", service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}", "My_Web") + POD, 1, "http://my-web"],
  ["a Service without targetPort", service("{selector: {app: web}, ports: [{port: 80}]}") + POD, 1, "http://web"],
  ["the only name that its pods do not declare", service("{selector: {app: web}, ports: [{port: 80, targetPort: frontend}]}") + POD, 1, "http://web"],
  [
    "Service variables that look like settings",
    service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}", "server") + POD.replace("image: nginx,", "image: nginx, env: [{name: SERVER_NAME, value: a}],"),
    1,
    "http://server",
  ],
  ["a field in the wrong case", service("{selector: {app: web}, ports: [{port: 80, targetport: 8080}]}") + POD, 1, "http://web"],
];

/** Manifests in place of others, of which no verdict is left. */
async function bring(page: Page, text: string): Promise<void> {
  await paste(page, text);
  await expect(page.locator(".verdict")).toHaveCount(0);
}

test("the fixes of Problems mend what people bring, and undo takes them back", async ({ page }) => {
  test.slow();
  await open(page);
  const fix = page.getByRole("region", { name: "Problems" }).getByRole("button", { name: "Fix" });
  for (const [symptom, manifests, fixes, to] of SYMPTOMS)
    await test.step(symptom, async () => {
      // Nothing of the text before is left to be pressed.
      await bring(page, webOf(1));
      await expect(fix).toHaveCount(0);
      await paste(page, manifests + CLIENT);
      for (let left = fixes; left > 0; left -= 1) {
        await fix.first().click();
        // The text is read again before the next problem is shown.
        if (left > 1) await page.waitForTimeout(400);
      }
      await expect(fix).toHaveCount(0);
      await page.getByLabel("From").selectOption("pod/app");
      await page.locator("#to").fill(to);
      await page.getByRole("button", { name: "Send ▸" }).click();
      await track(page).press("End");
      await expect(page.locator(".verdict")).toContainText("answered");
      await page.locator(".cm-content").focus();
      await page.keyboard.press("ControlOrMeta+z");
      await expect(fix.first()).toBeVisible();
    });
});

const LOCAL = `
---
apiVersion: v1
kind: Node
metadata: {name: node-a}
---
apiVersion: v1
kind: Node
metadata: {name: node-b}
---
apiVersion: v1
kind: Pod
metadata: {name: web-0, labels: {app: web}}
spec: {nodeName: node-a, containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: app}
spec: {nodeName: node-b, containers: [{name: app, image: curlimages/curl}]}
`;

/** What a verdict mends: the symptom, its manifests, the request, what the verdict says before and after. */
const VERDICTS: readonly [string, string, string, string, string, string][] = [
  [
    "internalTrafficPolicy Local",
    service("{internalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}") + LOCAL,
    "pod/app",
    "http://web",
    "timeout",
    "web-0 answered",
  ],
  [
    "a client's address that is lost",
    service("{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}") + LOCAL,
    "client",
    "http://192.168.0.11:30080",
    "as the client, not 203.0.113.7",
    "web-0 answered",
  ],
  [
    "names of the search list before an outside name",
    service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}") + LOCAL,
    "pod/app",
    "https://api.example.com",
    "names of the search list",
    "outside the cluster",
  ],
];

for (const [symptom, manifests, from, to, before, after] of VERDICTS) {
  test(`mends ${symptom} beside the verdict`, async ({ page }) => {
    await open(page);
    await paste(page, manifests);
    await page.getByLabel("From").selectOption(from);
    await page.locator("#to").fill(to);
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    const verdict = page.locator(".verdict");
    await expect(verdict).toContainText(before);
    const fix = verdict.getByRole("button", { name: "Fix" });
    await fix.click();
    await expect(fix).toHaveCount(0);
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(verdict).toContainText(after);
    await expect(verdict).not.toContainText(before);
  });
}

const INGRESS = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`;

test("a verdict offers what to call, its cause's fix and a controller", async ({ page }) => {
  test.slow();
  await open(page);
  await test.step("calls what the verdict suggests instead", async () => {
    await bring(page, service("{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}") + POD);
    await page.getByLabel("From").selectOption("client");
    await page.locator("#to").fill("http://192.168.0.11");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    const verdict = page.locator(".verdict");
    await expect(verdict).toContainText("Connection refused.");
    await verdict.getByRole("button", { name: "Call http://192.168.0.11:30080" }).click();
    await expect(page.locator("#to")).toHaveValue("http://192.168.0.11:30080");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(verdict).toContainText("answered");
  });
  await test.step("goes on with what the pod that answered calls", async () => {
    const calls = POD.replace("labels:", 'annotations: {kubehop/calls: "http://backend"}, labels:');
    const backend = (service("{selector: {app: backend}, ports: [{port: 80, targetPort: 8080}]}") + POD).replaceAll("web", "backend");
    await bring(page, service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}") + calls + "---\n" + backend + CLIENT);
    await page.getByLabel("From").selectOption("pod/app");
    await page.locator("#to").fill("http://web");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    const verdict = page.locator(".verdict");
    await verdict.getByRole("button", { name: "Call http://backend" }).click();
    await expect(page.getByLabel("From")).toHaveValue("pod/web-0");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(verdict).toContainText("backend-0 answered");
  });
  await test.step("mends the cause of a failure beside the verdict", async () => {
    await bring(page, TYPO + CLIENT);
    await page.getByLabel("From").selectOption("pod/app");
    await page.locator("#to").fill("http://web");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    const verdict = page.locator(".verdict");
    await expect(verdict).toContainText("Connection refused.");
    await expect(verdict.getByRole("link", { name: "Documentation" })).toHaveAttribute("href", /^https:\/\/kubernetes\.io\//);
    // What it changes is seen before it is pressed, here and in Problems.
    const changes = page.getByRole("group", { name: /^What Fix changes at line \d+$/ });
    await expect(changes).toHaveCount(2);
    await expect(changes.first()).toContainText(/webb[^]*\+.*web/);
    await verdict.getByRole("button", { name: "Fix" }).click();
    await expect(page.locator(".cm-content")).not.toContainText("webb");
    await expect(changes).toHaveCount(0);
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText("answered");
  });
  await test.step("an Ingress without a controller gets the one of its class with one press", async () => {
    await bring(page, webOf(1) + INGRESS);
    await page.getByLabel("From").selectOption("client");
    await page.locator("#to").fill("http://shop.example.com/");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    const verdict = page.locator(".verdict");
    await expect(verdict).toContainText("Nothing serves shop.example.com");
    await verdict.getByRole("button", { name: "Fix" }).click();
    await expect(page.locator(".foot .state")).toContainText("2 Services");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(verdict).toContainText("web-0 answered");
  });
});
