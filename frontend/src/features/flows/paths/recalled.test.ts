import { expect, it } from 'vitest';
import { linesOf } from './recalled';

const test = {
  steps: [
    { in: { kind: 'message', text: 'Oi' } },
    {
      out: [
        { send: 'Olá! <<ticket.protocol>><<*>>', card: 'oi' },
        { ask: 'Qual?', card: 'menu', options: ['a'] },
      ],
    },
    { advance_s: 90 },
    { out: [] },
    { in: { kind: 'reply', option: 'a' } },
    { out: [{ ask: 'Envie a foto.', card: 'foto' }] },
    { in: { kind: 'message', form: 'image', text: '' } },
    { agent: 'taken' },
    { agent: { returned: 'resume' } },
    { check: { state: 'ended' } },
  ],
};

it('is told line by line, and a tap by the question it answers', () => {
  expect(linesOf(test)).toEqual([
    { who: 'customer', text: 'Oi' },
    { who: 'bot', text: 'Olá! {ticket.protocol}…', card: 'oi' },
    { who: 'bot', text: 'Qual?', card: 'menu' },
    { who: 'clock', seconds: 90 },
    { who: 'customer', text: '', option: { card: 'menu', id: 'a' } },
    { who: 'bot', text: 'Envie a foto.', card: 'foto' },
    { who: 'customer', text: '', form: 'image' },
    { who: 'agent', act: 'taken' },
    { who: 'agent', act: 'returned' },
  ]);
});

it('of what is no recording there is nothing to tell', () => {
  for (const damaged of [null, {}, { steps: 'x' }, { steps: [{ in: 3 }] }])
    expect(linesOf(damaged)).toEqual([]);
});
