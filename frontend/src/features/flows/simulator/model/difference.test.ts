import { expect, it } from 'vitest';
import { inWords } from './difference';

const labelOf = (option: string) => (option === 'hoje' ? 'Hoje mesmo' : option);

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
