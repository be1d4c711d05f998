/** The chain: what the house sealed is what an outsider computes, and balcaoctl finds what was touched. */
import { execFile } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { conf, house } from '../support/house.ts';
import { lines, sql } from '../support/database.ts';
import { serving } from '../support/desk.ts';
import { stepUp } from '../support/token.ts';
import { until } from '../support/until.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

type Event = Schemas['AuditEvent'];
type State = Schemas['AuditState'];

let account: Account;
let olga: Browser;

/** An account with a story of a few rows, all of them sealed. */
async function withStory(): Promise<Account> {
  const own = await anAccount();
  const ana = await own.as('ana');
  const { id } = await serving(ana, await (await aWhatsapp(own)).customer());
  (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: own.reasons['Engano'] })).ok();
  await sealed(own);
  return own;
}

const state = async (of: Account): Promise<State> => (await (await of.as('olga')).get('/api/v1/audit/state')).ok<State>();
const sealed = (of: Account): Promise<State> =>
  until('everything sealed', async () => {
    const now = await state(of);
    return now.sealed_seq > 0 && now.oldest_unsealed_at === null && now;
  });

/** As if an hour had passed since the last signature: the head of now is signed too. */
async function signed(of: Account): Promise<void> {
  await sql("UPDATE audit_heads SET checkpoint_at = now() - interval '2 hours' WHERE account_id = :'a'", { a: of.id });
  await until('the head signed', async () => (await sql("SELECT checkpoint_seq = seq FROM audit_heads WHERE account_id = :'a'", { a: of.id })) === 't');
}

function balcaoctl(...words: string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(`${house.bin}/balcaoctl`, words, { env: { ...process.env, BALCAO_VAR: house.var } }, (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code), out: stdout.trim() }),
    );
  });
}
const verified = (of: Account) => balcaoctl('audit', 'verify', '--account', String(of.id));

beforeAll(async () => {
  account = await withStory();
  olga = await account.as('olga');
});

/** From the description alone: access.md, not chain.c. */
function bytes(of: number, row: Event, at_us: bigint, detail: string | null): Buffer {
  const be64 = (n: bigint | number) => {
    const b = Buffer.alloc(8);
    b.writeBigInt64BE(BigInt(n));
    return b;
  };
  const field = (b: Buffer | null) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(b === null ? -1 : b.length);
    return b === null ? length : Buffer.concat([length, b]);
  };
  const text = (s: string | null) => field(s === null ? null : Buffer.from(s));
  const number = (n: number | null) => field(n === null ? null : be64(n));
  const request = row.request_id !== null && /^[0-9a-f]{32}$/.test(row.request_id) ? field(Buffer.from(row.request_id, 'hex')) : text(row.request_id);
  return Buffer.concat([
    Buffer.from([1]), be64(of), be64(row.seq ?? 0), be64(row.id), be64(at_us),
    text(row.action), text(row.actor_kind), number(row.actor_id), number(row.session_id), number(row.token_id),
    text(row.address), number(row.port), request, text(row.subject_kind), number(row.subject_id), text(detail),
  ]);
}

it('an export is enough for an outsider to compute every hash and check who signed', async () => {
  await stepUp(olga);
  const file = await olga.post('/api/v1/audit/export', { format: 'jsonl' });
  expect(file.status).toBe(200);
  const [head, ...rows] = file.text.trim().split('\n').map((line) => JSON.parse(line) as Event);
  const stored = new Map(
    (await lines("SELECT id || '|' || (extract(epoch FROM at) * 1000000)::bigint || '|' || coalesce(detail, '') FROM audit_events WHERE account_id = :'a'", { a: account.id }))
      .map((line) => line.split('|')).map(([id, us, ...detail]) => [Number(id), { us: BigInt(us ?? 0), detail: detail.join('|') || null }]),
  );
  let hash = createHash('sha256').update('balcao-audit-1').update((() => { const b = Buffer.alloc(8); b.writeBigInt64BE(BigInt(account.id)); return b; })()).digest();
  const chain = rows.filter(({ seq }) => seq !== null).reverse();
  expect(chain.length).toBeGreaterThan(3);
  chain.forEach((row, i) => {
    expect(row.seq).toBe(i + 1);
    const { us, detail } = stored.get(row.id) ?? { us: 0n, detail: null };
    hash = createHash('sha256').update(hash).update(bytes(account.id, row, us, detail)).digest();
    expect(row.hash).toBe(hash.toString('hex'));
  });
  const { public_key, statement, signature } = head as unknown as Record<string, string>;
  const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(public_key ?? '', 'hex')]), format: 'der', type: 'spki' });
  expect(verify(null, Buffer.from(statement ?? ''), key, Buffer.from(signature ?? '', 'hex'))).toBe(true);
  expect(readFileSync(`${conf('AUDIT_DIR')}/checkpoints.jsonl`, 'utf8')).toContain(JSON.stringify(statement).slice(1, -1));
});

