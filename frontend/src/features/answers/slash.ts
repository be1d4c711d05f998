/** "/words" right before the caret, at the start of the text or after a space. */
export type Slash = { from: number; to: number; words: string };

const SLASH = /(?:^|\s)\/([^\s/]*)$/u;

export function slashAt(text: string, caret: number): Slash | undefined {
  const words = SLASH.exec(text.slice(0, caret))?.[1];
  return words === undefined ? undefined : { from: caret - words.length - 1, to: caret, words };
}

/** Where a place given in characters is in a JavaScript string. */
export const offsetOf = (text: string, position: number) =>
  Array.from(text).slice(0, position).join('').length;

/** Places in a text after it changed from one to the other: what lies behind the change moves along. */
export function movedStops(stops: readonly number[], before: string, after: string): number[] {
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  const by = after.length - before.length;
  return stops.map((stop) => (stop > same ? Math.max(stop + by, same) : stop));
}
