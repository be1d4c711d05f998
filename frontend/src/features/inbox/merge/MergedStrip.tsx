import { Button } from '@mantine/core';
import IconMerge from '@tabler/icons-react/dist/esm/icons/IconArrowMerge.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { ticketQuery, type Ticket } from '../api';
import { useTakeApart } from './useTakeApart';
import classes from './merge.module.css';

type Props = { ticket: Ticket; into: number };

/** In place of the field to answer in: this one is over, and where it goes on. */
export function MergedStrip({ ticket, into }: Props) {
  const { t } = useTranslation('merge');
  const can = useCan();
  const target = useQuery({ ...ticketQuery(into), retry: false });
  const takeApart = useTakeApart();
  return (
    <div className={classes.strip} role="status">
      <IconMerge size={16} stroke={1.75} aria-hidden="true" />
      <span>
        {target.data ? (
          <>
            {t('merged_into')}{' '}
            <Link
              className="num"
              to={paths.ticket}
              params={{ ticketId: String(into) }}
              search={(place) => ({ ...place, at: undefined, peek: undefined })}
            >
              {target.data.protocol}
            </Link>
            {'. '}
            {t('goes_on_there')}
          </>
        ) : (
          t('merged_unseen')
        )}
      </span>
      {target.data && can('tickets.merge') && (
        <Button
          size="xs"
          variant="default"
          loading={takeApart.isPending}
          onClick={() => takeApart.mutate(ticket.id)}
        >
          {t('part')}
        </Button>
      )}
    </div>
  );
}
