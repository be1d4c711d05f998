/** What was said on the site is said otherwise or taken back: at once on the visitor's page, and for ever in the trail. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inState, type Message, reply, serving, take, theTicket, thread, type Ticket, ticketOf } from '../support/desk.ts';
import { aPdf } from '../support/files.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

type Originals = { data: { text: string; member_id: number | null }[]; attachments: Schemas['Attachment'][] };

let account: Account;
let ana: Browser;
let bruno: Browser;
let olga: Browser;
let webchat: Webchat;

beforeAll(async () => {
  account = await anAccount();
  [ana, bruno, olga] = await Promise.all([account.as('ana'), account.as('bruno'), account.as('olga')]);
  webchat = await aWebchat(account);
});

async function said(text: string, more: Record<string, unknown> = {}): Promise<{ visitor: Visitor; ticket: Ticket; message: Message; path: string }> {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  const ticket = await take(ana, (await ticketOf(ana, visitor.name)).id);
  const message = await inState(ana, await reply(ana, ticket.id, { text, ...more }), 'accepted');
  return { visitor, ticket, message, path: `/api/v1/tickets/${ticket.id}/messages/${message.seq}` };
}

const originals = async (who: Browser, path: string): Promise<Originals> => (await who.post(`${path}/originals`)).ok<Originals>();

describe('words of ours', () => {
  it('are changed for everybody who looks, now and after a reload', async () => {
    const { visitor, ticket, message, path } = await said('Seu boleto vence dia 10');
    const [page, screen] = [await visitor.live(), await bruno.live()];
    const changed = (await ana.patch(path, { text: 'Seu boleto vence dia 20' })).ok<Message>();
    expect(changed).toMatchObject({ seq: message.seq, text: 'Seu boleto vence dia 20' });
    expect(changed.edited_at).not.toBeNull();
    const { data } = await page.next('message', ({ message: told }) => told.text === 'Seu boleto vence dia 20');
    expect(data.message).toMatchObject({ from: 'team', author: 'Ana', deleted_at: null });
    expect(data.message.edited_at).not.toBeNull();
    await screen.next('message.changed', ({ message: told }) => told.ticket_id === ticket.id && told.text === 'Seu boleto vence dia 20');
    page.close();
    screen.close();
    expect((await visitor.conversation()).data.at(-1)).toMatchObject({ text: 'Seu boleto vence dia 20' });
    expect((await theTicket(ana, ticket.id)).last.preview).toBe('Seu boleto vence dia 20');
  });

  it('are taken back with their file, which nobody without leave opens any more', async () => {
    const file = (await ana.upload('contrato de outro.pdf', 'application/pdf', aPdf('segredo'))).ok<Schemas['Attachment']>(201);
    const { visitor, ticket, path } = await said('Segue o contrato', { attachment_id: file.id });
    (await visitor.media(file.id)).ok();
    const page = await visitor.live();
    (await ana.ask('DELETE', path)).ok();
    await page.next('message', ({ message: told }) => told.deleted_at !== null && told.text === '' && told.attachments.length === 0);
    page.close();
    (await visitor.media(file.id)).refused(404, 'not_found');
    (await ana.media(file.id)).refused(404, 'not_found');
    for (const seen of [await thread(ana, ticket.id), (await visitor.conversation()).data]) {
      expect(JSON.stringify(seen)).not.toMatch(/Segue o contrato|contrato de outro/);
    }
    expect(await originals(olga, path)).toMatchObject({ data: [{ text: 'Segue o contrato', member_id: account.members.ana }], attachments: [{ id: file.id }] });
    (await olga.media(file.id)).ok();
  });

  it('of the past are for those alone who may look', async () => {
    const { path } = await said('primeiro');
    (await ana.patch(path, { text: 'segundo' })).ok();
    (await ana.patch(path, { text: 'terceiro' })).ok();
    (await ana.post(`${path}/originals`)).refused(403, 'permission_denied');
    expect((await originals(olga, path)).data.map(({ text }) => text)).toEqual(['primeiro', 'segundo']);
  });

  it('are their author\'s, and nobody else\'s', async () => {
    const { path } = await said('minhas palavras');
    (await olga.patch(path, { text: 'outras' })).refused(403, 'not_author');
    (await olga.ask('DELETE', path)).refused(403, 'not_author');
  });

  it('cannot be nothing, nor come back', async () => {
    const { path } = await said('fica');
    (await ana.patch(path, { text: '   ' })).refused(400, 'message_empty', 'text');
    (await ana.ask('DELETE', path)).ok();
    (await ana.patch(path, { text: 'voltei' })).refused(409, 'message_deleted');
    (await ana.ask('DELETE', path)).refused(409, 'message_deleted');
  });
});

it('where the network cannot, it is refused', async () => {
  const whatsapp = await aWhatsapp(account);
  const rita = await whatsapp.customer();
  const { id } = await serving(ana, rita);
  const message = await inState(ana, await reply(ana, id, 'no WhatsApp'), 'delivered');
  (await ana.patch(`/api/v1/tickets/${id}/messages/${message.seq}`, { text: 'x' })).refused(409, 'amend_unsupported');
  (await ana.ask('DELETE', `/api/v1/tickets/${id}/messages/${message.seq}`)).refused(409, 'amend_unsupported');
});

it('what a customer changed or took back keeps its past too', async () => {
  const whatsapp = await aWhatsapp(account);
  const rita = await whatsapp.customer();
  const wamid = await rita.say('Oi, quero cancelar');
  const ticket = await ticketOf(ana, rita.name);
  const [first] = await thread(ana, ticket.id, 'limit=100');
  const seq = (await thread(ana, ticket.id)).find(({ direction }) => direction === 'in')?.seq ?? first?.seq ?? 0;
  await rita.send({ type: 'edit', edit: { original_message_id: wamid, message: { type: 'text', text: { body: 'Oi, quero mudar de plano' } } } });
  await rita.send({ type: 'revoke', revoke: { original_message_id: wamid } });
  await rita.say('pronto');
  const path = `/api/v1/tickets/${ticket.id}/messages/${seq}`;
  await inSeen(ticket.id, seq);
  expect((await originals(olga, path)).data).toMatchObject([
    { text: 'Oi, quero cancelar', member_id: null },
    { text: 'Oi, quero mudar de plano', member_id: null },
  ]);
});

/** The message was taken back, and says nothing. */
async function inSeen(ticket: number, seq: number): Promise<void> {
  await expect.poll(async () => (await thread(ana, ticket)).find((one) => one.seq === seq), { timeout: 10_000 }).toMatchObject({ text: '', deleted_at: expect.any(String) });
}
