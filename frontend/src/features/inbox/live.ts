import type { QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { LiveEvent } from '@/lib/realtime/protocol';
import type { LivePatches } from '@/lib/realtime/LiveProvider';
import { i18n } from '@/lib/i18n';
import type { Notify } from '@/lib/notify';
import { toast } from '@/lib/toast';
import { catalogueQuery, type Message, type Ticket } from './api';
import { dropTicket, putMessage, putToldTicket } from './model/cache';
import { noteArrival, type Arrival } from './model/arrivals';
import { noteTyping } from './model/typing';

const COUNT_PAUSE_MS = 1000;

/* The server writes messages and tickets here exactly as it answers them; what is checked is that
 * the event is one of those at all. */
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const asMessage = (value: unknown) =>
  isRecord(value) && typeof value.seq === 'number' && typeof value.ticket_id === 'number'
    ? (value as Message)
    : undefined;
const asTicket = (value: unknown) =>
  isRecord(value) && typeof value.id === 'number' && typeof value.state === 'string'
    ? (value as Ticket)
    : undefined;

let counting: ReturnType<typeof setTimeout> | undefined;

/** Counters are asked again, at most once a second however many events come. */
function recount(cache: QueryClient) {
  counting ??= setTimeout(() => {
    counting = undefined;
    void cache.invalidateQueries({ queryKey: ['tickets', 'counts'] });
  }, COUNT_PAUSE_MS);
}

function ticketCame(cache: QueryClient, ticket: Ticket, arrival: Arrival) {
  const before = cache.getQueryData<Ticket>(['tickets', 'one', ticket.id]);
  putToldTicket(cache, ticket);
  noteArrival(cache, ticket, arrival, before);
  recount(cache);
}

const goneShape = z.object({ ticket_id: z.number() });

const channelShape = z.object({ channel_id: z.number() });

const contactShape = z.object({ contact_id: z.number() });

const typingShape = z.object({
  ticket_id: z.number(),
  who: z.string(),
  member_id: z.optional(z.nullable(z.number())),
});

/** What is told for notices names whom it is for. */
const noticeShape = z.object({
  ticket_id: z.number(),
  protocol: z.string(),
  member_id: z.optional(z.number()),
  member_ids: z.optional(z.array(z.number())),
  department_id: z.optional(z.nullable(z.number())),
  assignee_id: z.optional(z.nullable(z.number())),
  by_member_id: z.optional(z.nullable(z.number())),
  is_late: z.optional(z.boolean()),
});

function noticeFor(memberId: number, data: unknown) {
  const { data: told } = noticeShape.safeParse(data);
  if (!told || (told.member_id !== memberId && !told.member_ids?.includes(memberId))) return;
  return { ...told, ticket: { id: told.ticket_id, protocol: told.protocol } };
}

/** Elsewhere than in the inbox nobody may have asked for the names yet. */
async function nameOf(cache: QueryClient, memberId: number | null | undefined) {
  if (!memberId) return undefined;
  const account = await cache
    .query({ ...catalogueQuery, staleTime: 'static' })
    .catch(() => undefined);
  return account?.members.find(({ id }) => id === memberId)?.display_name;
}

const scheduledShape = z.object({
  ticket_id: z.number(),
  author_id: z.number(),
  state: z.string(),
});

/** What each event of the stream changes. Member id of the reader: whose notices these are. */
export function inboxPatches(memberId: number, notify: Notify): LivePatches {
  return {
    'message.created': (cache, { data }: LiveEvent) => {
      const body = isRecord(data) ? data : {};
      const message = asMessage(body.message);
      const ticket = asTicket(body.ticket);
      if (message) putMessage(cache, message);
      if (message && ticket && names(message, memberId)) notify(cache, { kind: 'mention', ticket });
      if (ticket) ticketCame(cache, ticket, message?.direction === 'in' ? 'inbound' : 'other');
      if (message?.direction === 'in' && ticket?.assignee_id === memberId)
        notify(cache, { kind: 'reply', ticket });
      if (message && ticket && isJustQueued(ticket, message))
        notify(cache, { kind: 'queue', ticket });
    },
    'message.changed': (cache, { data }) => {
      const body = isRecord(data) ? data : {};
      const message = asMessage(body.message);
      const ticket = asTicket(body.ticket);
      if (message) putMessage(cache, message);
      if (ticket) putToldTicket(cache, ticket);
    },
    'ticket.changed': (cache, { data }) => {
      const ticket = asTicket(isRecord(data) ? data.ticket : null);
      if (ticket) ticketCame(cache, ticket, 'other');
    },
    'ticket.assigned': (cache, { data }) => {
      const told = noticeFor(memberId, data);
      if (!told) return;
      void nameOf(cache, told.by_member_id).then((by) =>
        notify(cache, { kind: 'assigned', ticket: told.ticket, by }),
      );
    },
    'ticket.sla': (cache, { data }) => {
      const told = noticeFor(memberId, data);
      if (told) notify(cache, { kind: 'sla', ticket: told.ticket, is_late: told.is_late });
    },
    /* Of one that has a holder they are told as of every ticket that is given to them. */
    'ticket.transferred': (cache, { data }) => {
      const told = noticeFor(memberId, data);
      if (!told || told.assignee_id) return;
      void import('./acts/transferred').then((file) => file.sayTransferred(cache, told));
    },
    'ticket.gone': (cache, { data }) => {
      const gone = goneShape.safeParse(data);
      if (!gone.success) return;
      dropTicket(cache, gone.data.ticket_id);
      recount(cache);
    },
    /* What I may do changed: everything is asked again with the new rights. */
    'access.changed': (cache) => {
      void cache.invalidateQueries();
    },
    typing: (_cache, { data }) => {
      const told = typingShape.safeParse(data);
      if (told.success && told.data.member_id !== memberId) {
        noteTyping(told.data.ticket_id, told.data.who, told.data.member_id ?? null);
      }
    },
    'account.changed': (cache) => {
      void cache.invalidateQueries({ queryKey: ['account'] });
      void cache.invalidateQueries({ queryKey: ['organisation'] });
      void cache.invalidateQueries({ queryKey: ['hours'] });
      void cache.invalidateQueries({ queryKey: ['timers'] });
    },
    /* How queues give; and who holds how much moves with their tickets. */
    'distribution.changed': (cache) => {
      void cache.invalidateQueries({ queryKey: ['distribution'] });
    },
    'scheduled.changed': (cache, { data }) => {
      const told = scheduledShape.safeParse(data);
      if (!told.success) return;
      void cache.invalidateQueries({ queryKey: ['scheduled', told.data.ticket_id] });
      if (told.data.state === 'failed' && told.data.author_id === memberId)
        toast({ message: i18n.t('inbox:composer.later_failed'), tone: 'bad' });
    },
    /* Names of the account: of tags, of types. Who carries one may carry another now. */
    'catalogue.changed': (cache) => {
      void cache.invalidateQueries({ queryKey: ['account'] });
      void cache.invalidateQueries({ queryKey: ['tags'] });
      void cache.invalidateQueries({ queryKey: ['tickets'] });
    },
    'contact.changed': (cache, { data }) => {
      const told = contactShape.safeParse(data);
      if (!told.success) return;
      void cache.invalidateQueries({ queryKey: ['contacts', told.data.contact_id] });
      void cache.invalidateQueries({ queryKey: ['contacts', 'list'] });
    },
    /* Tickets of the one are the other's now, or theirs again. */
    'contact.merged': (cache) => {
      void cache.invalidateQueries({ queryKey: ['contacts'] });
      void cache.invalidateQueries({ queryKey: ['tickets'] });
    },
    'channel.changed': (cache, { data }) => {
      const told = channelShape.safeParse(data);
      if (told.success) notify(cache, { kind: 'channel', ...told.data });
      void cache.invalidateQueries({ queryKey: ['channels'] });
      void cache.invalidateQueries({ queryKey: ['account'] });
    },
  };
}

/** The line with which it came to wait, and not what the customer says while it does. */
const isJustQueued = ({ state, assignee_id, queued_at }: Ticket, { created_at }: Message) =>
  state === 'waiting' && assignee_id === null && queued_at === created_at;

/** A whisper that mentions me, written by somebody else. */
const mentionShape = z.object({ mentions: z.array(z.number()) });
const names = ({ detail, author_id }: Message, memberId: number) =>
  author_id !== memberId &&
  (mentionShape.safeParse(detail).data?.mentions.includes(memberId) ?? false);
