import { InfiniteQueryObserver, QueryObserver, type QueryClient } from '@tanstack/react-query';
import { setAccount } from '@/api/account';
import { meQuery } from '@/features/auth/api';
import { countsQuery, threadQuery, ticketQuery, ticketsQuery } from '@/features/inbox/api';
import { inboxPatches } from '@/features/inbox/live';
import { setReader } from '@/features/inbox/model/arrivals';
import { send, startOutbox } from '@/features/inbox/model/outbox';
import { makeQueryClient } from '@/lib/query';
import { followLive } from '@/lib/realtime/follow';
import type { OpenSource } from '@/lib/realtime/protocol';

/** Rows of the list and the end of the conversation, as the server tells them. */
export type Seen = { rows: unknown[]; messages: unknown[] };

export type Seat = {
  write: (text: string) => void;
  seen: () => Seen;
  /** What somebody sees who opens the same place only now. */
  fresh: () => Promise<Seen>;
};

const HERE = { tab: 'serving' } as const;
const END = 12;

/* Which rows there are counts, not their order: a row on screen keeps its place. */
const see = (cache: QueryClient, ticket: number): Seen => {
  const rows = cache.getQueryData(ticketsQuery(HERE).queryKey)?.pages.flatMap(({ data }) => data);
  const thread = cache.getQueryData(threadQuery(ticket).queryKey);
  return {
    rows: (rows ?? []).sort((one, other) => one.id - other.id),
    messages: (thread?.pages.flatMap(({ data }) => data) ?? []).slice(-END),
  };
};

/**
 * Somebody at the inbox without a screen: all that decides what they would see, and nothing that
 * draws it. What a page asks for by being looked at is asked for by observers of the same queries.
 * It is as SignedIn and TicketScreen put it together, for whoever wants more people than screens.
 */
export async function takeSeat(ticket: number, openSource: OpenSource): Promise<Seat> {
  const cache = makeQueryClient();
  cache.mount();
  const me = await cache.query(meQuery);
  const account = me?.accounts[0];
  if (!account) throw new Error('nobody is signed in');
  const sender = { account_id: account.id, member_id: account.member_id };
  setAccount(account.id);
  setReader(account.member_id);
  startOutbox(cache, sender, [sender]);
  const renew = async () => {
    await cache.query({ ...meQuery, staleTime: 0 }).catch(() => undefined);
  };
  const patches = inboxPatches(account.member_id, () => undefined);
  followLive(cache, { account: account.id, patches, renew, onState: () => undefined }, openSource);

  new QueryObserver(cache, countsQuery).subscribe(() => undefined);
  new QueryObserver(cache, ticketQuery(ticket)).subscribe(() => undefined);
  new InfiniteQueryObserver(cache, ticketsQuery(HERE)).subscribe(() => undefined);
  const thread = new InfiniteQueryObserver(cache, threadQuery(ticket));
  /* At the end of a thread, as Thread is when nobody scrolls: what is newer is asked for. */
  thread.subscribe(({ hasNextPage, isFetching }) => {
    if (hasNextPage && !isFetching) void thread.fetchNextPage();
  });

  return {
    write: (text) => void send({ ticket_id: ticket, mode: 'reply', text }, () => undefined),
    seen: () => see(cache, ticket),
    fresh: async () => {
      const other = makeQueryClient();
      await Promise.all([
        other.infiniteQuery(ticketsQuery(HERE)),
        other.infiniteQuery(threadQuery(ticket)),
      ]);
      return see(other, ticket);
    },
  };
}
