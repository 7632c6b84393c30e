// `<kube-hop>`: manifests in a page that can be played. A page loads only this script until a person plays; then a frame
// of the program beside this script does the rest, and the two exchange the messages of `protocol.ts`.
//
// What the page wrote stays where it is and readable: the element shows it, with a button, until the frame is there.
// Attributes, manifests and messages are untrusted: they become texts and parameters of the frame's address, never HTML.

import { pack } from "../link/format";
import type { KubeHopElement, KubeHopTrace } from "./element.d.ts";
import { type Command, type Language, MOST_TEXT, PROTOCOL, reportOf, type Theme, type View } from "./protocol";

/** Where this script is, and so the program. */
const SCRIPT =
  (document.currentScript as HTMLScriptElement | null)?.src ??
  document.querySelector<HTMLScriptElement>('script[src*="kube-hop.js"]')?.src ??
  document.baseURI;

/** The frame's height until it reports the one it needs, and the limits of the latter. */
const HEIGHT = { first: 420, least: 200, most: 900 };

const WORDS = {
  en: { play: "Play the trace", open: "Open in kubehop", title: "kubehop: a packet's path", fault: "The manifests cannot be loaded." },
  ko: { play: "경로 재생", open: "kubehop에서 열기", title: "kubehop: 패킷의 경로", fault: "매니페스트를 불러올 수 없습니다." },
};

const STYLE = `
:host { display: block; position: relative; font: 13px/1.45 system-ui, sans-serif; border: 1px solid #cdd4dc; border-radius: 8px; overflow: hidden; color: #182230; background: #f5f6f8; }
:host([hidden]) { display: none; }
:host(.dark) { border-color: #34435a; color: #e4eaf2; background: #0e131a; }
iframe { display: block; width: 100%; border: 0; }
.still { position: relative; max-height: 420px; overflow: auto; }
.still ::slotted(pre) { margin: 0; padding: 12px 14px; font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; white-space: pre; overflow: visible; background: none; color: inherit; }
img { display: block; width: 100%; height: auto; cursor: pointer; }
.bar { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; justify-content: space-between; padding: 8px 14px; border-top: 1px solid #e1e5ea; background: #fff; }
:host(.dark) .bar { border-color: #243040; background: #151c25; }
button { font: inherit; font-weight: 600; color: #fff; background: #245fd6; border: 0; border-radius: 6px; min-height: 32px; padding: 0 14px; cursor: pointer; }
:host(.dark) button { color: #0b1220; background: #82aeff; }
a { color: #245fd6; } :host(.dark) a { color: #82aeff; }
.fault { color: #b3262f; margin: 0; } :host(.dark) .fault { color: #ff8e94; }
:focus-visible { outline: 2px solid #2f6fed; outline-offset: 1px; }
[hidden] { display: none; }`;

type Waiting = { resolve(): void; reject(error: Error): void; command: Command };

class KubeHop extends HTMLElement implements KubeHopElement {
  static observedAttributes = ["from", "to", "view", "hop", "language", "theme", "readonly", "parts", "src", "poster"];

  #root = this.attachShadow({ mode: "open" });
  #frame: HTMLIFrameElement | undefined;
  #isReady = false;
  #waiting: Waiting[] = [];
  #text: string | undefined;
  #watch = new AbortController();
  #observers: { disconnect(): void }[] = [];
  #look = "";

