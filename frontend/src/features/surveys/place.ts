import * as z from 'zod/mini';

const id = z.catch(z.optional(z.number().check(z.positive())), undefined);
const day = z.catch(z.optional(z.iso.date()), undefined);

/** What the address of the page says: which surveys, and which of their answers stand below. */
export const surveySearch = z.object({
  span: z.catch(z.optional(z.enum(['7', '30', '90'])), undefined),
  from: day,
  to: day,
  department: id,
  agent: id,
  scope: z.catch(z.optional(z.enum(['company', 'agent', 'both'])), undefined),
  score: z.catch(z.optional(z.number().check(z.minimum(0), z.maximum(10))), undefined),
  show: z.catch(z.optional(z.enum(['all'])), undefined),
});
export type SurveySearch = z.infer<typeof surveySearch>;
