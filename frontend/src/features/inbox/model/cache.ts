import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import type { Message, ThreadData, ThreadPage, Ticket, TicketPage } from '../api';

/**
 * Pure changes of cached data, shared by answers and by live events. Every function gives back
 * the same object when nothing changed, so that React draws nothing again.
 */
export function withMessage(
  thread: ThreadData | undefined,
  message: Message,
): ThreadData | undefined {
  if (!thread) return undefined;
  const at = thread.pages.findIndex((page) => page.data.some(({ seq }) => seq === message.seq));
  if (at >= 0) return replacePage(thread, at, (page) => replaceMessage(page, message));

  const last = thread.pages.at(-1);
  const newest = last?.data.at(-1)?.seq ?? 0;
  if (!last || last.has_newer || message.seq < newest) return thread;
  if (message.seq > newest + 1 && newest > 0) {
    /* A hole: what lies between will be fetched as the next page. */
    return replacePage(thread, thread.pages.length - 1, (page) => ({ ...page, has_newer: true }));
  }
  return replacePage(thread, thread.pages.length - 1, (page) => ({
    ...page,
    data: [...page.data, message],
  }));
}

/** The answer to a post may be slower than what the network said of it: what is known is newer. */
export function withAnswer(thread: ThreadData | undefined, message: Message) {
  const isKnown = thread?.pages.some((page) => page.data.some(({ seq }) => seq === message.seq));
  return isKnown ? thread : withMessage(thread, message);
}

const ORDER = ['queued', 'sending', 'accepted', 'delivered', 'read'];

/** Delivery only moves forward: a late "delivered" does not take a "read" back. */
function newer(known: Message, told: Message) {
  const before = ORDER.indexOf(known.state);
  const after = ORDER.indexOf(told.state);
  return before > after && after >= 0 && known.state !== 'queued'
    ? { ...told, state: known.state }
    : told;
}

function replaceMessage(page: ThreadPage, message: Message): ThreadPage {
  return {
    ...page,
    data: page.data.map((known) => (known.seq === message.seq ? newer(known, message) : known)),
  };
}

function replacePage(thread: ThreadData, at: number, change: (page: ThreadPage) => ThreadPage) {
  return { ...thread, pages: thread.pages.map((page, i) => (i === at ? change(page) : page)) };
}

type List = InfiniteData<TicketPage>;

type Over = (told: Ticket, known: Ticket | undefined) => Ticket;

const asTold: Over = (told) => told;

/** A ticket told to many readers comes with a masked contact: the one that is known stays. */
const keepContact: Over = (told, known) =>
  known?.contact.id === told.contact.id ? { ...told, contact: known.contact } : told;

/** A row that is on screen keeps its place; only its words change. */
export function withTicket(list: List | undefined, ticket: Ticket, over = asTold) {
  if (!list?.pages.some((page) => page.data.some(({ id }) => id === ticket.id))) return list;
  return {
    ...list,
    pages: list.pages.map((page) => ({
      ...page,
      data: page.data.map((row) => (row.id === ticket.id ? over(ticket, row) : row)),
    })),
  };
}

export function putAnswer(cache: QueryClient, message: Message) {
  cache.setQueriesData<ThreadData>({ queryKey: ['thread', message.ticket_id] }, (thread) =>
    withAnswer(thread, message),
  );
}

/** What is on its way was asked for before the message came, and would put the thread of then in its place. */
export function putMessage(cache: QueryClient, message: Message) {
  const queryKey = ['thread', message.ticket_id];
  cache.setQueriesData<ThreadData>({ queryKey }, (thread) => withMessage(thread, message));
  for (const query of cache.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' })) {
    const again = () => cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
    /* The first answer is waited for by whoever opens it: it may come, and then is asked for once more. */
    if (query.state.data === undefined) void query.promise?.then(again, () => undefined);
    else void again();
  }
}

/** It left the reader's sight: no list shows it, and whoever looks at it is told that it is not there. */
export function dropTicket(cache: QueryClient, ticketId: number) {
  cache.setQueriesData<List>(
    { queryKey: ['tickets', 'list'] },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({
          ...page,
          data: page.data.filter(({ id }) => id !== ticketId),
        })),
      },
  );
  void cache.invalidateQueries({ queryKey: ['tickets', 'one', ticketId] });
  void cache.invalidateQueries({ queryKey: ['thread', ticketId] });
}

const rowOf = (cache: QueryClient, ticketId: number) =>
  cache
    .getQueriesData<List>({ queryKey: ['tickets', 'list'] })
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap((page) => page.data)
    .find(({ id }) => id === ticketId);

function put(cache: QueryClient, ticket: Ticket, over: Over) {
  const one = ['tickets', 'one', ticket.id];
  const putOne = (how: Over) =>
    cache.setQueryData<Ticket>(one, (known) => how(ticket, known ?? rowOf(cache, ticket.id)));
  const putRow = (key: QueryKey, how: Over) => {
    const list = cache.getQueryData<List>(key);
    const next = withTicket(list, ticket, how);
    /* A list that does not show it is not written to: writing would call it fresh, and it may wait to be asked again. */
    if (next !== list) cache.setQueryData(key, next);
  };

  putOne(over);
  afterAnswer(cache, one, () => putOne(keepContact));
  for (const [key] of cache.getQueriesData({ queryKey: ['tickets', 'list'] })) {
    putRow(key, over);
    afterAnswer(cache, key, () => putRow(key, keepContact));
  }
}

/** What is on its way was asked for before, and would put the ticket of then over what is known now. */
function afterAnswer(cache: QueryClient, queryKey: QueryKey, putAgain: () => void) {
  const query = cache.getQueryCache().find({ queryKey, fetchStatus: 'fetching' });
  void query?.promise?.then(putAgain, () => undefined);
}

/** As it was answered to this reader. */
export function putTicketInCache(cache: QueryClient, ticket: Ticket) {
  put(cache, ticket, asTold);
}

/** As it was told to all of its readers. */
export function putToldTicket(cache: QueryClient, ticket: Ticket) {
  put(cache, ticket, keepContact);
}
