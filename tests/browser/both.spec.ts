// The same request through an Ingress controller and through a Gateway, as somebody who moves from one to the other asks it.

import { expect, expectAccessible, open, paste, picture, test, track, wear } from "./page";

const workload = (name: string, ports: string, labels: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {${labels}}}
  template:
    metadata: {labels: {${labels}}}
    spec: {containers: [{name: main, image: ${name}, ports: [${ports}]}]}
`;

const TEXT = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: v1
kind: Service
metadata: {name: ingress-nginx}
spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: ingress-nginx}, ports: [{name: http, port: 80}, {name: https, port: 443}]}
${workload("ingress-nginx", "{containerPort: 80}, {containerPort: 443}", "app.kubernetes.io/name: ingress-nginx")}${workload("cart", "{containerPort: 8080}", "app: cart")}
---
apiVersion: v1
kind: Service
metadata: {name: cart}
spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /$1
    nginx.ingress.kubernetes.io/proxy-body-size: 8m
spec:
  ingressClassName: nginx
  tls: [{hosts: [pay.example.com], secretName: pay-tls}]
  rules:
  - host: shop.example.com
    http: {paths: [{path: /cart/(.*), pathType: ImplementationSpecific, backend: {service: {name: cart, port: {number: 80}}}}]}
  - host: pay.example.com
    http: {paths: [{path: /(.*), pathType: ImplementationSpecific, backend: {service: {name: cart, port: {number: 80}}}}]}
`;

test("a request goes through Ingress and Gateway, in both languages, at every size, light and dark @picture", async ({ page }) => {
  test.slow();
  const session = { text: TEXT, asked: { from: "client", to: "https://pay.example.com/a", by_hand: true }, events: [] };
  await page.addInitScript((session) => localStorage.setItem("kubehop.session", session), JSON.stringify(session));
  await open(page);
  await track(page).press("End");
  await page.getByRole("button", { name: "Compare with a Gateway" }).click();
  const both = page.locator("#both");
  for (const [language, theme, width, height] of [
    ["en", "light", 1440, 900],
    ["ko", "dark", 1180, 820],
    ["ko", "light", 390, 844],
    ["en", "dark", 390, 844],
  ] as const)
    await test.step(`in ${language} at ${width} in ${theme}`, async () => {
      await wear(page, { language, theme, width, height });
      // ingress-nginx has a certificate of its own; the Secret that the listener names is not there.
      await expect(both.getByRole("status")).toContainText(language === "en" ? "They differ in: outcome" : "다른 점: 결과");
      await expect(both.locator("tbody").first()).toHaveClass("differs");
      await expectAccessible(page, "#both");
      await both.scrollIntoViewIfNeeded();
      await picture(page, `both-${width}-${language}-${theme}`);
    });
});

test("the Gateways stand at the end of the text, either side is played, and undo takes them away", async ({ page }) => {
  await open(page);
  await paste(page, TEXT);
  await page.getByLabel("From").selectOption("client");
  await page.locator("#to").fill("http://shop.example.com/cart/42?a=b");
  await page.locator("#to").press("Enter");
  await track(page).press("End");
  await page.getByRole("button", { name: "Compare with a Gateway" }).click();
  const both = page.locator("#both");
  await expect(both.getByRole("status")).toHaveText("No difference");
  await expect(both.locator("tbody").filter({ hasText: "path it gets" }).locator("td")).toHaveText(["/42", "/42"]);
  await expect(both.locator("tbody").filter({ hasText: "Service" }).first().locator("td")).toHaveText(["default/cart:80", "default/cart:80"]);
  await both.getByRole("button", { name: "Gateway: Play it" }).click();
  await expect(page.locator("#to")).toHaveValue(/Host: shop\.example\.com/);
  await track(page).press("End");
  await expect(page.locator("li.hop").filter({ hasText: "for Gateway default/nginx" })).toHaveCount(1);
  await expect(both.getByRole("status")).toHaveText("No difference");
  // What has no equivalent is named in the text.
  const kept = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  await expect.poll(kept).toContain("# Not converted: nginx.ingress.kubernetes.io/proxy-body-size: 8m");
  await both.getByRole("button", { name: "Close the comparison" }).click();
  await expect(both).toHaveCount(0);
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(kept).not.toContain("kind: HTTPRoute");
});
