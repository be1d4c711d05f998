import { expect, it } from 'vitest';
import { faultOf } from './details';

it.each([
  ['name', '', true, 'name_missing'],
  ['name', '  ', true, 'name_missing'],
  ['name', '', false, null],
  ['email', 'ana@empresa.com.br', true, null],
  ['email', 'ana@empresa', true, 'email_invalid'],
  ['email', 'ana empresa.com', false, 'email_invalid'],
  ['phone', '(49) 98841-2076', true, null],
  ['phone', '+55 49 98841 2076', true, null],
  ['phone', '98841', true, 'phone_invalid'],
  ['phone', 'ligue 49988412076', true, 'phone_invalid'],
  ['name', 'a'.repeat(121), true, 'too_long'],
] as const)('%s %o (required: %s) → %s', (name, value, isRequired, fault) => {
  expect(faultOf(name, value, isRequired)).toBe(fault);
});
