import en from '../src/locales/en/notices.json';
import portuguese from '../src/locales/pt-BR/notices.json';

/** The page's own words, and two that only the worker says. */
export const WORDS = {
  'pt-BR': {
    ...portuguese.told,
    test: portuguese.trial,
    something: portuguese.something,
  },
  en: { ...en.told, test: en.trial, something: en.something },
};
