// The console: a line of each program, what it does in the picture and in the events, and its keys.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Locator, Page } from "@playwright/test";

import { expect, expectAccessible, LOOKS, open, paste, picture, test, wear } from "./page";

const TEXT = readFileSync(join(import.meta.dirname, "../console/kimho.yaml"), "utf8");

/** Opens the console over the manifests of the transcripts. */
async function console_(page: Page): Promise<{ line: Locator; panel: Locator }> {
  await open(page);
  await paste(page, TEXT);
  await page.getByRole("tab", { name: "kubectl" }).click();
  return { line: page.locator("#console-line"), panel: page.locator(".console") };
}

async function run(line: Locator, text: string): Promise<void> {
  await line.fill(text);
  await line.press("Enter");
}

/** A line of each way to be asked and to answer; what every program prints is the matter of tests/console.rs. */
const LINES: [string, string][] = [
  ["kubectl get svc kimho -o wide", "80:30123/TCP"],
  ["kubectl exec client -- env | ag kimho_service_port", "KIMHO_SERVICE_PORT_KIMHO_PORT=406"],
  ["kubectl exec client -- dig +search +short kimho", "10.108.63.20"],
  ["ssh node-1 iptables-save -t nat | grep 30123", "--dport 30123"],
  ["kubectl debug node/node-1 --image=busybox -- hostname", "Creating debugging pod node-debugger-node-1-"],
  ["kubectl get svc kimho -o json | jq -r .spec.type", "NodePort"],
  ["kubectl get pods | awk 'NR>1 {print $1}' | sort | uniq | head -n 1 | tail -n 1 | wc -l", "1"],
  ["kubectl logs client", "no process runs in a simulated pod"],
  ["kubectl set image deploy/kimho kimho=luksa/kubia:v2", "image updated"],
  ["echo one && echo two", "two"],
  ["help", "conntrack"],
  ["frob", "command not found"],
];

