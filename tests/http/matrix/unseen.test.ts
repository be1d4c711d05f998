/** Acting on a row that one does not see is acting on none. */
import { describe, expect, it } from 'vitest';

import { WHO } from './twins.ts';
import { a, aMatrix, b, type Cell, elsewhere, holds, isRead, kindOf, known, NOT_FOUND, stateOf, wrongOf } from './world.ts';

aMatrix('unseen');

describe('acting on a row', () => {
  it('that one does not see is acting on none, and changes nothing', async () => {
    const before = [await stateOf(a), await stateOf(b)];
    const cells = known
      .filter((route) => !isRead(route))
      .flatMap((route) =>
        WHO.filter((who) => holds(who, route)).flatMap((who) => {
          const hidden = kindOf(route).filter(({ seen }) => !seen(who));
          /* One of each sort: they differ in why they are hidden. */
          const sorts = new Map(hidden.map((row) => [row.name.replace(/ held by.*/, ''), row]));
          return [
            ...[...sorts.values()].map(({ id, name }): Cell => ({ route, who, as: a.as(who), id, target: name, expected: NOT_FOUND })),
            ...elsewhere(route, who),
          ];
        }),
      );
    expect(cells.length).toBeGreaterThan(500);
    expect(await wrongOf(cells)).toEqual([]);
    expect([await stateOf(a), await stateOf(b)]).toEqual(before);
  }, 240_000);
});
