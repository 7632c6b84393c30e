// The embedded page's end of the messages: loaded by `src/link/link.ts` in a frame, it passes requests of the page around
// on to `src/app/embed.rs`, a line each, and reports back.
//
// The page around is untrusted. Messages are accepted from the parent of this frame only, and after its first message
// only from that origin; everything but numbers is sent to that origin alone. Messages beyond a rate that would occupy
// the page are refused unread.

import { type Command, commandOf, type Outcome, PROTOCOL, type Refusal, type Report } from "./protocol";

/** The page around this one, as an interface for the program. */
export interface Host {
  /** What is to be shown first, once the page around has sent it. */
  first: Promise<First>;
  /** Reports another connection: the trace as `kubehop trace --json` prints it. */
  trace(json: string): void;
  /** Reports that the packet arrived. */
  verdict(text: string, outcome: Outcome): void;
}

/** What is to be shown first. */
export interface First {
  /** The session's JSON. */
  session: string;
  /** The hop to show, from 1; 0 for none. */
  hop: number;
}

/** How many messages may come at once, and in a second. */
const BURST = 30;

/** Begins to listen; `act` carries out a line: `send`, `seek 3`, `apply delete pod/web`. */
export function connect(act: (line: string) => void): Host {
  let origin: string | undefined;
  let opened: ((first: First) => void) | undefined;
  const first = new Promise<First>((resolve) => {
    opened = resolve;
  });
  const post = (report: Report) => {
    const isPublic = report.type === "ready" || report.type === "size";
    const target = isPublic ? "*" : origin;
    if (target && window.parent !== window) window.parent.postMessage({ kubehop: PROTOCOL, ...report }, target);
  };
  const follow = (command: Command) => {
    if (command.type === "focus") return focus();
    if (command.type === "open" && opened) {
      opened({ session: sessionOf(command), hop: command.hop ?? 0 });
      opened = undefined;
      return;
    }
    for (const line of linesOf(command)) act(line);
  };
  const allowance = bucket();
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.source === window) return;
    if (origin !== undefined && event.origin !== origin) return;
    if (!allowance.take()) return allowance.refuse(() => post({ type: "refused", why: "rate" satisfies Refusal }));
    const command = commandOf(event.data);
    // Other messages of a page to its frames are not ours to answer.
    if (!command && event.data?.kubehop === undefined) return;
    origin ??= event.origin;
    if (command) follow(command);
    else post({ type: "refused", why: "shape" });
  });
  window.addEventListener("keydown", (event) => {
    const isEditing = (event.target as Element).closest?.(".cm-editor");
    if (event.key === "Escape" && !event.defaultPrevented && !isEditing) post({ type: "leave" });
  });
  watchHeight((height) => post({ type: "size", height }));
  post({ type: "ready" });
  let traced = "";
  return {
    first,
    trace(json) {
      if (json === traced) return;
      traced = json;
      post({ type: "trace", trace: JSON.parse(json) });
    },
    verdict: (text, outcome) => post({ type: "verdict", text, outcome }),
  };
}

/** Limits the rate of messages, and reports now and then that some were refused. */
function bucket() {
  let left = BURST;
  let filled = performance.now();
  let isToldAt = -Infinity;
  return {
    take(): boolean {
      const now = performance.now();
      left = Math.min(BURST, left + ((now - filled) / 1000) * BURST);
      filled = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    refuse(tell: () => void): void {
      if (filled - isToldAt < 1000) return;
      isToldAt = filled;
      tell();
    },
  };
}

/** What an `open` shows, as a session's JSON. */
function sessionOf({ text, from, to, view }: Extract<Command, { type: "open" }>): string {
  const asked = { from: from ?? "client", to: to ?? "", by_hand: to !== undefined };
  return JSON.stringify({ text, asked, ...(view ? { view } : {}) });
}

function linesOf(command: Exclude<Command, { type: "focus" }>): string[] {
  const request = "from" in command || "to" in command;
  switch (command.type) {
    case "open":
      return [`open ${sessionOf(command)}`, ...(command.hop ? [`seek ${command.hop}`] : [])];
    case "send":
      return [
        ...(request && command.from !== undefined ? [`from ${command.from}`] : []),
        ...(request && command.to !== undefined ? [`to ${command.to}`] : []),
        "send",
      ];
    case "seek":
      return [`seek ${command.hop}`];
    case "apply":
      return [`apply ${command.event}`];
    case "look": {
      const { theme, language, view } = command;
      const lines = [theme && `theme ${theme}`, language && `language ${language}`, view && `view ${view}`];
      return lines.filter((line) => line !== undefined);
    }
  }
}

/** Puts the keyboard on the play button, or where it would be; as soon as it is there, unless the person was quicker. */
function focus(attempts = 200): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  const target = document.querySelector<HTMLElement>("#play:not(:disabled)") ?? document.getElementById("open-in-kubehop");
  const isLast = attempts === 0 || document.getElementById("play") === null;
  if (target && (target.id === "play" || isLast)) target.focus();
  else if (attempts > 0) setTimeout(() => focus(attempts - 1), 50);
}

/** The height at which the picture is drawn as large as it was laid out: everything beside it, and the picture. */
function watchHeight(changed: (height: number) => void): void {
  let last = 0;
  const measure = () => {
    const stage = document.querySelector<HTMLElement>(".embedded");
    const picture = stage?.querySelector<HTMLElement>(".picture");
    const size = picture?.querySelector<SVGElement>("[data-size]")?.dataset["size"]?.split("x");
    if (!stage || !picture || !size) return;
    const beside = [...stage.children].filter((child) => child !== picture) as HTMLElement[];
    const height = Math.ceil(beside.reduce((sum, { offsetHeight }) => sum + offsetHeight, Number(size[1])) + 2);
    if (height === last || !Number.isFinite(height)) return;
    last = height;
    changed(height);
  };
  let isAsked = false;
  const soon = () => {
    if (isAsked) return;
    isAsked = true;
    setTimeout(() => {
      isAsked = false;
      measure();
    }, 50);
  };
  new MutationObserver(soon).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-size"],
  });
  new ResizeObserver(soon).observe(document.body);
}
