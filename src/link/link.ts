// Links, files and addresses that a session is opened from, and the dialogs that make them. The page loads this module
// if its address holds something to open, and when somebody shares; `src/app/link_module.rs` is the other side.
//
// Everything in an address is untrusted: only the parameters below are read, and their values are checked.

import type { Host } from "../embed/bridge";
import { type Fault, LinkError, MOST_BYTES, pack, unpack } from "./format";
import { load, type Source, type SourceFault, sourceOf } from "./source";

export { savePng } from "./png";
export { share, type Sharing } from "./share";

declare global {
  interface Window {
    /** Where the files of this build are: index.html says so. */
    kubehop: { file(path: string): string; load(path: string): Promise<any> };
  }
}

/** What the page is to open. */
export interface Opened {
  /** The session's JSON, if the address holds one. */
  session?: string;
  /** Why it holds one that cannot be opened: the name of a label. */
  fault?: string;
  /** The hop to show, from 1. */
  hop: number;
  /** What of the page is shown in another one, each between spaces. */
  parts: string;
  /** Whether nothing may be changed there. */
  readonly: boolean;
  /** Manifests of another origin, which a person must allow first. */
  source?: Source;
  /** The page around this one. */
  host?: Host;
}

/** The parts that an embedded page can show. */
const PARTS = ["request", "verdict", "transport", "yaml"];

/** Opens what an address holds. In an embedded page, `act` carries out the requests of the page around it. */
export async function open(href: string, act: (line: string) => void): Promise<Opened> {
  const page = new URL(href);
  const parameters = new URLSearchParams(page.hash.slice(1));
  const wanted = parameters.get("parts")?.split(/[ ,+]+/) ?? PARTS.slice(0, 3);
  const opened: Opened = {
    hop: Math.trunc(Number(parameters.get("hop"))) || 0,
    parts: ` ${PARTS.filter((part) => wanted.includes(part)).join(" ")} `,
    readonly: parameters.has("readonly"),
  };
  try {
    opened.session = await unpack(parameters);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    opened.fault = error.fault satisfies Fault;
  }
  await addSource(opened, page, parameters);
  if (parameters.get("mode") === "embed") {
    const { connect } = await window.kubehop.load("embed.js");
    opened.host = connect(act) as Host;
    if (parameters.has("wait")) Object.assign(opened, await opened.host.first);
  }
  return opened;
}

/** Takes the manifests of `?src=` and the readable parameters: caller, target, view. */
async function addSource(opened: Opened, page: URL, parameters: URLSearchParams): Promise<void> {
  const source = sourceOf(page);
  if (typeof source === "string") opened.fault ??= source;
  else if (source?.isOwn) {
    const loaded = await load(source);
    if ("fault" in loaded) opened.fault ??= loaded.fault;
    else opened.session = withText(loaded.text, opened.session);
  } else opened.source = source;
  if (opened.session) opened.session = asked(opened.session, parameters);
}

/** A session's JSON with another text. */
function withText(text: string, session = "{}"): string {
  const { lesson: _, ...rest } = JSON.parse(session) as Record<string, unknown>;
  return JSON.stringify({ ...rest, text });
}

/** A session's JSON with the request and the view of a link's parameters. */
function asked(session: string, parameters: URLSearchParams): string {
  const [from, to, view] = ["from", "to", "view"].map((name) => parameters.get(name));
  if (from == null && to == null && view == null) return session;
  const before = JSON.parse(session) as { asked?: object };
  const request = { from: from ?? "client", to: to ?? "", by_hand: to !== null };
  return JSON.stringify({ ...before, ...(from != null || to != null ? { asked: request } : {}), ...(view ? { view } : {}) });
}

/** Loads the manifests that a person allowed: a session's JSON, or the name of the label with the reason of a failure. */
export async function allow(source: Source): Promise<{ session: string } | { fault: SourceFault }> {
  const loaded = await load(source);
  return "fault" in loaded ? loaded : { session: asked(withText(loaded.text), new URLSearchParams(location.hash.slice(1))) };
}

/** Where manifests are loaded from, for a person to judge. */
export const hostOf = (source: Source): string => source.address.host;

/** Makes a link to the page with the session, for people who want to open it outside of the frame. */
export async function aim(link: HTMLAnchorElement, session: string): Promise<void> {
  link.href = `${link.href.split("#")[0]}#${await pack(session)}`;
}

/** How a file that holds a state begins; the version follows. */
const FILE = '{"kubehop":';

/** Lets a person choose files; manifests of several are joined. `undefined` if nothing was chosen. */
export function choose(): Promise<string | undefined> {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  return new Promise((resolve) => {
    input.addEventListener("cancel", () => resolve(undefined));
    input.addEventListener("change", async () => {
      const files = [...(input.files ?? [])].filter(({ size }) => size <= MOST_BYTES);
      const texts = await Promise.all(files.map((file) => file.text()));
      resolve(texts.length > 0 ? join(texts) : undefined);
    });
    input.click();
  });
}

function join(texts: string[]): string {
  return texts.find((text) => text.startsWith(FILE)) ?? texts.map((text) => text.replace(/\n*$/, "\n")).join("---\n");
}
