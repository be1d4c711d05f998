import { Button, Menu, Skeleton } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSort from '@tabler/icons-react/dist/esm/icons/IconArrowsSort.mjs';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { useCompact } from '@/lib/density';
import { bringWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { useShortcuts } from '@/lib/shortcuts';
import { startConversation } from '@/lib/starting';
import { toast } from '@/lib/toast';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import {
  draftsQuery,
  favouritesQuery,
  nextInQueueQuery,
  takeTicket,
  ticketsQuery,
  type Ticket,
} from '../api';
import { startAct } from '../model/acting';
import { selectAll, selectIn, selectRange, toggleSelected, useSelection } from '../model/selection';
import { belongs, clearArrivals, useArrivals } from '../model/arrivals';
import { putTicketInCache } from '../model/cache';
import { useNames } from '../names';
import { hasFilter, NO_FILTER, type Filter } from '../place';
import { Filters } from './Filters';
import { SearchField } from './SearchField';
import { SearchTabs } from './SearchTabs';
import { Tabs } from './Tabs';
import { noteOrder, wantedRow, wantRow } from './way-back';
import { TicketRow } from './TicketRow';
import { useFilter } from './useFilter';
import classes from './list.module.css';

const MessageResults = lazy(async () => {
  const [file] = await Promise.all([import('../search/MessageResults'), bringWords('search')]);
  return { default: file.MessageResults };
});

const BulkBar = lazy(async () => {
  await bringWords('acts');
  return { default: (await import('../acts/BulkBar')).BulkBar };
});

const ROW_PX = 84;
const COMPACT_ROW_PX = 56;
const NEAR_END_ROWS = 8;
const QUEUE = { tab: 'waiting' } as const;

/** `children` is what hangs on its edge; `welcome` stands under a list without anything. */
export function TicketList({ welcome, children }: { welcome?: ReactNode; children?: ReactNode }) {
  const { t } = useTranslation(['inbox', 'common']);
  const can = useCan();
  const { filter, find, days, at, change, me } = useFilter();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const search = useRef<HTMLInputElement>(null);
  const arrivals = useArrivals(filter);
  const looksAtMessages = filter.q !== undefined && find === 'messages';
  const tickets = useInfiniteQuery({ ...ticketsQuery(filter), enabled: !looksAtMessages });
  const selection = useSelection();
  const compact = useCompact();
  useEffect(() => selectIn(JSON.stringify(filter)), [filter]);

  /* A page may repeat a row that moved while we were paging. */
  const rows = useMemo(() => {
    const seen = new Set<number>();
    return (tickets.data?.pages ?? [])
      .flatMap((page) => page.data)
      .filter(({ id }) => !seen.has(id) && seen.add(id));
  }, [tickets.data]);

  const showNew = useCallback(() => {
    clearArrivals(filter);
    void cache.resetQueries({ queryKey: ticketsQuery(filter).queryKey, exact: true });
  }, [cache, filter]);

  const nothing = tickets.isSuccess && rows.length === 0;
  useEffect(() => {
    /* Nobody is reading an empty list: what comes may simply appear. */
    if (arrivals > 0 && nothing) showNew();
  }, [arrivals, nothing, showNew]);

  /* The one that waits longest, whatever tab is open. */
  const assumeNext = async () => {
    const queue = await cache.query({ ...nextInQueueQuery, staleTime: 0 });
    const next = queue.data[0];
    if (!next) return;
    const ticket = await takeTicket(next.id);
    putTicketInCache(cache, ticket);
    void cache.invalidateQueries({ queryKey: ['tickets'] });
    await navigate({
      to: paths.ticket,
      params: { ticketId: String(next.id) },
      search: (place) => place,
    });
  };

  useShortcuts({
    search: () => search.current?.focus(),
    assume: () => {
      assumeNext().catch((thrown: unknown) =>
        toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
      );
    },
  });

  return (
    <section className={classes.list} aria-label={t('list.label')} data-zone tabIndex={-1}>
      <div className={classes.head}>
        <div className={classes.title}>
          <h1>{t('title')}</h1>
          {can('tickets.start') && (
            <IconButton label={t('common:keys.name.start')} onClick={() => startConversation()}>
              <IconPlus size={18} stroke={1.75} />
            </IconButton>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <IconButton label={t('order.label')}>
                <IconSort size={18} stroke={1.75} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.RadioGroup
                value={filter.order ?? 'newest'}
                onChange={(order) =>
                  change({ order: order === 'oldest' || order === 'due' ? order : undefined })
                }
              >
                <Menu.RadioItem value="newest" closeMenuOnClick>
                  {t('order.newest')}
                </Menu.RadioItem>
                <Menu.RadioItem value="oldest" closeMenuOnClick>
                  {t('order.oldest')}
                </Menu.RadioItem>
                <Menu.RadioItem value="due" closeMenuOnClick>
                  {t('order.due')}
                </Menu.RadioItem>
              </Menu.RadioGroup>
            </Menu.Dropdown>
          </Menu>
        </div>
        <div className={classes.search}>
          <SearchField
            ref={search}
            value={filter.q ?? ''}
            onSearch={(q) => change({ q: q || undefined })}
          />
        </div>
        {filter.q ? <SearchTabs find={find} /> : <Tabs filter={filter} />}
      </div>
      <Filters filter={filter} me={me} arrivals={arrivals} onChange={change} onShowNew={showNew} />
      {selection.size > 0 && !looksAtMessages && (
        <Suspense fallback={null}>
          <BulkBar chosen={selection} filter={filter} />
        </Suspense>
      )}
      {looksAtMessages ? (
        <Suspense>
          <MessageResults
            filter={filter}
            days={days}
            at={at}
            me={me}
            onDays={(next) => change({ days: next })}
          />
        </Suspense>
      ) : tickets.isError && rows.length === 0 ? (
        <RefusalState error={tickets.error} onRetry={() => void tickets.refetch()} />
      ) : tickets.isPending ? (
        <Delayed>
          <RowSkeletons />
        </Delayed>
      ) : nothing ? (
        <NoTickets
          filtered={hasFilter(filter)}
          q={filter.q}
          tab={filter.tab}
          onClear={() => change(NO_FILTER)}
          welcome={welcome}
        />
      ) : (
        <Rows
          key={`${JSON.stringify(filter)} ${compact}`}
          rows={rows}
          compact={compact}
          onNearEnd={() => {
            if (tickets.hasNextPage && !tickets.isFetching) void tickets.fetchNextPage();
          }}
        />
      )}
      {children}
    </section>
  );
}

function RowSkeletons() {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 6 }, (_, at) => (
        <div className={classes.skeleton} key={at}>
          <Skeleton circle height={36} />
          <div>
            <Skeleton height={12} width="60%" />
            <Skeleton height={12} />
            <Skeleton height={10} width="40%" />
          </div>
        </div>
      ))}
    </div>
  );
}

