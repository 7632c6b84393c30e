// Undo that survives a reload: the steps of CodeMirror's history as JSON, which the page keeps in its tab.

import { history, historyField } from "@codemirror/commands";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** The most characters that are kept; the oldest steps go first. */
const MOST = 200_000;

/** Beside a text of more characters no steps are kept: it needs the tab's storage itself. */
const LONGEST = 2_000_000;

/** Milliseconds without an edit before the steps are kept. */
const LULL = 1_000;

/** What is kept: the steps to undo and to redo, the last one last, and which text they lead to. */
interface Kept {
  text: string;
  done: unknown[];
  undone: unknown[];
}

/** The history of a text: the kept one if it leads to this text, else an empty one. */
export function undo(kept: string | undefined, text: string): Extension {
  return [kept ? restored(kept, text) : [], history()];
}

function restored(kept: string, text: string): Extension {
  try {
    const steps: Kept = JSON.parse(kept);
    const doc = EditorState.create({ doc: text }).doc;
    if (steps.text !== fingerprint(doc)) return [];
    const selection = { ranges: [{ anchor: 0, head: 0 }], main: 0 };
    const state = EditorState.fromJSON({ doc: "", selection, history: steps }, {}, { history: historyField });
    return historyField.init(() => state.field(historyField));
  } catch {
    return [];
  }
}

/** Reports the steps as JSON, in pauses and when the page is left. */
export function keepUndo(keep: (steps: string) => void): Extension {
  return ViewPlugin.define((view) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      keep(steps(view));
    };
    window.addEventListener("pagehide", write);
    return {
      update({ docChanged }: ViewUpdate) {
        if (!docChanged) return;
        clearTimeout(timer);
        timer = setTimeout(write, LULL);
      },
      destroy() {
        write();
        window.removeEventListener("pagehide", write);
      },
    };
  });
}

/** The last steps that fit into the storage, as JSON; nothing beside a text that needs the storage. */
function steps({ state }: EditorView): string {
  if (state.doc.length > LONGEST) return "";
  const { done, undone } = state.toJSON({ history: historyField }).history as Kept;
  let room = MOST;
  const last = (steps: unknown[]) => {
    const isTooOld = (step: unknown) => (room -= JSON.stringify(step).length) < 0;
    return steps.slice(steps.findLastIndex(isTooOld) + 1);
  };
  return JSON.stringify({ text: fingerprint(state.doc), done: last(done), undone: last(undone) } satisfies Kept);
}

/** Its length and its hash (FNV-1a): the steps of another text would damage this one. */
function fingerprint(doc: Text): string {
  const text = doc.toString();
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${text.length} ${hash}`;
}
