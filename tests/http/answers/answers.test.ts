/** Quick answers as people use them: found, filled for a customer, sent with their files; and invisible elsewhere. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inState, reply, serving, type Ticket } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Answer = Schemas['QuickAnswer'];
type Ready = { text: string; blanks: { name: string; position: number }[]; attachments: Schemas['Attachment'][] };

let account: Account;
let whatsapp: Whatsapp;
let rafael: Browser;
let ana: Browser;
let ticket: Ticket;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  [rafael, ana] = [await account.as('rafael'), await account.as('ana')];
  ticket = await serving(ana, await whatsapp.customer({ name: 'Rita Lima' }));
});

const make = async (by: Browser, more: object): Promise<Answer> =>
  (await by.post('/api/v1/answers', { scope: 'account', title: 'Resposta', shortcut: 'x', body: 'Oi', ...more })).ok<Answer>(201);
const use = (by: Browser, answer: Answer, on = ticket): Promise<{ ok: <T>() => T }> =>
  by.post(`/api/v1/tickets/${on.id}/answers/${answer.id}`) as never;
const suggested = async (by: Browser, q: string): Promise<string[]> =>
  (await by.get(`/api/v1/answers/suggestions?q=${encodeURIComponent(q)}`)).ok<{ data: Answer[] }>().data.map(({ shortcut }) => shortcut);

describe('finding', () => {
  beforeAll(async () => {
    await make(rafael, { shortcut: 'boleto', title: 'Segunda via de boleto', body: 'Segue o boleto.' });
    await make(rafael, { shortcut: 'bole2', title: 'Outra', body: 'Outra coisa.' });
    await make(rafael, { shortcut: 'pix', title: 'Pagar com Pix', body: 'Nosso Pix, sem bolero.' });
  });

  it('puts shortcuts first and ignores accents', async () => {
    expect(await suggested(ana, 'bole')).toEqual(['bole2', 'boleto', 'pix']);
    expect(await suggested(ana, 'SEGÚNDA')).toEqual(['boleto']);
    expect(await suggested(ana, 'nada disso')).toEqual([]);
  });

  it('pages through all of them by title', async () => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const page = (await ana.get(`/api/v1/answers?limit=2${after}`)).ok<{ data: Answer[]; next: number | null }>();
      seen.push(...page.data.map(({ title }) => title));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toEqual(['Outra', 'Pagar com Pix', 'Segunda via de boleto']);
  });
});

describe('using', () => {
  it('says what the preview said, to this customer, and counts', async () => {
    const answer = await make(rafael, {
      shortcut: 'protocolo',
      body: 'Olá, {{contact.first_name}}! Protocolo {{ticket.protocol}}, {{customer.name}}. {{contact.email}}',
    });
    const ready = (await use(ana, answer)).ok<Ready>();
    expect(ready.text).toBe(`Olá, Rita! Protocolo ${ticket.protocol}, Cliente.`);
    expect(ready.blanks).toEqual([{ name: 'contact.email', position: ready.text.length }]);
    const message = await reply(ana, ticket.id, ready.text);
    expect(message.text).toBe(ready.text);
    expect((await ana.get(`/api/v1/answers/${answer.id}`)).ok<Answer>()).toMatchObject({ use_count: 1 });
  });

  it('sends copies of its files, as often as it is used', async () => {
    const file = (await ana.upload('tabela.png', 'image/png', aPng('tabela'))).ok<Schemas['Attachment']>(201);
    const answer = await make(ana, { scope: 'own', shortcut: 'tabela', body: '', attachment_ids: [file.id] });
    expect(answer.attachments.map(({ filename }) => filename)).toEqual(['tabela.png']);
    (await ana.get(`/media/answers/${file.id}?account=${account.id}`)).ok();
    for (let turn = 0; turn < 2; turn++) {
      const { attachments } = (await use(ana, answer)).ok<Ready>();
      const message = await reply(ana, ticket.id, { attachment_id: attachments[0]?.id ?? 0 });
      await inState(ana, message, 'delivered');
    }
    /* a day later the sweep of forgotten uploads leaves it alone; once the answer is gone it does not */
    const isSwept = async (): Promise<boolean> => {
      await sql("UPDATE attachments SET created_at = now() - interval '3 days' WHERE id = :'id'", { id: file.id });
      await sql("SELECT sweep_uploads(now() - interval '1 day')");
      return (await sql("SELECT count(*) FROM attachments WHERE id = :'id'", { id: file.id })) === '0';
    };
    expect(await isSwept()).toBe(false);
    (await ana.get(`/media/answers/${file.id}?account=${account.id}`)).ok();
    (await ana.delete(`/api/v1/answers/${answer.id}`)).ok(204);
    (await ana.get(`/media/answers/${file.id}?account=${account.id}`)).refused(404, 'not_found');
    expect(await isSwept()).toBe(true);
  });
});

