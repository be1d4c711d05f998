import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** 0.253 → 25 %; of nothing there is none. */
export function useShare() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    return (rate: number | null) => (rate === null ? '–' : percent.format(rate));
  }, [language]);
}
