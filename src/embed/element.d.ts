// Types of the element `<kube-hop>`: docs/embedding.md explains each part.

/** A connection: the JSON of `kubehop trace --json`, whose schema is `docs/schema/trace.json`. */
export interface KubeHopTrace {
  hops: { device: string; reason: { id: string; text: string } }[];
  verdict: { id: string; text: string };
}

/** How a connection ended. */
export interface KubeHopVerdict {
  text: string;
  outcome: "answered" | "unknown" | "failed";
}

/** The element `<kube-hop>`. */
export interface KubeHopElement extends HTMLElement {
  /** The manifests; setting them shows others. */
  text: string;
  /** Starts the simulation, as a click on the play button does. */
  start(): Promise<void>;
  /** Opens a connection, with another caller or target if they are given. Starts the simulation if it does not run. */
  send(request?: { from?: string; to?: string }): Promise<void>;
  /** Shows a hop, from 1. */
  seek(hop: number): Promise<void>;
  /** Lets something happen to the cluster: `delete pod/web`, `down node/node-2`; what `kubehop trace --after` takes. */
  apply(event: string): Promise<void>;
}

export interface KubeHopEventMap {
  /** Another connection is shown. */
  "kubehop-trace": CustomEvent<KubeHopTrace>;
  /** The packet arrived, or was lost. */
  "kubehop-verdict": CustomEvent<KubeHopVerdict>;
  /** The element did something wrong: manifests that cannot be loaded, a message that was refused. */
  "kubehop-error": CustomEvent<string>;
}

declare global {
  interface HTMLElementTagNameMap {
    "kube-hop": KubeHopElement;
  }
  interface GlobalEventHandlersEventMap extends KubeHopEventMap {}
}
