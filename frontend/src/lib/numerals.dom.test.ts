import { i18n, speak } from './i18n';

type Words = { [key: string]: string | Words };

afterEach(() => speak('pt-BR'));

/** Every sentence of a room that counts, by its key without the plural's ending. */
const counting = (words: Words, above = ''): string[] =>
  Object.entries(words).flatMap(([key, said]) => {
    if (typeof said !== 'string') return counting(said, `${above}${key}.`);
    return said.includes('{{count}}')
      ? [`${above}${key.replace(/_(one|many|other|zero)$/, '')}`]
      : [];
  });

const say = i18n.t as unknown as (key: string, values: object) => string;

it.each([
  ['pt-BR', '1.225'],
  ['en', '1,225'],
] as const)('whatever counts in %s writes %s', async (language, written) => {
  await speak(language);
  const rooms = i18n.getDataByLanguage(language) as unknown as Record<string, Words>;
  const keys = Object.entries(rooms).flatMap(([ns, words]) =>
    counting(words).map((key) => `${ns}:${key}`),
  );
  expect(keys.length).toBeGreaterThan(20);
  for (const key of keys) expect(say(key, { count: 1225 })).toContain(written);
});

it('a number that is a name keeps its digits, and text is left alone', () => {
  i18n.addResource('pt-BR', 'common', 'trial', '{{kind}} {{id}}, {{total}}');
  expect(say('trial', { kind: 'Token', id: 41225, total: 1225 })).toBe('Token 41225, 1.225');
});