describe('whose it is', () => {
  it('a department’s is invisible elsewhere, its files too', async () => {
    await sql("DELETE FROM department_members WHERE account_id = :'a' AND member_id = :'m'", { a: account.id, m: account.members.bruno });
    const file = (await rafael.upload('precos.png', 'image/png', aPng('precos'))).ok<Schemas['Attachment']>(201);
    const answer = await make(rafael, {
      scope: 'department',
      department_id: account.departments['Vendas'],
      shortcut: 'precos',
      attachment_ids: [file.id],
    });
    const bruno = await account.as('bruno');
    (await bruno.get(`/api/v1/answers/${answer.id}`)).refused(404, 'not_found');
    (await bruno.get(`/media/answers/${file.id}?account=${account.id}`)).refused(404, 'not_found');
    expect(await suggested(bruno, 'precos')).toEqual([]);
    (await rafael.get(`/api/v1/answers/${answer.id}`)).ok();
  });

  it('an agent writes their own and nobody else’s', async () => {
    const mine = await make(ana, { scope: 'own', shortcut: 'meu' });
    (await ana.post('/api/v1/answers', { scope: 'account', title: 'x', shortcut: 'geral', body: 'x' })).refused(403, 'permission_denied');
    (await rafael.get(`/api/v1/answers/${mine.id}`)).refused(404, 'not_found');
    (await ana.put(`/api/v1/answers/${mine.id}`, { scope: 'account', title: 'x', shortcut: 'meu', body: 'x' })).refused(403, 'permission_denied');
    expect((await ana.put(`/api/v1/answers/${mine.id}`, { scope: 'own', title: 'Meu', shortcut: 'meu2', body: 'x', is_active: false })).ok<Answer>())
      .toMatchObject({ title: 'Meu', shortcut: 'meu2', is_active: false, member_id: account.members.ana });
  });

  it('a shortcut is taken, a mistyped variable is told with its field', async () => {
    await make(rafael, { shortcut: 'unico' });
    (await rafael.post('/api/v1/answers', { scope: 'account', title: 'x', shortcut: 'unico', body: 'x' })).refused(409, 'shortcut_is_taken', 'shortcut');
    (await ana.post('/api/v1/answers', { scope: 'own', title: 'x', shortcut: 'Não', body: 'x' })).refused(400, 'shortcut_invalid', 'shortcut');
    (await ana.post('/api/v1/answers', { scope: 'own', title: 'x', shortcut: 'v', body: 'Oi {{contact.nome}}' })).refused(400, 'variable_unknown', 'body');
  });
});

it('a preview says the text with examples, and where its mistakes are', async () => {
  const { text, problems } = (await ana.post('/api/v1/variables/preview', { text: 'Oi, {{contact.first_name}}! {{nome}} {{a.b}}' }))
    .ok<{ text: string; problems: { slug: string; position: number }[] }>();
  expect(text).toBe('Oi, Marina! {{nome}}');
  expect(problems).toEqual([
    { slug: 'variable_malformed', position: 28, length: 8, words: '{{nome}}' },
    { slug: 'variable_unknown', position: 39, length: 3, words: 'a.b' },
  ]);
});
