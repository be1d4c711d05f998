/** Programs: the same routes and the same rules as people, and never more than whoever made them. */
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { house } from '../support/house.ts';
import { reply, serving } from '../support/desk.ts';
import { aToken, Program, stepUp } from '../support/token.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let olga: Browser;
let ana: Browser;
let whatsapp: Whatsapp;

const VIEW = ['tickets.view', 'contacts.view'];
const WAITING = '/api/v1/tickets?tab=waiting';

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), aWhatsapp(account)]);
});

describe('a token', () => {
  it('is shown once and kept as a hash', async () => {
    const { secret, token } = await aToken(account, { kind: 'service', permissions: VIEW });
    expect(secret.startsWith(`bal_${account.id}_${token.id}_`)).toBe(true);
    expect(token.prefix).toBe(`bal_${account.id}_${token.id}_`);
    const listed = await olga.get('/api/v1/tokens');
    expect(listed.text).not.toContain(secret);
    const row = await sql("SELECT t::text FROM api_tokens t WHERE account_id = :'a' AND id = :'id'", { a: account.id, id: token.id });
    expect(row).not.toContain(secret.split('_')[3]);
  });

  it('opens the routes of its permissions and no other', async () => {
    const program = await aToken(account, { kind: 'service', permissions: VIEW });
    (await program.get(WAITING)).ok();
    (await program.get('/api/v1/channels')).refused(403, 'permission_denied');
    (await program.get(WAITING, { headers: { 'Balcao-Account': String(account.id + 1) } })).refused(404, 'account_unknown');
  });

  it('is asked for no Origin, and is known in the trail', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    const program = await aToken(account, { kind: 'service', permissions: [...VIEW, 'tickets.close'] });
    const answer = await program.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'] });
    answer.ok();
    expect(
      await sql("SELECT actor_kind || ' ' || token_id || ' ' || request_id FROM audit_events WHERE account_id = :'a' AND subject_id = :'id' AND action = 'ticket.closed'", { a: account.id, id }),
    ).toBe(`token ${program.token.id} ${answer.request_id}`);
  });

  it('tells when it was last used', async () => {
    const program = await aToken(account, { kind: 'service', permissions: VIEW });
    expect(program.token.last_used_at).toBeNull();
    (await program.get(WAITING)).ok();
    await until('its last use', async () => {
      const { data } = (await olga.get('/api/v1/tokens')).ok<{ data: Program['token'][] }>();
      return data.find(({ id }) => id === program.token.id)?.last_used_at !== null;
    });
  });

  it('lives a year unless somebody says otherwise', async () => {
    const { token } = await aToken(account, { kind: 'service', permissions: VIEW });
    expect(Math.round((Date.parse(token.expires_at ?? '') - Date.now()) / 86_400_000)).toBe(365);
    expect((await aToken(account, { kind: 'service', permissions: VIEW, never_expires: true })).token.expires_at).toBeNull();
  });
});

describe('making one', () => {
  it('is dangerous: the person shows once more who they are', async () => {
    const rafael = await (await anAccount()).as('rafael');
    (await rafael.post('/api/v1/tokens', { kind: 'service', name: 'X', permissions: VIEW })).refused(403, 'step_up_required');
  });

  it('is for nobody without the permission', async () => {
    (await ana.get('/api/v1/tokens')).refused(403, 'permission_denied');
    (await ana.post('/api/v1/tokens', { kind: 'personal', name: 'X', permissions: VIEW })).refused(403, 'permission_denied');
  });

  it('X048: no token makes tokens, nor does what is only for people', async () => {
    await stepUp(olga);
    const wish = (permission: string) => olga.post('/api/v1/tokens', { kind: 'service', name: 'X', permissions: [permission] });
    (await wish('tokens.create')).refused(403, 'token_not_allowed', 'permissions');
    (await wish('audit.export')).refused(403, 'token_not_allowed', 'permissions');
    const program = await aToken(account, { kind: 'personal', permissions: ['tokens.view'] });
    (await program.post('/api/v1/tokens', { kind: 'service', name: 'X', permissions: VIEW })).refused(403, 'token_not_allowed');
    (await program.get('/api/v1/me')).refused(403, 'token_not_allowed');
    (await program.get('/api/v1/session')).refused(403, 'token_not_allowed');
  });

  it('X049: never wider than whoever makes it', async () => {
    const own = await anAccount();
    await sql(
      `WITH g AS (INSERT INTO groups (account_id, name, permissions, scope)
                  VALUES (:'a', 'Integrações', '{tokens.create,tickets.view}', 'account') RETURNING id)
       UPDATE memberships m SET group_id = g.id FROM g WHERE m.account_id = :'a' AND m.id = :'m'`,
      { a: own.id, m: own.members.bruno },
    );
    const bruno = await own.as('bruno');
    await stepUp(bruno);
    for (const kind of ['personal', 'service']) {
      (await bruno.post('/api/v1/tokens', { kind, name: 'X', permissions: ['tickets.view', 'channels.view'] })).refused(403, 'cannot_grant', 'permissions');
      (await bruno.post('/api/v1/tokens', { kind, name: 'X', permissions: ['tickets.view'] })).ok(201);
    }
    await stepUp(olga);
    (await olga.post('/api/v1/tokens', { kind: 'service', name: 'X', permissions: VIEW, channel_ids: [whatsapp.id + 1_000_000] })).refused(404, 'channel_unknown', 'channel_ids');
  });
});

