// The editor's theme, in the tokens of static/picture.css alone: it follows the page's theme.

import { EditorView } from "@codemirror/view";

const LINE = "19px";

/** The width of the line numbers, and of the gap behind them that holds a problem's mark. */
const NUMBERS = "34px";
const MARK = "12px";

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", background: "var(--panel)", fontSize: "12px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: LINE, overflow: "auto" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "1.5px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--select)",
  },

  ".cm-gutters": { background: "var(--panel)", border: "none", color: "var(--ink3)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: NUMBERS, padding: "0", textAlign: "right" },
  ".cm-gutter-lint": { width: MARK },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 0 0 3px", display: "flex", alignItems: "center" },
  ".cm-lint-marker": { width: "7px", height: "7px", cursor: "help" },
  ".cm-lint-marker-error": { content: "none", background: "var(--err)", borderRadius: "1px" },
  ".cm-lint-marker-warning": {
    content: "none",
    background: "var(--warn)",
    clipPath: "polygon(50% 0, 100% 100%, 0 100%)",
  },
  ".cm-lint-marker-info": { content: "none", background: "var(--svc)", borderRadius: "50%" },

  ".cm-key": { color: "var(--k)" },
  ".cm-text": { color: "var(--s)" },
  ".cm-number, .cm-number .cm-text, .cm-text .cm-number": { color: "var(--n)" },
  ".cm-remark": { color: "var(--c)" },

  ".cm-lit-line": { background: "var(--svc-bg)" },
  ".cm-warning-line": { background: "var(--warn-bg)" },
  ".cm-error-line": { background: "var(--err-bg)" },
  ".cm-lintRange": { textDecoration: "underline wavy", textUnderlineOffset: "3px", textDecorationThickness: "1px" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecorationColor: "var(--err)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecorationColor: "var(--warn)" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecorationColor: "var(--svc)" },
  ".cm-lintRange-active": { background: "transparent" },

  ".cm-tooltip": {
    background: "var(--panel)",
    color: "var(--ink)",
    border: "1px solid var(--line2)",
    borderRadius: "6px",
    overflow: "hidden",
    font: "12px/1.5 var(--sans)",
  },
  ".cm-diagnostic": { padding: "6px 10px", borderLeft: "3px solid var(--line2)", maxWidth: "420px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--err)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--svc)" },
  ".cm-diagnosticAction": {
    background: "var(--panel)",
    color: "var(--ink)",
    border: "1px solid var(--line2)",
    borderRadius: "6px",
    padding: "1px 8px",
  },
  ".cm-tooltip-autocomplete > ul > li": { padding: "2px 8px", font: "12px/1.5 var(--mono)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--svc-bg)", color: "var(--svc)" },

  ".cm-panels": { background: "var(--panel)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 28px 6px 8px", font: "12px/1.5 var(--sans)" },
  ".cm-panel.cm-search label": { color: "var(--ink2)", fontSize: "12px" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink2)", fontSize: "16px", right: "8px" },
  ".cm-textfield": {
    background: "var(--bg)",
    color: "var(--ink)",
    border: "1px solid var(--line2)",
    borderRadius: "4px",
    fontSize: "12px",
  },
  ".cm-button": {
    background: "var(--panel)",
    color: "var(--ink)",
    border: "1px solid var(--line2)",
    borderRadius: "4px",
    fontSize: "12px",
  },
  ".cm-searchMatch": { background: "var(--warn-bg)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch-selected": { background: "var(--pkt-bg)", outline: "1px solid var(--pkt)" },
});
