import { expect, it } from 'vitest';
import { inWords } from './difference';

it.each([
  ['{"send":"Olá!","card":"ola"}', '“Olá!”'],
  ['{"ask":"Que dia?","card":"dia","options":["hoje","depois"]}', '“Que dia?” (hoje, depois)'],
  ['send “Bom dia, “Ana”!” card ola', '“Bom dia, “Ana”!”'],
  ['ask “Que dia?” options hoje,depois card dia', '“Que dia?” (hoje, depois)'],
  ['state asking', 'state asking'],
  ['nada', 'nada'],
  ['[1]', '[1]'],
])('%s is said as %s', (written, said) => {
  expect(inWords(written)).toBe(said);
});
