import type { Schema } from '@/api/client';
import { holdOf, nextWish, othersIn } from './wish';

type Pages = Schema['FlowPages'];
const SINCE = '2026-11-27T12:00:00Z';
const pagesWith = (pencil: Partial<NonNullable<Pages['pencil']>> | null): Pages => ({
  pages: [],
  pencil: pencil && { member_id: 7, since: SINCE, is_here: false, asked_by: null, ...pencil },
});
const nobody = pagesWith(null);
const mine = pagesWith({ is_here: true });
const asked = pagesWith({ is_here: true, asked_by: 9 });
const theirs = pagesWith({});

it('whoever writes goes on, until somebody asks and nothing waits to be saved', () => {
  expect(nextWish('write', mine, false)).toBe('write');
  expect(nextWish('write', mine, true)).toBe('write');
  expect(nextWish('write', asked, true)).toBe('write');
  expect(nextWish('write', asked, false)).toBe('read');
});

it('whoever would write and cannot reads along, and is not made to write later by chance', () => {
  expect(nextWish('write', theirs, false)).toBe('read');
  expect(nextWish('read', nobody, false)).toBe('read');
  expect(nextWish('read', theirs, false)).toBe('read');
});

it('a page that was just opened waits for whoever is leaving, and for nobody who asks it', () => {
  expect(nextWish('write', theirs, false, true)).toBe('write');
  expect(nextWish('write', nobody, false, true)).toBe('write');
  expect(nextWish('read', theirs, false, true)).toBe('read');
  expect(nextWish('write', asked, false, true)).toBe('read');
});

it('whoever asks does so until it is theirs', () => {
  expect(nextWish('ask', theirs, false)).toBe('ask');
  expect(nextWish('ask', mine, false)).toBe('write');
  expect(nextWish('ask', nobody, false)).toBe('write');
});

it('says who writes', () => {
  expect(holdOf(nobody)).toEqual({ by: 'nobody' });
  expect(holdOf(asked)).toEqual({ by: 'me', askedBy: 9 });
  expect(holdOf(theirs)).toEqual({ by: 'another', memberId: 7, since: SINCE });
});

it('counts everybody else once, however many windows they have', () => {
  const page = (member_id: number, is_here = false) => ({ member_id, since: SINCE, is_here });
  const pages = [page(7, true), page(7), page(9), page(9), page(8)];
  expect(othersIn({ pages, pencil: null }, 7)).toEqual([9, 8]);
});
