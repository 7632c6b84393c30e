// What the dialogs "Share" and "Embed" hold: a link or a piece of HTML, made anew whenever a choice changes.

import { LONG, LONGEST, pack } from "./format";

/** What the page passes to a dialog. */
export interface Sharing {
  /** The session's JSON. */
  session: string;
  /** The manifests, which the JSON of an example does not have. */
  text: string;
  /** The page's address without what a link adds. */
  address: string;
  /** The language of the page. */
  language: string;
  /** A word of the catalogue. */
  word(name: string): string;
  /** Called with the text that was copied. */
  copied(): void;
}

/** A choice in a dialog: what adds `parameter` to the link while it is on. */
interface Choice {
  label: string;
  parameter: string;
}

/** Fills a dialog: with a link, or with the HTML that shows the session in another page. */
export function share(place: HTMLElement, isEmbed: boolean, sharing: Sharing): void {
  const { word } = sharing;
  const text = element("textarea", { id: "dialog-first", readOnly: true });
  text.setAttribute("aria-label", word(isEmbed ? "embed" : "share"));
  const remark = element("p", { className: "dim" });
  remark.setAttribute("role", "status");
  const copy = element("button", { className: "pri", textContent: word("copy") });
  copy.addEventListener("click", () => void navigator.clipboard.writeText(text.value).then(() => text.isConnected && sharing.copied()));
  const file = element("button", { textContent: word("link-save-file") });
  file.addEventListener("click", () => save(sharing.session));
  const rows = element("div", { className: "choices" });
  const link = new LinkText(sharing, isEmbed, text, remark, copy);
  if (isEmbed) {
    rows.append(chooser(word("link-form"), [["element", "<kube-hop>"], ["iframe", "<iframe>"]], (form) => link.choose(form)));
  }
  for (const choice of isEmbed ? EMBED : SHARE) rows.append(checkbox(word(choice.label), (isOn) => link.set(choice, isOn)));
  const ends = element("div", { className: "ends" });
  ends.append(file, copy);
  const isNew = place.childElementCount === 0;
  place.replaceChildren(rows, text, remark, ends);
  // The dialog was opened before its text was there.
  if (isNew) text.focus();
  void link.write();
}

const SHARE: Choice[] = [{ label: "link-view-only", parameter: "mode=view" }];
const EMBED: Choice[] = [
  { label: "link-with-text", parameter: "parts=request,verdict,transport,yaml" },
  { label: "link-readonly", parameter: "readonly" },
];

/** The text of a dialog and what it depends on. */
class LinkText {
  #parameters = new Set<string>();
  #form = "element";
  #packed: Promise<string>;

  constructor(
    readonly sharing: Sharing,
    readonly isEmbed: boolean,
    readonly text: HTMLTextAreaElement,
    readonly remark: HTMLElement,
    readonly copy: HTMLButtonElement,
  ) {
    this.#packed = pack(sharing.session);
  }

  set({ parameter }: Choice, isOn: boolean): void {
    if (isOn) this.#parameters.add(parameter);
    else this.#parameters.delete(parameter);
    void this.write();
  }

  choose(form: string): void {
    this.#form = form;
    void this.write();
  }

  async write(): Promise<void> {
    const { word, address } = this.sharing;
    const parameters = [...this.#parameters];
    if (this.isEmbed && this.#form === "element") {
      this.#show(tag(this.sharing, parameters), "", true);
      return;
    }
    // The words come from the page, which takes them back when it closes the dialog; packing a long text takes a while.
    const [noRoom, long, short] = [word("link-no-room"), word("link-long"), word("link-length")];
    const mode = this.isEmbed ? ["mode=embed"] : [];
    const packed = await this.#packed;
    if (!this.text.isConnected) return;
    const link = `${address}#${[packed, ...mode, ...parameters].join("&")}`;
    const length = link.length.toLocaleString(this.sharing.language);
    if (link.length > LONGEST) this.#show("", noRoom.replace("{length}", length), false);
    else {
      const remark = (link.length > LONG ? long : short).replace("{length}", length);
      this.#show(this.isEmbed ? frame(link) : link, remark, true);
    }
  }

  #show(text: string, remark: string, canCopy: boolean): void {
    this.text.value = text;
    this.text.hidden = !canCopy;
    this.copy.disabled = !canCopy;
    this.remark.textContent = remark;
  }
}

/** The element that shows the session: its manifests stay readable where no script runs. */
function tag({ session: json, text, address }: Sharing, parameters: string[]): string {
  const session = JSON.parse(json) as { asked?: { from?: string; to?: string }; view?: string };
  const attributes = [
    ["view", session.view],
    ["from", session.asked?.from],
    ["to", session.asked?.to],
    ["parts", parameters.find((one) => one.startsWith("parts="))?.slice(6).replaceAll(",", " ")],
  ].flatMap(([name, value]) => (value ? [` ${name}="${escaped(value)}"`] : []));
  if (parameters.includes("readonly")) attributes.push(" readonly");
  const script = `<script async src="${escaped(new URL("kube-hop.js", address).href)}"></script>`;
  return `${script}\n<kube-hop${attributes.join("")}>\n<pre>${escaped(text.trimEnd())}</pre>\n</kube-hop>`;
}

function frame(link: string): string {
  return `<iframe src="${escaped(link)}" title="kubehop" width="100%" height="470" style="border:1px solid #cdd4dc;border-radius:8px" loading="lazy" allow="clipboard-write"></iframe>`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Downloads the session as a file, which the page can open again. */
function save(session: string): void {
  const file = new Blob([session.replace("{", '{"kubehop":1,')], { type: "application/json" });
  const link = element("a", { href: URL.createObjectURL(file), download: "kubehop.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function checkbox(label: string, changed: (isOn: boolean) => void): HTMLElement {
  const row = element("label", { className: "switch" });
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => changed(box.checked));
  row.append(box, label);
  return row;
}

function chooser(label: string, options: [string, string][], changed: (value: string) => void): HTMLElement {
  const row = element("label", { className: "switch" });
  const select = element("select", {});
  for (const [value, textContent] of options) select.append(element("option", { value, textContent }));
  select.addEventListener("change", () => changed(select.value));
  row.append(label, select);
  return row;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), properties);
}
