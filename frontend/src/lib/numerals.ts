import type { FormatterModule } from 'i18next';

/** What a number is called in a sentence that names something by it: nobody groups the digits of a name. */
const NAMES = new Set(['account', 'code', 'id', 'number', 'seq', 'version']);

const made = new Map<string, Intl.NumberFormat>();

function numeralsOf(language: string) {
  const known = made.get(language);
  if (known) return known;
  const numerals = new Intl.NumberFormat(language);
  made.set(language, numerals);
  return numerals;
}

/** No sentence asks for a format by its name. */
const nothing = () => undefined;

/** Numbers in a sentence as its language writes them: “1.225 conversas”, “1,225 conversations”. */
export const numerals: FormatterModule = {
  type: 'formatter',
  init: nothing,
  add: nothing,
  addCached: nothing,
  format: (value: unknown, _, language, options) =>
    typeof value === 'number' && language && !NAMES.has(String(options?.['interpolationkey']))
      ? numeralsOf(language).format(value)
      : (value as string),
};
