import { Button, Menu, Skeleton } from '@mantine/core';
import IconChevron from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { useShortcuts } from '@/lib/shortcuts';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { messagesFoundQuery, type MessageFound } from '../api';
import { SEARCH_DAYS, type Filter, type Place } from '../place';
import { ResultRow } from './ResultRow';
import classes from './search.module.css';

type Props = {
  filter: Filter;
  days: Place['days'];
  at: number | undefined;
  me: number;
  onDays: (days: Place['days']) => void;
};

/** What was said, newest first; how far back is looked is the reader's choice. */
export function MessageResults({ filter, days, at, me, onDays }: Props) {
  const { t } = useTranslation('search');
  const format = useFormat();
  const typed = filter.q ?? '';
  const found = useInfiniteQuery(messagesFoundQuery(filter, days, me));
  const rows = found.data?.pages.flatMap((page) => page.data) ?? [];
  const last = found.data?.pages.at(-1);
  const { ticketId } = useParams({ strict: false });
  const current = rows.findIndex(
    ({ message }) => String(message.ticket_id) === ticketId && message.seq === at,
  );
  const open = useOpen(rows);
  useShortcuts({
    next: () => open(Math.min(current + 1, rows.length - 1)),
    previous: () => open(Math.max(current - 1, 0)),
  });

  if (found.isError && rows.length === 0) {
    return <RefusalState error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (found.isPending) {
    return (
      <Delayed>
        <Skeletons />
      </Delayed>
    );
  }

  const back = last?.looked_back_to ? format.date(last.looked_back_to) : undefined;
  const summary = back
    ? t('found_since', { count: rows.length, day: back })
    : rows.length > 0 && t('found', { count: rows.length });
  return (
    <div className={`${classes.results} scrolls`}>
      <div className={classes.summary}>
        <span role="status">{summary}</span>
        <PeriodMenu days={days} onDays={onDays} />
      </div>
      {rows.length === 0 && !last?.next ? (
        <EmptyState tile={false} title={t('nothing', { text: typed })} text={t('how')} />
      ) : (
        <ul aria-label={t('label')}>
          {rows.map((row, index) => (
            <li key={`${row.message.ticket_id}.${row.message.seq}`}>
              <ResultRow found={row} typed={typed} current={index === current} />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.end}>
        {last?.next ? (
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('older')}
          </Button>
        ) : (
          rows.length > 0 && <span>{t('all')}</span>
        )}
        {last && !last.is_whole && <span>{t('not_whole')}</span>}
        {found.isFetchNextPageError && <RefusalState error={found.error} />}
      </div>
    </div>
  );
}

function useOpen(rows: MessageFound[]) {
  const navigate = useNavigate();
  return (index: number) => {
    const message = rows[index]?.message;
    if (!message) return;
    void navigate({
      to: paths.ticket,
      params: { ticketId: String(message.ticket_id) },
      search: (place) => ({ ...place, at: message.seq }),
    });
  };
}

function PeriodMenu({ days, onDays }: Pick<Props, 'days' | 'onDays'>) {
  const { t } = useTranslation('search');
  const word = (of: Place['days']) => (of ? t('days', { count: of }) : t('any_day'));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className={`${classes.period} reach`}
          data-on={days ? true : undefined}
        >
          {word(days)}
          <IconChevron size={14} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={String(days ?? '')}
          onChange={(next) => onDays(SEARCH_DAYS.find((one) => String(one) === next))}
        >
          <Menu.RadioItem value="" closeMenuOnClick>
            {word(undefined)}
          </Menu.RadioItem>
          {SEARCH_DAYS.map((one) => (
            <Menu.RadioItem key={one} value={String(one)} closeMenuOnClick>
              {word(one)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function Skeletons() {
  return (
    <div aria-hidden="true" className={classes.skeletons}>
      {Array.from({ length: 6 }, (_, at) => (
        <div key={at}>
          <Skeleton height={12} width="50%" />
          <Skeleton height={12} />
        </div>
      ))}
    </div>
  );
}
