// The messages between a page and the kubehop embedded in it: `docs/schema/embed.json`, docs/embedding.md. Every message
// is an object with `kubehop: 1` and a `type`. Both sides read the fields below and no others, and check each.

/** The version of the messages. */
export const PROTOCOL = 1;

/** The most characters of manifests in a message. */
export const MOST_TEXT = 6 * 1024 * 1024;

/** The most characters of any other text in a message. */
const MOST_NAME = 2_000;

export type View = "concept" | "network";
export type Theme = "light" | "dark";
export type Language = "en" | "ko";

/** What is shown: manifests and a request. */
export interface Shown {
  text: string;
  from?: string;
  to?: string;
  view?: View;
  /** The hop to show, from 1. */
  hop?: number;
}

/** From the page around it. */
export type Command =
  | ({ type: "open" } & Shown)
  | { type: "send"; from?: string; to?: string }
  | { type: "seek"; hop: number }
  | { type: "apply"; event: string }
  | { type: "look"; theme?: Theme; language?: Language; view?: View }
  | { type: "focus" };

/** To the page around it. */
export type Report =
  | { type: "ready" }
  | { type: "size"; height: number }
  | { type: "trace"; trace: unknown }
  | { type: "verdict"; text: string; outcome: Outcome }
  | { type: "leave" }
  | { type: "refused"; why: Refusal };

/** How well a connection ended. */
export type Outcome = "answered" | "unknown" | "failed";

/** Why a message was not carried out: it has another shape, or too many came at once. */
export type Refusal = "shape" | "rate";

/** A message of the page around; `undefined` if it has another shape. */
export function commandOf(data: unknown): Command | undefined {
  const field = fields(data);
  if (!field) return undefined;
  switch (field("type")) {
    case "open": {
      const text = textOf(field("text"), MOST_TEXT);
      const hop = field("hop");
      if (text === undefined || (hop !== undefined && !isHop(hop))) return undefined;
      return requested({ type: "open", text, hop }, field, "view");
    }
    case "send":
      return requested({ type: "send" }, field);
    case "seek": {
      const hop = field("hop");
      return isHop(hop) ? { type: "seek", hop } : undefined;
    }
    case "apply": {
      const event = line(field("event"));
      return event === undefined ? undefined : { type: "apply", event };
    }
    case "look":
      return looked(field);
    case "focus":
      return { type: "focus" };
    default:
      return undefined;
  }
}

/** A message of the embedded page; `undefined` if it has another shape. */
export function reportOf(data: unknown): Report | undefined {
  const field = fields(data);
  if (!field) return undefined;
  switch (field("type")) {
    case "ready":
      return { type: "ready" };
    case "leave":
      return { type: "leave" };
    case "size": {
      const height = field("height");
      return typeof height === "number" && height >= 0 && height < 20_000 ? { type: "size", height } : undefined;
    }
    case "trace":
      return { type: "trace", trace: field("trace") };
    case "verdict": {
      const text = textOf(field("text"), MOST_NAME);
      const outcome = one(field("outcome"), ["answered", "unknown", "failed"] as const);
      return text !== undefined && outcome ? { type: "verdict", text, outcome } : undefined;
    }
    case "refused": {
      const why = one(field("why"), ["shape", "rate"] as const);
      return why && { type: "refused", why };
    }
    default:
      return undefined;
  }
}

type Field = (name: string) => unknown;

/** Reads own fields of a message of this version. */
function fields(data: unknown): Field | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const field: Field = (name) => (Object.hasOwn(data, name) ? (data as Record<string, unknown>)[name] : undefined);
  return field("kubehop") === PROTOCOL ? field : undefined;
}

/** Adds the request, and what else may be there; `undefined` if one of them has another shape. */
function requested<T extends Command>(command: T, field: Field, ...more: "view"[]): T | undefined {
  for (const name of ["from", "to"] as const) {
    const given = field(name);
    const value = line(given);
    if (given !== undefined && value === undefined) return undefined;
    if (value !== undefined) Object.assign(command, { [name]: value });
  }
  return more.length > 0 ? viewed(command, field) : command;
}

function viewed<T extends Command>(command: T, field: Field): T | undefined {
  const view = one(field("view"), ["concept", "network"] as const);
  if (field("view") !== undefined && !view) return undefined;
  return view ? Object.assign(command, { view }) : command;
}

function looked(field: Field): Command | undefined {
  const theme = one(field("theme"), ["light", "dark"] as const);
  const language = one(field("language"), ["en", "ko"] as const);
  const isWrong = (field("theme") !== undefined && !theme) || (field("language") !== undefined && !language);
  return isWrong ? undefined : viewed({ type: "look", theme, language }, field);
}

const isHop = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1 && (value as number) < 100_000;

const textOf = (value: unknown, most: number) => (typeof value === "string" && value.length <= most ? value : undefined);

/** A text of one line. */
function line(value: unknown): string | undefined {
  const text = textOf(value, MOST_NAME);
  return text === undefined || /[\n\r]/.test(text) ? undefined : text;
}

const one = <T extends string>(value: unknown, all: readonly T[]) => all.find((known) => known === value);
