// What the engine says about the text: problems underlined with a mark beside their line, and lines lit because they
// speak of what is selected elsewhere on the page. Marks move with the text until the engine has answered again.

import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { type Extension, RangeSet, StateEffect, StateField, type Text, type TransactionSpec } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

import { offsetOf, type Span } from "./place";

/** One thing that is wrong, in words. */
export interface Problem {
  severity: "error" | "warning" | "info";
  span: Span;
  message: string;
  /** Whether an edit is offered that would mend it. */
  hasFix: boolean;
}

/** Lines from `from` up to and including `to`, counted from 1. */
export interface Lines {
  from: number;
  to: number;
}

const setTinted = StateEffect.define<DecorationSet>();
const setLit = StateEffect.define<DecorationSet>();

const tinted = lineMarks(setTinted);
const lit = lineMarks(setLit);

function lineMarks(effect: typeof setLit): StateField<DecorationSet> {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, transaction) {
      const fresh = transaction.effects.find((candidate) => candidate.is(effect));
      return fresh ? (fresh.value as DecorationSet) : marks.map(transaction.changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

/** The marks of an editor that has none yet. */
export function marks(): Extension {
  return [lintGutter(), lit, tinted];
}

/** Shows these problems instead of those before. `fixed` is told the index of the problem whose fix was chosen. */
export function showProblems(view: EditorView, problems: Problem[], fix: string, fixed: (index: number) => void): void {
  const text = view.state.doc;
  const found = problems.map((problem, index): Diagnostic => {
    const from = offsetOf(text, problem.span.start);
    const to = Math.max(from, offsetOf(text, problem.span.end));
    const actions = problem.hasFix ? [{ name: fix, apply: () => fixed(index) }] : [];
    const { severity, message } = problem;
    return { from, to, severity, message, actions };
  });
  const tints = problems
    .filter(({ severity }) => severity !== "info")
    .map(({ severity, span }) => mark(text, span.start.line, `cm-${severity}-line`));
  view.dispatch(setDiagnostics(view.state, found), { effects: setTinted.of(RangeSet.of(tints, true)) });
}

/** Lights these lines instead of those before. */
export function lightLines(text: Text, lines: Lines[]): TransactionSpec {
  const numbers = lines.flatMap(({ from, to }) => {
    const last = Math.min(to, text.lines);
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
  });
  const marks = [...new Set(numbers)].map((number) => mark(text, number, "cm-lit-line"));
  return { effects: setLit.of(RangeSet.of(marks, true)) };
}

function mark(text: Text, line: number, name: string) {
  return Decoration.line({ class: name }).range(text.line(Math.min(Math.max(1, line), text.lines)).from);
}