describe('X142: balcaoctl audit verify', () => {
  it('says ok of what nobody touched', async () => {
    const { code, out } = await verified(account);
    expect([code, out]).toEqual([0, expect.stringMatching(/^account \d+: ok, \d+ rows$/)]);
    expect((await state(account)).verified_at).not.toBeNull();
  });

  it.each([
    ['changed seq 3', "UPDATE audit_events e SET actor_id = 1 FROM audit_chain c WHERE c.account_id = :'a' AND c.seq = 3 AND e.account_id = c.account_id AND e.id = c.event_id"],
    ['removed seq 2', "DELETE FROM audit_events e USING audit_chain c WHERE c.account_id = :'a' AND c.seq = 2 AND e.account_id = c.account_id AND e.id = c.event_id"],
    ['missing seq 2', "DELETE FROM audit_chain WHERE account_id = :'a' AND seq = 2"],
    ['inserted row', "INSERT INTO audit_events (account_id, at, xid, action, actor_kind, subject_kind) VALUES (:'a', now(), '3', 'ticket.taken', 'system', 'ticket')"],
    ['cut seq', "DELETE FROM audit_chain WHERE account_id = :'a' AND seq > 2; UPDATE audit_heads h SET seq = 2, hash = c.hash FROM audit_chain c WHERE h.account_id = :'a' AND c.account_id = :'a' AND c.seq = 2; DELETE FROM audit_checkpoints WHERE account_id = :'a'; DELETE FROM audit_events e WHERE account_id = :'a' AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.account_id = e.account_id AND c.event_id = e.id)"],
  ])('finds: %s', async (found, touch) => {
    const own = await withStory();
    await signed(own);
    expect((await verified(own)).code).toBe(0);
    await sql(touch, { a: own.id });
    const { code, out } = await verified(own);
    expect(code).toBe(1);
    expect(out).toContain(`account ${own.id}: ${found}`);
    const told = await state(own);
    expect(told.fault).toBe(found.split(' ')[0]);
    /* The alarm of this installation is for real chains. */
    await sql("UPDATE audit_heads SET fault = NULL, fault_seq = NULL WHERE account_id = :'a'", { a: own.id });
  });
});

