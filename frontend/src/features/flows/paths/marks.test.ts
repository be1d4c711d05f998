import { expect, it } from 'vitest';
import type { Path, Visit } from './api';
import { marksOf } from './marks';

const visit = (card: string, outlet: string | null, flow_id = 1) =>
  ({ card, outlet, flow_id }) as Visit;
const path = (phase: Path['phase'], ...visits: Visit[]) => ({ flow_id: 1, phase, visits }) as Path;

it('numbers cards by when they were first met, and counts ways that were gone again', () => {
  const marks = marksOf(
    path(
      'asking',
      visit('oi', 'next'),
      visit('menu', 'menu'),
      visit('oi', 'next'),
      visit('menu', null),
    ),
  );
  expect([...(marks.walked ?? [])]).toEqual([
    ['oi', 1],
    ['menu', 2],
  ]);
  expect([...(marks.ways ?? [])]).toEqual([
    ['oi next', '2×'],
    ['menu menu', '✓'],
  ]);
  expect([...(marks.lit ?? [])]).toEqual(['menu']);
});

it('leaves out what belongs to another drawing, and lights nothing that is over', () => {
  const marks = marksOf(path('ended', visit('oi', 'call'), visit('oi', 'next', 2)));
  expect([...(marks.ways ?? [])]).toEqual([['oi call', '✓']]);
  expect(marks.lit).toBeUndefined();
});
