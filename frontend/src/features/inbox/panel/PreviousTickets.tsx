import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useFormat } from '@/lib/session';
import { contactTicketsQuery } from '../api';
import { useNames } from '../names';
import { Block } from './Block';
import classes from './panel.module.css';

export function PreviousTickets({ contactId, current }: { contactId: number; current: number }) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const names = useNames();
  const tickets = useQuery(contactTicketsQuery(contactId));
  const others = tickets.data?.data.filter(({ id }) => id !== current);

  return (
    <Block title={t('panel.previous')} query={tickets} count={others?.length} open>
      {() =>
        others?.length ? (
          others.map((ticket) => (
            <Link
              key={ticket.id}
              className={classes.line}
              to={paths.ticket}
              params={{ ticketId: String(ticket.id) }}
              search={(place) => ({ ...place, at: undefined })}
            >
              <time dateTime={ticket.opened_at}>{format.moment(ticket.opened_at)}</time>
              <span className="cut">
                {names.reason(ticket.reason_id) ??
                  names.channel(ticket.channel_id)?.name ??
                  ticket.protocol}
              </span>
              <small>{t(`state.${ticket.state}`)}</small>
            </Link>
          ))
        ) : (
          <p className={classes.quiet}>{t('panel.no_previous')}</p>
        )
      }
    </Block>
  );
}
