// The manifest editor: CodeMirror behind the few functions that the page needs. `src/app/editor.rs` is the other side.
//
// It is the one part of the page that is not Rust, loaded after the first picture. It holds no state of the page:
// text goes in and comes out, everything said about the text comes from the engine.

import { autocompletion, completeAnyWord, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentLess, indentMore, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension, Prec, type Text, type TransactionSpec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers, type ViewUpdate } from "@codemirror/view";

import { lightLines, type Lines, marks, type Problem, showProblems } from "./marks";
import { difference, offsetOf, type Place, type Span } from "./place";
import { theme } from "./theme";
import { keepUndo, undo } from "./undo";
import { manifestLanguage } from "./yaml";

/** The texts of the editor, in one language. */
export interface Spoken {
  /** What a screen reader calls it. */
  label: string;
  /** What a screen reader adds: that Escape, then Tab leaves it. */
  hint: string;
  /** The word on a button that applies an edit. */
  fix: string;
  /** CodeMirror's own words (of the search panel), by what they are in English. */
  phrases: Record<string, string>;
}

/** What the editor is called and what it may do. */
export interface Options extends Spoken {
  readOnly: boolean;
  /** The last value of `Listeners.steps` for this text, if it was kept. */
  steps?: string;
}

/** The callbacks for events of the editor. */
export interface Listeners {
  /** The text, in UTF-8, after an edit made here; a large one once the typing pauses. Not called for `setText`. */
  changed(text: Uint8Array): void;
  /** The line of the cursor, from 1, when a person moves it to another one. */
  cursor(line: number): void;
  /** The line the pointer is on, from 1, when that changes; 0 for none. */
  pointed(line: number): void;
  /** The index, as given to `setDiagnostics`, of the problem whose fix was chosen. */
  fixed(index: number): void;
  /** The steps to undo, now and then: as `Options.steps` takes them, with the same text. */
  steps(steps: string): void;
}

/** A range to be replaced. */
export interface Edit {
  span: Span;
  text: string;
}

/** An editor on the page. */
export interface Handle {
  /** Shows another text; what is equal stays, with the cursor in it, and undo leads back. */
  setText(text: string): void;
  /** Makes these edits, all at once, as one step to undo. */
  replace(edits: Edit[]): void;
  /** Shows these problems instead of those before. */
  setDiagnostics(problems: Problem[]): void;
  /** Lights these lines instead of those before. */
  setHighlights(lines: Lines[]): void;
  /** Speaks another language. Problems stay in theirs until they are set again; an open search panel, until closed. */
  speak(words: Spoken): void;
  /** Puts the cursor there and scrolls it into view. */
  reveal(line: number, column: number): void;
  /** Scrolls to a line, unless somebody writes. */
  show(line: number): void;
  focus(): void;
  destroy(): void;
}

/** Marks a transaction that came from the page, which is not sent back to it. */
const fromPage = Annotation.define<boolean>();

