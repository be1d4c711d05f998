import IconWindow from '@tabler/icons-react/dist/esm/icons/IconWindow.mjs';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/now';
import { useFormat } from '@/lib/session';
import type { Ticket } from './api';
import { windowLeft } from './model/clock';
import { networkName, useNames } from './names';
import classes from './inbox.module.css';

const SHORT_S = 4 * 3600;

/** On a phone the composer has no room for the clock: it is a strip under the header. */
export function WindowStrip({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const names = useNames();
  const left_s = windowLeft(ticket, useNow());
  if (left_s === null || left_s <= 0 || left_s >= SHORT_S || ticket.state === 'closed') return null;
  return (
    <div className={classes.strip}>
      <IconWindow size={14} stroke={1.75} aria-hidden="true" />
      {t('window.strip', {
        network: networkName(names.channel(ticket.channel_id)?.kind),
        time: format.duration(left_s),
      })}
    </div>
  );
}