describe('kept as long as said', () => {
  /** Three rows of March 2012 in a month of their own, then a story of now. */
  async function withPast(): Promise<Account> {
    const own = await anAccount();
    await sql("CALL add_partition('audit_events', '201203', '2012-03-01', '2012-04-01')");
    await sql(
      `INSERT INTO audit_events (account_id, at, action, actor_kind, subject_kind)
       SELECT :'a', '2012-03-05'::timestamptz + n * interval '1 hour', 'ticket.taken', 'system', 'ticket' FROM generate_series(1, 3) n`,
      { a: own.id },
    );
    await until('the past sealed', async () => (await sql("SELECT seq FROM audit_heads WHERE account_id = :'a'", { a: own.id })) === '3');
    const ana = await own.as('ana');
    const { id } = await serving(ana, await (await aWhatsapp(own)).customer());
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: own.reasons['Engano'] })).ok();
    await sealed(own);
    await signed(own);
    return own;
  }
  /** The chore comes once a day; today it comes now. */
  async function forgotten(of: Account): Promise<void> {
    await sql("UPDATE lanes SET run_at = now() WHERE queue = 'chores' AND lane = 19");
    await until('the past forgotten', async () => (await sql("SELECT count(*) FROM audit_starts WHERE account_id = :'a'", { a: of.id })) === '1');
    await sealed(of);
  }

  it('the past goes with its month, and the rest is proven as before', async () => {
    const own = await withPast();
    expect((await verified(own)).out).toMatch(/: ok, \d+ rows$/);
    await forgotten(own);
    const { code, out } = await verified(own);
    expect([code, out]).toEqual([0, expect.stringMatching(/^account \d+: ok, \d+ rows since 3$/)]);
    await until('the month dropped', async () => (await sql("SELECT to_regclass('audit_events_201203') IS NULL")) === 't');
    const { data } = (await (await own.as('olga')).get('/api/v1/audit?action=retention.ran')).ok<{ data: Event[] }>();
    expect(data[0]).toMatchObject({ actor_kind: 'job', detail: { after: { rows: 3, seq: 3 } } });

    /* For outsiders the start is signed, and says since when. */
    const olga = await own.as('olga');
    await stepUp(olga);
    const [head, ...rows] = (await olga.post('/api/v1/audit/export', { format: 'jsonl' })).text.trim().split('\n').map((line) => JSON.parse(line) as Event);
    const { start_statement, start_signature, public_key } = head as unknown as Record<string, string>;
    const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(public_key ?? '', 'hex')]), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(start_statement ?? ''), key, Buffer.from(start_signature ?? '', 'hex'))).toBe(true);
    expect(JSON.parse(start_statement ?? '')).toMatchObject({ account: own.id, seq: 3, kept_from: expect.any(Number) });
    expect(Math.min(...rows.flatMap(({ seq }) => (seq === null ? [] : [seq])))).toBe(4);
  });

  it.each([
    ['changed seq 5', "UPDATE audit_events e SET actor_id = 1 FROM audit_chain c WHERE c.account_id = :'a' AND c.seq = 5 AND e.account_id = c.account_id AND e.id = c.event_id"],
    ['missing seq 1', "DELETE FROM audit_starts WHERE account_id = :'a'"],
    ['missing seq 4', "DELETE FROM audit_events e USING audit_chain c WHERE c.account_id = :'a' AND c.seq = 4 AND e.account_id = c.account_id AND e.id = c.event_id; DELETE FROM audit_chain WHERE account_id = :'a' AND seq = 4"],
    ['rewritten seq 0', "UPDATE audit_starts SET statement = replace(statement, '\"seq\":3', '\"seq\":4') WHERE account_id = :'a'"],
  ])('after that verify still finds: %s', async (found, touch) => {
    const own = await withPast();
    await forgotten(own);
    await sql(touch, { a: own.id });
    const { code, out } = await verified(own);
    expect([code, out]).toEqual([1, `account ${own.id}: ${found}`]);
    await sql("UPDATE audit_heads SET fault = NULL, fault_seq = NULL WHERE account_id = :'a'", { a: own.id });
  });

  it('years are said by whoever may, one to ten', async () => {
    const own = await anAccount();
    const [person, camila] = [await own.as('olga'), await own.as('camila')];
    expect((await state(own)).kept_years).toBe(5);
    (await person.patch('/api/v1/retention', { audit_years: 7 })).refused(403, 'step_up_required');
    await stepUp(person);
    for (const audit_years of [0, 11]) (await person.patch('/api/v1/retention', { audit_years })).refused(400, 'out_of_range', 'audit_years');
    (await person.patch('/api/v1/retention', { audit_years: 7 })).ok();
    expect((await state(own)).kept_years).toBe(7);
    (await camila.patch('/api/v1/retention', { audit_years: 1 })).refused(403, 'permission_denied');
    expect(await sql("SELECT detail FROM audit_events WHERE account_id = :'a' AND action = 'retention.edited'", { a: own.id })).toBe('{"after":{"audit_years":7},"before":{"audit_years":5}}');
  });
});

it('/metrics tells the age of the oldest row that waits', async () => {
  const { call } = await import('../support/answer.ts');
  expect((await call({ method: 'GET', path: '/metrics' })).text).toMatch(/^balcao_audit_unsealed_seconds \d+$/m);
});

