/**
 * Fifty first messages of one person at the same instant: fifty workers would make fifty contacts. There must be one,
 * with one ticket, and every message in it once.
 */
import { sql } from '../bench/house.ts';
import { left } from './count.ts';
import { deliver } from './deliver.ts';
import { switchOn } from './phones.ts';
import type { Chance } from './random.ts';
import { noneOf, type Outcome, say } from './report.ts';
import { story as makeStory } from './story.ts';

const AT_ONCE = 50;

type Found = { contacts: number; tickets: number; messages: number; distinct: number };

const FOUND = `
SELECT json_build_object(
  'contacts', (SELECT count(DISTINCT contact_id) FROM contact_identities WHERE right(key, 8) = right(:'phone', 8)),
  'tickets', count(DISTINCT m.ticket_id), 'messages', count(*), 'distinct', count(DISTINCT m.body))
  FROM messages m WHERE m.direction = 'in' AND m.body LIKE 'faults ' || :'run' || ' c0 n%'`;

export async function first(_random: Chance): Promise<Outcome> {
  const story = makeStory(1);
  const [customer] = story.customers;
  if (customer === undefined) throw new Error('the story has nobody in it');
  await switchOn(story);
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => deliver(story, customer, n + 1)));
  const waiting = await left();
  const { contacts, tickets, messages, distinct } = JSON.parse(await sql(FOUND, { run: story.run, phone: customer.phone })) as Found;
  say('first_at_once', AT_ONCE);
  say('first_contacts', contacts);
  say('first_tickets', tickets);
  say('first_messages', messages);
  return noneOf({
    first_contacts_doubled: contacts - 1,
    first_tickets_doubled: tickets - 1,
    first_lost: AT_ONCE - distinct,
    first_doubled: messages - distinct,
    first_unterminated: waiting,
  });
}
