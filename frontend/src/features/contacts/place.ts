import * as z from 'zod/mini';

const word = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.catch(z.optional(z.enum(words)), undefined);

/** What the address of the list says: what is looked for, in which order, and which of them. */
export const bookSearch = z.object({
  q: z.catch(z.optional(z.coerce.string().check(z.maxLength(100))), undefined),
  sort: word(['name', 'newest']),
  only: word(['granted', 'withdrawn', 'none', 'blocked', 'unsaved', 'deleted']),
  group: z.catch(z.optional(z.number().check(z.positive())), undefined),
});
export type BookSearch = z.infer<typeof bookSearch>;
