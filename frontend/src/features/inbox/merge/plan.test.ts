import { expect, it } from 'vitest';
import { aTicket } from '@/testing/factories';
import { choicesOf, planOf } from './plan';

const here = aTicket({ id: 1, state: 'serving' });
const waiting = aTicket({ id: 2, state: 'waiting', assignee_id: null });
const closed = aTicket({ id: 3, state: 'closed' });

it('keeps the one that is open on the screen, and offers the other way when both go on', () => {
  expect(planOf(here, waiting).ways.map(({ target }) => target.id)).toEqual([1, 2]);
  expect(planOf(here, closed).ways.map(({ target }) => target.id)).toEqual([1]);
  expect(planOf(closed, here).ways.map(({ target }) => target.id)).toEqual([1]);
});

it('says why two cannot be one', () => {
  expect(planOf(here, aTicket({ ...waiting, channel_id: 99 })).why).toBe('channel');
  expect(planOf(closed, aTicket({ ...closed, id: 4 })).why).toBe('closed');
  expect(planOf(closed, aTicket({ id: 4, state: 'bot', controller: 'bot' })).why).toBe('bot');
  expect(planOf(here, aTicket({ ...closed, merged_ids: [9] })).why).toBe('chapters');
});

it('turns round what has chapters already, so that they stay one level', () => {
  const whole = aTicket({ ...waiting, merged_ids: [9] });
  expect(planOf(here, whole).ways.map(({ target }) => target.id)).toEqual([2]);
});

it('puts first what may be joined and is live, and leaves out what is a chapter', () => {
  const elsewhere = aTicket({ ...waiting, id: 5, channel_id: 99 });
  const chapter = aTicket({ ...closed, id: 6, merged_into: 1 });
  expect(
    choicesOf(here, [elsewhere, closed, chapter, here, waiting]).map(({ ticket }) => ticket.id),
  ).toEqual([2, 3, 5]);
});
