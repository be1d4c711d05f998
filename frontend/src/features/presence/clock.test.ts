import { lengthOf } from './clock';

const lunch = {
  id: 1,
  member_id: 2,
  reason_id: 3,
  planned_min: 15,
  started_at: '2026-03-04T12:00:00Z',
  ended_at: null,
  ended_by: null,
};
const at = (time: string) => Date.parse(`2026-03-04T${time}Z`);

it('counts what is left of the plan, then how far it is over', () => {
  expect(lengthOf(lunch, at('12:05:00'))).toEqual({ seconds: 300, left: 600 });
  expect(lengthOf(lunch, at('12:20:00'))).toEqual({ seconds: 1200, left: -300 });
});

it('stops at its end, and never runs backwards on a browser whose clock is behind', () => {
  const ended = { ...lunch, ended_at: '2026-03-04T12:10:00Z' };
  expect(lengthOf(ended, at('18:00:00'))).toEqual({ seconds: 600, left: 300 });
  expect(lengthOf(lunch, at('11:59:00'))).toEqual({ seconds: 0, left: 900 });
});
