/**
 * The table of abuse, in parts. A case is tried where it stands, or it names the test that tries it (which has to be
 * there), or it says what is missing before anybody can.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Where a case points to when a unit test tries it; from tests/http. */
export const BACKEND = '../../backend';

export type Case =
  | { id: string; attack: string; try: () => Promise<void> }
  /** The file as seen from tests/http. */
  | { id: string; attack: string; tried: [file: string, words: string]; note?: string }
  | { id: string; attack: string; not_yet: string };

const number = (id: string): number => Number(id.slice(1));
const name = (id: number): string => `X${String(id).padStart(3, '0')}`;

/** "X003-X005" → X003, X004, X005 */
function idsOf(range: string): string[] {
  const [from = range, to = from] = range.split('-');
  return Array.from({ length: number(to) - number(from) + 1 }, (_, at) => name(number(from) + at));
}

/** Makes tests of them all; these ranges are to be there, each case once. */
export function triesAll(cases: readonly Case[], ranges: readonly string[]): void {
  for (const one of cases) {
    if ('try' in one) it(`${one.id} ${one.attack}`, one.try, 30_000);
    if ('tried' in one)
      it(`${one.id} ${one.attack}: tried elsewhere`, () => {
        const [file, words] = one.tried;
        expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(words);
      });
  }
  it('every case is there once, tried or with what it waits for', () => {
    expect(cases.map(({ id }) => id)).toEqual(ranges.flatMap(idsOf));
  });
}