type NoneProps = {
  filtered: boolean;
  q: string | undefined;
  tab: 'serving' | 'waiting' | 'bot' | 'closed';
  onClear: () => void;
  welcome: ReactNode;
};

function NoTickets({ filtered, q, tab, onClear, welcome }: NoneProps) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  if (!filtered)
    return (
      <div className={`${classes.none} scrolls`}>
        <EmptyState
          title={t(`empty.${tab}`)}
          text={t(`empty_why.${tab}`)}
          action={
            tab === 'serving' && can('tickets.pick') ? (
              <Button
                variant="default"
                renderRoot={(props) => <Link to={paths.inbox} search={QUEUE} {...props} />}
              >
                {t('empty.to_queue')}
              </Button>
            ) : (
              can('tickets.start') && (
                <Button variant="default" onClick={() => startConversation()}>
                  {t('empty.start')}
                </Button>
              )
            )
          }
        />
        {welcome}
      </div>
    );
  return (
    <EmptyState
      tile={false}
      title={q ? t('empty.search', { text: q }) : t('empty.filter')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      }
    />
  );
}

/** Its tab, and whether it is about what sleeps: a row that left is still shown, faded. */
const tabOf = ({ tab, snoozed }: Filter): Filter => ({ tab, ...(snoozed ? { snoozed } : {}) });

type RowsProps = { rows: Ticket[]; compact: boolean; onNearEnd: () => void };

