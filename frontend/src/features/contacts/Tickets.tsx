import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { ticketsQuery } from './api';
import classes from './contacts.module.css';

/** Their conversations that one sees, newest first. */
export function Tickets({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const tickets = useQuery(ticketsQuery(contactId));
  return (
    <section className={classes.section} aria-label={t('tickets.title')}>
      <h3>{t('tickets.title')}</h3>
      <RefusalLine error={tickets.error} />
      {tickets.data?.data.length === 0 && <p className={classes.quiet}>{t('tickets.none')}</p>}
      {(tickets.data?.data.length ?? 0) > 0 && (
        <ul className={classes.card}>
          {tickets.data?.data.map((ticket) => (
            <li key={ticket.id}>
              <span className={classes.what}>
                <Link to={paths.ticket} params={{ ticketId: String(ticket.id) }}>
                  {ticket.protocol}
                </Link>
                <small className="cut">{t(`tickets.${ticket.state}`)}</small>
              </span>
              <time className={`${classes.when} num`} dateTime={ticket.last_activity_at}>
                {format.moment(ticket.last_activity_at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
