import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { makeFormat } from '@/lib/format';

/** Of no account, so in the zone of this screen. */
export function useNumbers() {
  const { t, i18n } = useTranslation('common');
  const language = i18n.resolvedLanguage ?? 'pt-BR';
  const words = { now: t('now'), today: t('today'), yesterday: t('yesterday') };
  const { now, today, yesterday } = words;
  return useMemo(
    () =>
      makeFormat(language, Intl.DateTimeFormat().resolvedOptions().timeZone, {
        now,
        today,
        yesterday,
      }),
    [language, now, today, yesterday],
  );
}
