import { expect, it } from 'vitest';
import { opened } from './world';

it('at the opening everything that has hours is open, and nothing else changes', () => {
  const given = {
    departments: [{ ref: 'department:1', name: 'Geral', online: 2, inside: false, holiday: true }],
    periods: [{ ref: 'period:1', inside: false }],
    contact: { name: 'Ana' },
  };
  expect(opened(given)).toEqual({
    departments: [{ ref: 'department:1', name: 'Geral', online: 2, inside: true, holiday: false }],
    periods: [{ ref: 'period:1', inside: true, holiday: false }],
    shifts: [],
  });
});
