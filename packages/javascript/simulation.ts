/// <reference lib="esnext.disposable" preserve="true" />

// The front door for JavaScript: manifests opened as a simulated cluster, and what can be asked of it. The questions go
// to the engine (`engine.rs`) as JSON; the types of its answers are written from docs/schema by `build.mjs`.

import type {
  BothAnswer,
  ConsoleAnswer,
  CountAnswer,
  EndpointsAnswer,
  ExpectationsAnswer,
  LookupAnswer,
  MatrixAnswer,
  OutcomesAnswer,
  ProblemsAnswer,
  RulesAnswer,
  Statement,
  TraceAnswer,
} from "./answers.js";
import { Engine } from "./engine.js";

export type * from "./answers.js";

/** The cluster that manifests are put into: the options of the text tool. */
export interface Options {
  /** kube-proxy's mode; `iptables` without it. */
  proxy?: "iptables" | "nftables";
  /** How many nodes there are if the manifests name none, from 0 to 255; 3 without it. */
  nodes?: number;
  /** Where pods get their addresses from: one range a family, the primary family's first. */
  podCidr?: string[];
  /** Where Services get their addresses from, likewise. */
  serviceCidr?: string[];
  /** What gives LoadBalancer Services their addresses; `auto`, without it, is what the manifests show, else a cloud. */
  loadBalancer?: "auto" | "cloud" | "metallb" | "servicelb" | "none";
  /** What enforces NetworkPolicies; `api`, without it, is what the API documents. */
  networkPlugin?: "api" | "calico" | "cilium" | "kube-router" | "antrea" | "none";
  /** What happens then, in this order: `unready pod/web`, `down node/node-1`, whatever `kubehop trace --after` takes. */
  after?: string[];
  /** The language of sentences; `en` without it. */
  language?: "en" | "ko";
}

/** Who calls what. */
export interface Request {
  /** `pod/NAME`, `pod/NAMESPACE/NAME`, `node/NAME`, `client` (a machine outside, without it) or an IP address. */
  from?: string;
  /** `http://web`, `https://10.96.0.1`, `udp://10.96.0.10:53`, `web:80`; `-H 'Host: shop.example.com'` behind it. */
  to: string;
  /** Decides wherever rules or clients choose by chance; 0 without it. */
  seed?: number;
}

/** One connection. */
export interface Connection extends Request {
  /** The number of the connection, from 0: each makes its own random choices. */
  connection?: number;
}

/** A picture of the cluster, and of a connection if `to` is there. */
export interface Picture extends Partial<Connection> {
  /** `network`, without it: nodes and kube-proxy; `concept`: Service, EndpointSlice and pods. */
  view?: "network" | "concept";
  /** Laid out for a large screen or for a phone. */
  width?: "wide" | "narrow";
  theme?: "light" | "dark";
  /** The hop the packet is at, from 1; the last one without it. */
  hop?: number;
  /** Draws the whole trace, animated without a script. */
  animate?: boolean;
}

/** Why there is no answer: a caller that does not exist, an option that is misspelled, a simulation that was freed. */
export class KubehopError extends Error {
  override readonly name = "KubehopError";
  /** What is wrong as id, arguments and sentences, if it is about the cluster. */
  readonly statement: Statement | undefined;
  /** What is wrong with expectations, at their lines and columns. */
  readonly problems: ProblemsAnswer["problems"] | undefined;

  constructor(message: string, more: { statement?: Statement; problems?: ProblemsAnswer; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.statement = more.statement;
    this.problems = more.problems?.problems;
  }
}

/**
 * A simulated cluster. It holds memory of the engine until it is garbage collected, or until `free`; with
 * `using simulation = open(…)` it is freed at the end of the block.
 */
export class Simulation {
  #engine: Engine | undefined;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Reads manifests and runs the API server, the controllers and kube-proxy over them. What is wrong with the manifests
   * throws nothing: it is in `problems()`.
   */
  static open(manifests: string, options: Options = {}): Simulation {
    const text = textOf("manifests", manifests);
    return new Simulation(run(() => Engine.open(text, JSON.stringify(options))));
  }