/** Puts an editor into `parent`. */
export function create(parent: HTMLElement, text: string, options: Options, listeners: Listeners): Handle {
  const told = announcer(listeners);
  const language = new Compartment();
  let fix = options.fix;
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      extensions(options, text.length),
      undo(options.steps, text),
      options.readOnly ? [] : keepUndo(listeners.steps),
      language.of(spoken(options)),
      EditorView.updateListener.of(told.update),
      pointer(listeners),
    ],
  });
  const apply = (change: TransactionSpec) => view.dispatch(change);
  return {
    setText(text) {
      const changes = difference(view.state.doc.toString(), text.replace(/\r\n?/g, "\n"));
      if (!changes) return;
      // The cursor stays where it was; what was selected in the text before is not selected in this one.
      const set = view.state.changes(changes);
      const anchor = set.mapPos(view.state.selection.main.head);
      apply({ changes: set, selection: { anchor }, annotations: [fromPage.of(true), isolateHistory.of("full")] });
    },
    replace(edits) {
      const at = (place: Place) => offsetOf(view.state.doc, place);
      const changes = edits.map(({ span, text }) => ({ from: at(span.start), to: at(span.end), insert: text }));
      apply({ changes, annotations: isolateHistory.of("full"), userEvent: "input.fix", scrollIntoView: true });
    },
    setDiagnostics: (problems) => showProblems(view, problems, fix, listeners.fixed),
    setHighlights: (lines) => apply(lightLines(view.state.doc, lines)),
    speak(words) {
      fix = words.fix;
      apply({ effects: language.reconfigure(spoken(words)) });
    },
    reveal(line, column) {
      const anchor = offsetOf(view.state.doc, { line, column });
      apply({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    },
    show(line) {
      const at = offsetOf(view.state.doc, { line, column: 1 });
      if (!view.hasFocus) apply({ effects: EditorView.scrollIntoView(at, { y: "nearest", yMargin: 60 }) });
    },
    focus: () => view.focus(),
    destroy() {
      told.flush(view);
      view.destroy();
    },
  };
}

function extensions(options: Options, length: number): Extension {
  return [
    lineNumbers(),
    marks(),
    colours(length),
    theme,
    drawSelection(),
    bracketMatching(),
    indentUnit.of("  "),
    search({ top: true }),
    autocompletion({ activateOnTyping: false, override: [completeAnyWord] }),
    tabs(),
    keymap.of([...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorState.readOnly.of(options.readOnly),
    typedOverSelection,
  ];
}

/** Tab indents after typing or a click in the editor; for a person who only moves the focus with Tab, it moves on.
 * Escape, then Tab leaves the editor in any case: CodeMirror lets the Tab after an Escape pass. */
function tabs(): Extension {
  const passing = ["Tab", "Shift", "Escape"];
  let writes = false;
  const noticed = EditorView.domEventHandlers({
    pointerdown: () => void (writes = true),
    keydown: (event) => void (writes ||= !passing.includes(event.key)),
    blur: () => void (writes = false),
  });
  return [
    // Before the keymaps, which keep the keys that they know to themselves.
    Prec.highest(noticed),
    keymap.of([{ key: "Tab", run: (view) => writes && indentMore(view), shift: (view) => writes && indentLess(view) }]),
  ];
}

/** Typing over a selection replaces it here: Chromium would keep the selection's looks in a style attribute, which
 * the page's Content-Security-Policy reports. */
const typedOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    if (event.inputType !== "insertText" || !event.data || view.composing || state.readOnly || state.selection.main.empty) return false;
    view.dispatch(state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

/** Characters of a text that is shown without colours: its syntax tree would take the page's thread for too long. */
const PLAIN = 1_000_000;

/** The colours of YAML, unless the text is very large. */
function colours(length: number): Extension {
  const language = new Compartment();
  const fitting = (length: number) => (length > PLAIN ? [] : manifestLanguage());
  const refit = EditorState.transactionExtender.of(({ startState, newDoc }) => {
    const isPlain = newDoc.length > PLAIN;
    return isPlain === startState.doc.length > PLAIN ? null : { effects: language.reconfigure(fitting(newDoc.length)) };
  });
  return [language.of(fitting(length)), refit];
}

function spoken({ phrases, label, hint }: Spoken): Extension {
  return [
    EditorState.phrases.of(phrases),
    EditorView.contentAttributes.of({ "aria-label": label, "aria-description": hint, tabindex: "0" }),
  ];
}

/** Reports the line of the pointer to the page, at each of its moves and when it leaves. */
function pointer({ pointed }: Listeners) {
  return EditorView.domEventHandlers({
    mousemove: (event, view) => {
      // Beside the text of a line it is on that line; below the last one it is on none.
      const block = view.lineBlockAtHeight(event.clientY - view.documentTop);
      const isBelow = event.clientY - view.documentTop > block.bottom;
      pointed(isBelow ? 0 : view.state.doc.lineAt(block.from).number);
    },
    // Before the pointer is over another element, which `mouseleave` is not.
    pointerleave: () => pointed(0),
  });
}

/** Characters of a text that is handed over only in pauses, and how many milliseconds a pause has. */
const LARGE = 200_000;
const PAUSE = 150;

/** Characters of a large text that are made bytes at a time: some 3 ms. */
const SLICE = 400_000;

/** Reports edits to the page, those of a small text at once, and the line of the cursor. */
function announcer({ changed, cursor }: Listeners) {
  let waiting = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let line = 1;
  const flush = (view: EditorView) => {
    if (!waiting) return;
    clearTimeout(timer);
    waiting = false;
    // Bytes, since Rust copies them as they are and a string letter by letter.
    changed(new TextEncoder().encode(view.state.doc.toString()));
  };
  /** Hands a large text over, a slice a task; the next edit begins anew. */
  const flushSlowly = (doc: Text, from = 0, slices: Uint8Array[] = []) => {
    const to = sliceEnd(doc, from);
    slices.push(new TextEncoder().encode(doc.sliceString(from, to)));
    timer = setTimeout(() => {
      if (to < doc.length) return flushSlowly(doc, to, slices);
      waiting = false;
      changed(joined(slices));
    });
  };
  const update = (update: ViewUpdate) => {
    const edited = update.transactions.some((step) => step.docChanged && !step.annotation(fromPage));
    const { doc } = update.state;
    if (edited) {
      clearTimeout(timer);
      if (doc.length > LARGE) timer = setTimeout(() => flushSlowly(doc), PAUSE);
      else queueMicrotask(() => flush(update.view));
      waiting = true;
    }
    const now = update.state.doc.lineAt(update.state.selection.main.head).number;
    const isMoved = now !== line;
    line = now;
    // A new text under the cursor is no movement of the cursor by a person.
    if (isMoved && !update.transactions.some((step) => step.annotation(fromPage))) cursor(line);
  };
  return { update, flush };
}

/** Where a slice ends that begins at `from`: never within a character. */
function sliceEnd(doc: Text, from: number): number {
  const to = Math.min(doc.length, from + SLICE);
  const isHalf = /[\ud800-\udbff]/.test(doc.sliceString(to - 1, to));
  return isHalf ? Math.min(doc.length, to + 1) : to;
}

function joined(slices: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(slices.reduce((length, slice) => length + slice.length, 0));
  slices.reduce((at, slice) => (whole.set(slice, at), at + slice.length), 0);
  return whole;
}
