/** Providers deliver twice, late, in heaps and in the wrong order. Each message arrives once all the same. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inbound, messageOf, ticketOf, ticketsOf } from '../support/desk.ts';
import { lab } from '../support/lab.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});
beforeEach(() => whatsapp.faults({}));

/** Every kept body of this channel is handled. */
const handled = () =>
  until(
    'every delivery handled',
    async () =>
      (await sql("SELECT count(*) FILTER (WHERE state = 'pending') = 0 FROM inbound_events WHERE channel_id = :'id'", {
        id: whatsapp.id,
      })) === 't',
  );

const settle = async (): Promise<void> => {
  await lab('POST', '/deliveries/flush');
  await lab('GET', '/idle?timeout_ms=10000');
  await handled();
};

it('a delivery that comes several times at once is one message', async () => {
  await whatsapp.faults({ duplicate: 4 });
  const rita = await whatsapp.customer();
  for (const text of ['um', 'dois', 'três']) await rita.say(text);
  await settle();
  const tickets = await ticketsOf(ana, rita.name);
  expect(tickets).toHaveLength(1);
  expect((await inbound(ana, tickets[0]?.id ?? 0)).map(({ text }) => text).sort()).toEqual(['dois', 'três', 'um']);
  expect(tickets[0]?.unread_count).toBe(3);
});

it('a message that is delivered again days later stays one message', async () => {
  const rita = await whatsapp.customer();
  const id = await rita.say('Oi');
  const ticket = await ticketOf(ana, rita.name);
  await rita.say('de novo', { id });
  await rita.say('e mais');
  await messageOf(ana, ticket.id, 'after it', ({ text }) => text === 'e mais');
  expect((await inbound(ana, ticket.id)).map(({ text }) => text)).toEqual(['Oi', 'e mais']);
});

it('a heap of messages of several people in one body goes to each of them, in order', async () => {
  await whatsapp.faults({ batch: 50 });
  const people = await Promise.all([1, 2, 3].map(() => whatsapp.customer()));
  for (const text of ['primeira', 'segunda', 'terceira']) for (const person of people) await person.say(text);
  await settle();
  for (const { name } of people) {
    const [ticket, ...others] = await ticketsOf(ana, name);
    expect(others).toEqual([]);
    expect((await inbound(ana, ticket?.id ?? 0)).map(({ text }) => text)).toEqual(['primeira', 'segunda', 'terceira']);
  }
});

it('what leaves in the wrong order all arrives, with the time at which it was written', async () => {
  await whatsapp.faults({ reorder: true });
  const rita = await whatsapp.customer();
  const at = Math.floor(Date.now() / 1000) - 60;
  for (const [turn, text] of ['um', 'dois', 'três'].entries()) await rita.say(text, { timestamp: String(at + turn) });
  await settle();
  const ticket = await ticketOf(ana, rita.name);
  const messages = await inbound(ana, ticket.id);
  const told = messages
    .map(({ text, provider_at }) => [text, Date.parse(provider_at ?? '') / 1000 - at])
    .sort((a, b) => Number(a[1]) - Number(b[1]));
  expect(told).toEqual([
    ['um', 0],
    ['dois', 1],
    ['três', 2],
  ]);
});

