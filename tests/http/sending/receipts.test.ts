/** Statuses come early, late, twice, in any order. A message only moves forward. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inState, type Message, messageOf, reply, serving, thread } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});
beforeEach(() => whatsapp.faults({}));

type Sent = { rita: Customer; message: Message; message_id: string };

/** Accepted, on its way to a phone that is off the network. */
async function onTheWay(): Promise<Sent> {
  const rita = await whatsapp.customer({ offline: true });
  const { id } = await serving(ana, rita);
  const message = await inState(ana, await reply(ana, id, 'a caminho'), 'accepted');
  const message_id = await sql("SELECT provider_id FROM message_provider_ids WHERE ticket_id = :'id' AND seq = :'seq'", {
    id,
    seq: message.seq,
  });
  return { rita, message, message_id };
}

async function handled(): Promise<void> {
  await until(
    'every delivery handled',
    async () =>
      (await sql("SELECT count(*) FILTER (WHERE state = 'pending') = 0 FROM inbound_events WHERE channel_id = :'id'", {
        id: whatsapp.id,
      })) === 't',
  );
}

const stateOf = async ({ message }: Sent): Promise<string> =>
  (await thread(ana, message.ticket_id)).find(({ seq }) => seq === message.seq)?.state ?? '';

/** Each status, one after the other, told and handled; the states that the message went through. */
async function through(sent: Sent, statuses: string[]): Promise<string[]> {
  const states = [];
  for (const status of statuses) {
    const word = randomUUID();
    await whatsapp.webhook('messages', {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: whatsapp.number },
      word,
      statuses: [
        {
          id: sent.message_id,
          status,
          timestamp: '1795132805',
          recipient_id: sent.rita.wa_id,
          ...(status === 'failed' ? { errors: [{ code: 131026, title: 'Undeliverable' }] } : {}),
        },
      ],
    });
    await until(
      `the status ${status} kept`,
      async () =>
        (await sql(
          "SELECT count(*) FROM inbound_events WHERE channel_id = :'id' AND position(convert_to(:'word', 'UTF8') IN body) > 0",
          { id: whatsapp.id, word },
        )) === '1',
    );
    await handled();
    states.push(await stateOf(sent));
  }
  return states;
}

describe('a message', () => {
  it.each([
    [
      ['delivered', 'read'],
      ['delivered', 'read'],
    ],
    [
      ['read', 'delivered', 'sent'],
      ['read', 'read', 'read'],
    ],
    [
      ['read', 'played'],
      ['read', 'read'],
    ],
    [
      ['delivered', 'delivered', 'sent'],
      ['delivered', 'delivered', 'delivered'],
    ],
    [
      ['failed', 'sent'],
      ['failed', 'failed'],
    ],
    [
      ['delivered', 'failed'],
      ['delivered', 'delivered'],
    ],
    [
      ['sent', 'hibernated', 'delivered'],
      ['accepted', 'accepted', 'delivered'],
    ],
  ])('that is told %j goes through %j', async (statuses, states) => {
    expect(await through(await onTheWay(), statuses)).toEqual(states);
  });

  it('that failed although it was accepted says why', async () => {
    const sent = await onTheWay();
    await through(sent, ['failed']);
    expect(await inState(ana, sent.message, 'failed')).toMatchObject({ error_code: 'WA-131026', error_slug: 'undeliverable' });
  });

  it('that was delivered after all is a failure no more', async () => {
    const sent = await onTheWay();
    expect(await through(sent, ['failed', 'delivered'])).toEqual(['failed', 'delivered']);
    const [message] = (await thread(ana, sent.message.ticket_id)).filter(({ seq }) => seq === sent.message.seq);
    expect(message).toMatchObject({ error_code: null, error_slug: null });
  });

  it('is read although nobody said that it was delivered', async () => {
    await whatsapp.faults({ no_delivered: true });
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const sent = await reply(ana, id, 'lida direto');
    await rita.received();
    await rita.read();
    await inState(ana, sent, 'read');
  });
});