function Rows({ rows, compact, onNearEnd }: RowsProps) {
  const { t } = useTranslation('inbox');
  const names = useNames();
  const { filter, me } = useFilter();
  const navigate = useNavigate();
  const { ticketId } = useParams({ strict: false });
  const { data: drafts } = useQuery(draftsQuery);
  const scroller = useRef<HTMLDivElement>(null);
  const current = rows.findIndex(({ id }) => String(id) === ticketId);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (compact ? COMPACT_ROW_PX : ROW_PX),
    overscan: 6,
    getItemKey: useCallback((at: number) => rows[at]?.id ?? at, [rows]),
  });
  const visible = virtual.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;

  useEffect(() => {
    if (lastVisible >= rows.length - NEAR_END_ROWS) onNearEnd();
  }, [lastVisible, rows.length, onNearEnd]);

  const draftOf = useMemo(() => {
    const replies = new Map<number, string>();
    for (const { ticket_id, body } of drafts?.data ?? []) {
      if (!replies.has(ticket_id)) replies.set(ticket_id, body);
    }
    return replies;
  }, [drafts]);

  const can = useCan();
  const selection = useSelection();
  const order = useMemo(() => rows.map(({ id }) => id), [rows]);
  const onSelect = useCallback(
    (ticket: Ticket, range: boolean) =>
      range ? selectRange(ticket.id, order) : toggleSelected(ticket.id),
    [order],
  );
  const { data: marked } = useQuery(favouritesQuery);
  const favourites = useMemo(() => new Set(marked?.data), [marked]);

  const open = (at: number) => {
    const ticket = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (!ticket) return;
    virtual.scrollToIndex(rows.indexOf(ticket));
    void navigate({
      to: paths.ticket,
      params: { ticketId: String(ticket.id) },
      search: (place) => ({ ...place, at: undefined, peek: undefined }),
    });
    if (scroller.current?.contains(document.activeElement)) focusRow(ticket.id);
  };
  const focusRow = (id: number) =>
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus(),
    );

  useEffect(() => {
    noteOrder(rows.map(({ id }) => id));
    const at = rows.findIndex(({ id }) => id === wantedRow());
    if (at < 0) return;
    wantRow(undefined);
    virtual.scrollToIndex(at);
    focusRow(rows[at]?.id ?? 0);
  });

  /** The row that has the focus, else the one that is open. */
  const atHand = () => {
    const focused = Number(document.activeElement?.getAttribute('data-row'));
    return rows.find(({ id }) => id === (focused || Number(ticketId)));
  };

  /* Of the list, not of the page: elsewhere Ctrl+A selects text. */
  const mayBulk = can('tickets.bulk');
  useEffect(() => {
    const list = scroller.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      selectAll(order);
    };
    if (mayBulk) list?.addEventListener('keydown', onKey);
    return () => list?.removeEventListener('keydown', onKey);
  }, [mayBulk, order]);

  useShortcuts({
    next: () => open(current + 1),
    previous: () => open(current < 0 ? 0 : current - 1),
    ...(mayBulk
      ? {
          select: () => {
            const ticket = atHand();
            if (ticket) toggleSelected(ticket.id);
          },
        }
      : {}),
    row_menu: () => {
      const ticket = atHand();
      const row = scroller.current?.querySelector(`[data-row="${ticket?.id ?? 0}"]`);
      if (!ticket || !row) return;
      const { left, top, height } = row.getBoundingClientRect();
      startAct({ kind: 'menu', ticket, x: left + 64, y: top + height / 2 });
    },
  });

  const tabStop = Math.max(0, current);
  return (
    <div
      ref={scroller}
      className={`${classes.rows} scrolls`}
      role="list"
      aria-label={t('list.label')}
    >
      <div
        className={classes.canvas}
        style={{ height: virtual.getTotalSize() }}
        role="presentation"
      >
        {visible.map(({ index, key, start }) => {
          const ticket = rows[index];
          if (!ticket) return null;
          return (
            <div
              key={key}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className={classes.slot}
              style={{ transform: `translateY(${start}px)` }}
            >
              <TicketRow
                ticket={ticket}
                names={names}
                current={index === current}
                tabStop={index === tabStop}
                left={!filter.q && !belongs(ticket, tabOf(filter), me)}
                draft={draftOf.get(ticket.id)}
                favourite={favourites.has(ticket.id)}
                selected={selection.has(ticket.id)}
                compact={compact}
                onSelect={mayBulk ? onSelect : undefined}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
