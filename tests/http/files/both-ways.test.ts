/** Files of customers come in, files of ours go out, and what they are is looked at, never believed. */
import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inState, type Message, messageOf, post, reply, serving, ticketOf, whisper } from '../support/desk.ts';
import { anMp4, aPdf, aPng, HTML } from '../support/files.ts';
import { house } from '../support/house.ts';
import { type Entry, lab } from '../support/lab.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Attachment = Schemas['Attachment'];

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});
beforeEach(() => whatsapp.faults({}));

const uploaded = async (filename: string, type: string, bytes: Buffer): Promise<Attachment> =>
  (await ana.upload(filename, type, bytes)).ok(201);

async function withFile(
  rita: Customer,
  type: string,
  part: Record<string, unknown>,
  state: Attachment['state'] = 'ready',
): Promise<Message> {
  await rita.send({ type, [type]: part });
  const ticket = await ticketOf(ana, rita.name);
  return messageOf(ana, ticket.id, `with a file that is ${state}`, ({ attachments }) => attachments[0]?.state === state);
}

describe('a file of the customer', () => {
  it('is fetched, told live, and shown with the very bytes', async () => {
    const live = await ana.live();
    const rita = await whatsapp.customer();
    const bytes = aPng('da rita');
    const message = await withFile(rita, 'image', { data_base64: bytes.toString('base64'), mime_type: 'image/png' });
    const [file] = message.attachments;
    const answer = await ana.media(file?.id ?? 0);
    answer.ok();
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': String(bytes.length) });
    expect(answer.headers['content-disposition']).toMatch(/^inline;/);
    await live.next(
      'message.changed',
      ({ message: changed }) => changed.ticket_id === message.ticket_id && changed.attachments[0]?.state === 'ready',
    );
    live.close();
  });

  it('that is no picture, whatever the provider says, is a document to download', async () => {
    const rita = await whatsapp.customer();
    const message = await withFile(rita, 'image', { data_base64: HTML.toString('base64'), mime_type: 'image/png' });
    expect(message.attachments[0]).toMatchObject({ kind: 'document', mime: 'text/html' });
    const answer = await ana.media(message.attachments[0]?.id ?? 0);
    answer.ok();
    expect(answer.headers['content-disposition']).toMatch(/^attachment;/);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-security-policy']).toContain('sandbox');
  });

  it('that is gone is shown as such, with its caption', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const ticket = await ticketOf(ana, rita.name);
    await whatsapp.webhook('messages', {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: whatsapp.number },
      contacts: [{ wa_id: rita.wa_id, profile: { name: rita.name } }],
      messages: [
        {
          from: rita.wa_id,
          id: `wamid.gone.${rita.wa_id}`,
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'image',
          image: { id: '999999', mime_type: 'image/jpeg', caption: 'a foto que sumiu' },
        },
      ],
    });
    const message = await messageOf(ana, ticket.id, 'with a lost file', ({ attachments }) => attachments[0]?.state === 'failed');
    expect(message).toMatchObject({ text: 'a foto que sumiu', attachments: [{ error_slug: 'media_unavailable' }] });
    (await ana.media(message.attachments[0]?.id ?? 0)).refused(409, 'media_not_ready');
  });

  it('whose id is a path is not asked for', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const ticket = await ticketOf(ana, rita.name);
    await whatsapp.webhook('messages', {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: whatsapp.number },
      contacts: [{ wa_id: rita.wa_id, profile: { name: rita.name } }],
      messages: [
        {
          from: rita.wa_id,
          id: `wamid.path.${rita.wa_id}`,
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'document',
          document: { id: '../10654/whatsapp_business_profile', mime_type: 'application/pdf', filename: '../../etc/passwd' },
        },
      ],
    });
    const message = await messageOf(ana, ticket.id, 'with a lost file', ({ attachments }) => attachments[0]?.state === 'failed');
    expect(message.attachments).toMatchObject([{ error_slug: 'media_unavailable', filename: 'passwd' }]);
  });
});

