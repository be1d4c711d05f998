import * as z from 'zod/mini';
import type { Message } from '../api';

/**
 * `detail` has the structure of the message's kind. It comes from providers, so each shape is
 * checked, and a damaged one simply shows less.
 */
const text = z.catch(z.optional(z.nullable(z.string())), undefined);
const number = z.catch(z.optional(z.nullable(z.number())), undefined);

const location = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: text,
  address: text,
});

const contacts = z.object({
  contacts: z.array(
    z.object({
      name: z.catch(z.string(), ''),
      phones: z.catch(z.array(z.string()), []),
      emails: z.catch(z.array(z.string()), []),
    }),
  ),
});

const choice = z.object({ id: text, title: z.string(), description: text });

const question = z.object({
  options: z.array(z.object({ id: z.string(), label: z.string(), description: text })),
});

const audio = z.object({ duration_s: number, transcript: text });

/** Of an earlier ticket, which this one's places do not name, and whose words not everybody may read. */
const quoted = z.object({ quoted: z.object({ ticket_id: z.number(), seq: z.number() }) });

const system = z.object({
  event: z.string(),
  protocol: text,
  ticket_id: number,
  member_id: number,
  by_member_id: number,
  waited_s: number,
  from_department_id: number,
  to_department_id: number,
  to_member_id: number,
  reason_id: number,
  type_id: number,
  tag_id: number,
  from_member_id: number,
  score: number,
  label: text,
  until: text,
  address: text,
  message: text,
  how: z.catch(
    z.optional(z.enum(['done', 'given_up', 'refused', 'blocked', 'overridden'])),
    undefined,
  ),
  reason: text,
  after_min: number,
  flow: text,
  kind: text,
  slug: text,
  is_sent: z.catch(z.optional(z.boolean()), undefined),
});

const read =
  <T>(shape: z.ZodMiniType<T>) =>
  (message: Message): T | undefined => {
    const result = shape.safeParse(message.detail);
    return result.success ? result.data : undefined;
  };

export const locationOf = read(location);
export const contactsOf = read(contacts);
export const choiceOf = read(choice);
export const questionOf = read(question);
export const audioOf = read(audio);
export const quotedOf = read(quoted);
export const systemOf = read(system);
