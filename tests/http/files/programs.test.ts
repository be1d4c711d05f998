/** Programs send files as people do: uploaded with their token, said once, and nobody else's. */
import { randomUUID } from 'node:crypto';

import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inState, type Message, messageOf, serving } from '../support/desk.ts';
import { aPdf, aPng, aRecording } from '../support/files.ts';
import { aToken, type Program } from '../support/token.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Attachment = Schemas['Attachment'];

const SPEAKS = ['tickets.view', 'tickets.reply', 'contacts.view'];

let account: Account;
let ana: Browser;
let olga: Browser;
let whatsapp: Whatsapp;
let bot: Program;

const aBot = (): Promise<Program> => aToken(account, { kind: 'chatbot', permissions: SPEAKS, channel_ids: [whatsapp.id] });

beforeAll(async () => {
  account = await anAccount();
  [ana, olga, whatsapp] = await Promise.all([account.as('ana'), account.as('olga'), aWhatsapp(account)]);
  bot = await aBot();
});

/** A conversation that the account's bots have. */
async function ofBots(): Promise<number> {
  const { id } = await serving(ana, await whatsapp.customer());
  await sql("UPDATE tickets SET state = 'bot', controller = 'bot', assignee_id = NULL WHERE account_id = :'a' AND id = :'id'", { a: account.id, id });
  return id;
}

const uploaded = async (program: Program, filename: string, type: string, bytes: Buffer): Promise<Attachment> =>
  (await program.upload(filename, type, bytes)).ok(201);

const said = (program: Program, ticket: number, attachment_id: number, more: object = {}) =>
  program.post(`/api/v1/tickets/${ticket}/messages`, { mode: 'reply', client_key: randomUUID(), attachment_id, ...more });

const trail = (ticket: number): Promise<string> =>
  sql(
    `SELECT string_agg(action || ' ' || actor_kind || ' ' || coalesce(token_id::text, '-'), ', ' ORDER BY id) FROM audit_events
      WHERE account_id = :'a' AND subject_kind = 'ticket' AND subject_id = :'id' AND action LIKE 'message.%'`,
    { a: account.id, id: ticket },
  );

it('a chatbot sends a file in a conversation of its own, and the trail says which token did', async () => {
  const ticket = await ofBots();
  const bytes = aPng('do robô');
  const file = await uploaded(bot, 'planos.png', 'image/png', bytes);
  expect((await bot.get(`/media/${file.id}`)).bytes.equals(bytes)).toBe(true);
  const message = (await said(bot, ticket, file.id, { text: 'Nossos planos' })).ok<Message>(201);
  expect(message).toMatchObject({ author_kind: 'bot', kind: 'image', text: 'Nossos planos', attachments: [{ id: file.id, filename: 'planos.png' }] });
  await inState(olga, message, 'delivered');
  expect(await trail(ticket)).toBe(`message.sent token ${bot.token.id}`);
  expect((await olga.media(file.id)).bytes.equals(bytes)).toBe(true);
  (await said(bot, ticket, file.id)).refused(404, 'attachment_unknown', 'attachment_id');
});

it('what a chatbot recorded becomes what the network plays', async () => {
  const ticket = await ofBots();
  const file = await uploaded(bot, 'voz.webm', 'audio/webm', aRecording());
  const { seq } = (await said(bot, ticket, file.id, { voice: true })).ok<Message>(201);
  const message = await messageOf(olga, ticket, 'that was converted', (one) => one.seq === seq && one.attachments[0]?.state === 'ready');
  expect(message.attachments[0]).toMatchObject({ kind: 'audio', mime: 'audio/ogg' });
});

it("what one program uploaded is no other's, nor anybody's of the account, until it is said", async () => {
  const ticket = await ofBots();
  const other = await aBot();
  const file = await uploaded(bot, 'contrato.pdf', 'application/pdf', aPdf('contrato'));
  (await other.get(`/media/${file.id}`)).refused(404, 'not_found');
  (await olga.media(file.id)).refused(404, 'not_found');
  (await said(other, ticket, file.id)).refused(404, 'attachment_unknown', 'attachment_id');
  (await said(other, ticket, file.id, { voice: true })).refused(404, 'attachment_unknown', 'attachment_id');
  const held = await serving(ana, await whatsapp.customer());
  (await ana.post(`/api/v1/tickets/${held.id}/messages`, { mode: 'reply', client_key: randomUUID(), attachment_id: file.id })).refused(404, 'attachment_unknown', 'attachment_id');
  const theirs = (await ana.upload('dela.png', 'image/png', aPng('dela'))).ok<Attachment>(201);
  (await said(bot, ticket, theirs.id)).refused(404, 'attachment_unknown', 'attachment_id');
  (await said(bot, ticket, file.id)).ok(201);
});

it('with a personal token a file is its member’s', async () => {
  const rafael = await account.as('rafael');
  const personal = await aToken(account, { kind: 'personal', permissions: SPEAKS }, 'rafael');
  const { id } = await serving(rafael, await whatsapp.customer());
  const file = await uploaded(personal, 'boleto.pdf', 'application/pdf', aPdf('boleto'));
  (await rafael.media(file.id)).ok();
  const message = (await said(personal, id, file.id)).ok<Message>(201);
  expect(message).toMatchObject({ author_kind: 'member', kind: 'document' });
  await inState(rafael, message, 'delivered');
  expect(await trail(id)).toBe(`message.sent token ${personal.token.id}`);
});

it('without the permission to reply nothing is uploaded', async () => {
  const reader = await aToken(account, { kind: 'service', permissions: ['tickets.view'] });
  (await reader.upload('x.png', 'image/png', aPng('x'))).refused(403, 'permission_denied');
});

it('a service, which is nobody who could have a conversation, uploads and says nothing in one', async () => {
  const service = await aToken(account, { kind: 'service', permissions: SPEAKS });
  const { id } = await serving(ana, await whatsapp.customer());
  const file = await uploaded(service, 'x.png', 'image/png', aPng('serviço'));
  (await said(service, id, file.id)).refused(409, 'not_holder');
});
