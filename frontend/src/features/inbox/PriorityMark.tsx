import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import { useTranslation } from 'react-i18next';
import type { Ticket } from './api';
import classes from './inbox.module.css';

type Pressing = Ticket & { priority: 'urgent' | 'high' };

/** What goes before others in its queue, and is to be seen among them. */
export const isPressing = (ticket: Ticket): ticket is Pressing =>
  ticket.priority === 'urgent' || ticket.priority === 'high';

/** Spoken where nothing around it says it. */
export function PriorityMark({ ticket, spoken = false }: { ticket: Ticket; spoken?: boolean }) {
  const { t } = useTranslation('inbox');
  if (!isPressing(ticket)) return null;
  const words = t(`row.${ticket.priority}`);
  return (
    <span className={classes.priority} data-priority={ticket.priority} title={words}>
      <IconUp size={14} stroke={2.5} aria-hidden="true" />
      {spoken && <span className="hidden">{words}</span>}
    </span>
  );
}
