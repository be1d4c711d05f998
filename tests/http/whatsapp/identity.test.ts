/** One person is one contact, by whatever address the network calls them today. */
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inState, messageOf, reply, take, theTicket, ticketOf, ticketsOf } from '../support/desk.ts';
import { lab } from '../support/lab.ts';
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

/** Of a mobile phone as it was before the ninth: those of houses begin with 2 to 5 and never got one. */
const eightDigits = (): string => String(randomInt(80_000_000, 99_999_999));

/** A message from an address, as the provider would write it. */
const from = (who: { wa_id?: string | undefined; user_id?: string | undefined }, name: string, text: string): Promise<void> =>
  whatsapp.webhook('messages', {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: whatsapp.number },
    contacts: [{ profile: { name }, ...who }],
    messages: [
      {
        ...(who.wa_id === undefined ? {} : { from: who.wa_id }),
        ...(who.user_id === undefined ? {} : { from_user_id: who.user_id }),
        id: `wamid.${name}.${text}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: 'text',
        text: { body: text },
      },
    ],
  });

const contactOf = async (id: number): Promise<Schemas['Contact']> => (await ana.get(`/api/v1/contacts/${id}`)).ok();

describe('a Brazilian mobile number', () => {
  it('is the same person with and without the ninth digit', async () => {
    const digits = eightDigits();
    const name = `Nona ${digits}`;
    await from({ wa_id: `5549${digits}` }, name, 'sem o nove');
    const ticket = await ticketOf(ana, name);
    await from({ wa_id: `55499${digits}` }, name, 'com o nove');
    await messageOf(ana, ticket.id, 'with the ninth digit', ({ text }) => text === 'com o nove');
    expect(await ticketsOf(ana, name)).toHaveLength(1);
  });

  it('stays the same person when the number was confirmed by the answer of a send', async () => {
    const short = `5549${eightDigits()}`;
    const jose = await whatsapp.customer({ id: `j${short}`, name: `José ${short}`, wa_id: short });
    await jose.say('Oi');
    const ticket = await ticketOf(ana, jose.name);
    await take(ana, ticket.id);
    await inState(ana, await reply(ana, ticket.id, 'Olá, José'), 'delivered');
    expect(await jose.texts()).toEqual(['Olá, José']);
    await jose.say('Recebi');
    await messageOf(ana, ticket.id, 'in the same ticket', ({ text }) => text === 'Recebi');
  });

  it('of a foreign country keeps its digits', async () => {
    const name = `Lisboa ${Math.random()}`;
    await from({ wa_id: '351912345678' }, name, 'Olá');
    expect((await ticketOf(ana, name)).contact.address).toBe('+351912345678');
  });
});

describe('a person without a phone', () => {
  const hidden = (name: string): Promise<Customer> =>
    whatsapp.customer({ name, username: `u${Math.random().toString(36).slice(2)}`, hides_phone: true });

  it('has a ticket, and can be answered', async () => {
    const padaria = await hidden(`Padaria ${Math.random()}`);
    await padaria.say('Oi');
    const ticket = await ticketOf(ana, padaria.name);
    await take(ana, ticket.id);
    await inState(ana, await reply(ana, ticket.id, 'Olá, padaria'), 'delivered');
    expect(await padaria.texts()).toEqual(['Olá, padaria']);
    const identities = (await contactOf(ticket.contact.id)).identities;
    expect(identities).toMatchObject([{ kind: 'whatsapp_user', address: padaria.user_id }]);
  });

  it('is the same person as before, when the phone was known then', async () => {
    const rita = await whatsapp.customer();
    await rita.say('com telefone');
    const ticket = await ticketOf(ana, rita.name);
    await from({ user_id: rita.user_id }, rita.name, 'sem telefone');
    await messageOf(ana, ticket.id, 'without a phone', ({ text }) => text === 'sem telefone');
    expect(await ticketsOf(ana, rita.name)).toHaveLength(1);
    const kinds = (await contactOf(ticket.contact.id)).identities.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['phone', 'whatsapp_user']);
  });

  it('is the same person when the phone comes later', async () => {
    const name = `Tarde ${Math.random()}`;
    const user_id = `BR.${Math.random().toString().slice(2)}`;
    const wa_id = `55499${eightDigits()}`;
    await from({ user_id }, name, 'só o nome de usuário');
    const ticket = await ticketOf(ana, name);
    await from({ user_id, wa_id }, name, 'agora com telefone');
    await messageOf(ana, ticket.id, 'with the phone', ({ text }) => text === 'agora com telefone');
    await from({ wa_id }, name, 'só o telefone');
    await messageOf(ana, ticket.id, 'with the phone alone', ({ text }) => text === 'só o telefone');
    expect(await ticketsOf(ana, name)).toHaveLength(1);
  });
});

describe('a change of number', () => {
  it('keeps the conversation: the next message from the new number is in the same ticket', async () => {
    const rita = await whatsapp.customer({ user_id: null });
    await rita.say('do número velho');
    const ticket = await ticketOf(ana, rita.name);
    const wa_id = `55499${eightDigits()}`;
    await rita.send({ type: 'system', system: { type: 'user_changed_number', body: 'mudou', wa_id } });
    await until('the new address', async () => (await theTicket(ana, ticket.id)).contact.address === `+${wa_id}`);
    await from({ wa_id }, rita.name, 'do número novo');
    await messageOf(ana, ticket.id, 'from the new number', ({ text }) => text === 'do número novo');
    expect(await ticketsOf(ana, rita.name)).toHaveLength(1);
  });

  it('is shown in the thread', async () => {
    const rita = await whatsapp.customer({ user_id: null });
    await rita.say('Oi');
    const ticket = await ticketOf(ana, rita.name);
    const wa_id = `55499${eightDigits()}`;
    await rita.send({ type: 'system', system: { type: 'user_changed_number', body: 'mudou', wa_id } });
    const line = await messageOf(
      ana,
      ticket.id,
      'of the change',
      ({ detail }) => (detail as { event?: string } | null)?.event === 'number_changed',
    );
    expect(line).toMatchObject({
      direction: 'system',
      detail: { event: 'number_changed', address: expect.stringContaining(wa_id) },
    });
  });

  it('of the user id keeps the conversation too', async () => {
    const rita = await whatsapp.customer();
    await rita.say('antes');
    const ticket = await ticketOf(ana, rita.name);
    const user_id = `BR.${Math.random().toString().slice(2)}`;
    await rita.send({ type: 'system', system: { type: 'user_changed_user_id', body: '..', user_id } });
    await until('the new id', async () =>
      (await contactOf(ticket.contact.id)).identities.some(({ address }) => address === user_id),
    );
    await from({ user_id }, rita.name, 'depois');
    await messageOf(ana, ticket.id, 'from the new id', ({ text }) => text === 'depois');
    expect(await ticketsOf(ana, rita.name)).toHaveLength(1);
  });
});

describe('a name', () => {
  it('follows the profile until somebody of the team edits it', async () => {
    const rita = await whatsapp.customer();
    await rita.say('um');
    const ticket = await ticketOf(ana, rita.name);
    const named = async (name: string, text: string): Promise<string> => {
      await lab('PATCH', `/people/${rita.id}`, { name });
      await rita.say(text);
      await messageOf(ana, ticket.id, text, (message) => message.text === text);
      return (await contactOf(ticket.contact.id)).name;
    };
    expect(await named('Rita Nova', 'dois')).toBe('Rita Nova');
    (await ana.patch(`/api/v1/contacts/${ticket.contact.id}`, { name: 'Dona Rita (bloco B)' })).ok();
    expect(await named('xX Rita Xx', 'três')).toBe('Dona Rita (bloco B)');
  });

  it('with whatever people write in it arrives as it is', async () => {
    const name = `Zé 😀 <b>"'\\ ${Math.random()}`;
    await from({ wa_id: `55499${eightDigits()}` }, name, 'Oi');
    expect((await ticketOf(ana, name)).contact.name).toBe(name);
  });
});