describe('a file of ours', () => {
  it('is uploaded, sent with its caption, and on the phone with the very bytes', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const bytes = aPdf('segunda via');
    const file = await uploaded('Segunda via março.pdf', 'application/pdf', bytes);
    expect(file).toMatchObject({
      state: 'ready',
      kind: 'document',
      mime: 'application/pdf',
      filename: 'Segunda via março.pdf',
      size_bytes: bytes.length,
    });

    const sent = await reply(ana, id, { attachment_id: file.id, text: 'Aqui está' });
    expect(sent).toMatchObject({ kind: 'document', text: 'Aqui está', attachments: [{ id: file.id }] });
    await inState(ana, sent, 'delivered');
    const [phone] = await rita.received();
    expect(phone).toMatchObject({
      type: 'document',
      content: { caption: 'Aqui está', filename: 'Segunda via março.pdf', mime_type: 'application/pdf' },
    });
    const onPhone = await fetch(`${house.lab}/lab/api/media/${phone?.content['id']}`);
    expect(Buffer.from(await onPhone.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('is uploaded to the provider once, however often the message is tried', async () => {
    const uploads = async (): Promise<number> => {
      const { entries } = await lab<{ entries: Entry[] }>('GET', `/log?kind=call&phone_number_id=${whatsapp.number}&limit=1000`);
      return entries.filter(({ path }) => path?.endsWith('/media')).length;
    };
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const file = await uploaded('foto.png', 'image/png', aPng('uma vez'));
    const before = await uploads();
    await whatsapp.faults({ answer_500_next: 1 });
    await inState(ana, await reply(ana, id, { attachment_id: file.id }), 'delivered');
    expect(await uploads()).toBe(before + 1);
  });

  it('can be whispered, and then stays in the house', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const file = await uploaded('anotação.png', 'image/png', aPng('interno'));
    expect(await whisper(ana, id, { attachment_id: file.id })).toMatchObject({
      direction: 'note',
      kind: 'image',
      state: 'internal',
    });
    await inState(ana, await reply(ana, id, 'só isto'), 'delivered');
    expect((await rita.received()).map(({ type }) => type)).toEqual(['text']);
  });

  it('goes with one message only', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const file = await uploaded('foto.png', 'image/png', aPng('uma'));
    await reply(ana, id, { attachment_id: file.id });
    (await post(ana, id, 'reply', { attachment_id: file.id })).refused(404, 'attachment_unknown', 'attachment_id');
  });

  it('of a colleague cannot be sent', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const bruno = await account.as('bruno');
    const file = (await bruno.upload('foto.png', 'image/png', aPng('do bruno'))).ok<Attachment>(201);
    (await post(ana, id, 'reply', { attachment_id: file.id })).refused(404, 'attachment_unknown', 'attachment_id');
  });

  it('that the channel does not take is refused before it is sent', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const gif = await uploaded(
      'a.gif',
      'image/gif',
      Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
    );
    (await post(ana, id, 'reply', { attachment_id: gif.id })).refused(415, 'file_kind_refused', 'attachment_id');
    const large = await uploaded('grande.png', 'image/png', Buffer.concat([aPng(), Buffer.alloc(5 * 1024 * 1024 + 1)]));
    (await post(ana, id, 'reply', { attachment_id: large.id })).refused(413, 'file_too_large', 'attachment_id');
    const film = await uploaded('a.mp4', 'video/mp4', anMp4());
    (await post(ana, id, 'reply', { attachment_id: film.id, text: 'x'.repeat(1025) })).refused(400, 'too_long', 'text');
  });
});

it('two files with the same bytes are two files: nobody learns what others have', async () => {
  const bytes = aPng('igual');
  const [one, other] = [await uploaded('a.png', 'image/png', bytes), await uploaded('b.png', 'image/png', bytes)];
  expect(one.id).not.toBe(other.id);
  const sums = await Promise.all(
    [one, other].map(async ({ id }) =>
      createHash('sha256')
        .update((await ana.media(id)).bytes)
        .digest('hex'),
    ),
  );
  expect(sums[0]).toBe(sums[1]);
});
