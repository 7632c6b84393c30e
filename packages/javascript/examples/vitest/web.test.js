import { readFileSync } from "node:fs";

import { open } from "kubehop";
import { describe, expect, test } from "vitest";

const manifests = readFileSync(new URL("web.yaml", import.meta.url), "utf8");

describe.each(["iptables", "nftables"])("with kube-proxy in %s mode", (proxy) => {
  const simulation = open(manifests, { proxy });

  test("a cluster accepts the manifests, and nothing looks like a mistake", () => {
    expect(simulation.problems().problems.map((problem) => problem.statement.text)).toEqual([]);
  });

  test("the client reaches the Service on every endpoint", () => {
    const { expectations } = simulation.expect([
      { from: "pod/client", to: "http://web", expect: { "answered by": "deployment/web" } },
      { from: "pod/client", to: "http://web.other", expect: "no such name" },
    ]);
    expect(expectations.filter((one) => !one.met).map((one) => one.statement.text)).toEqual([]);
  });

  test("the policy keeps other namespaces out", () => {
    const outside = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n---\napiVersion: v1\nkind: Pod\n" +
      "metadata: {name: stranger, namespace: other}\nspec: {containers: [{name: stranger, image: curlimages/curl}]}\n";
    const trace = open(`${manifests}${outside}`, { proxy }).trace({ from: "pod/other/stranger", to: "http://web.default" });
    expect(trace.failed).toBe(true);
    expect(trace.hops.at(-1)?.reason.id).toContain("policy");
  });

  test("a pod that is not ready gets no connections", () => {
    const { shares } = simulation.count({ from: "pod/client", to: "http://web", connections: 100 });
    expect(shares.map((share) => share.count).reduce((sum, count) => sum + count)).toBe(100);
    const [first, second] = shares.map((share) => share.pod.replace("default/", "pod/"));
    const without = simulation.apply(`unready ${first}`);
    const { expectations } = without.expect([{ from: "pod/client", to: "http://web", expect: { "answered by": second } }]);
    expect(expectations[0].met).toBe(true);
  });
});
