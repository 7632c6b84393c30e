// The same text, request and chance give the same bytes in the browser, where the engine is WebAssembly, as in the text
// tool: traces, rules and problems, taken from the page as a person takes them.

import type { Page } from "@playwright/test";

import { ALL_LOOKS, expect, test, track } from "./page";
import { manifest, run } from "./tool";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

interface Case {
  file: string;
  from: string;
  to: string;
  /** Which connection of the request; each draws lots of its own. */
  connection?: number;
  dual?: boolean;
}

const CASES: Case[] = [
  { file: "static/lessons/multi-port.yaml", from: "node/node-1", to: "http://10.108.63.20" },
  { file: "static/lessons/node-port.yaml", from: "client", to: "http://192.168.0.12:30123", connection: 3 },
  { file: "tests/traces/load-balancers.yaml", from: "client", to: "http://198.51.100.88" },
  { file: "tests/traces/names.yaml", from: "pod/client", to: "tcp://db.data:5432" },
  { file: "tests/traces/ingress.yaml", from: "client", to: "http://shop.example.com/app" },
  { file: "tests/traces/no-endpoints.yaml", from: "pod/client", to: "http://unready", connection: 2 },
  { file: "tests/kernel/scenarios/five-endpoints.yaml", from: "pod/client", to: "tcp://web:80", connection: 5 },
  { file: "tests/kernel/scenarios/dual-stack.yaml", from: "pod/client", to: "http://[fd00:10:96::ecbd]", connection: 1, dual: true },
  { file: "tests/kernel/scenarios/dual-stack.yaml", from: "pod/client", to: "tcp://[fd00:10:96::fdc2]:80", dual: true },
  { file: "tests/kernel/scenarios/dual-stack.yaml", from: "node/node-2", to: "http://[fd00:c0a8::b]:30080", connection: 1, dual: true },
];

const RANGES = { podCidrs: ["10.244.0.0/16", "fd00:10:244::/56"], serviceCidrs: ["10.96.0.0/12", "fd00:10:96::/112"] };

/** Opens the page by a link that holds the case. */
async function link(page: Page, { file, from, to, dual }: Case, mode: string): Promise<void> {
  const config = { proxy: { mode }, ...(dual ? RANGES : {}) };
  const saved = { text: manifest(file), asked: { from, to, by_hand: true }, config };
  // Another address of the same page would only be another part of it.
  await page.goto("./kube-hop.js");
  await page.goto(`./#s=${Buffer.from(JSON.stringify(saved)).toString("base64url")}`);
  await expect(page.locator(".cm-content")).toBeVisible();
}

/** What a button leaves on the clipboard. */
async function copied(page: Page, press: () => Promise<void>): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  await press();
  await expect.poll(read).not.toBe("nothing yet");
  return read();
}

/** The modes of kube-proxy take turns over the cases; the first case has both. */
const modesOf = (index: number) => (ALL_LOOKS || index === 0 ? ["iptables", "nftables"] : [index % 2 ? "iptables" : "nftables"]);

test("traces and rules have the same bytes as the text tool's", async ({ page }) => {
  test.setTimeout(600_000);
  for (const [index, one] of CASES.entries())
    for (const mode of modesOf(index)) {
      const { file, from, to, connection = 0, dual = false } = one;
      await test.step(`${from} → ${to}, connection ${connection}, ${file} [${mode}]`, async () => {
        const cluster = ["--proxy", mode];
        if (dual) cluster.push("--pod-cidr", RANGES.podCidrs.join(), "--service-cidr", RANGES.serviceCidrs.join());
        await link(page, one, mode);
        for (let sent = 0; connection > 0 && sent <= connection; sent++) {
          await page.getByRole("button", { name: "Send ▸" }).click();
          await track(page).press("End");
        }

        const request = ["--from", from, "--to", to, "--connection", String(connection)];
        const button = (name: string) => () => page.getByRole("button", { name, exact: true }).click();
        const trace = await copied(page, button("Copy trace as text"));
        expect(trace).toBe(run("trace", file, ...cluster, ...request));
        const json = await copied(page, button("Copy trace as JSON"));
        expect(`${json}\n`).toBe(run("trace", file, ...cluster, ...request, "--json"));

        await page.getByRole("tab", { name: "Rules" }).click();
        const family = to.includes("[") ? ["--ipv6"] : [];
        const rules = page.getByRole("tabpanel", { name: "Rules" });
        const options = page.getByLabel("Node", { exact: true }).locator("option");
        await expect(options).not.toHaveCount(0);
        const nodes = await options.allTextContents();
        // Every node of the first case; of the others one, another one each time.
        for (const node of index === 0 ? nodes : [nodes[index % nodes.length]!]) {
          await page.getByLabel("Node", { exact: true }).selectOption(node);
          const expected = run("rules", file, ...cluster, "--node", node, ...family);
          // What is copied is what is shown: the rules of the node before, until those of the chosen one have come.
          const copy = async () => `${await copied(page, () => rules.getByRole("button", { name: "Copy" }).click())}\n`;
          await expect.poll(copy).toBe(expected);
        }
      });
    }
});

test("problems are said as the text tool says them", async ({ page }) => {
  test.slow();
  for (const file of [
    "static/lessons/broken-selector.yaml",
    "tests/traces/text-tool.yaml",
    "tests/kernel/scenarios/target-not-listening.yaml",
  ])
    await test.step(file, async () => {
      await link(page, { file, from: "client", to: "http://web" }, "iptables");
      const expected = run("check", file).replaceAll(`${file}:`, "");
      const copy = page.getByRole("button", { name: "Copy problems as text" });
      if (expected === "") {
        await expect(copy).toHaveCount(0);
      } else {
        expect(await copied(page, () => copy.click())).toBe(expected);
      }
    });
});
