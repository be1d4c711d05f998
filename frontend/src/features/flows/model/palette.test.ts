import { aFlow, TYPES } from './a-flow';
import { cardOf, type Settings } from './document';
import { isShown, outletsOf, shownFields } from './palette';

const question = TYPES.get('question');
const ways = (settings: Settings) => outletsOf(question, { settings }).map(({ name }) => name);

it('a choice leaves by its options, a yes or no by two, an answer by one', () => {
  const menu = cardOf(aFlow(), 'menu');
  expect(ways(menu?.settings ?? {})).toEqual(['opt:boleto', 'opt:suporte', 'exhausted', 'silent']);
  expect(ways({ expect: 'confirm' })).toEqual(['yes', 'no', 'exhausted', 'silent']);
  expect(ways({ expect: 'await' })).toEqual(['next', 'exhausted', 'silent']);
});

it('a setting is asked for as the others stand, their defaults too, and those that are not asked for', () => {
  const names = (settings: Settings) =>
    shownFields(question?.fields ?? [], settings).map(({ name }) => name);
  expect(names({ expect: 'choice' })).toEqual(['expect', 'text', 'options']);
  expect(names({ expect: 'await' })).toEqual(['expect', 'text', 'validator', 'max_length']);
  expect(names({ expect: 'await', validator: 'cpf' })).toEqual(['expect', 'text', 'validator']);
});

it('a switch counts by its word', () => {
  const field = { name: 'message', type: 'template', visible_if: { field: 'says', in: ['true'] } };
  const fields = [{ name: 'says', type: 'bool', default: true }, field];
  expect(isShown(field, fields, {})).toBe(true);
  expect(isShown(field, fields, { says: false })).toBe(false);
});
