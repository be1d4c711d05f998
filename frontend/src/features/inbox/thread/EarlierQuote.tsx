import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal, mayPass } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { messageAtQuery } from '../api';
import { QuoteText } from './Quote';
import classes from './thread.module.css';

type Props = { ticketId: number; seq: number };

/** What it answers to was said in an earlier ticket: its words, for whoever sees that one. */
export function EarlierQuote({ ticketId, seq }: Props) {
  const { t } = useTranslation('inbox');
  const { data, error, isPending } = useQuery(messageAtQuery(ticketId, seq));
  return (
    <blockquote className={classes.quote} aria-busy={isPending}>
      <b>{t('message.earlier_ticket')}</b>
      {!isPending && (
        <span>
          {!data &&
            (error && mayPass(error) ? sayRefusal(asRefusal(error)) : t('message.out_of_sight'))}
          {data?.deleted_at && t('message.deleted')}
          {data && !data.deleted_at && <QuoteText message={data} />}
        </span>
      )}
    </blockquote>
  );
}
