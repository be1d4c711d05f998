import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readPreference, type Preferences } from './preferences';
import portuguese from '@/locales/pt-BR';

export type Language = Preferences['language'];

/** Portuguese travels with the page; the others come when somebody asks for them. */
const BUNDLES: Record<Exclude<Language, 'pt-BR'>, () => Promise<{ default: typeof portuguese }>> = {
  en: () => import('@/locales/en'),
};

void i18next.use(initReactI18next).init({
  lng: 'pt-BR',
  fallbackLng: 'pt-BR',
  defaultNS: 'common',
  resources: { 'pt-BR': portuguese },
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes
});

/** Words of one feature that come with its pages. */
const ROOMS = {
  acts: {
    'pt-BR': () => import('@/locales/pt-BR/acts.json'),
    en: () => import('@/locales/en/acts.json'),
  },
  answers: {
    'pt-BR': () => import('@/locales/pt-BR/answers.json'),
    en: () => import('@/locales/en/answers.json'),
  },
  audit: {
    'pt-BR': () => import('@/locales/pt-BR/audit.json'),
    en: () => import('@/locales/en/audit.json'),
  },
  channels: {
    'pt-BR': () => import('@/locales/pt-BR/channels.json'),
    en: () => import('@/locales/en/channels.json'),
  },
  chat: {
    'pt-BR': () => import('@/locales/pt-BR/chat.json'),
    en: () => import('@/locales/en/chat.json'),
  },
  contacts: {
    'pt-BR': () => import('@/locales/pt-BR/contacts.json'),
    en: () => import('@/locales/en/contacts.json'),
  },
  compose: {
    'pt-BR': () => import('@/locales/pt-BR/compose.json'),
    en: () => import('@/locales/en/compose.json'),
  },
  distribution: {
    'pt-BR': () => import('@/locales/pt-BR/distribution.json'),
    en: () => import('@/locales/en/distribution.json'),
  },
  firststeps: {
    'pt-BR': () => import('@/locales/pt-BR/firststeps.json'),
    en: () => import('@/locales/en/firststeps.json'),
  },
  flows: {
    'pt-BR': () => import('@/locales/pt-BR/flows.json'),
    en: () => import('@/locales/en/flows.json'),
  },
  hours: {
    'pt-BR': () => import('@/locales/pt-BR/hours.json'),
    en: () => import('@/locales/en/hours.json'),
  },
  intake: {
    'pt-BR': () => import('@/locales/pt-BR/intake.json'),
    en: () => import('@/locales/en/intake.json'),
  },
  keys: {
    'pt-BR': () => import('@/locales/pt-BR/keys.json'),
    en: () => import('@/locales/en/keys.json'),
  },
  merge: {
    'pt-BR': () => import('@/locales/pt-BR/merge.json'),
    en: () => import('@/locales/en/merge.json'),
  },
  notices: {
    'pt-BR': () => import('@/locales/pt-BR/notices.json'),
    en: () => import('@/locales/en/notices.json'),
  },
  operator: {
    'pt-BR': () => import('@/locales/pt-BR/operator.json'),
    en: () => import('@/locales/en/operator.json'),
  },
  organisation: {
    'pt-BR': () => import('@/locales/pt-BR/organisation.json'),
    en: () => import('@/locales/en/organisation.json'),
  },
  presence: {
    'pt-BR': () => import('@/locales/pt-BR/presence.json'),
    en: () => import('@/locales/en/presence.json'),
  },
  profile: {
    'pt-BR': () => import('@/locales/pt-BR/profile.json'),
    en: () => import('@/locales/en/profile.json'),
  },
  search: {
    'pt-BR': () => import('@/locales/pt-BR/search.json'),
    en: () => import('@/locales/en/search.json'),
  },
  signinlog: {
    'pt-BR': () => import('@/locales/pt-BR/signinlog.json'),
    en: () => import('@/locales/en/signinlog.json'),
  },
  simulator: {
    'pt-BR': () => import('@/locales/pt-BR/simulator.json'),
    en: () => import('@/locales/en/simulator.json'),
  },
  start: {
    'pt-BR': () => import('@/locales/pt-BR/start.json'),
    en: () => import('@/locales/en/start.json'),
  },
  tags: {
    'pt-BR': () => import('@/locales/pt-BR/tags.json'),
    en: () => import('@/locales/en/tags.json'),
  },
  team: {
    'pt-BR': () => import('@/locales/pt-BR/team.json'),
    en: () => import('@/locales/en/team.json'),
  },
  timers: {
    'pt-BR': () => import('@/locales/pt-BR/timers.json'),
    en: () => import('@/locales/en/timers.json'),
  },
  tokens: {
    'pt-BR': () => import('@/locales/pt-BR/tokens.json'),
    en: () => import('@/locales/en/tokens.json'),
  },
  voice: {
    'pt-BR': () => import('@/locales/pt-BR/voice.json'),
    en: () => import('@/locales/en/voice.json'),
  },
} as const;

/** Brings a feature's words, in Portuguese too: it is the last resort. Before its page is drawn. */
export async function bringWords(room: keyof typeof ROOMS) {
  const languages: Language[] = i18next.language === 'en' ? ['pt-BR', 'en'] : ['pt-BR'];
  for (const language of languages) {
    if (i18next.hasResourceBundle(language, room)) continue;
    i18next.addResourceBundle(language, room, (await ROOMS[room][language]()).default);
  }
}

/** Whoever changes the language in the middle keeps the words of the pages they have seen. */
async function translateRooms(language: Language) {
  for (const room of Object.keys(ROOMS) as (keyof typeof ROOMS)[]) {
    if (!i18next.hasResourceBundle('pt-BR', room)) continue;
    if (i18next.hasResourceBundle(language, room)) continue;
    i18next.addResourceBundle(language, room, (await ROOMS[room][language]()).default);
  }
}

export async function speak(language: Language) {
  if (language !== 'pt-BR' && !i18next.hasResourceBundle(language, 'common')) {
    const bundle = await BUNDLES[language]();
    for (const [room, words] of Object.entries(bundle.default)) {
      i18next.addResourceBundle(language, room, words);
    }
  }
  await translateRooms(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export const speakPreferred = () => speak(readPreference('language'));

/** For keys that come from outside, as the server's slugs do: the words, if we have them. */
export function wordsFor(
  room: keyof typeof portuguese | keyof typeof ROOMS,
  key: string,
): string | undefined {
  const words: unknown = i18next.getResource(i18next.resolvedLanguage ?? 'pt-BR', room, key);
  return typeof words === 'string' ? words : undefined;
}

export { i18next as i18n };
