import { expect, it } from 'vitest';
import { inWords, labelsOf } from './difference';

const labelOf = labelsOf({
  id: 'dia',
  type: 'question',
  v: 1,
  settings: { options: [{ id: 'hoje', label: 'Hoje mesmo' }] },
});

it.each([
  ['{"send":"Olá!","card":"ola"}', '“Olá!”'],
  [
    '{"ask":"Que dia?","card":"dia","options":["hoje","depois"]}',
    '“Que dia?” (Hoje mesmo, depois)',
  ],
  ['send “Bom dia, “Ana”!” card ola', '“Bom dia, “Ana”!”'],
  ['ask “Que dia?” options hoje,depois card dia', '“Que dia?” (Hoje mesmo, depois)'],
  ['state asking', 'state asking'],
  ['nada', 'nada'],
  ['[1]', '[1]'],
])('%s is said as %s', (written, said) => {
  expect(inWords(written, labelOf)).toBe(said);
});
