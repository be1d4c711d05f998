/** The page's words. One file per language in locales/; pt-BR is the source and the last resort. */
const LANGUAGES = ['pt-BR', 'en'];

/** @type {Record<string, string>} */
let words = {};
export let language = 'pt-BR';

export async function loadWords() {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('lab.language') ?? navigator.language;
  language = LANGUAGES.find((one) => asked.toLowerCase().startsWith(one.slice(0, 2).toLowerCase())) ?? 'pt-BR';
  words = await (await fetch(`/locales/${language}.json`)).json();
  document.documentElement.lang = language;
  document.title = t('title');
}

/** @param {string} next */
export function speak(next) {
  localStorage.setItem('lab.language', next);
  location.replace(location.pathname);
}

/**
 * The sentence of a key. `{name}` is filled from `values`; with `count` the key's `_one` or `_other` form is taken.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const count = values['count'];
  const form = typeof count === 'number' ? `${key}_${new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other'}` : key;
  const sentence = words[form] ?? words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {string} key */
export function has(key) {
  return key in words;
}
