import { i18n } from '@/lib/i18n';
import en from '@/locales/en/templates.json';
import portuguese from '@/locales/pt-BR/templates.json';

/* Shown in several rooms, each of which comes late: the words come with whichever is first. */
i18n.addResourceBundle('pt-BR', 'templates', portuguese);
i18n.addResourceBundle('en', 'templates', en);

type Group = 'status' | 'category' | 'quality';

/** The network's own word, in ours; one that is new here is shown as it came. */
export const sayNetworkWord = (group: Group, word: string) => {
  const key = `templates:${group}.${word}`;
  return i18n.exists(key) ? (i18n.t as (key: string) => string)(key) : word;
};
