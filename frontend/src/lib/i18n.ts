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

export async function speak(language: Language) {
  if (language !== 'pt-BR' && !i18next.hasResourceBundle(language, 'common')) {
    const bundle = await BUNDLES[language]();
    for (const [room, words] of Object.entries(bundle.default)) {
      i18next.addResourceBundle(language, room, words);
    }
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export const speakPreferred = () => speak(readPreference('language'));

/** For keys that come from outside, as the server's slugs do: the words, if we have them. */
export function wordsFor(room: keyof typeof portuguese, key: string): string | undefined {
  const words: unknown = i18next.getResource(i18next.resolvedLanguage ?? 'pt-BR', room, key);
  return typeof words === 'string' ? words : undefined;
}

export { i18next as i18n };
