// Manifests at an address in the page's own: `?src=web.yaml`.

import { MOST_BYTES } from "./format";

/** Why manifests cannot be loaded. */
export type SourceFault = "link-source-address" | "link-source-unreachable" | "link-source-too-large";

/** Where manifests are to be loaded from. */
export interface Source {
  address: URL;
  /** Whether it is the page's own origin, for which no person has to give permission. */
  isOwn: boolean;
}

/** What `?src=` names, if there is one; a fault if it is not an address that can be loaded. */
export function sourceOf(page: URL): Source | SourceFault | undefined {
  const wanted = page.searchParams.get("src");
  if (wanted === null) return undefined;
  if (!URL.canParse(wanted, page.href)) return "link-source-address";
  const address = new URL(wanted, page.href);
  if (!/^https?:$/.test(address.protocol) || address.username || address.password) return "link-source-address";
  return { address, isOwn: address.origin === page.origin };
}

/** The text there. Another origin gets no cookies and no referrer. */
export async function load({ address, isOwn }: Source): Promise<{ text: string } | { fault: SourceFault }> {
  try {
    const response = await fetch(address, {
      mode: isOwn ? "same-origin" : "cors",
      credentials: isOwn ? "same-origin" : "omit",
      referrerPolicy: "no-referrer",
    });
    if (!response.ok || !response.body) return { fault: "link-source-unreachable" };
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const parts: string[] = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MOST_BYTES) {
        await reader.cancel();
        return { fault: "link-source-too-large" };
      }
      parts.push(decoder.decode(value, { stream: true }));
    }
    parts.push(decoder.decode());
    return { text: parts.join("") };
  } catch {
    return { fault: "link-source-unreachable" };
  }
}
