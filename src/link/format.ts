// How a state is written into the part of a link behind `#`, and read from it.
//
// `k=1.DATA`: the version of the form, and the session's JSON (`Saved` in `src/view/session/saved.rs`), compressed with
// deflate-raw and written in base64url. `s=DATA`, the form before, is the same JSON without compression. What the link
// is for, and how the page looks there, are parameters beside it, readable and optional: `mode=view`, `theme=dark`.

/** The version that is written. A reader of it cannot read a later one. */
export const VERSION = 1;

/** The most bytes that a link may unpack to. The page takes 6 MiB of manifests; JSON escapes some of it. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** The most characters of a link: Chromium opens addresses up to 2 MiB, Firefox up to 1 MiB. */
export const LONGEST = 1_000_000;

/** Links with more characters than this are cut by some chat programs and mail readers. */
export const LONG = 8_000;

/** Compressed bytes that are unpacked at once: a thousand times as many at the most, which takes a few milliseconds. */
const PIECE = 1024;

/** Bytes that are compressed at once. */
const SLICE = 64 * 1024;

/** Why a link cannot be opened. */
export type Fault = "link-damaged" | "link-too-new" | "link-too-large";

/** The fault of a link, as an exception. */
export class LinkError extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
  }
}

/** The parameter of a link that holds a session's JSON. */
export async function pack(session: string): Promise<string> {
  const bytes = new TextEncoder().encode(session);
  const packed = await throughStream(bytes, SLICE, new CompressionStream("deflate-raw"), Infinity);
  return `k=${VERSION}.${toBase64url(packed)}`;
}

/** The session's JSON in the parameters of a link; `undefined` if the link holds none. */
export async function unpack(parameters: URLSearchParams): Promise<string | undefined> {
  const data = parameters.get("k");
  const old = parameters.get("s");
  if (data !== null) return checked(await unpackData(data));
  if (old !== null) return checked(decode(fromBase64url(old)));
  return undefined;
}

/** Whether a value is an object that a session can be read from: it has a text or names an example. */
export function isSession(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const own = (name: string) => (Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);
  return typeof own("text") === "string" || typeof own("lesson") === "string";
}

async function unpackData(data: string): Promise<string> {
  const [, version, packed] = /^(\d{1,4})\.([\w-]*)$/.exec(data) ?? [];
  if (version === undefined || packed === undefined) {
    throw new LinkError(/^\d+\./.test(data) && Number.parseInt(data, 10) > VERSION ? "link-too-new" : "link-damaged");
  }
  if (Number(version) > VERSION) throw new LinkError("link-too-new");
  if (Number(version) < 1) throw new LinkError("link-damaged");
  const bytes = fromBase64url(packed);
  let unpacked: Uint8Array;
  try {
    unpacked = await throughStream(bytes, PIECE, new DecompressionStream("deflate-raw"), MOST_BYTES);
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError("link-damaged");
  }
  return decode(unpacked);
}

/** Sends bytes through a stream, a slice at a time: a browser works on each slice at once, whatever comes out of it. */
async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  slice: number,
  { writable, readable }: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array> {
  const writer = writable.getWriter();
  const reader = (readable as ReadableStream<Uint8Array>).getReader();
  const write = async () => {
    for (let at = 0; at < bytes.length; at += slice) {
      await writer.write(bytes.subarray(at, at + slice));
      if (at % (slice * 16) === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    await writer.close();
  };
  const written = write();
  // What goes wrong in the stream is thrown by the reader as well.
  written.catch(() => {});
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      writer.abort().catch(() => {});
      reader.cancel().catch(() => {});
      throw new LinkError("link-too-large");
    }
    parts.push(value);
  }
  await written;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function checked(json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new LinkError("link-damaged");
  }
  if (!isSession(value)) throw new LinkError("link-damaged");
  return json;
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw new LinkError("link-too-large");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new LinkError("link-damaged");
  }
}

function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > MOST_BYTES * 2) throw new LinkError("link-too-large");
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    throw new LinkError("link-damaged");
  }
}
