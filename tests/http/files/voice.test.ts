/** Voice notes: what a browser recorded goes out as what each network takes, and its bytes are really that. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inState, messageOf, post, reply, serving, take, ticketOf, whisper } from '../support/desk.ts';
import { anAmr, aPng, aRecording, soundOf } from '../support/files.ts';
import { house } from '../support/house.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

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

const recorded = async (bytes = aRecording(), type = 'audio/webm;codecs=opus', name = 'mensagem-de-voz.webm'): Promise<Attachment> =>
  (await ana.upload(name, type, bytes)).ok(201);

const onPhone = async (id: unknown): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${house.lab}/lab/api/media/${String(id)}`)).arrayBuffer());

describe('a recording of a browser', () => {
  it('goes to WhatsApp as voice: Opus in Ogg, one channel, in its place among the other messages', async () => {
    const live = await ana.live();
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const file = await recorded();
    await reply(ana, id, 'antes');
    const sent = await reply(ana, id, { attachment_id: file.id, voice: true });
    expect(sent).toMatchObject({ kind: 'audio', detail: { voice: true }, attachments: [{ id: file.id, kind: 'audio', state: 'pending' }] });
    const last = await reply(ana, id, 'depois');
    await inState(ana, last, 'delivered');

    const phone = await rita.received(3);
    expect(phone.map(({ type }) => type)).toEqual(['text', 'audio', 'text']);
    expect(phone[1]?.content).toMatchObject({ voice: true });
    expect(soundOf(await onPhone(phone[1]?.content['id']))).toMatchObject({ codec: 'opus', channels: 1 });

    const done = await inState(ana, sent, 'delivered');
    expect(done.attachments).toMatchObject([{ state: 'ready', mime: 'audio/ogg', filename: 'mensagem-de-voz.ogg' }]);
    const media = await ana.media(file.id);
    media.ok();
    expect(media.headers['content-type']).toBe('audio/ogg');
    expect(soundOf(media.bytes)).toMatchObject({ codec: 'opus', channels: 1 });
    await live.next('message.changed', ({ message }) => message.seq === sent.seq && message.ticket_id === id && message.attachments[0]?.state === 'ready');
    live.close();
  });

  it('of Safari goes to the site as what every browser plays', async () => {
    const webchat = await aWebchat(account);
    const visitor = await webchat.visitor();
    (await visitor.say('Oi')).ok(202);
    const { id } = await take(ana, (await ticketOf(ana, visitor.name)).id);
    const file = await recorded(aRecording('mp4'), 'audio/mp4', 'mensagem-de-voz.m4a');
    const sent = await reply(ana, id, { attachment_id: file.id, voice: true });
    const { data } = await visitor.seeing('the voice note', (seen) => seen.data.some(({ kind, attachments }) => kind === 'audio' && attachments[0]?.state === 'ready'));
    expect(data.at(-1)).toMatchObject({ from: 'team', attachments: [{ mime: 'audio/mpeg', filename: 'mensagem-de-voz.mp3' }] });
    const media = await visitor.media(file.id);
    media.ok();
    expect(soundOf(media.bytes)).toMatchObject({ codec: 'mp3', channels: 1 });
    await inState(ana, sent, 'accepted');
  });

  it('can be whispered', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const file = await recorded();
    const { seq } = await whisper(ana, id, { attachment_id: file.id, voice: true });
    const note = await messageOf(ana, id, 'with its sound', (one) => one.seq === seq && one.attachments[0]?.state === 'ready');
    expect(note).toMatchObject({ direction: 'note', attachments: [{ mime: 'audio/mpeg' }] });
    expect(await rita.received(0)).toEqual([]);
  });

  it('that is damaged fails where its author sees it, and the rest goes on', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const file = await recorded(aRecording().subarray(0, 60));
    const sent = await reply(ana, id, { attachment_id: file.id, voice: true });
    expect(await inState(ana, sent, 'failed')).toMatchObject({ error_slug: 'voice_unconvertible' });
    await inState(ana, await reply(ana, id, 'o áudio não foi'), 'delivered');
    expect((await rita.received()).map(({ type }) => type)).toEqual(['text']);
    (await ana.post(`/api/v1/tickets/${id}/messages/${sent.seq}/retry`)).ok();
    await messageOf(ana, id, 'that failed again', ({ seq, state }) => seq === sent.seq && state === 'failed');
  });

  it('is a recording, without words, of its own author', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const picture = (await ana.upload('a.png', 'image/png', aPng('nada'))).ok<Attachment>(201);
    (await post(ana, id, 'reply', { attachment_id: picture.id, voice: true })).refused(415, 'file_kind_refused', 'attachment_id');
    const file = await recorded();
    (await post(ana, id, 'reply', { attachment_id: file.id, voice: true, text: 'ouça' })).refused(400, 'caption_refused', 'text');
    const bruno = await account.as('bruno');
    const theirs = (await bruno.upload('b.webm', 'audio/webm', aRecording())).ok<Attachment>(201);
    (await post(ana, id, 'reply', { attachment_id: theirs.id, voice: true })).refused(404, 'attachment_unknown', 'attachment_id');
  });

  it('as it came is refused by WhatsApp, were it ever sent so', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const file = await recorded();
    (await post(ana, id, 'reply', { attachment_id: file.id })).refused(415, 'file_kind_refused', 'attachment_id');
  });
});

it('a sound of former phones becomes one that browsers play', async () => {
  const rita = await whatsapp.customer();
  await rita.send({ type: 'audio', audio: { data_base64: anAmr().toString('base64'), mime_type: 'audio/amr', voice: true } });
  const ticket = await ticketOf(ana, rita.name);
  const message = await messageOf(ana, ticket.id, 'with its sound', ({ attachments }) => attachments[0]?.state === 'ready');
  expect(message.attachments).toMatchObject([{ kind: 'audio', mime: 'audio/mpeg' }]);
  const media = await ana.media(message.attachments[0]?.id ?? 0);
  expect(soundOf(media.bytes)).toMatchObject({ codec: 'mp3', channels: 1 });
});
