import * as z from 'zod/mini';

/** Where a person is in the inbox: all of it lives in the address. */
export const TABS = ['serving', 'waiting', 'bot', 'closed'] as const;
export type Tab = (typeof TABS)[number];

const ids = z.catch(z.optional(z.array(z.number())), undefined);

/* A mistyped or old link falls back piece by piece; it never breaks the page. */
export const placeSchema = z.object({
  tab: z.catch(z._default(z.enum(TABS), 'serving'), 'serving'),
  q: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
  departments: ids,
  channels: ids,
  assignee: z.catch(z.optional(z.union([z.literal('me'), z.number()])), undefined),
  unread: z.catch(z.optional(z.literal(true)), undefined),
  away: z.catch(z.optional(z.literal(true)), undefined),
  order: z.catch(z.optional(z.literal('oldest')), undefined),
  /** A message to show, from a link or a quoted message. */
  at: z.catch(z.optional(z.number()), undefined),
});

export type Place = z.infer<typeof placeSchema>;

/** Same filter, whatever message is being looked at. */
export type Filter = Omit<Place, 'at'>;

export const hasFilter = ({ q, departments, channels, assignee, unread, away }: Filter) =>
  Boolean(q ?? departments ?? channels ?? assignee ?? unread ?? away);
