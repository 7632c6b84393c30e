// kubehop in Markdown and MDX: a remark plugin, for Docusaurus, Astro and whatever else uses remark. It turns fenced
// blocks `yaml kubehop` into `<kube-hop>`; README.md beside it says how it is set up.

import { readFileSync } from "node:fs";

const ATTRIBUTES = JSON.parse(readFileSync(new URL("attributes.json", import.meta.url), "utf8"));

/** The plugin. `script` is the address of kube-hop.js, which a page with such a block loads; without it the site does. */
export default function remarkKubehop({ script } = {}) {
  const processor = this;
  return (tree, file) => {
    const blocks = new Map(blocksOf(String(file.value)).map((block) => [block.line, block]));
    // MDX has no HTML, and Markdown no elements of JSX.
    const isMdx = [processor.data().fromMarkdownExtensions].flat(3).some((own) => own?.enter?.mdxJsxFlowTag);
    let count = 0;
    visit(tree, (parent, index) => {
      const node = parent.children[index];
      const block = node.type === "code" && blocks.get(node.position?.start.line);
      if (!block) return;
      count += 1;
      try {
        parent.children[index] = isMdx ? mdxElement(block) : { type: "html", value: htmlElement(block) };
      } catch (error) {
        file.fail(error.message, node, "kubehop");
      }
    });
    if (!script || count === 0) return;
    const attributes = [
      { type: "mdxJsxAttribute", name: "async", value: null },
      { type: "mdxJsxAttribute", name: "src", value: script },
    ];
    const loaded = isMdx
      ? { type: "mdxJsxFlowElement", name: "script", attributes, children: [] }
      : { type: "html", value: `<script async src="${escaped(script)}"></script>` };
    tree.children.push(loaded);
  };
}

/**
 * The blocks of manifests of a text, with the manifests of their cluster: as for `kubehop check`, blocks up to the next
 * expectations are one, also those in comments.
 */
function blocksOf(text) {
  const blocks = [];
  let [cluster, isJudged, open] = [[], false, undefined];
  const close = () => {
    const { words, line, content } = open;
    open = undefined;
    const names = words.map(([name]) => name);
    if (!/^ya?ml$/.test(names[0] ?? "")) return;
    if (names.includes("kubehop-expect")) isJudged = true;
    else if (names.includes("kubehop")) {
      if (isJudged && !names.includes("more")) cluster = [];
      isJudged = false;
      cluster.push(content.join(""));
      const attributes = words.slice(1).filter(([name]) => name !== "kubehop" && name !== "more");
      blocks.push({ line, attributes, manifests: cluster.join("---\n") });
    }
  };
  text.split(/\r?\n/).forEach((line, index) => {
    if (!open) {
      const [, before, mark, info] = /^([ \t>]*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
      if (mark === undefined || (mark[0] === "`" && info.includes("`"))) return;
      const quotes = before.split(">").length - 1;
      const indent = before.split(">").at(-1).length;
      open = { words: wordsOf(info), line: index + 1, content: [], mark, indent, quotes };
      return;
    }
    const inner = new RegExp(`^(?:[ \\t]*> ?){${open.quotes}}`).exec(line);
    const own = inner ? line.slice(inner[0].length) : "";
    const bare = own.trim();
    if (!inner || (bare.length >= open.mark.length && bare === open.mark[0].repeat(bare.length))) return close();
    open.content.push(`${own.slice(Math.min(open.indent, own.length - own.trimStart().length))}\n`);
  });
  if (open) close();
  return blocks;
}

function wordsOf(info) {
  const words = info.trim().replace(/^\{|\}$/g, "").matchAll(/([^\s="']+)(?:=("[^"]*"|'[^']*'|\S+))?/g);
  return [...words].map(([, name, value = ""]) => [name.replace(/^\./, ""), value.replace(/^["']|["']$/g, "")]);
}

/** What is wrong with an attribute is an error. */
function check(name, value) {
  const known = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (!known) throw new Error(`<kube-hop> has no attribute ${name}, only ${Object.keys(ATTRIBUTES).join(", ")}`);
  if (known.flag && value) throw new Error(`${name} takes no value`);
  if (!known.flag && !value) throw new Error(`${name} needs a value`);
  if (known.number && !/^\d+$/.test(value)) throw new Error(`${name} is a number, not ${value}`);
  if (known.values && !known.values.includes(value)) throw new Error(`${name} is ${known.values.join(" or ")}, not ${value}`);
  return known;
}

function htmlElement({ attributes, manifests }) {
  const written = attributes.map(([name, value]) => (check(name, value).flag ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  return `<kube-hop${written.join("")}>\n<pre>\n${escaped(manifests)}</pre>\n</kube-hop>`;
}

function mdxElement({ attributes, manifests }) {
  const written = attributes.map(([name, value]) => ({
    type: "mdxJsxAttribute",
    name,
    value: check(name, value).flag ? "" : value,
  }));
  // As what authors write as JSX: a site's own component for code blocks, which Docusaurus has, must not replace `<pre>`.
  const element = (name, attributes, child) => ({
    type: "mdxJsxFlowElement",
    name,
    attributes,
    children: [child],
    data: { _mdxExplicitJsx: true },
  });
  return element("kube-hop", written, element("pre", [], { type: "text", value: manifests }));
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function visit(parent, see) {
  for (let index = 0; index < (parent.children ?? []).length; index += 1) {
    see(parent, index);
    visit(parent.children[index], see);
  }
}
