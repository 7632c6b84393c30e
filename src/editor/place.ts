// Places in a text. The engine counts lines and characters from 1, where a character is a Unicode scalar value;
// CodeMirror counts UTF-16 code units from 0 over the whole document. The two meet only here.

import type { Text } from "@codemirror/state";

/** A position as the engine counts: line and column from 1, the column in characters. */
export interface Place {
  line: number;
  column: number;
}

/** From `start` up to but not including `end`. */
export interface Span {
  start: Place;
  end: Place;
}

/** The offset of a place. A place outside of the text is moved to the nearest one inside. */
export function offsetOf(text: Text, place: Place): number {
  if (place.line > text.lines) return text.length;
  const line = text.line(Math.max(1, place.line));
  return line.from + unitsBefore(line.text, place.column);
}

/** The number of UTF-16 units before the character at `column`. */
function unitsBefore(line: string, column: number): number {
  let units = 0;
  for (let passed = 1; passed < column && units < line.length; passed++) {
    units += (line.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** The one range in which two texts differ, as a change of `before`; nothing if they are equal. */
export function difference(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}
