/** Files on somebody's home page, both ways. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { messageOf, reply, take, type Ticket, ticketOf, whisper } from '../support/desk.ts';
import { aPng, HTML } from '../support/files.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';

let account: Account;
let ana: Browser;
let webchat: Webchat;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  webchat = await aWebchat(account, {}, { welcome_text: 'Oi, {{contact.first_name}}! Protocolo {{ticket.protocol}}.' });
});

async function talking(): Promise<{ visitor: Visitor; ticket: Ticket }> {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  const ticket = await take(ana, (await ticketOf(ana, visitor.name)).id);
  return { visitor, ticket };
}

describe('a file', () => {
  it('of the visitor reaches the team with the very bytes', async () => {
    const visitor = await webchat.visitor();
    const bytes = aPng('do site');
    const file = (await visitor.upload('tela.png', 'image/png', bytes)).ok<Schemas['Attachment']>(201);
    expect((await visitor.media(file.id)).bytes.equals(bytes)).toBe(true);
    (await visitor.say('', { attachment_id: file.id })).ok(202);
    const ticket = await ticketOf(ana, visitor.name);
    const message = await messageOf(ana, ticket.id, 'with the file', ({ attachments }) => attachments.length === 1);
    expect(message).toMatchObject({ kind: 'image', attachments: [{ id: file.id, filename: 'tela.png', state: 'ready' }] });
    expect((await ana.media(file.id)).bytes.equals(bytes)).toBe(true);
  });

  it('of the team reaches the visitor with the very bytes', async () => {
    const { visitor, ticket } = await talking();
    const bytes = aPng('da equipe');
    const file = (await ana.upload('manual.png', 'image/png', bytes)).ok<Schemas['Attachment']>(201);
    await reply(ana, ticket.id, { attachment_id: file.id, text: 'Veja' });
    const { data } = await visitor.seeing('the file', (seen) => seen.data.some(({ attachments }) => attachments.length > 0));
    expect(data.at(-1)).toMatchObject({ kind: 'image', text: 'Veja', attachments: [{ id: file.id }] });
    const answer = await visitor.media(file.id);
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  it('is not for another visitor, nor is a whispered one for anybody outside', async () => {
    const { visitor, ticket } = await talking();
    const stranger = await webchat.visitor();
    const shown = (await ana.upload('a.png', 'image/png', aPng('mostrado'))).ok<Schemas['Attachment']>(201);
    const secret = (await ana.upload('b.png', 'image/png', aPng('sussurrado'))).ok<Schemas['Attachment']>(201);
    await reply(ana, ticket.id, { attachment_id: shown.id });
    await whisper(ana, ticket.id, { attachment_id: secret.id });
    await until('the file shown', async () => (await visitor.media(shown.id)).status === 200);
    (await stranger.media(shown.id)).refused(404, 'not_found');
    (await visitor.media(secret.id)).refused(404, 'not_found');
    const own = (await visitor.upload('c.png', 'image/png', aPng('minha'))).ok<Schemas['Attachment']>(201);
    (await stranger.media(own.id)).refused(404, 'not_found');
    (await stranger.say('', { attachment_id: own.id })).refused(404, 'attachment_unknown', 'attachment_id');
  });

  it('that lies is refused', async () => {
    const visitor = await webchat.visitor();
    (await visitor.upload('x.png', 'image/png', HTML)).refused(415, 'file_kind_mismatch');
  });

  it('larger than the widget takes is refused by the edge, readably', async () => {
    const visitor = await webchat.visitor();
    const answer = await visitor.ask('PUT', '/api/v1/widget/uploads?filename=x', Buffer.alloc(0), {
      'Content-Type': 'video/mp4',
      'Content-Length': String(17 * 1024 * 1024),
    });
    answer.refused(413, 'body_too_large');
    expect(answer.headers).toHaveProperty('access-control-allow-origin');
  });
});
