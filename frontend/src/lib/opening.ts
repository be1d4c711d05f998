import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { useFormat } from './session';

/** When something opens (or closes), in words: amanhã, às 08:00. In the zone of the place. */
export function useOpening(zone?: string) {
  const { t } = useTranslation();
  const format = useFormat(zone);
  return useMemo(
    () => (iso: string, from?: string) => {
      const { days, day } = format.coming(iso, from === undefined ? new Date() : new Date(from));
      const word = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days < 7 ? 'weekday' : 'date';
      return t(`opening.${word}`, { day, time: format.time(iso) });
    },
    [t, format],
  );
}

/** An answer may be older than the moment at which it says that things change. */
export function isOpenNow({ is_open, opens_at, closes_at }: Schema['HoursState']): boolean {
  const change = is_open ? closes_at : opens_at;
  const hasChanged = change !== null && Date.parse(change) <= Date.now();
  return is_open !== hasChanged;
}