test("the console has its keys, and what its programs do is seen in the picture, the events and the editor", async ({ page }) => {
  test.slow();
  await open(page);
  await paste(page, TEXT);
  await page.getByRole("button", { name: "kubectl ▴" }).click();
  const [line, panel] = [page.locator("#console-line"), page.locator(".console")];
  await test.step("the second Tab lists the choices, Ctrl+U and Ctrl+W delete before the caret", async () => {
    await expect(line).toBeFocused();
    await page.keyboard.type("kubectl exec cl");
    await line.press("Tab");
    await expect(line).toHaveValue("kubectl exec client ");
    await line.press("Control+u");
    await expect(line).toHaveValue("");
    await line.fill("kubectl get pods kim");
    await line.press("Tab");
    await expect(line).toHaveValue("kubectl get pods kimho-d678d45b-");
    await line.press("Tab");
    await expect(page.locator(".console pre").last()).toHaveText(/^kimho-d678d45b-\w+ {2}kimho-d678d45b-\w+\n$/);
    await line.press("Control+w");
    await expect(line).toHaveValue("kubectl get pods ");
  });
  await test.step("Tab completes, the arrows recall, Ctrl+C drops and Ctrl+L clears", async () => {
    await line.fill("kubectl desc");
    await line.press("Tab");
    await expect(line).toHaveValue("kubectl describe ");
    await run(line, "kubectl get svc");
    await expect(panel).toContainText("CLUSTER-IP");
    await line.press("ArrowUp");
    await expect(line).toHaveValue("kubectl get svc");
    await line.press("Control+c");
    await expect(line).toHaveValue("");
    await line.press("Control+l");
    await expect(panel).not.toContainText("CLUSTER-IP");
  });
  await test.step("a here-document is typed with Enter, and pasted lines run one after another", async () => {
    await line.press("Control+l");
    for (const text of ["cat <<EOF | wc -l", "a", "EOF"]) {
      await line.pressSequentially(text);
      if (text !== "EOF") await line.press("Enter");
    }
    await expect(line).toHaveValue("cat <<EOF | wc -l\na\nEOF");
    await line.press("Enter");
    await expect(line).toHaveValue("");
    await expect(panel.locator("pre").last()).toHaveText("1\n");
    await run(line, "echo one\necho two");
    await expect(panel.locator(".said")).toHaveText(["$ cat <<EOF | wc -l\na\nEOF", "$ echo one", "$ echo two"]);
  });
  await test.step("what a program says beside its answer is in its place, and only an error is red", async () => {
    await line.press("Control+l");
    await run(line, "kubectl exec client -- curl -v http://kimho");
    await expect(panel.locator("pre")).toHaveText([/^\* Host kimho:80.*< HTTP\/1.1 200 OK\n< \n$/s, /^You've hit kimho-/, /left intact\n$/]);
    await expect(panel.locator(".stderr")).toHaveCount(0);
    await run(line, "kubectl scale deploy kimho --replicas=3; kubectl get deploy kimho --no-headers; kubectl get pod nope");
    await expect(panel.locator(".stderr")).toHaveText([/pods "nope" not found/]);
    await expect(panel).toContainText("3/3");
  });
  await test.step("curl flies as a packet, conntrack has it, and a change is an event", async () => {
    await line.press("Control+l");
    await run(line, "kubectl exec client -- curl -v http://kimho");
    await expect(panel).toContainText("Established connection to kimho");
    await expect(panel).toContainText("You've hit kimho-");
    await expect(page.getByLabel("From")).toHaveValue("pod/client");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    await run(line, "ssh node-1 conntrack -L");
    await expect(panel).toContainText("dport=80");
    await run(line, "kubectl scale deployment kimho --replicas=4");
    await expect(panel).toContainText("deployment.apps/kimho scaled");
    await page.locator("#events").click();
    await expect(page.locator(".log")).toContainText("Deployment kimho: 4 Pods");
    await run(line, "kubectl get deploy kimho");
    await expect(panel).toContainText("4/4");
  });
  await test.step("what is made and patched is written in the editor, and an open watch prints its rows", async () => {
    await line.press("Control+l");
    const editor = page.locator(".cm-content");
    await run(line, "kubectl get svc -w");
    await run(line, "kubectl expose deployment kimho --name=again --port=80 --target-port=8080");
    await expect(panel).toContainText("service/again exposed");
    await expect(panel.locator("pre").last()).toContainText("again");
    await run(line, "kubectl exec client -- curl -s http://again");
    await expect(panel.locator("pre").last()).toContainText("You've hit kimho-");
    await run(line, `kubectl patch svc kimho -p '{"spec": {"sessionAffinity": "ClientIP"}}'`);
    await expect(panel).toContainText("service/kimho patched");
    await expect(editor).toContainText("sessionAffinity: ClientIP");
    await line.press("Control+c");
    await expect(panel.locator(".said").last()).toHaveText("$ ^C");
  });
});

test("thousands of lines do not stop the page", async ({ page }) => {
  await open(page);
  const services = Array.from({ length: 300 }, (_, index) => `apiVersion: v1
kind: Service
metadata: {name: s${index}}
spec: {ports: [{port: 80}, {name: b, port: 81}]}`.replace("{port: 80}", "{name: a, port: 80}"));
  await paste(page, services.join("\n---\n"));
  await page.getByRole("tab", { name: "kubectl" }).click();
  const line = page.locator("#console-line");
  await run(line, "kubectl get svc -o yaml");
  await expect(page.locator(".console pre").nth(20)).toBeAttached({ timeout: 20_000 });
  const count = await page.locator(".console").evaluate((panel) => panel.textContent!.split("\n").length);
  expect(count).toBeGreaterThan(4_000);
  await line.fill("kubectl get ns");
  await line.press("Enter");
  await expect(page.locator(".console")).toContainText("kube-node-lease");
});

test("the console, wide and light, narrow and dark, and how programs answer @picture", async ({ page }) => {
  test.slow();
  const { line, panel } = await console_(page);
  for (const { width, theme } of LOOKS.filter(({ language }) => language === "en"))
    await test.step(`${width} wide, ${theme}`, async () => {
      await wear(page, { width, theme });
      await line.press("Control+l");
      await expect(panel).not.toContainText("You've hit");
      await expectAccessible(page);
      await picture(page, `console-empty-${width}-${theme}`);
      await run(line, "kubectl get svc,pods -o wide");
      await run(line, "kubectl exec client -- curl -v http://kimho");
      await expect(panel).toContainText("You've hit");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await picture(page, `console-${width}-${theme}`);
    });
  await test.step("each way to answer", async () => {
    await wear(page, { theme: "light" });
    for (const [text, answer] of LINES) {
      await run(line, text);
      await expect(panel.locator(".said").last(), text).toHaveText(`$ ${text}`);
      await expect(panel.locator("pre").last(), text).toBeVisible();
      await expect(panel, text).toContainText(answer);
    }
  });
});
