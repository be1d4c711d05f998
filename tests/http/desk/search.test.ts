/** Words inside conversations: said, whispered, attached; and only to whoever sees the ticket. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { reply, serving, type Ticket, whisper } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Found = { data: Schemas['MessageFound'][]; next: string | null; looked_back_to: string | null; is_whole: boolean };

let account: Account;
let ana: Browser;
let bruno: Browser;
let whatsapp: Whatsapp;
let rita: Customer;
let ticket: Ticket;

const ask = async (q: string, more = '', who = ana): Promise<Found> => (await who.get(`/api/v1/search?q=${encodeURIComponent(q)}${more}`)).ok<Found>();
const texts = async (q: string, more = '', who = ana): Promise<string[]> => (await ask(q, more, who)).data.map(({ message }) => message.text);

/** The indexer comes by each second. */
const once = (q: string, count: number): Promise<string[]> =>
  until(`${count} messages of ${q}`, async () => {
    const found = await texts(q);
    return found.length >= count ? found : undefined;
  });

beforeAll(async () => {
  account = await anAccount();
  [ana, bruno] = await Promise.all([account.as('ana'), account.as('bruno')]);
  whatsapp = await aWhatsapp(account);
  rita = await whatsapp.customer();
  ticket = await serving(ana, rita);
});

describe('a search in what was said', () => {
  it('finds the customer, the answer and the whisper, newest first, with their ticket', async () => {
    await rita.say('Não recebi o Boleto de maio');
    await once('boleto', 1);
    await reply(ana, ticket.id, 'Segue a 2ª via do boleto');
    await whisper(ana, ticket.id, 'boleto reenviado');
    expect(await once('boleto', 3)).toEqual(['boleto reenviado', 'Segue a 2ª via do boleto', 'Não recebi o Boleto de maio']);
    const { data, next, looked_back_to } = await ask('BOLETO "de maio"');
    expect(data.map(({ ticket: { id }, message }) => [id, message.ticket_id, message.direction])).toEqual([[ticket.id, ticket.id, 'in']]);
    expect([next, looked_back_to]).toEqual([null, null]);
    expect(await texts('nao recebi', `&ticket=${ticket.id}`)).toEqual(['Não recebi o Boleto de maio']);
  });

  it('finds a file by its name', async () => {
    await rita.send({ type: 'document', document: { sample: true, filename: 'contrato-assinado-2026.pdf', caption: 'pronto' } });
    expect(await once('assinado', 1)).toEqual(['pronto']);
  });

  it('pages without gaps or repetitions', async () => {
    for (let n = 1; n <= 5; n++) await rita.say(`parcela número ${n}`);
    const whole = await once('parcela', 5);
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const { data, next } = await ask('parcela', `&limit=2${after}`);
      seen.push(...data.map(({ message }) => message.text));
      if (next === null) break;
      after = `&after=${next}`;
    }
    expect(seen).toEqual(whole);
  });

  it('is narrowed by channel, department, person and time', async () => {
    const { department_id } = ticket;
    expect(await texts('parcela', `&channels=${whatsapp.id}&departments=${department_id}&assignee=${account.members.ana}`)).toHaveLength(5);
    expect(await texts('parcela', `&assignee=${account.members.bruno}`)).toEqual([]);
    expect(await texts('parcela', '&channels=999999999')).toEqual([]);
    expect(await texts('parcela', `&since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
  });

  it('follows what was edited or taken back', async () => {
    const id = await rita.say('vencimento dia dez');
    await once('vencimento', 1);
    await rita.send({ type: 'edit', edit: { original_message_id: id, message: { type: 'text', text: { body: 'cobrança dia doze' } } } });
    expect(await once('cobranca', 1)).toEqual(['cobrança dia doze']);
    expect(await texts('vencimento')).toEqual([]);
    await rita.send({ type: 'revoke', revoke: { original_message_id: id } });
    await until('nothing found', async () => ((await texts('cobranca')).length === 0 ? true : undefined));
  });

  it('refuses what is nothing to look for, or no place', async () => {
    (await ana.get('/api/v1/search?q=')).refused(400, 'search_empty', 'q');
    (await ana.get('/api/v1/search?q=-boleto')).refused(400, 'search_empty', 'q');
    (await ana.get(`/api/v1/search?q=${'a'.repeat(201)}`)).refused(400, 'too_long', 'q');
    (await ana.get('/api/v1/search?q=boleto&after=1.2')).refused(400, 'cursor_invalid', 'after');
    (await ana.get('/api/v1/search?q=boleto&since=ontem')).refused(400, 'time_invalid', 'since');
  });
});

it('what one does not see is not found, nor is it in another account', async () => {
  const word = `segredo${randomUUID().replaceAll('-', '')}`;
  await rita.say(`o ${word} é este`);
  await once(word, 1);
  await sql("UPDATE groups SET scope = 'own' WHERE account_id = :'a' AND builtin = 'agent'", { a: account.id });
  expect(await texts(word)).toHaveLength(1);
  expect(await texts(word, '', bruno)).toEqual([]);
  expect(await texts(word, `&ticket=${ticket.id}`, bruno)).toEqual([]);
  const stranger = await (await anAccount()).as('olga');
  expect(await texts(word, '', stranger)).toEqual([]);
  expect(await texts(word, `&ticket=${ticket.id}`, stranger)).toEqual([]);
});

it('what came in past the log is found once the index was told to begin anew', async () => {
  const word = `historia${randomUUID().replaceAll('-', '')}`;
  await rita.say(word);
  await once(word, 1);
  await sql("DELETE FROM message_words WHERE account_id = :'a' AND ticket_id = :'t'", { a: account.id, t: ticket.id });
  expect(await texts(word)).toEqual([]);
  await sql('SELECT gate.search_again()');
  expect(await once(word, 1)).toEqual([word]);
  expect(await until('the index is whole', async () => ((await ask(word)).is_whole ? true : undefined))).toBe(true);
});
