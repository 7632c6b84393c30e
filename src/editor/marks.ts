// The engine's findings in the text: problems, underlined with a mark beside their line, and highlighted lines of what is
// selected elsewhere on the page. Marks move with the text until the engine has answered again.

import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import {
  type Extension,
  RangeSet,
  StateEffect,
  type StateEffectType,
  StateField,
  type Text,
  type TransactionSpec,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, gutterLineClass, GutterMarker } from "@codemirror/view";

import { offsetOf, type Span } from "./place";

/** One thing that is wrong, in words. */
export interface Problem {
  /** Its index among all problems of the text. */
  index: number;
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

/** A background for whole lines, behind their numbers too. */
interface Tint {
  text: DecorationSet;
  gutter: RangeSet<GutterMarker>;
}

const setTinted = StateEffect.define<Tint>();
const setLit = StateEffect.define<Tint>();

const tinted = lineTint(setTinted);
const lit = lineTint(setLit);

function lineTint(effect: StateEffectType<Tint>): StateField<Tint> {
  return StateField.define<Tint>({
    create: () => ({ text: Decoration.none, gutter: RangeSet.empty }),
    update({ text, gutter }, { effects, changes }) {
      const fresh = effects.find((candidate) => candidate.is(effect));
      return fresh?.is(effect) ? fresh.value : { text: text.map(changes), gutter: gutter.map(changes) };
    },
    provide: (field) => [
      EditorView.decorations.from(field, ({ text }) => text),
      gutterLineClass.from(field, ({ gutter }) => gutter),
    ],
  });
}

class GutterTint extends GutterMarker {
  override elementClass: string;

  constructor(elementClass: string) {
    super();
    this.elementClass = elementClass;
  }
}

/** Tints each of these lines, counted from 1, with the class beside it. */
function tint(text: Text, lines: [number, string][]): Tint {
  const at = (line: number) => text.line(Math.min(Math.max(1, line), text.lines)).from;
  return {
    text: RangeSet.of(lines.map(([line, name]) => Decoration.line({ class: name }).range(at(line))), true),
    gutter: RangeSet.of(lines.map(([line, name]) => new GutterTint(name).range(at(line))), true),
  };
}

/** The marks of an editor that has none yet. */
export function marks(): Extension {
  return [lintGutter(), lit, tinted];
}

/** Replaces the shown problems. `fixed` is called with the index of the problem whose fix was chosen. */
export function showProblems(view: EditorView, problems: Problem[], fix: string, fixed: (index: number) => void): void {
  const text = view.state.doc;
  const found = problems.map((problem): Diagnostic => {
    const from = offsetOf(text, problem.span.start);
    const to = Math.max(from, offsetOf(text, problem.span.end));
    const actions = problem.hasFix ? [{ name: fix, apply: () => fixed(problem.index) }] : [];
    const { severity, message } = problem;
    return { from, to, severity, message, actions };
  });
  const tints = problems
    .filter(({ severity }) => severity !== "info")
    .map(({ severity, span }): [number, string] => [span.start.line, `cm-${severity}-line`]);
  view.dispatch(setDiagnostics(view.state, found), { effects: setTinted.of(tint(text, tints)) });
}

/** Replaces the highlighted lines. */
export function lightLines(text: Text, lines: Lines[]): TransactionSpec {
  const numbers = lines.flatMap(({ from, to }) => {
    const last = Math.min(to, text.lines);
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
  });
  const once = [...new Set(numbers)].map((number): [number, string] => [number, "cm-lit-line"]);
  return { effects: setLit.of(tint(text, once)) };
}
