import { useTranslation } from 'react-i18next';
import type { PresenceState } from '@/lib/presence';
import classes from './chat.module.css';

/** On an avatar. Its shape says it as well as its colour, and its word says it to whoever does not see it. */
export function StateDot({ state }: { state: PresenceState }) {
  const { t } = useTranslation('chat');
  return (
    <span className={classes.state} data-state={state} title={t(`state.${state}`)}>
      <span className="hidden">{t(`state.${state}`)}</span>
    </span>
  );
}
