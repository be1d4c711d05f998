import { plain } from '@/lib/plain';

export type Piece = { text: string; hit: boolean };

const AROUND = 60; // characters shown before the first hit
const MOST = 180;

/** What was typed, as the server reads it: phrases, words that begin with, and what is left out. */
function wanted(typed: string): string[] {
  return [...typed.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)]
    .filter(([, without]) => without !== '-')
    .map(([, , phrase, word]) => plain(phrase ?? word ?? '').match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((words) => words.length > 0)
    .map((words) => words.join('[^\\p{L}\\p{N}]+'));
}

/** The text without accents, and where each of its characters stood. */
function folded(text: string) {
  let letters = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    for (const one of plain(letter)) {
      letters += one;
      for (let unit = 0; unit < one.length; unit++) places.push(at);
    }
    at += letter.length;
  }
  places.push(text.length);
  return { letters, places };
}

/** The words found in a text, with some of what stands around the first of them. */
export function excerpt(text: string, typed: string): Piece[] {
  const flat = text.replace(/\s+/g, ' ').trim();
  const terms = wanted(typed);
  const { letters, places } = folded(flat);
  const hits =
    terms.length === 0
      ? []
      : [...letters.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.join('|')})`, 'gu'))].map(
          (found) => ({
            from: places[found.index] ?? 0,
            to: places[found.index + found[0].length] ?? flat.length,
          }),
        );

  const first = hits[0]?.from ?? 0;
  const start = first <= AROUND ? 0 : flat.lastIndexOf(' ', first - AROUND) + 1;
  const end = Math.min(flat.length, start + MOST);
  const pieces: Piece[] = [];
  const add = (piece: string, hit = false) => piece && pieces.push({ text: piece, hit });

  add(start > 0 ? '…' : '');
  let at = start;
  for (const { from, to } of hits) {
    if (from >= end) break;
    add(flat.slice(at, from));
    add(flat.slice(from, Math.min(to, end)), true);
    at = Math.min(to, end);
  }
  add(flat.slice(at, end));
  add(end < flat.length ? '…' : '');
  return pieces;
}
