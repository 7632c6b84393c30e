// Who calls what after a paste: nobody's choice of another text, and a Pod where there is one.

import { expect, open, paste, pick, test, track, webOf, written } from "./page";

const HEADLESS = `apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db-0, labels: {app: db}}
spec: {containers: [{name: pg, image: postgres, ports: [{containerPort: 5432}]}]}
`;

const GATEWAY = `${webOf(1)}---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge}
spec: {gatewayClassName: envoy, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: edge}]
  hostnames: [shop.example.com]
  rules: [{matches: [{path: {value: /api}}], backendRefs: [{name: web, port: 80}]}]
`;

const LONE = "apiVersion: v1\nkind: Pod\nmetadata: {name: lone}\nspec: {containers: [{name: c, image: c}]}\n";

test("each pasted text is called by what is in it", async ({ page }) => {
  await test.step("a call that the text before made is not made of the next text", async () => {
    await open(page);
    await pick(page, "node-port");
    await expect(page.locator("#to")).toHaveValue(/:30123$/);
    await paste(page, webOf(1));
    await expect(page.locator("#to")).toHaveValue("http://10.96.0.50");
    await expect(page.locator("#from")).toHaveValue("pod/client");
    // A text without a Service: nothing is called.
    await paste(page, LONE);
    await expect(page.locator("#to")).toHaveValue("");
    await expect(page.locator("#to-error")).toHaveText("No Service to call yet. Type an address or a name.");
    await paste(page, webOf(2));
    await expect(page.locator("#to")).toHaveValue("http://10.96.0.50");
  });
  await test.step("a pasted Gateway is called by the host and path of its route, from outside", async () => {
    // Another text: with a Service in common it would be an edit, which keeps the call.
    await paste(page, LONE);
    await expect(page.locator("#to")).toHaveValue("");
    await paste(page, GATEWAY);
    await expect(page.locator("#to")).toHaveValue("http://shop.example.com/api");
    await expect(page.locator("#from")).toHaveValue("client");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText("web-0 answered");
    // What a person chose stays while the text is edited.
    await page.locator("#to").fill("http://shop.example.com/cart");
    await page.locator("#to").press("Enter");
    await page.getByRole("button", { name: "Send ▸" }).click();
    await track(page).press("End");
    await expect(page.locator(".verdict")).toContainText("404");
  });
});

test("where no Pod can call, a client Pod is offered, and calls", async ({ page }) => {
  await open(page);
  await paste(page, HEADLESS);
  await expect(page.locator("#to")).toHaveValue("http://db:5432");
  await expect(page.locator("#from")).toHaveValue(/^node\//);
  await page.locator("#from").selectOption({ label: "+ a client Pod" });
  await expect(page.locator("#from")).toHaveValue("pod/client");
  expect(await written(page)).toContain("image: curlimages/curl");
  await expect(page.locator("#from option", { hasText: "+ a client Pod" })).toHaveCount(0);
  await page.getByRole("button", { name: "Send ▸" }).click();
  await track(page).press("End");
  await expect(page.locator(".verdict")).toContainText("answered");
});

test("the verdict of a node that asks for a name of the cluster has the client Pod as its fix", async ({ page }) => {
  await open(page);
  await paste(page, HEADLESS);
  await expect(page.locator("#to")).toHaveValue("http://db:5432");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await track(page).press("End");
  await page.locator(".verdict").getByRole("button", { name: "Fix" }).click();
  await expect(page.locator("#from")).toHaveValue("pod/client");
  await page.getByRole("button", { name: "Send ▸" }).click();
  await track(page).press("End");
  await expect(page.locator(".verdict")).toContainText("answered");
});
