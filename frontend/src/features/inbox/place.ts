import * as z from 'zod/mini';

/** Where a person is in the inbox: all of it lives in the address. */
export const TABS = ['serving', 'waiting', 'bot', 'closed'] as const;
export type Tab = (typeof TABS)[number];

/** How many days back the words of a search are looked for. */
export const SEARCH_DAYS = [7, 30, 365] as const;

const id = z.catch(z.optional(z.number()), undefined);
const ids = z.catch(z.optional(z.array(z.number())), undefined);

/* A mistyped or old link falls back piece by piece; it never breaks the page. */
export const placeSchema = z.object({
  tab: z.catch(z._default(z.enum(TABS), 'serving'), 'serving'),
  q: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
  /** While there is a q: in what was said, instead of names and protocols. */
  find: z.catch(z.optional(z.literal('messages')), undefined),
  days: z.catch(z.optional(z.literal(SEARCH_DAYS)), undefined),
  departments: ids,
  channels: ids,
  assignee: z.catch(z.optional(z.union([z.literal('me'), z.number()])), undefined),
  type: id,
  reason: id,
  tag: id,
  favourite: z.catch(z.optional(z.literal(true)), undefined),
  snoozed: z.catch(z.optional(z.literal(true)), undefined),
  unread: z.catch(z.optional(z.literal(true)), undefined),
  away: z.catch(z.optional(z.literal(true)), undefined),
  sla: z.catch(z.optional(z.literal(['short', 'late'])), undefined),
  order: z.catch(z.optional(z.literal(['oldest', 'due'])), undefined),
  /** Reading along unnoticed. */
  peek: z.catch(z.optional(z.literal(true)), undefined),
  /** A message to show, from a link or a quoted message. */
  at: z.catch(z.optional(z.number()), undefined),
});

export type Place = z.infer<typeof placeSchema>;

/** Same filter, whatever message is being looked at or for. */
export type Filter = Omit<Place, 'at' | 'find' | 'days' | 'peek'>;

/** All that narrows a tab, and how it is taken away. */
export const NO_FILTER = {
  q: undefined,
  departments: undefined,
  channels: undefined,
  assignee: undefined,
  type: undefined,
  reason: undefined,
  tag: undefined,
  favourite: undefined,
  snoozed: undefined,
  unread: undefined,
  away: undefined,
  sla: undefined,
} satisfies Partial<Record<keyof Filter, undefined>>;

export const hasFilter = (filter: Filter) =>
  (Object.keys(NO_FILTER) as (keyof typeof NO_FILTER)[]).some((one) => filter[one] !== undefined);
