import type { Marks } from '../canvas/FlowMap';
import type { Path } from './api';

/** A path as the map shows it: cards by when they were first met, the ways that were gone, and where it stands. */
export function marksOf({ visits, flow_id, phase }: Path): Marks {
  const own = visits.filter((visit) => visit.flow_id === flow_id);
  const walked = new Map<string, number>();
  const times = new Map<string, number>();
  for (const { card, outlet } of own) {
    if (!walked.has(card)) walked.set(card, walked.size + 1);
    const way = `${card} ${outlet ?? ''}`;
    if (outlet !== null) times.set(way, (times.get(way) ?? 0) + 1);
  }
  const ways = new Map([...times].map(([way, n]) => [way, n > 1 ? `${n}×` : '✓']));
  const last = own.at(-1);
  return { walked, ways, ...(last && phase !== 'ended' ? { lit: new Set([last.card]) } : {}) };
}
