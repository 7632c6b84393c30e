// The page's Content-Security-Policy. Scripts and styles within a page are allowed by their hash alone, so that nothing
// that a name, a label, a link or a message injects is run or applied.

import { createHash } from "node:crypto";

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The hashes of the contents of a page's elements of that name, but for those that load a file or hold data. */
function hashesOf(page, name) {
  const elements = page.matchAll(new RegExp(`<${name}((?:\\s[^>]*)?)>([\\s\\S]*?)</${name}>`, "g"));
  return [...elements].filter(([, attributes]) => !/\ssrc=|type="text\/plain"/.test(attributes)).map(([, , text]) => hashOf(text));
}

/** The policy of a page. In the one file, everything is in the page: `isAlone`. */
export function policyOf(page, isAlone = false) {
  const own = isAlone ? [] : ["'self'"];
  const directives = {
    "default-src": ["'none'"],
    "script-src": [...own, "'wasm-unsafe-eval'", ...hashesOf(page, "script")],
    "style-src": [...own, ...hashesOf(page, "style")],
    "worker-src": isAlone ? ["blob:"] : own,
    "font-src": isAlone ? ["data:"] : own,
    // A picture that is saved as a PNG is drawn from memory.
    "img-src": [...own, "data:", "blob:"],
    // `?src=` loads manifests from another origin after the person agreed.
    "connect-src": [...own, ...(isAlone ? ["data:"] : []), "https:", "http:"],
    "manifest-src": isAlone ? ["'none'"] : own,
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["kubehop"],
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}
