import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { numerals } from './numerals';
import { readPreference, type Preferences } from './preferences';
import portuguese from '@/locales/pt-BR';

export type Language = Preferences['language'];

/** Portuguese travels with the page; the others come when somebody asks for them. */
const BUNDLES: Record<Exclude<Language, 'pt-BR'>, () => Promise<{ default: typeof portuguese }>> = {
  en: () => import('@/locales/en'),
};

void i18next
  .use(initReactI18next)
  .use(numerals)
  .init({
    lng: 'pt-BR',
    fallbackLng: 'pt-BR',
    defaultNS: 'common',
    resources: { 'pt-BR': portuguese },
    initAsync: false,
    interpolation: { escapeValue: false, alwaysFormat: true }, // React escapes; numerals.ts formats
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
  flowplan: {
    'pt-BR': () => import('@/locales/pt-BR/flowplan.json'),
    en: () => import('@/locales/en/flowplan.json'),
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
  refusals: {
    'pt-BR': () => import('@/locales/pt-BR/refusals.json'),
    en: () => import('@/locales/en/refusals.json'),
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
  surveys: {
    'pt-BR': () => import('@/locales/pt-BR/surveys.json'),
    en: () => import('@/locales/en/surveys.json'),
  },
  tags: {
    'pt-BR': () => import('@/locales/pt-BR/tags.json'),
    en: () => import('@/locales/en/tags.json'),
  },
  talk: {
    'pt-BR': () => import('@/locales/pt-BR/talk.json'),
    en: () => import('@/locales/en/talk.json'),
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

type Room = keyof typeof ROOMS;

/** Rooms that only go on with the words of one that is there from the beginning: what few see at first. */
const GOES_ON: Partial<Record<Room, keyof typeof portuguese>> = {
  refusals: 'refused',
  talk: 'inbox',
};

const brought = new Set<string>();

async function bring(room: Room, language: Language) {
  if (brought.has(`${language} ${room}`)) return;
  const { default: words } = await ROOMS[room][language]();
  i18next.addResourceBundle(language, GOES_ON[room] ?? room, words, true);
  brought.add(`${language} ${room}`);
}

/**
 * Brings a feature's words, in Portuguese too: it is the last resort. Before its page is drawn. What may be refused
 * there comes with it.
 */
export async function bringWords(...rooms: Room[]) {
  const languages: Language[] = i18next.language === 'en' ? ['pt-BR', 'en'] : ['pt-BR'];
  await Promise.all(
    languages.flatMap((language) =>
      [...rooms, 'refusals' as const].map((room) => bring(room, language)),
    ),
  );
}

/** Whoever changes the language in the middle keeps the words of the pages they have seen. */
async function translateRooms(language: Language) {
  for (const room of Object.keys(ROOMS) as Room[])
    if (brought.has(`pt-BR ${room}`)) await bring(room, language);
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

/** Words for what was refused are there before anybody has to say them. */
export async function bringRefusal(slug: string) {
  if (wordsFor('refused', slug) === undefined) await bringWords().catch(() => undefined);
}

export { i18next as i18n };