  /** The cluster after an event, as `unready pod/web`. This one stays as it is. */
  apply(event: string): Simulation {
    return new Simulation(run(() => this.#open().after(textOf("event", event))));
  }

  /** What kubectl and the API server reject or warn about, and what is legal but most likely not meant. */
  problems(): ProblemsAnswer {
    return this.#ask("problems");
  }

  /** Follows one connection, hop by hop. */
  trace(connection: Connection): TraceAnswer {
    return this.#ask("trace", connection);
  }

  /** Every endpoint that a connection could be sent to, how likely each is, and what happens there. */
  explain(request: Request): OutcomesAnswer {
    return this.#ask("explain", request);
  }

  /** Opens many connections, a second apart, and counts where they went. At most 100 000. */
  count(request: Request & { connections: number }): CountAnswer {
    return this.#ask("count", request);
  }

  /** One connection as text: for terminals, as Markdown, or as a Mermaid sequence diagram. */
  report(form: "text" | "markdown" | "mermaid", connection: Connection): string {
    return this.#ask("report", { ...connection, form });
  }

  /** The rules of a node (without a name: of the first one), as the node's own tool prints them. */
  rules(node?: string, options: { ipv6?: boolean } = {}): RulesAnswer {
    return this.#ask("rules", { ...options, node });
  }

  /** What a line of the console prints: `kubectl get svc -o wide`, `kubectl exec web -- env`. It changes nothing. */
  console(line: string): ConsoleAnswer {
    return this.#ask("console", { line: textOf("line", line) });
  }

  /**
   * Judges expectations: the text of a file of them, or its list. One that has mistakes is an error with `problems`;
   * what does not hold is in the answer.
   */
  expect(expectations: string | readonly object[]): ExpectationsAnswer {
    // JSON is YAML.
    const text = typeof expectations === "string" ? expectations : JSON.stringify(expectations);
    return this.#ask("expect", { expectations: textOf("expectations", text) });
  }

  /** The EndpointSlices. */
  endpoints(): EndpointsAnswer {
    return this.#ask("endpoints");
  }

  /** Resolves a name as the caller's resolver does. */
  lookup(from: string, name: string): LookupAnswer {
    return this.#ask("lookup", { from: textOf("from", from), name: textOf("name", name) });
  }

  /** Who reaches what, in some namespaces; without them, in all but the cluster's own. */
  matrix(namespaces?: readonly string[]): MatrixAnswer {
    return this.#ask("matrix", { namespaces });
  }

  /** The manifests of the Gateways and routes that do what the Ingresses do; `null` without an Ingress. */
  gateway(options: { class?: string } = {}): string | null {
    return this.#ask("gateway", options);
  }

  /** The same request through Ingress and Gateway; `null` if its host is not served by both. */
  throughBoth(request: Request): BothAnswer | null {
    return this.#ask("both", request);
  }

  /** Who can call, the likeliest first. */
  callers(): string[] {
    return this.#ask("callers");
  }

  /** What can be called, the likeliest first. */
  targets(): string[] {
    return this.#ask("targets");
  }

  /** The names of the nodes. */
  nodes(): string[] {
    return this.#ask("nodes");
  }

  /** Draws the cluster, and a connection through it, as an SVG file that needs no other. */
  svg(picture: Picture = {}): string {
    return this.#ask("svg", picture);
  }

  /** Gives the memory back. What is asked afterwards is an error; freeing twice is none. */
  free(): void {
    this.#engine?.free();
    this.#engine = undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #ask<Answer>(ask: string, more: object = {}): Answer {
    const question = JSON.stringify({ [ask]: more });
    return JSON.parse(run(() => this.#open().ask(question))) as Answer;
  }

  #open(): Engine {
    if (!this.#engine) throw new KubehopError("the simulation was freed");
    return this.#engine;
  }
}

/** The same as `Simulation.open`. */
export const open = Simulation.open;

function textOf(name: string, value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`${name}: expected a string`);
  return value;
}

/** What the engine throws is the JSON of a failure. */
function run<Answer>(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw new KubehopError("the engine stopped", { cause: error });
    if (typeof error !== "string") throw error;
    const { message, ...more } = JSON.parse(error) as { message: string; statement?: Statement; problems?: ProblemsAnswer };
    throw new KubehopError(message, more);
  }
}
