/** Every type of message that a customer can send ends as something the agent sees. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { inbound, type Message, messageOf, ticketOf } from '../support/desk.ts';
import { anMp4, aWebp } from '../support/files.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

/** The message that a fresh customer's one fragment became. */
async function arrived(fragment: Record<string, unknown>, customer?: Customer): Promise<Message> {
  const rita = customer ?? (await whatsapp.customer());
  await rita.send(fragment);
  const ticket = await ticketOf(ana, rita.name);
  return messageOf(ana, ticket.id, JSON.stringify(fragment), ({ direction }) => direction === 'in');
}

type Expected = Record<string, unknown>;

const PLAIN: [string, Record<string, unknown>, Expected][] = [
  [
    'text',
    { type: 'text', text: { body: 'Oi 😀\nsegunda linha' } },
    { kind: 'text', text: 'Oi 😀\nsegunda linha', detail: null },
  ],
  [
    'location',
    {
      type: 'location',
      location: { latitude: -23.55, longitude: -46.63, name: 'Loja', address: 'Rua A, 1', url: 'https://x.example' },
    },
    { kind: 'location', text: '', detail: { latitude: -23.55, longitude: -46.63, name: 'Loja', address: 'Rua A, 1' } },
  ],
  [
    'location without a name',
    { type: 'location', location: { latitude: 1, longitude: 2 } },
    { kind: 'location', detail: { latitude: 1, longitude: 2, name: null, address: null } },
  ],
  [
    'contacts',
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Rui P', first_name: 'Rui', last_name: 'P' },
          phones: [{ phone: '+55 11 90000-0000', wa_id: '5511900000000', type: 'CELL' }, { phone: '+55 11 3000-0000' }],
          emails: [{ email: 'rui@exemplo', type: 'WORK' }],
          org: { company: 'X' },
        },
      ],
    },
    {
      kind: 'contacts',
      detail: { contacts: [{ name: 'Rui P', phones: ['+55 11 90000-0000', '+55 11 3000-0000'], emails: ['rui@exemplo'] }] },
    },
  ],
  [
    'a button of ours',
    { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'pay', title: 'Pagar' } } },
    { kind: 'choice', text: 'Pagar', detail: { id: 'pay', title: 'Pagar', description: null } },
  ],
  [
    'a row of a list',
    {
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: 'r1', title: '2ª via', description: 'boleto' } },
    },
    { kind: 'choice', text: '2ª via', detail: { id: 'r1', title: '2ª via', description: 'boleto' } },
  ],
  [
    'an answered form',
    {
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"cpf":"1"}' } },
    },
    { kind: 'choice', text: 'Sent', detail: { id: 'flow', title: 'Sent', description: null, response: '{"cpf":"1"}' } },
  ],
  [
    'the quick reply of a template',
    { type: 'button', button: { payload: 'STOP', text: 'Parar' } },
    { kind: 'choice', text: 'Parar', detail: { id: 'STOP', title: 'Parar', description: null } },
  ],
  [
    'an order',
    {
      type: 'order',
      order: {
        catalog_id: '194',
        text: '',
        product_items: [{ product_retailer_id: 'sku1', quantity: 2, item_price: 30, currency: 'BRL' }],
      },
    },
    { kind: 'unknown', detail: { type: 'order' } },
  ],
  [
    'what the provider does not support',
    { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }], unsupported: { type: 'poll' } },
    { kind: 'unknown', detail: { type: 'poll' } },
  ],
  ['a type of tomorrow', { type: 'hologram', hologram: { colour: 'blue' } }, { kind: 'unknown', detail: { type: 'hologram' } }],
  ['a type without its part', { type: 'location' }, { kind: 'unknown', detail: { type: 'location' } }],
  [
    'a choice of tomorrow',
    { type: 'interactive', interactive: { type: 'gesture' } },
    { kind: 'unknown', detail: { type: 'gesture' } },
  ],
  ['an empty text', { type: 'text', text: { body: '' } }, { kind: 'unknown', detail: { type: 'text' } }],
];