describe('statuses that come before the answer of the send', () => {
  it('are not lost', async () => {
    await whatsapp.faults({ status_before_response: true });
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const sent = [];
    for (let turn = 0; turn < 10; turn++) sent.push(await reply(ana, id, `mensagem ${turn}`));
    for (const message of sent) await inState(ana, message, 'delivered');
    expect(await rita.texts(10)).toEqual(sent.map(({ text }) => text));
  });

  it('of a message that nobody knows are kept aside and change nothing', async () => {
    const rita = await whatsapp.customer({ offline: true });
    const { id } = await serving(ana, rita);
    const early = `wamid.${randomUUID()}`;
    await whatsapp.webhook('messages', {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: whatsapp.number },
      statuses: [{ id: early, status: 'delivered', timestamp: '1795132805', recipient_id: rita.wa_id }],
    });
    await until(
      'the early status',
      async () => (await sql("SELECT count(*) FROM early_statuses WHERE provider_id = :'early'", { early })) === '1',
    );
    expect(await thread(ana, id)).toHaveLength(3);
  });
});

it('many conversations at once all arrive, however soon the statuses come', async () => {
  await whatsapp.faults({ status_before_response: true });
  const people = await Promise.all(Array.from({ length: 10 }, () => whatsapp.customer()));
  const tickets = await Promise.all(people.map((person) => serving(ana, person)));
  await Promise.all(
    tickets.map(async ({ id }) => {
      for (let turn = 0; turn < 6; turn++) await inState(ana, await reply(ana, id, `mensagem ${turn}`), 'delivered');
    }),
  );
}, 40_000);

describe('a send without an answer', () => {
  it('that arrived is settled by its status, and is never repeated', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ hang_next: 'accepted' });
    const sent = await reply(ana, id, 'chegou?');
    await inState(ana, sent, 'delivered');
    const next = await reply(ana, id, 'e mais esta');
    await messageOf(ana, id, 'behind it', ({ seq, state }) => seq === next.seq && state === 'delivered', 25_000);
    expect(await rita.texts(2)).toEqual(['chegou?', 'e mais esta']);
  }, 40_000);

  it('that is lost is unknown; a status with our word settles it later', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ hang_next: 'lost' });
    const sent = await reply(ana, id, 'perdida?');
    const unknown = await messageOf(
      ana,
      id,
      'whose fate is unknown',
      ({ seq, state }) => seq === sent.seq && state === 'unknown',
      25_000,
    );
    expect(unknown.error_slug).toBeNull();
    await whatsapp.webhook('messages', {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: whatsapp.number },
      statuses: [
        {
          id: `wamid.${randomUUID()}`,
          status: 'delivered',
          timestamp: '1795132805',
          recipient_id: rita.wa_id,
          biz_opaque_callback_data: `${id}:${sent.seq}`,
        },
      ],
    });
    await inState(ana, sent, 'delivered');
    expect(await rita.received(0)).toEqual([]);
  }, 40_000);

  it('is not settled by the word of another channel', async () => {
    const other = await aWhatsapp(account);
    const rita = await whatsapp.customer({ offline: true });
    const { id } = await serving(ana, rita);
    const sent = await inState(ana, await reply(ana, id, 'minha'), 'accepted');
    const provider_id = `wamid.${randomUUID()}`;
    await other.webhook('messages', {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: other.number },
      statuses: [
        {
          id: provider_id,
          status: 'read',
          timestamp: '1795132805',
          recipient_id: rita.wa_id,
          biz_opaque_callback_data: `${id}:${sent.seq}`,
        },
      ],
    });
    await until(
      'the status kept aside',
      async () => (await sql("SELECT count(*) FROM early_statuses WHERE provider_id = :'provider_id'", { provider_id })) === '1',
    );
    expect((await thread(ana, id)).find(({ seq }) => seq === sent.seq)?.state).toBe('accepted');
  });
});