describe('the screen asks', () => {
  const page = async (query: string) => (await olga.get(`/api/v1/audit?${query}`)).ok<{ data: Event[]; next: string | null }>();

  it('by action, actor, subject and time, in pages', async () => {
    const closed = await page('action=ticket.closed');
    expect(closed.data.map(({ action }) => action)).toEqual(['ticket.closed']);
    const row = closed.data[0] as Event;
    expect(row.detail).toMatchObject({ after: { state: 'closed' }, before: { state: 'serving' } });
    expect(row.actor_name).toBe('Ana de Teste');
    const ofTicket = await page(`subject_kind=ticket&subject_id=${row.subject_id}`);
    expect(ofTicket.data.map(({ action }) => action)).toEqual(['ticket.closed', 'ticket.taken', 'ticket.opened']);
    expect((await page(`actor=${row.actor_id}`)).data.every(({ actor_id }) => actor_id === row.actor_id)).toBe(true);
    expect((await page(`from=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`)).data).toEqual([]);
    const first = await page('limit=2');
    const second = await page(`limit=2&after=${first.next}`);
    expect(second.data[0]?.id).not.toBe(first.data[1]?.id);
    expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(4);
  });

  it('and is told what it asked wrongly', async () => {
    (await olga.get('/api/v1/audit?after=x')).refused(400, 'cursor_invalid', 'after');
    (await olga.get('/api/v1/audit?from=ontem')).refused(400, 'time_invalid', 'from');
    (await olga.get('/api/v1/audit?subject_id=3')).refused(400, 'required', 'subject_kind');
    (await (await account.as('ana')).get('/api/v1/audit')).refused(403, 'permission_denied');
  });

  it("another account's trail does not exist", async () => {
    const other = await withStory();
    const ids = new Set((await (await other.as('olga')).get('/api/v1/audit?limit=100')).ok<{ data: Event[] }>().data.map(({ id }) => id));
    expect((await page('limit=100')).data.some(({ id }) => ids.has(id))).toBe(false);
  });

  it('and finds each filter in an index', async () => {
    const month = new Date().toISOString().slice(0, 7).replace('-', '');
    for (const [where, index] of [
      ["action = 'x'", 'account_id_action_at_id_idx'],
      ['actor_id = 1', 'account_id_actor_id_at_id_idx'],
      ["subject_kind = 'x' AND subject_id = 1", 'account_id_subject_kind_subject_id_at_'],
      ['true', 'account_id_at_id_idx'],
    ] as const) {
      const plan = await lines(
        `SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN SELECT * FROM audit_events WHERE account_id = 1 AND ${where} ORDER BY at DESC, id DESC LIMIT 40`,
      );
      /* Of months without rows, where the planner has nothing to weigh. */
      const steps = plan.filter((line) => /-> .* on audit_events_/.test(line) && !line.includes(`on audit_events_${month} `));
      expect(steps.length).toBeGreaterThan(2);
      expect(steps.filter((line) => !line.includes(`Index Scan using audit_events_`) || !line.includes(index))).toEqual([]);
      expect(plan.filter((line) => /-> +Sort/.test(line))).toEqual([]);
    }
  });
});

describe('an export', () => {
  it('is dangerous and leaves a trail of itself', async () => {
    const own = await withStory();
    const person = await own.as('olga');
    (await person.post('/api/v1/audit/export', { format: 'csv' })).refused(403, 'step_up_required');
    await stepUp(person);
    (await person.post('/api/v1/audit/export', { format: 'xml' })).refused(400, 'format_unknown', 'format');
    const file = await person.post('/api/v1/audit/export', { format: 'csv', subject_kind: 'ticket' });
    file.ok();
    expect(file.text.split('\n')[0]).toContain('seq,hash,id,at,action');
    const { data } = (await person.get('/api/v1/audit?action=audit.exported')).ok<{ data: Event[] }>();
    expect(data).toHaveLength(1);
    expect(data[0]?.detail).toMatchObject({ after: { format: 'csv', subject_kind: 'ticket' } });
  });

  it('X137: has no cell that a spreadsheet takes for a formula', async () => {
    const own = await withStory();
    const person = await own.as('olga');
    await stepUp(person);
    await sql("INSERT INTO audit_events (account_id, at, action, actor_kind, subject_kind, address) VALUES (:'a', now(), '=HYPERLINK(1)', 'system', '@x', '-1')", { a: own.id });
    const { text } = await person.post('/api/v1/audit/export', { format: 'csv' });
    expect(text).toContain(`"'=HYPERLINK(1)"`);
    expect(text).toContain(`"'@x"`);
    expect(text).toContain(`"'-1"`);
  });
});