it('a customer has one live ticket, however many messages arrive at the same moment', async () => {
  const rita = await whatsapp.customer();
  const body = (turn: number) =>
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { phone_number_id: whatsapp.number },
                contacts: [{ wa_id: rita.wa_id, profile: { name: rita.name } }],
                messages: [
                  {
                    from: rita.wa_id,
                    id: `wamid.crowd${turn}`,
                    timestamp: String(Math.floor(Date.now() / 1000)),
                    type: 'text',
                    text: { body: `número ${turn}` },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, turn) =>
      whatsapp.raw({ body: body(turn), sign: true, headers: { 'Content-Type': 'application/json' } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await handled();

  const tickets = await ticketsOf(ana, rita.name);
  expect(tickets).toHaveLength(1);
  const messages = await inbound(ana, tickets[0]?.id ?? 0);
  expect(messages.map(({ text }) => text).sort()).toEqual(Array.from({ length: 50 }, (_, turn) => `número ${turn}`).sort());
  expect(new Set(messages.map(({ seq }) => seq)).size).toBe(50);
  expect(tickets[0]?.unread_count).toBe(50);
});

it('many customers at once get a ticket each, with protocols that nobody shares', async () => {
  const people = await Promise.all(Array.from({ length: 30 }, () => whatsapp.customer()));
  await Promise.all(people.map((person) => person.say('Caiu tudo aqui')));
  await settle();
  const tickets = (await Promise.all(people.map(({ name }) => ticketsOf(ana, name)))).flat();
  expect(tickets).toHaveLength(30);
  expect(new Set(tickets.map(({ protocol }) => protocol)).size).toBe(30);
});

describe('what is not for this number', () => {
  it('is kept and leaves no trace in the inbox', async () => {
    const rita = await whatsapp.customer();
    await whatsapp.webhook('messages', {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: '999' },
      contacts: [{ wa_id: rita.wa_id, profile: { name: rita.name } }],
      messages: [{ from: rita.wa_id, id: 'wamid.other', timestamp: '1795132800', type: 'text', text: { body: 'para outro' } }],
    });
    await settle();
    expect(await ticketsOf(ana, rita.name)).toEqual([]);
  });

  it('fields that we have no use for are answered and kept', async () => {
    for (const field of ['message_template_status_update', 'phone_number_quality_update', 'security', 'something_of_tomorrow']) {
      await whatsapp.webhook(field, { event: 'X', nested: [{ deep: true }] });
    }
    await settle();
    const states = await sql(
      "SELECT DISTINCT state FROM inbound_events WHERE channel_id = :'id' AND convert_from(body, 'UTF8') LIKE '%something_of_tomorrow%'",
      { id: whatsapp.id },
    );
    expect(states).toBe('done');
  });
});

it('a clock that is wrong loses no message', async () => {
  const now_s = Math.floor(Date.now() / 1000);
  for (const timestamp of [String(now_s + 86_400), '0', '-5', 'yesterday', '99999999999999999999', '']) {
    const rita = await whatsapp.customer();
    await rita.say(`às ${timestamp}`, { timestamp });
    const ticket = await ticketOf(ana, rita.name);
    expect((await inbound(ana, ticket.id)).map(({ text }) => text)).toEqual([`às ${timestamp}`]);
    expect(Date.parse(ticket.window_ends_at ?? '') / 1000).toBeLessThan(now_s + 25 * 3600);
  }
});

it('the thousand messages that a provider puts into one body at most are a thousand messages', async () => {
  const people = Array.from({ length: 20 }, (_, at) => ({
    wa_id: `5547${988_000_000 + at}`,
    name: `Multidão ${at} ${whatsapp.number}`,
  }));
  const messages = Array.from({ length: 1000 }, (_, turn) => {
    const { wa_id } = people[turn % people.length] ?? { wa_id: '' };
    return {
      from: wa_id,
      id: `wamid.many.${whatsapp.number}.${turn}`,
      timestamp: String(Math.floor(Date.now() / 1000)),
      type: 'text',
      text: { body: `linha ${Math.floor(turn / people.length)}` },
    };
  });
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { phone_number_id: whatsapp.number },
              contacts: people.map(({ wa_id, name }) => ({ wa_id, profile: { name } })),
              messages,
            },
          },
        ],
      },
    ],
  });
  expect((await whatsapp.raw({ body, sign: true, headers: { 'Content-Type': 'application/json' } })).status).toBe(200);
  await handled();
  for (const { name } of people.slice(0, 3)) {
    const ticket = await ticketOf(ana, name);
    expect(ticket.unread_count).toBe(50);
    expect((await inbound(ana, ticket.id)).map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, at) => `linha ${at}`));
  }
}, 60_000);

it('a closed ticket stays closed: the next message opens a new one with a new protocol', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const first = await ticketOf(ana, rita.name);
  (await ana.post(`/api/v1/tickets/${first.id}/close`, { reason_id: account.reasons['Engano'] })).ok();
  await rita.say('Voltei');
  const second = await until('a second ticket', async () => (await ticketsOf(ana, rita.name)).find(({ id }) => id !== first.id));
  expect(second.protocol).not.toBe(first.protocol);
  expect(second.contact.id).toBe(first.contact.id);
  expect((await inbound(ana, first.id)).map(({ text }) => text)).toEqual(['Oi']);
});
