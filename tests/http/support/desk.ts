/** The everyday acts of people at the counter. */
import { randomUUID } from 'node:crypto';

import type { Answer, Schemas } from './answer.ts';
import type { Browser } from './browser.ts';
import { until } from './until.ts';

export type Ticket = Schemas['Ticket'];
export type Message = Schemas['Message'];
type Page = { data: Message[]; has_older: boolean; has_newer: boolean };

const TABS = ['waiting', 'serving', 'closed'];

/** Somebody wrote, and this person serves them. They are found by name: of one name there may be only one. */
export async function serving(
  agent: Browser,
  customer: { name: string; say: (text: string) => Promise<string> },
): Promise<Ticket> {
  await customer.say('Oi');
  const ticket = await ticketOf(agent, customer.name);
  return take(agent, ticket.id);
}

/** The newest ticket of somebody, by name, once there is one. */
export function ticketOf(agent: Browser, name: string): Promise<Ticket> {
  return until(`a ticket of ${name}`, async () => (await ticketsOf(agent, name))[0]);
}

export async function ticketsOf(agent: Browser, name: string): Promise<Ticket[]> {
  const pages = await Promise.all(
    TABS.map(async (tab) => (await agent.get(`/api/v1/tickets?tab=${tab}&limit=100`)).ok<Schemas['TicketPage']>().data),
  );
  return pages
    .flat()
    .filter(({ contact }) => contact.name === name)
    .sort((a, b) => b.id - a.id);
}

export async function theTicket(agent: Browser, id: number): Promise<Ticket> {
  return (await agent.get(`/api/v1/tickets/${id}`)).ok();
}

export async function thread(agent: Browser, ticket_id: number, query = 'limit=100'): Promise<Message[]> {
  return (await agent.get(`/api/v1/tickets/${ticket_id}/messages?${query}`)).ok<Page>().data;
}

/** The first message of the thread that fits, once there is one. */
export function messageOf(
  agent: Browser,
  ticket_id: number,
  what: string,
  fits: (message: Message) => boolean,
  patience_ms?: number,
): Promise<Message> {
  return until(`a message ${what}`, async () => (await thread(agent, ticket_id)).find(fits), patience_ms);
}

export function inState(agent: Browser, message: Pick<Message, 'ticket_id' | 'seq'>, state: Message['state']): Promise<Message> {
  return messageOf(
    agent,
    message.ticket_id,
    `${message.seq} that is ${state}`,
    (one) => one.seq === message.seq && one.state === state,
  );
}

export async function inbound(agent: Browser, ticket_id: number): Promise<Message[]> {
  return (await thread(agent, ticket_id)).filter(({ direction }) => direction === 'in');
}

export async function take(agent: Browser, ticket_id: number): Promise<Ticket> {
  return (await agent.post(`/api/v1/tickets/${ticket_id}/take`)).ok();
}

export type Words = { text?: string; attachment_id?: number; voice?: boolean; quoted_seq?: number; client_key?: string };

export async function reply(agent: Browser, ticket_id: number, words: string | Words): Promise<Message> {
  return (await post(agent, ticket_id, 'reply', words)).ok(201);
}

export async function whisper(agent: Browser, ticket_id: number, words: string | Words): Promise<Message> {
  return (await post(agent, ticket_id, 'whisper', words)).ok(201);
}

export function post(agent: Browser, ticket_id: number, mode: 'reply' | 'whisper', words: string | Words): Promise<Answer> {
  const said = typeof words === 'string' ? { text: words } : words;
  return agent.post(`/api/v1/tickets/${ticket_id}/messages`, { client_key: randomUUID(), mode, ...said });
}