it.each(PLAIN)('%s', async (_name, fragment, expected) => {
  expect(await arrived(fragment)).toMatchObject({ ...expected, direction: 'in', state: 'received', attachments: [] });
});

const FILES: [string, Record<string, unknown>, Expected, Expected][] = [
  ['image', { sample: true, caption: 'olha a luz' }, { kind: 'image', text: 'olha a luz' }, { kind: 'image', mime: 'image/png' }],
  ['audio', { sample: true }, { kind: 'audio', detail: { voice: true } }, { kind: 'audio', mime: 'audio/ogg' }],
  [
    'document',
    { sample: true, filename: 'nota fiscal.pdf', caption: 'NF' },
    { kind: 'document', text: 'NF' },
    { kind: 'document', mime: 'application/pdf', filename: 'nota fiscal.pdf' },
  ],
  [
    'video',
    { data_base64: anMp4().toString('base64'), mime_type: 'video/mp4', caption: 'x' },
    { kind: 'video', text: 'x' },
    { kind: 'video', mime: 'video/mp4' },
  ],
  ['sticker', { data_base64: aWebp().toString('base64'), mime_type: 'image/webp' }, { kind: 'sticker' }, { mime: 'image/webp' }],
];

describe('with a file', () => {
  it.each(FILES)('%s', async (type, part, expected, file) => {
    const first = await arrived({ type, [type]: part });
    expect(first).toMatchObject(expected);
    const message = await messageOf(
      ana,
      first.ticket_id,
      'with its file',
      ({ attachments }) => attachments[0]?.state === 'ready',
    );
    expect(message.attachments).toMatchObject([{ ...file, state: 'ready', error_slug: null }]);
    expect(message.attachments[0]?.size_bytes).toBeGreaterThan(0);
  });
});

describe('what stands beside a message', () => {
  it('the message it answers', async () => {
    const rita = await whatsapp.customer();
    const first = await rita.say('Qual o valor?');
    await rita.say('Deste aqui', { context: { id: first } });
    const ticket = await ticketOf(ana, rita.name);
    const answer = await messageOf(ana, ticket.id, 'that quotes', ({ text }) => text === 'Deste aqui');
    const asked = (await inbound(ana, ticket.id)).find(({ text }) => text === 'Qual o valor?');
    expect(answer.quoted_seq).toBe(asked?.seq);
  });

  it('that it was forwarded', async () => {
    expect(await arrived({ type: 'text', text: { body: 'corrente' }, context: { forwarded: true } })).toMatchObject({
      kind: 'text',
      detail: { forwarded: true },
    });
  });

  it('the advertisement that brought the customer', async () => {
    const referral = {
      source_url: 'https://fb.me/x',
      source_id: '1202',
      source_type: 'ad',
      headline: 'Fale conosco',
      body: 'Oferta',
      ctwa_clid: 'Aff',
    };
    const { detail } = await arrived({ type: 'text', text: { body: 'Vi o anúncio' }, referral });
    expect(detail).toEqual({ referral });
  });

  it('the product it is about', async () => {
    const context = { referred_product: { catalog_id: '1', product_retailer_id: '2' } };
    expect(await arrived({ type: 'text', text: { body: 'Tem?' }, context })).toMatchObject({
      detail: { product: { catalog_id: '1', product_id: '2' } },
    });
  });
});

it('a text as long as it gets arrives whole', async () => {
  const text = 'ção '.repeat(1024).trim();
  expect((await arrived({ type: 'text', text: { body: text } })).text).toBe(text);
});

it('the inbox says in a line what came last', async () => {
  const rita = await whatsapp.customer();
  await arrived({ type: 'text', text: { body: 'Primeira\nlinha e mais' } }, rita);
  expect((await ticketOf(ana, rita.name)).last).toMatchObject({
    kind: 'text',
    direction: 'in',
    preview: expect.stringContaining('Primeira'),
  });
});
