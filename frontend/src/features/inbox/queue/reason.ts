import { useTranslation } from 'react-i18next';
import { useOpening } from '@/lib/opening';
import type { Candidate, Decision } from './api';

/** How it was chosen, or why it waits. */
export function useOutcome() {
  const { t } = useTranslation('distribution');
  const say = useOpening();
  return ({ outcome, why }: Decision): string =>
    outcome === 'closed' && why.opens_at
      ? t('outcome.closed_until', { when: say(why.opens_at) })
      : t(`outcome.${outcome}`);
}

/** Why them, or why not. */
export function useVerdict() {
  const { t } = useTranslation('distribution');
  return ({ verdict, held, held_here, limit }: Candidate, limitHere: number | null): string =>
    t(
      `verdict.${verdict}`,
      verdict === 'full_here' ? { held: held_here, limit: limitHere } : { held, limit },
    );
}
