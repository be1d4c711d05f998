import en from './locales/en.json';
import pt from './locales/pt-BR.json';

type Sentence = keyof typeof pt;
type Plural<Key> = Key extends `${infer Base}_other` ? Base : never;
type Fill = Readonly<Record<string, string | number>>;

/** The visitor's language: sentences, and how dates and sizes are written. */
export interface Words {
  locale: string;
  say(key: Sentence, fill?: Fill): string;
  count(key: Plural<Sentence>, count: number, fill?: Fill): string;
  /** The sentence for what the server said no with. */
  refused(slug: string, fill?: Fill): string;
  time(at: Date): string;
  day(at: Date, now?: Date): string;
  size(bytes: number): string;
}

interface Language {
  locale: string;
  sentences: Readonly<Record<string, string>>;
}

const SOURCE: Language = { locale: 'pt-BR', sentences: pt };
const OTHERS: Readonly<Record<string, Language>> = { en: { locale: 'en', sentences: en } };

const DAY_MS = 24 * 60 * 60 * 1000;

export function createWords(wanted: string): Words {
  const language = wanted.toLowerCase().split('-')[0] ?? '';
  const { locale, sentences } = OTHERS[language] ?? SOURCE;
  const plural = new Intl.PluralRules(locale);
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const near = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

  const pick = (key: Sentence) => sentences[key] ?? key;

  function fillIn(sentence: string, fill: Fill = {}) {
    return sentence.replace(/{{(\w+)}}/g, (_all, name: string) => String(fill[name] ?? ''));
  }

  function day(at: Date, now = new Date()) {
    const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0);
    const days = Math.round((midnight(at) - midnight(now)) / DAY_MS);
    if (days === 0 || days === -1) return near.format(days, 'day');
    const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
    return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year }).format(at);
  }

  function size(bytes: number) {
    const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte'];
    const digits = amount < 10 ? 1 : 0;
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      maximumFractionDigits: digits,
    }).format(amount);
  }

  return {
    locale,
    day,
    size,
    time: (at) => clock.format(at),
    say: (key, fill) => fillIn(pick(key), fill),
    count(key, count, fill) {
      const form = sentences[`${key}_${plural.select(count)}`] ?? sentences[`${key}_other`];
      return fillIn(form ?? key, { count, ...fill });
    },
    refused: (slug, fill) =>
      fillIn(sentences[`refused_${slug}`] ?? pick('refused_unexpected'), { slug, ...fill }),
  };
}