describe('its departments and channels', () => {
  /** Bruno makes tokens, and reaches one department and one channel. */
  async function narrowMaker() {
    const own = await anAccount();
    const [theirs, other] = [await aWhatsapp(own), await aWhatsapp(own)];
    await sql(
      `WITH g AS (INSERT INTO groups (account_id, name, permissions, scope, channels)
                  VALUES (:'a', 'Integrações', '{tokens.create,tokens.view,tickets.view}', 'department', ARRAY[:'h'::bigint]) RETURNING id)
       UPDATE memberships m SET group_id = g.id FROM g WHERE m.account_id = :'a' AND m.id = :'m'`,
      { a: own.id, m: own.members.bruno, h: theirs.id },
    );
    await sql("DELETE FROM department_members WHERE account_id = :'a' AND member_id = :'m' AND department_id <> :'d'", { a: own.id, m: own.members.bruno, d: own.departments['Suporte'] ?? 0 });
    const bruno = await own.as('bruno');
    await stepUp(bruno);
    return { own, theirs, other, bruno };
  }

  it('are within those of whoever makes it', async () => {
    const { own, theirs, other, bruno } = await narrowMaker();
    const wish = (more: Record<string, unknown>) =>
      bruno.post('/api/v1/tokens', { kind: 'service', name: 'X', permissions: ['tickets.view'], channel_ids: [theirs.id], department_ids: [own.departments['Suporte']], ...more });
    (await wish({ department_ids: [own.departments['Vendas']] })).refused(403, 'cannot_grant', 'department_ids');
    (await wish({ department_ids: null })).refused(403, 'cannot_grant', 'scope');
    (await wish({ channel_ids: [other.id] })).refused(403, 'cannot_grant', 'channel_ids');
    (await wish({ channel_ids: null })).refused(403, 'cannot_grant', 'channel_ids');
    (await wish({ department_ids: [own.departments['Suporte'], 1_000_000_000] })).refused(404, 'department_unknown', 'department_ids');
    (await wish({})).ok(201);
    const { data } = (await bruno.get('/api/v1/tokens')).ok<{ data: Program['token'][] }>();
    expect(data[0]).toMatchObject({ department_ids: [own.departments['Suporte']], channel_ids: [theirs.id] });
  });

  it('are in the trail', async () => {
    const { token } = await aToken(account, { kind: 'service', permissions: VIEW, department_ids: [account.departments['Vendas']], channel_ids: [whatsapp.id] });
    const detail = await sql("SELECT detail FROM audit_events WHERE account_id = :'a' AND action = 'token.created' AND subject_id = :'id'", { a: account.id, id: token.id });
    expect(JSON.parse(detail)).toMatchObject({ after: { channel_ids: String(whatsapp.id), department_ids: String(account.departments['Vendas']) } });
  });
});

describe('a personal token', () => {
  it('X050: weakens with its member at the next call', async () => {
    const own = await anAccount();
    const program = await aToken(own, { kind: 'personal', permissions: ['tickets.view', 'channels.view'] }, 'rafael');
    (await program.get('/api/v1/channels')).ok();
    await sql("UPDATE memberships m SET group_id = g.id FROM groups g WHERE m.account_id = :'a' AND m.id = :'m' AND g.account_id = m.account_id AND g.builtin = 'agent'", { a: own.id, m: own.members.rafael });
    (await program.get('/api/v1/channels')).refused(403, 'permission_denied');
    (await program.get(WAITING)).ok();
  });

  it('X051: ends with its member', async () => {
    const own = await anAccount();
    const program = await aToken(own, { kind: 'personal', permissions: VIEW }, 'rafael');
    (await program.get(WAITING)).ok();
    await sql("UPDATE memberships SET is_active = false WHERE account_id = :'a' AND id = :'m'", { a: own.id, m: own.members.rafael });
    (await program.get(WAITING)).refused(401, 'token_revoked');
  });

  it('X051: while a service outlives its maker', async () => {
    const own = await anAccount();
    const program = await aToken(own, { kind: 'service', permissions: VIEW }, 'rafael');
    await sql("UPDATE memberships SET is_active = false WHERE account_id = :'a' AND id = :'m'", { a: own.id, m: own.members.rafael });
    (await program.get(WAITING)).ok();
  });
});

