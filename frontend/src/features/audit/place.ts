import * as z from 'zod/mini';

const word = z.catch(z.optional(z.string().check(z.maxLength(60))), undefined);
const id = z.catch(z.optional(z.number().check(z.positive())), undefined);
const day = z.catch(z.optional(z.iso.date()), undefined);

/** What the address of the page says: the filters, and the row that is open. */
export const auditSearch = z.object({
  action: word,
  actor: id,
  subject_kind: word,
  subject_id: id,
  from: day,
  to: day,
  event: id,
});
export type AuditSearch = z.infer<typeof auditSearch>;
