/** The fence that holds when a statement forgets the account: tried as the programs' own roles. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { lines, sql } from '../support/database.ts';
import { reply, serving, whisper } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import type { Schemas } from '../support/answer.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

/** Rows in every corner of both houses. */
async function livedIn(): Promise<Account> {
  const account = await anAccount();
  const ana = await account.as('ana');
  const { id } = await serving(ana, await (await aWhatsapp(account)).customer());
  const file = (await ana.upload('x.png', 'image/png', aPng())).ok<Schemas['Attachment']>(201);
  await reply(ana, id, { attachment_id: file.id });
  await whisper(ana, id, 'entre nós');
  (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'reply', body: 'rascunho' })).ok(204);
  (await (await (await aWebchat(account)).visitor()).say('Oi')).ok(202);
  return account;
}

let ours: Account;
let tables: string[];

beforeAll(async () => {
  [ours] = await Promise.all([livedIn(), livedIn()]);
  tables = await lines(`
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`);
});

/** Tables that a program may look into, as its role. */
async function readable(role: 'balcao_api' | 'balcao_worker'): Promise<string[]> {
  return lines(
    `SELECT t FROM unnest(string_to_array(:'tables', ',')) t WHERE has_table_privilege(:'role', 'public.' || t, 'SELECT')`,
    { tables: tables.join(','), role },
  );
}

describe.each([
  ['balcao_api', 'DB_API'],
  ['balcao_worker', 'DB_WORKER'],
] as const)('as %s', (role, connection) => {
  it('a statement without an account sees our rows and no others', { timeout: 60_000 }, async () => {
    const seen = (await readable(role)).filter((table) => !['jobs', 'dead_jobs'].includes(table));
    expect(seen.length).toBeGreaterThan(12);
    /* In one question: each asked by itself costs a program and a connection. */
    const counts = seen.map((table) => `SELECT '${table}', count(*) FILTER (WHERE account_id <> ${ours.id}), count(*) FROM ${table}`);
    const found = await sql(`SET balcao.account = '${ours.id}'; ${counts.join(' UNION ALL ')}`, {}, connection);
    const rows = found.split('\n').map((line) => line.split('|'));
    expect(rows.map(([table, foreign]) => [table, foreign]).sort()).toEqual(seen.map((table) => [table, '0']).sort());
    for (const [table = '', , own] of rows)
      if (['tickets', 'messages', 'contacts', 'channels', 'attachments', 'memberships'].includes(table))
        expect([table, Number(own)]).not.toEqual([table, 0]);
  });

  it('one that never named an account is our bug, and says so', async () => {
    for (const table of ['tickets', 'messages', 'contacts', 'channels', 'attachments']) {
      await expect(sql(`SELECT count(*) FROM ${table}`, {}, connection)).rejects.toThrow(/balcao\.account/);
    }
  });

  it('nothing can be written into another house', async () => {
    const other = ours.id + 1_000_000;
    const row = `INSERT INTO close_reasons (account_id, name) VALUES (${other}, 'x')`;
    await expect(sql(`SET balcao.account = '${ours.id}'; ${row}`, {}, connection)).rejects.toThrow(/row-level security/);
    await expect(
      sql(`SET balcao.account = '${ours.id}'; UPDATE close_reasons SET account_id = ${other}`, {}, connection),
    ).rejects.toThrow(/row-level security/);
    expect(
      await sql(
        `BEGIN; SET LOCAL balcao.account = '${other}'; WITH gone AS (DELETE FROM close_reasons RETURNING 1) SELECT count(*) FROM gone; ROLLBACK`,
        {},
        connection,
      ),
    ).toBe('0');
  });

  it('the secrets of people are out of reach', async () => {
    for (const table of ['users', 'sessions'])
      await expect(sql(`SELECT * FROM ${table}`, {}, connection)).rejects.toThrow(/permission denied/);
  });

  it('a month is no way around the fence', async () => {
    const partitions = await lines(
      `SELECT c.relname FROM pg_class c WHERE c.relispartition AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
    );
    expect(partitions.length).toBeGreaterThan(6);
    const granted = await lines(
      `SELECT p FROM unnest(string_to_array(:'partitions', ',')) p WHERE has_table_privilege(:'role', 'public.' || p, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')`,
      { partitions: partitions.join(','), role },
    );
    expect(granted).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('fences every table that has an account, and its months too', async () => {
    const open = await lines(`
      SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id' AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`);
    expect(open).toEqual([]);
  });

  it('has a policy on each of them', async () => {
    const without = await lines(`
      SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND (has_table_privilege('balcao_api', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
              OR has_table_privilege('balcao_worker', c.oid, 'SELECT, INSERT, UPDATE, DELETE'))
         AND NOT EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND (coalesce(p.qual, '') || coalesce(p.with_check, '')) LIKE '%balcao.account%')`);
    expect(without).toEqual([]);
  });

  it('lets no program bypass it, own a table or become another', async () => {
    expect(
      await sql(
        `SELECT count(*) FROM pg_roles WHERE rolcanlogin AND rolname LIKE 'balcao%' AND (rolbypassrls OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication)`,
      ),
    ).toBe('0');
    expect(
      await sql(
        `SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolcanlogin AND r.rolname LIKE 'balcao%'`,
      ),
    ).toBe('0');
    expect(
      await sql(
        `SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname IN ('balcao_api', 'balcao_worker', 'balcao_live')`,
      ),
    ).toBe('0');
    await expect(sql('SET ROLE balcao_owner', {}, 'DB_API')).rejects.toThrow(/permission denied/);
    await expect(sql('SET row_security = off; SELECT count(*) FROM tickets', {}, 'DB_API')).rejects.toThrow(/row-level security/);
  });

  it('has no function that lends its rights without saying where it looks', async () => {
    const loose = await lines(`
      SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND NOT EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%' AND c ~ 'pg_temp"?$')`);
    expect(loose).toEqual([]);
    const lentToApi = await lines(`
      SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'gate') AND has_function_privilege('balcao_api', p.oid, 'EXECUTE')`);
    expect(lentToApi).toEqual([]);
  });

  it('lets nobody else in: not the public, and live sees events only', async () => {
    expect(
      await lines(
        `SELECT c.relname FROM pg_class c, aclexplode(c.relacl) g WHERE c.relnamespace IN ('public'::regnamespace, 'gate'::regnamespace) AND g.grantee = 0`,
      ),
    ).toEqual([]);
    expect(
      await lines(
        `SELECT p.oid::regprocedure FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g WHERE p.pronamespace IN ('public'::regnamespace, 'gate'::regnamespace) AND g.grantee = 0`,
      ),
    ).toEqual([]);
    const ofLive = await lines(`
      SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('public', 'gate') AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege('balcao_live', c.oid, 'SELECT') ORDER BY 1`);
    expect(ofLive).toEqual(['gate.session_ends', 'public.account_event', 'public.schema_migrations']);
  });
});

it('the gate lends the API no way to read another house', async () => {
  const as = (text: string) => sql(`SET balcao.account = '${ours.id}'; ${text}`, {}, 'DB_API');
  expect(
    await as(`SELECT count(*) FROM gate.search_contacts('Rita', 500, true) s WHERE s.contact_id NOT IN (SELECT id FROM contacts)`),
  ).toBe('0');
  await expect(as('SELECT * FROM gate.nothing()')).rejects.toThrow(/does not exist/);
});
