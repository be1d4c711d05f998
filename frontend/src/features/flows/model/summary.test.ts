import { aFlow, TYPES } from './a-flow';
import { cardOf } from './document';
import { summaryOf } from './summary';

const wordOf = (field: string, word: string) => `${field}: ${word}`;

const say = (id: string) => {
  const card = cardOf(aFlow(), id)!;
  return summaryOf(
    card,
    TYPES.get(card.type),
    (ref) => `nome de ${ref}`,
    (_, word) => word,
  );
};

it('says what a card says, else what it does', () => {
  expect(say('menu')).toBe('“Como posso ajudar?”');
  expect(say('suporte')).toBe('nome de department:2');
});

it('what is left empty says nothing', () => {
  const card = { id: 'a', type: 'send_message', v: 1, settings: { text: '' } };
  expect(summaryOf(card, TYPES.get(card.type), String, String)).toBe('');
});

it('a choice at its default says nothing: nobody made it', () => {
  const type = {
    ...TYPES.get('send_message')!,
    fields: [{ name: 'survey', type: 'enum', default: 'none' }],
  } as unknown as NonNullable<ReturnType<typeof TYPES.get>>;
  const card = { id: 'a', type: 'finish', v: 1, settings: { survey: 'none' } };
  expect(summaryOf(card, type, String, wordOf)).toBe('');
  expect(summaryOf({ ...card, settings: { survey: 'company' } }, type, String, wordOf)).toBe(
    'survey: company',
  );
});

it('a long text ends where a word does, and says that it goes on', () => {
  const saying = (text: string) => {
    const card = { id: 'a', type: 'send_message', v: 1, settings: { text } };
    return summaryOf(card, TYPES.get(card.type), String, wordOf);
  };
  expect(saying('a'.repeat(158))).toBe(`“${'a'.repeat(158)}”`);
  expect(saying('olá '.repeat(50))).toMatch(/^“(olá ){38}olá…$/);
  expect(saying('a'.repeat(200))).toMatch(/^“a{159}…$/);
});
