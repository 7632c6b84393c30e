// YAML in the four colours of the design: keys, text, numbers and comments.
//
// The parser calls every unquoted value a literal; whether one is a number is decided here, for the visible lines only.

import { yaml } from "@codemirror/lang-yaml";
import { syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

const colours = tagHighlighter([
  { tag: tags.definition(tags.propertyName), class: "cm-key" },
  { tag: [tags.string, tags.special(tags.string), tags.content], class: "cm-text" },
  { tag: [tags.labelName, tags.typeName, tags.keyword], class: "cm-number" },
  { tag: [tags.lineComment, tags.meta], class: "cm-remark" },
]);

/** What YAML reads as something other than text: a number, a truth value, nothing. */
const NOT_TEXT = /^([-+]?(\d+(\.\d+)?|0x[0-9a-f]+)|true|false|null|~)$/i;

/** Literals longer than this are not compared: none of `NOT_TEXT` is longer. */
const LONGEST = 24;

const number = Decoration.mark({ class: "cm-number" });

function numbersIn(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        if (node.name !== "Literal" || node.to - node.from > LONGEST || node.node.parent?.name === "Key") return;
        if (NOT_TEXT.test(view.state.sliceDoc(node.from, node.to))) found.add(node.from, node.to, number);
      },
    });
  }
  return found.finish();
}

const numbers = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = numbersIn(view);
    }

    update(update: ViewUpdate) {
      const parsedOn = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || parsedOn) this.decorations = numbersIn(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** The language and its colours. */
export function manifestLanguage(): Extension {
  return [yaml(), syntaxHighlighting(colours), numbers];
}
