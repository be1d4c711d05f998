/** Who did what: a row for each act, in the act's own transaction; none for what was refused. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { reply, serving, whisper } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

const trail = (subject: number): Promise<string[]> =>
  lines(
    "SELECT action || ' ' || actor_kind FROM audit_events WHERE account_id = :'account' AND subject_kind = 'ticket' AND subject_id = :'subject' ORDER BY id",
    { account: account.id, subject },
  );

it('tells the story of a ticket', async () => {
  const { id } = await serving(ana, await whatsapp.customer());
  await reply(ana, id, 'Bom dia');
  await whisper(ana, id, 'nota');
  (await ana.post(`/api/v1/tickets/${id}/transfer`, { assignee_id: account.members.bruno })).ok();
  (await (await account.as('bruno')).post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'] })).ok();
  expect(await trail(id)).toEqual([
    'ticket.opened provider',
    'ticket.taken user',
    'message.sent user',
    'message.whispered user',
    'ticket.transferred user',
    'ticket.closed user',
  ]);
});

it('names the person, the session, the address and the request', async () => {
  const { id } = await serving(ana, await whatsapp.customer());
  const answer = await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'] });
  const row = await sql(
    "SELECT session_id || ' ' || address || ' ' || request_id FROM audit_events WHERE account_id = :'account' AND subject_id = :'id' AND action = 'ticket.closed'",
    { account: account.id, id },
  );
  expect(row).toBe(`${ana.cookies.get('__Host-brt')?.split('.')[0]} 127.0.0.1 ${answer.request_id}`);
});

it('says nothing of what was refused, and never what was said', async () => {
  const { id } = await serving(ana, await whatsapp.customer());
  (await (await account.as('bruno')).post(`/api/v1/tickets/${id}/take`)).refused(409, 'ticket_taken');
  await reply(ana, id, 'palavras-que-ninguem-deve-guardar');
  expect(await trail(id)).toEqual(['ticket.opened provider', 'ticket.taken user', 'message.sent user']);
  expect(
    await sql("SELECT count(*) FROM audit_events WHERE account_id = :'account' AND detail LIKE '%palavras-que%'", {
      account: account.id,
    }),
  ).toBe('0');
});

describe('cannot be rewritten', () => {
  it.each(['DB_API', 'DB_WORKER'] as const)('by %s', async (role) => {
    const as = (text: string) => sql(`SET balcao.account = '${account.id}'; ${text}`, {}, role);
    await expect(as("UPDATE audit_events SET action = 'x'")).rejects.toThrow(/permission denied/);
    await expect(as('DELETE FROM audit_events')).rejects.toThrow(/permission denied/);
    await expect(as('TRUNCATE audit_events')).rejects.toThrow(/permission denied/);
  });
});
