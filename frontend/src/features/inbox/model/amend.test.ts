import { describe, expect, it } from 'vitest';
import { aMessage } from '@/testing/factories';
import { amendsOf, type AmendRules } from './amend';

const AT = '2026-03-04T12:00:00Z';
const now = (minutes: number) => new Date(AT).getTime() + minutes * 60_000;
const rules: AmendRules = {
  edit_minutes: 60,
  delete_minutes: 120,
  me: 7,
  mayEdit: true,
  mayLook: false,
};
const own = aMessage({
  created_at: AT,
  direction: 'out',
  author_kind: 'member',
  author_id: 7,
  state: 'accepted',
  text: 'Oi',
});

describe('what may be done about what a message said', () => {
  it('is editing and taking back, as long as the network allows each', () => {
    expect(amendsOf(own, rules, now(59))).toEqual(['edit', 'delete']);
    expect(amendsOf(own, rules, now(61))).toEqual(['delete']);
    expect(amendsOf(own, rules, now(121))).toEqual([]);
  });

  it('is nothing where the network cannot, or somebody else wrote, or nobody has it yet', () => {
    expect(amendsOf(own, { ...rules, edit_minutes: 0, delete_minutes: 0 }, now(0))).toEqual([]);
    expect(amendsOf({ ...own, author_id: 8 }, rules, now(0))).toEqual([]);
    expect(amendsOf({ ...own, state: 'failed' }, rules, now(0))).toEqual([]);
    expect(amendsOf(own, { ...rules, mayEdit: false }, now(0))).toEqual([]);
  });

  it('is taking back alone for what has no words', () => {
    expect(amendsOf({ ...own, text: '' }, rules, now(0))).toEqual(['delete']);
  });

  it('is looking at the past for those who may, of what has one', () => {
    const looking = { ...rules, mayLook: true };
    expect(amendsOf({ ...own, deleted_at: AT }, looking, now(0))).toEqual(['past']);
    expect(amendsOf({ ...own, edited_at: AT, author_id: 8 }, looking, now(0))).toEqual(['past']);
    expect(amendsOf({ ...own, author_id: 8 }, looking, now(0))).toEqual([]);
  });
});
