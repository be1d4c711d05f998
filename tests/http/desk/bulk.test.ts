/** One act on many tickets: named or all of a filter, with what became of it, and back. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { serving, theTicket, type Ticket } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Bulk = Schemas['Bulk'];

let account: Account;
let whatsapp: Whatsapp;
let olga: Browser;
let ana: Browser;

beforeAll(async () => {
  account = await anAccount();
  [olga, ana] = await Promise.all([account.as('olga'), account.as('ana')]);
  whatsapp = await aWhatsapp(account);
});

const mine = async (): Promise<Ticket> => serving(ana, await whatsapp.customer());
const aTag = async (): Promise<number> => (await ana.post('/api/v1/tags', { name: randomUUID() })).ok<{ id: number }>(201).id;
const over = (id: number): Promise<Bulk> =>
  until('the act to be over', async () => {
    const bulk = (await olga.get(`/api/v1/bulks/${id}`)).ok<Bulk>();
    return bulk.finished_at === null ? undefined : bulk;
  }, 60_000);

/** Waiting tickets of people who never wrote: only their rows matter here. */
async function many(count: number, channel = whatsapp.id): Promise<void> {
  await sql(`WITH c AS (INSERT INTO contacts (account_id, name) SELECT :'a', 'Muitos ' || n FROM generate_series(1, :'n'::int) n RETURNING id),
      i AS (INSERT INTO contact_identities (account_id, contact_id, kind, key, address) SELECT :'a', id, 'external', id::text, id::text FROM c RETURNING id, contact_id)
      INSERT INTO tickets (account_id, protocol, channel_id, identity_id, contact_id, contact_name, contact_kind, contact_address, department_id,
                           state, controller, last_activity_at, opened_at, queued_at)
      SELECT :'a', 'muitos-' || i.id, :'h', i.id, contact_id, 'Muitos', 'external', contact_id::text, :'d', 'waiting', 'queue', now(), now(), now() FROM i`,
    { a: account.id, n: count, h: channel, d: account.departments['Vendas'] ?? 0 });
}

it('named ones are done at once, each as by hand, and one that refuses or is hidden holds up none', async () => {
  const tickets = [await mine(), await mine(), await mine()];
  const reason_id = account.reasons['Resolvido'];
  (await ana.post(`/api/v1/tickets/${tickets[1]?.id}/close`, { reason_id })).ok();
  const bulk = (await olga.post('/api/v1/bulks', { act: 'close', reason_id, ticket_ids: [...tickets.map(({ id }) => id), 900_000_000] })).ok<Bulk>(201);
  expect(bulk).toMatchObject({ state: 'done', done: 2, refused: 1, pending: 0 });
  for (const { id } of tickets) expect((await theTicket(ana, id)).state).toBe('closed');
  expect((await olga.get(`/api/v1/bulks/${bulk.id}/refusals`)).ok()).toEqual({ data: [{ ticket_id: tickets[1]?.id, slug: 'ticket_closed' }] });

  const undone = (await olga.post(`/api/v1/bulks/${bulk.id}/undo`)).ok<Bulk>();
  expect(undone).toMatchObject({ state: 'undone', undone: 2, kept: 0 });
  expect(await theTicket(ana, tickets[0]?.id ?? 0)).toMatchObject({ state: 'serving', assignee_id: account.members.ana });
  expect((await theTicket(ana, tickets[1]?.id ?? 0)).state).toBe('closed');
});

it('all of a filter are gone through although the worker loses its database again and again, once each', async () => {
  const MANY = 130;
  await many(MANY);
  const tag_id = await aTag();
  const bulk = (await olga.post('/api/v1/bulks', { act: 'tag', tag_id, filter: `tab=waiting&departments=${account.departments['Vendas']}` })).ok<Bulk>(201);
  const result = await until('the act to be over', async () => {
    await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'balcao_worker' AND state <> 'idle' AND query LIKE '%bulk%'");
    const now = (await olga.get(`/api/v1/bulks/${bulk.id}`)).ok<Bulk>();
    return now.finished_at === null ? undefined : now;
  }, 60_000);
  expect(result).toMatchObject({ state: 'done', done: MANY, refused: 0, pending: 0 });
  const [links, traces, said] = await lines(`
    SELECT count(*) FROM ticket_tags WHERE account_id = :'a' AND tag_id = :'t' UNION ALL
    SELECT count(*) FROM audit_events WHERE account_id = :'a' AND action = 'ticket.tagged' AND detail::text LIKE '%"tag_id":' || :'t' || '%' UNION ALL
    SELECT count(*) FROM messages WHERE account_id = :'a' AND detail::text LIKE '%ticket_tagged%"tag_id":' || :'t' || '%'`, { a: account.id, t: tag_id });
  expect([links, traces, said]).toEqual([String(MANY), String(MANY), String(MANY)]);

  const undone = (await olga.post(`/api/v1/bulks/${bulk.id}/undo`)).ok<Bulk>();
  expect(['undoing', 'undone']).toContain(undone.state);
  expect(await over(bulk.id)).toMatchObject({ state: 'undone', undone: MANY, kept: 0 });
  expect(await sql("SELECT count(*) FROM ticket_tags WHERE account_id = :'a' AND tag_id = :'t'", { a: account.id, t: tag_id })).toBe('0');
}, 120_000);

it('needs the right to act in bulk, knows its acts, and takes no search for a filter', async () => {
  const { id } = await mine();
  (await ana.post('/api/v1/bulks', { act: 'read', ticket_ids: [id] })).refused(403, 'permission_denied');
  (await olga.post('/api/v1/bulks', { act: 'read', filter: 'tab=serving&q=x' })).refused(400, 'unknown_value', 'filter');
  (await olga.post('/api/v1/bulks', { act: 'read', filter: "tab=x' OR true" })).refused(400, 'unknown_value', 'filter');
  (await olga.post('/api/v1/bulks', { act: 'read' })).refused(400, 'required', 'ticket_ids');
  (await olga.post('/api/v1/bulks', { act: 'close', ticket_ids: [id] })).refused(400, 'reason_required', 'reason_id');
});
