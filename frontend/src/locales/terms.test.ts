/*
 * One thing has one word, in every file. Portuguese texts are where the same thing was called two ways; what the server
 * says is held by its own tests.
 */
type Texts = { [key: string]: string | Texts };

const files = import.meta.glob<Texts>('./*/*.json', { eager: true, import: 'default' });

const TERMS: { language: string; never: RegExp; say: string }[] = [
  { language: 'pt-BR', never: /\brob[ôo]s?(?!\p{L})/iu, say: 'bot' },
  { language: 'pt-BR', never: /\bdepartamentos?\b/iu, say: 'setor' },
  { language: 'en', never: /\brobots?\b/iu, say: 'bot' },
];

const flatten = (texts: Texts, at: string): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [[`${at}: ${key}`, text] as [string, string]]
      : flatten(text, `${at}.${key}`),
  );

it.each(TERMS)('$language says $say, never $never', ({ language, never }) => {
  const texts = Object.entries(files)
    .filter(([path]) => path.startsWith(`./${language}/`))
    .flatMap(([path, of]) => flatten(of, path));
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.filter(([, text]) => never.test(text))).toEqual([]);
});
