import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** How parts and averages are written: 0.253 → 25 %, 4.28 → 4,3, 4 → 4,0; of nothing there is none. */
export function useFigures() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    const tenths = new Intl.NumberFormat(language, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const or = (format: Intl.NumberFormat) => (value: number | null) =>
      value === null ? '–' : format.format(value);
    return { share: or(percent), decimal: or(tenths) };
  }, [language]);
}
