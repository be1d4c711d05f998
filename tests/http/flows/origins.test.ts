/** Where a conversation comes from: it is kept with the ticket, tells flows, and may begin one of its own. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { thread, type Ticket } from '../support/desk.ts';
import { aLiveFlow, greeting, saying } from '../support/flows.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let olga: Browser;
let rafael: Browser;
let webchat: Webchat;
let whatsapp: Whatsapp;

const both = { channels: ['webchat', 'whatsapp'] };

/** Says these words and waits, so that the ticket stays. */
const says = (key: string, text: string) =>
  saying(
    greeting(account, {
      ...both, key, name: key,
      cards: [
        { id: 'ola', type: 'send_message', v: 1, position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Olá!' } },
        { id: 'pergunta', type: 'question', v: 1, position: { x: 0, y: 160 }, settings: { expect: 'choice', text: 'Como posso ajudar?', options: [{ id: 'nada', label: 'Nada', number: 1, synonyms: [] }, { id: 'tudo', label: 'Tudo', number: 2, synonyms: [] }] } },
        { id: 'fim', type: 'finish', v: 1, position: { x: 0, y: 320 }, settings: { reason: `reason:${account.reasons['Resolvido']}` } },
      ],
      connectors: [{ from: 'ola', outlet: 'next', to: 'pergunta' }, ...['nada', 'tudo'].map((id) => ({ from: 'pergunta', outlet: `opt:${id}`, to: 'fim' }))],
    }),
    text,
  );

beforeAll(async () => {
  account = await anAccount();
  [olga, rafael] = await Promise.all([account.as('olga'), account.as('rafael')]);
  webchat = await aWebchat(account);
  whatsapp = await aWhatsapp(account);
  const usual = await aLiveFlow(rafael, says('de-sempre', 'Olá!'));
  const ad = await aLiveFlow(rafael, says('do-anuncio', 'Você veio por {{origin.headline}}.'));
  const link = await aLiveFlow(rafael, says('do-link', 'Da vitrine: {{origin.campaign}}.'));
  (await rafael.put('/api/v1/flow-starts', {
    starts: [
      ...[webchat.channel.id, whatsapp.id].map((channel_id) => ({ kind: 'channel', flow_id: usual.id, channel_id })),
      { kind: 'ad', flow_id: ad.id, channel_id: whatsapp.id, ad_id: '1202' },
      { kind: 'link', flow_id: link.id, ref: 'Vitrine' },
    ],
  })).ok();
});

/** The newest ticket of somebody. */
async function ticketOf(name: string): Promise<Ticket> {
  const id = await until(`a ticket of ${name}`, async () => Number(await sql("SELECT t.id FROM tickets t WHERE t.account_id = :'a' AND t.contact_name = :'n' ORDER BY t.id DESC LIMIT 1", { a: account.id, n: name })) || undefined);
  return (await olga.get(`/api/v1/tickets/${id}`)).ok<Ticket>();
}

const referral = { source_url: 'https://fb.me/x', source_id: '1202', source_type: 'ad', headline: 'Fibra em casa', body: 'Oferta', media_type: 'image', image_url: 'https://fb.me/x.jpg', ctwa_clid: 'Aff' };

const told = async (visitor: Visitor): Promise<string[]> =>
  (await visitor.seeing('the bot', ({ data }) => data.some(({ from }) => from === 'bot'))).data.filter(({ from }) => from === 'bot').map(({ text }) => text);

it('whoever taps the advertisement meets its flow, and the ticket keeps where they came from', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi! Vi o anúncio', { referral });
  expect((await rita.texts(1))[0]).toBe('Você veio por Fibra em casa.');
  const ticket = await ticketOf(rita.name);
  expect(ticket.origin).toEqual({ kind: 'ad', ad_id: '1202', headline: 'Fibra em casa' });
  const head = (await olga.post(`/api/v1/tickets/${ticket.id}/transcript`, { whispers: false })).ok<{ ticket: Ticket }>();
  expect(head.ticket.origin).toEqual(ticket.origin);
});

it('another advertisement, or none, begins what begins at the channel', async () => {
  const [rita, bia] = await Promise.all([whatsapp.customer(), whatsapp.customer()]);
  await rita.say('Oi', { referral: { ...referral, source_id: '7' } });
  await bia.say('Oi');
  expect((await rita.texts(1))[0]).toBe('Olá!');
  expect((await bia.texts(1))[0]).toBe('Olá!');
  expect((await ticketOf(rita.name)).origin).toEqual({ kind: 'ad', ad_id: '7', headline: 'Fibra em casa' });
  expect((await ticketOf(bia.name)).origin).toBeNull();
});

it('what begins a conversation is kept, not what is tapped in the middle of it', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  await rita.received(2);
  await rita.say('Fibra', { referral });
  const ticket = await ticketOf(rita.name);
  await until('their words in the thread', async () => (await thread(olga, ticket.id)).some(({ text }) => text === 'Fibra'));
  expect((await ticketOf(rita.name)).id).toBe(ticket.id);
  expect((await ticketOf(rita.name)).origin).toBeNull();
});

it('a page’s link says so with the first message, in whatever case', async () => {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi', { ref: 'VITRINE', campaign: 'natal' })).ok(202);
  expect((await told(visitor))[0]).toBe('Da vitrine: natal.');
  expect((await ticketOf(visitor.name)).origin).toEqual({ kind: 'link', ref: 'VITRINE', campaign: 'natal' });
});

it('an unknown link begins what begins at the channel', async () => {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi', { ref: 'outra' })).ok(202);
  expect((await told(visitor))[0]).toBe('Olá!');
  expect((await ticketOf(visitor.name)).origin).toEqual({ kind: 'link', ref: 'outra' });
});

it('a link says no more than it may', async () => {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi', { ref: 'a'.repeat(201) })).refused(400, 'too_long', 'ref');
  (await visitor.say('Oi', { ref: 7 })).refused(400, 'wrong_type', 'ref');
});