describe("X052: a chatbot's token", () => {
  const BOT = ['tickets.view', 'tickets.reply', 'tickets.transfer', 'tickets.close', 'contacts.view'];

  it('needs exactly one channel', async () => {
    await stepUp(olga);
    (await olga.post('/api/v1/tokens', { kind: 'chatbot', name: 'Robô', permissions: BOT })).refused(400, 'one_channel', 'channel_ids');
  });

  it("sees what the bot holds on its channel; a person's ticket does not exist", async () => {
    const bot = await aToken(account, { kind: 'chatbot', permissions: BOT, channel_ids: [whatsapp.id] });
    const other = await aWhatsapp(account);
    const elsewhere = await aToken(account, { kind: 'chatbot', permissions: BOT, channel_ids: [other.id] });
    const { id } = await serving(ana, await whatsapp.customer());
    (await bot.get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
    await sql("UPDATE tickets SET state = 'bot', controller = 'bot', assignee_id = NULL WHERE account_id = :'a' AND id = :'id'", { a: account.id, id });
    (await bot.get(`/api/v1/tickets/${id}`)).ok();
    (await elsewhere.get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
    const said = await bot.post(`/api/v1/tickets/${id}/messages`, { mode: 'reply', client_key: randomUUID(), text: 'Posso ajudar?' });
    expect(said.ok<{ author_kind: string }>(201).author_kind).toBe('bot');
    (await bot.post(`/api/v1/tickets/${id}/transfer`, { department_id: account.departments['Suporte'] })).ok();
    (await bot.get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
  });
});

describe('is refused', () => {
  it('X053: from outside of its networks', async () => {
    const program = await aToken(account, { kind: 'service', permissions: VIEW, networks: ['127.0.5.0/24'] });
    (await program.get(WAITING, { from: '127.0.5.9' })).ok();
    (await program.get(WAITING)).refused(403, 'network_refused');
  });

  it("X053: from outside of the account's, when it has none of its own", async () => {
    const own = await anAccount();
    const program = await aToken(own, { kind: 'service', permissions: VIEW });
    (await program.get(WAITING)).ok();
    await sql("INSERT INTO networks (account_id, network) VALUES (:'a', '127.0.5.0/24')", { a: own.id });
    (await program.get(WAITING)).refused(403, 'network_refused');
  });

  it('X054: expired, revoked, altered or unknown', async () => {
    const program = await aToken(account, { kind: 'service', permissions: VIEW });
    const asked = (secret: string) => new Program(secret, program.token).get(WAITING);
    (await asked(program.secret.replace(/.$/, (end) => (end === '0' ? '1' : '0')))).refused(401, 'token_invalid');
    (await asked('bal_1_1_x')).refused(401, 'token_invalid');
    (await program.get(WAITING)).ok();
    await sql("UPDATE api_tokens SET expires_at = now() - interval '1 s' WHERE account_id = :'a' AND id = :'id'", { a: account.id, id: program.token.id });
    (await program.get(WAITING)).refused(401, 'token_expired');
    (await olga.delete(`/api/v1/tokens/${program.token.id}`)).ok(204);
    (await program.get(WAITING)).refused(401, 'token_revoked');
  });

  it('X055: in a query, and its value is in no log', async () => {
    const program = await aToken(account, { kind: 'service', permissions: VIEW });
    (await call({ method: 'GET', path: `${WAITING}&token=${program.secret}` })).refused(401, 'session_missing');
    (await program.get(WAITING)).ok();
    const { readFileSync } = await import('node:fs');
    for (const name of ['api', 'nginx-access', 'nginx-error']) {
      expect(readFileSync(`${house.var}/log/${name}.log`, 'utf8')).not.toContain(program.secret.slice(program.token.prefix.length));
    }
  });

  it('X056: together with a cookie', async () => {
    const program = await aToken(account, { kind: 'service', permissions: VIEW });
    (await program.get(WAITING, { headers: { Cookie: olga.cookieHeader() } })).refused(400, 'ambiguous_credentials');
  });
});

it("another account's token does not exist", async () => {
  const own = await anAccount();
  const { token } = await aToken(own, { kind: 'service', permissions: VIEW });
  (await olga.delete(`/api/v1/tokens/${token.id}`)).refused(404, 'not_found');
  await reply(ana, (await serving(ana, await whatsapp.customer())).id, 'fim');
});
