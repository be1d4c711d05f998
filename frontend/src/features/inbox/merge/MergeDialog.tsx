import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { dropToast, toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import acts from '../acts/acts.module.css';
import { contactTicketsQuery, ticketQuery, type Ticket } from '../api';
import { useMerge } from './api';
import { MergeChoices } from './MergeChoices';
import { MergePreview } from './MergePreview';
import { choicesOf } from './plan';
import { useTakeApart } from './useTakeApart';
import classes from './merge.module.css';

type Props = { ticket: Ticket; onDone: () => void };

/** Which other ticket of this person belongs to this one, what will happen, and the way back afterwards. */
export function MergeDialog({ ticket, onDone }: Props) {
  const { t } = useTranslation('merge');
  return (
    <Dialog open title={t('title')} width={520} onClose={onDone}>
      <MergeForm ticket={ticket} onDone={onDone} />
    </Dialog>
  );
}

function MergeForm({ ticket, onDone }: Props) {
  const { t } = useTranslation(['merge', 'common']);
  /* As it is by now: whoever opened the dialog may have waited. */
  const { data: here = ticket } = useQuery(ticketQuery(ticket.id));
  const tickets = useQuery(contactTicketsQuery(ticket.contact.id));
  const choices = useMemo(() => choicesOf(here, tickets.data?.data ?? []), [here, tickets.data]);
  const [chosen, setChosen] = useState<number>();
  const [turned, setTurned] = useState(false);
  const merge = useMerge();
  const say = useSayMerged(ticket.id);

  const choice =
    choices.find(({ ticket: { id } }) => id === chosen) ??
    choices.find(({ plan }) => plan.ways.length > 0);
  const ways = choice?.plan.ways ?? [];
  const way = ways[turned ? ways.length - 1 : 0];

  if (tickets.isError)
    return <RefusalState error={tickets.error} onRetry={() => void tickets.refetch()} />;
  if (tickets.isPending) return <Skeleton height={120} radius={8} aria-busy="true" />;
  if (choices.length === 0) return <p className={acts.lead}>{t('none')}</p>;

  return (
    <form
      className={acts.stack}
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!way) return;
        merge.mutate(way, {
          onSuccess: (pair) => {
            onDone();
            say(pair);
          },
        });
      }}
    >
      <p className={acts.lead}>{t('lead')}</p>
      <MergeChoices
        choices={choices}
        chosen={choice?.ticket.id}
        onChoose={(id) => {
          setChosen(id);
          setTurned(false);
          merge.reset();
        }}
      />
      {way && <MergePreview way={way} turns={ways.length > 1} onTurn={() => setTurned(!turned)} />}
      {!way && <p className={classes.quiet}>{t('none_fits')}</p>}
      <RefusalLine error={merge.error} />
      <div className={acts.acts}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!way} loading={merge.isPending}>
          {t('act')}
        </Button>
      </div>
    </form>
  );
}

/** It was done, with the way back; whoever looked at the one that ended is taken to the one that goes on. */
function useSayMerged(lookedAt: number) {
  const { t } = useTranslation(['merge', 'common']);
  const navigate = useNavigate();
  const takeApart = useTakeApart();

  return ({ source, target }: { source: Ticket; target: Ticket }) => {
    const id = `merged ${source.id}`;
    toast({
      id,
      message: (
        <span className={classes.toast}>
          <span>{t('done', { source: source.protocol, target: target.protocol })}</span>
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              dropToast(id);
              takeApart.mutate(source.id);
            }}
          >
            {t('common:undo')}
          </Button>
        </span>
      ),
    });
    if (source.id === lookedAt)
      void navigate({
        to: paths.ticket,
        params: { ticketId: String(target.id) },
        search: (place) => ({ ...place, at: undefined, peek: undefined }),
      });
  };
}
