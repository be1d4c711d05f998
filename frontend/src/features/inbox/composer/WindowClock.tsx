import IconWindow from '@tabler/icons-react/dist/esm/icons/IconWindow.mjs';
import IconWindowOff from '@tabler/icons-react/dist/esm/icons/IconWindowOff.mjs';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/now';
import { useFormat } from '@/lib/session';
import type { Ticket } from '../api';
import { windowLeft } from '../model/clock';
import classes from './composer.module.css';

const SHORT_S = 4 * 3600;

/** How long free messages still reach the customer. */
export function WindowClock({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const left_s = windowLeft(ticket, useNow());
  if (left_s === null || ticket.state === 'closed') return null;
  if (left_s <= 0) {
    return (
      <span className={classes.window}>
        <IconWindowOff size={16} stroke={1.75} aria-hidden="true" />
        {t('clock.window_closed')}
      </span>
    );
  }
  return (
    <span
      className={classes.window}
      data-tone={left_s < SHORT_S ? 'warn' : undefined}
      title={ticket.window_ends_at ? format.exact(ticket.window_ends_at) : undefined}
    >
      <IconWindow size={16} stroke={1.75} aria-hidden="true" />
      {t('window.closes_in', { time: format.duration(left_s) })}
    </span>
  );
}