  connectedCallback(): void {
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    addEventListener("message", (event) => this.#hear(event), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#dress(), { signal });
    const themes = new MutationObserver(() => this.#dress());
    for (const root of [document.documentElement, document.body]) themes.observe(root, { attributes: true });
    this.#observers = [themes];
    this.#drawStill();
    this.#dress();
    if (this.getAttribute("loading") === "eager") this.#begin();
    if (this.getAttribute("loading") === "lazy") {
      const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#begin());
      seen.observe(this);
      this.#observers.push(seen);
    }
  }

  disconnectedCallback(): void {
    this.#watch.abort();
    for (const observer of this.#observers) observer.disconnect();
    this.#stop();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after) return;
    if (name === "theme" || name === "language") this.#dress();
    if (!this.#frame) return this.#drawStill();
    if (name === "hop") void this.#post({ type: "seek", hop: this.#hop() ?? 1 });
    else if (name === "view") void this.#post({ type: "look", view: this.#view() });
    else if (name === "from" || name === "to") void this.#open();
    else if (name === "parts" || name === "readonly" || name === "src") {
      this.#text = undefined;
      this.#stop();
      this.#begin();
    }
  }

  get text(): string {
    const written = this.querySelector("pre, textarea, script") ?? this;
    return this.#text ?? (written.textContent ?? "").replace(/^\n/, "");
  }

  set text(text: string) {
    this.#text = String(text);
    if (this.#frame) void this.#open();
  }

  async start(): Promise<void> {
    if (this.#frame) return;
    const hadKeyboard = this.#root.activeElement !== null;
    const parameters = new URLSearchParams({ mode: "embed", wait: "", theme: this.#theme() });
    const language = this.#language();
    if (language) parameters.set("lang", language);
    const parts = this.getAttribute("parts");
    if (parts !== null) parameters.set("parts", parts.trim().replace(/\s+/g, ","));
    if (this.hasAttribute("readonly")) parameters.set("readonly", "");
    const frame = document.createElement("iframe");
    frame.title = this.#words().title;
    frame.allow = "clipboard-write";
    frame.setAttribute("part", "frame");
    if (!this.hasAttribute("height")) frame.style.height = `${HEIGHT.first}px`;
    frame.src = `${this.#program()}#${parameters}`;
    this.#frame = frame;
    // Behind the frame, where the keyboard goes that leaves it.
    const end = document.createElement("span");
    end.tabIndex = -1;
    end.addEventListener("blur", () => (end.tabIndex = -1));
    this.#root.replaceChildren(frame, end);
    const isOpen = this.#open(true);
    if (hadKeyboard) {
      frame.focus();
      void this.#post({ type: "focus" });
    }
    await isOpen;
    if (this.getAttribute("loading") !== "eager" && this.getAttribute("loading") !== "lazy") await this.#post({ type: "send" });
  }

  async send(request: { from?: string; to?: string } = {}): Promise<void> {
    await this.#started();
    await this.#post({ type: "send", ...request });
  }

  async seek(hop: number): Promise<void> {
    await this.#started();
    await this.#post({ type: "seek", hop });
  }

  async apply(event: string): Promise<void> {
    await this.#started();
    await this.#post({ type: "apply", event });
  }

  /** Starts for a person; the element itself shows what went wrong. */
  #begin(): void {
    void this.start().catch(() => {});
  }

  #started(): Promise<void> | undefined {
    if (this.#frame) return undefined;
    return this.start();
  }

  #stop(): void {
    this.#frame?.remove();
    this.#frame = undefined;
    this.#isReady = false;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("kube-hop was taken away"));
  }

  /** Shows the manifests and the request of the element in the frame. */
  async #open(isFirst = false): Promise<void> {
    const text = await this.#manifests();
    const [from, to] = ["from", "to"].map((name) => this.getAttribute(name) ?? undefined);
    const command: Command = { type: "open", text, from, to, view: this.#view(), hop: this.#hop() };
    await this.#post(command, isFirst);
  }

  async #manifests(): Promise<string> {
    const source = this.getAttribute("src");
    if (source === null || this.#text !== undefined) return this.text.slice(0, MOST_TEXT);
    try {
      const address = new URL(source, document.baseURI);
      if (!/^https?:$/.test(address.protocol)) throw new Error(address.protocol);
      const response = await fetch(address);
      if (!response.ok) throw new Error(String(response.status));
      return (await response.text()).slice(0, MOST_TEXT);
    } catch (error) {
      const fault = this.#words().fault;
      this.#tell("kubehop-error", `${fault} ${error instanceof Error ? error.message : ""}`);
      this.#stop();
      this.#drawStill(fault);
      throw new Error(fault);
    }
  }

  /** Sends a message once the frame listens; the first one goes before those that wait. */
  #post(command: Command, isFirst = false): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { command, resolve, reject };
      if (isFirst) this.#waiting.unshift(waiting);
      else this.#waiting.push(waiting);
      this.#deliver();
    });
  }

  #deliver(): void {
    if (!this.#isReady || !this.#frame?.contentWindow) return;
    // The frame has nothing to send, seek or look at before it was opened.
    for (const { command, resolve } of this.#waiting.splice(0)) {
      this.#frame.contentWindow.postMessage({ kubehop: PROTOCOL, ...command }, new URL(this.#program()).origin);
      resolve();
    }
  }

  #hear(event: MessageEvent): void {
    if (!this.#frame || event.source !== this.#frame.contentWindow) return;
    if (event.origin !== new URL(this.#program()).origin) return;
    const report = reportOf(event.data);
    switch (report?.type) {
      case "ready":
        this.#isReady = true;
        this.#deliver();
        break;
      case "size":
        if (!this.hasAttribute("height")) {
          this.#frame.style.height = `${Math.min(HEIGHT.most, Math.max(HEIGHT.least, report.height))}px`;
        }
        break;
      case "trace":
        this.#tell("kubehop-trace", report.trace as KubeHopTrace);
        break;
      case "verdict":
        this.#tell("kubehop-verdict", { text: report.text, outcome: report.outcome });
        break;
      case "refused":
        this.#tell("kubehop-error", report.why);
        break;
      case "leave":
        this.#leave();
        break;
      case undefined:
    }
  }

  /** Moves the focus behind the frame. Chromium moves on from there only if that place can be reached with Tab itself. */
  #leave(): void {
    const end = this.#root.querySelector("span");
    if (!end) return;
    end.tabIndex = 0;
    end.focus();
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** What is there until somebody plays: the poster, else the manifests as the page wrote them. */
  #drawStill(fault?: string): void {
    const words = this.#words();
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [style];
    const still = document.createElement("div");
    still.className = "still";
    const poster = this.getAttribute("poster");
    if (poster === null) still.append(document.createElement("slot"));
    else {
      const picture = Object.assign(document.createElement("img"), { src: poster, alt: this.getAttribute("label") ?? words.title });
      picture.addEventListener("click", () => this.#begin());
      still.append(picture);
    }
    const bar = document.createElement("div");
    bar.className = "bar";
    const play = Object.assign(document.createElement("button"), { textContent: `▶ ${words.play}` });
    play.addEventListener("click", () => this.#begin());
    const link = Object.assign(document.createElement("a"), { textContent: `${words.open} ↗`, target: "_blank", rel: "noopener" });
    link.href = this.#program();
    for (const name of ["pointerenter", "focus", "touchstart"]) {
      link.addEventListener(name, () => void this.#address().then((address) => (link.href = address)), { passive: true });
    }
    bar.append(play, link);
    if (fault) bar.prepend(Object.assign(document.createElement("p"), { className: "fault", role: "alert", textContent: fault }));
    this.#root.replaceChildren(still, bar);
  }

  /** The address of the page that shows what the element shows. */
  async #address(): Promise<string> {
    const [from, to] = ["from", "to"].map((name) => this.getAttribute(name));
    const asked = { from: from ?? "client", to: to ?? "", by_hand: to !== null };
    return `${this.#program()}#${await pack(JSON.stringify({ text: await this.#manifests(), asked, view: this.#view() }))}`;
  }

  /** Takes theme and language over from the page, now and whenever they change. */
  #dress(): void {
    const [theme, language] = [this.#theme(), this.#language()];
    this.classList.toggle("dark", theme === "dark");
    const look = `${theme} ${language}`;
    if (look === this.#look) return;
    this.#look = look;
    if (this.#frame) void this.#post({ type: "look", theme, language }).catch(() => {});
    else this.#drawStill();
  }

  #theme(): Theme {
    const chosen = this.getAttribute("theme");
    if (chosen === "light" || chosen === "dark") return chosen;
    for (let place: Element | null = this.parentElement; place; place = place.parentElement) {
      const [red = 0, green = 0, blue = 0, opacity = 1] = getComputedStyle(place).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
      if (opacity > 0.5) return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
    }
    const scheme = getComputedStyle(this).colorScheme;
    const isDark = /dark/.test(scheme) && (!/light/.test(scheme) || matchMedia("(prefers-color-scheme: dark)").matches);
    return isDark ? "dark" : "light";
  }

  #language(): Language | undefined {
    const chosen = this.getAttribute("language") ?? this.closest<HTMLElement>("[lang]")?.lang ?? "";
    const code = chosen.slice(0, 2).toLowerCase();
    return code === "en" || code === "ko" ? code : undefined;
  }

  #words() {
    return WORDS[this.#language() ?? "en"];
  }

  #view(): View | undefined {
    const view = this.getAttribute("view");
    return view === "concept" || view === "network" ? view : undefined;
  }

  #hop(): number | undefined {
    const hop = Number(this.getAttribute("hop"));
    return Number.isInteger(hop) && hop > 0 ? hop : undefined;
  }

  /** The address of the program: beside this script, unless the element names another. */
  #program(): string {
    const named = this.getAttribute("program");
    const address = new URL(named ?? ".", named === null ? SCRIPT : document.baseURI);
    return /^https?:$/.test(address.protocol) ? address.href : new URL(".", SCRIPT).href;
  }
}

if (!customElements.get("kube-hop")) customElements.define("kube-hop", KubeHop);
