/** Setting channels up: what is checked, what is kept sealed, where calls may go. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inState, reply, serving } from '../support/desk.ts';
import { house, origin } from '../support/house.ts';
import { writeSecrets } from '../support/secrets.ts';
import { steppedUp } from '../support/step-up.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

type Channel = Schemas['Channel'];

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

const create = (more: Record<string, unknown> = {}): Promise<Answer> =>
  rafael.post('/api/v1/channels', {
    kind: 'whatsapp_cloud',
    name: 'Novo',
    department_id: account.departments['Suporte'],
    ...more,
  });

describe('a new channel', () => {
  it('has an address and a word for the provider, and is new until it works', async () => {
    const channel = (await create({ name: '  Suporte  ' })).ok<Channel>(201);
    expect(channel).toMatchObject({
      name: 'Suporte',
      state: 'new',
      state_reason: null,
      is_active: true,
      secrets_set: [],
      settings: {},
      last_event_at: null,
    });
    expect(channel.hook_url).toMatch(new RegExp(`^${origin}/hooks/[\\w-]{32,}$`));
    expect(channel.verify_token).toMatch(/^[\w.-]{16,}$/);
    expect(channel.public_key).toMatch(/^[\w-]{20,}$/);
    const other = (await create()).ok<Channel>(201);
    for (const word of ['hook_url', 'verify_token', 'public_key'] as const) expect(other[word]).not.toBe(channel[word]);
  });

  it('is of a kind there is, has a name, and a department that works', async () => {
    (await create({ kind: 'telex' })).refused(400, 'unknown_value', 'kind');
    (await create({ name: '   ' })).refused(400, 'required', 'name');
    (await create({ name: 'x'.repeat(81) })).refused(400, 'too_long', 'name');
    (await create({ department_id: 999_999 })).refused(404, 'department_unknown', 'department_id');
    (await create({ department_id: account.departments['Antigo'] })).refused(409, 'department_inactive', 'department_id');
    (await create({ colour: 'blue' })).refused(400, 'unknown_field', 'colour');
  });
});

describe('settings', () => {
  it('merge by member; absent members stay', async () => {
    const { id } = (await create({ settings: { phone_number_id: '1', api_version: 'v23.0' } })).ok<Channel>(201);
    const edited = (
      await rafael.patch(`/api/v1/channels/${id}`, { settings: { waba_id: '2' }, welcome_text: 'Oi' })
    ).ok<Channel>();
    expect(edited.settings).toEqual({ phone_number_id: '1', api_version: 'v23.0', waba_id: '2' });
    expect((await rafael.patch(`/api/v1/channels/${id}`, { name: 'Outro' })).ok<Channel>()).toMatchObject({
      name: 'Outro',
      welcome_text: 'Oi',
      settings: edited.settings,
    });
    expect((await rafael.patch(`/api/v1/channels/${id}`, { welcome_text: '' })).ok<Channel>()).toMatchObject({
      welcome_text: '',
    });
  });

  const WRONG: [string, Record<string, unknown>, string, string][] = [
    ['a number with letters', { phone_number_id: '12a' }, 'digits_only', 'phone_number_id'],
    ['a path for a number', { phone_number_id: '../1' }, 'digits_only', 'phone_number_id'],
    ['a version with a path', { api_version: 'v23/../me' }, 'unknown_value', 'api_version'],
    ['a colour in words', { color: 'red' }, 'unknown_value', 'color'],
    ['a page without a scheme', { origins: ['loja.exemplo'] }, 'origin_invalid', 'origins'],
    ['a question we do not ask', { prechat: [{ name: 'cpf', required: true }] }, 'unknown_value', 'prechat'],
    ['too many questions', { prechat: Array(4).fill({ name: 'name', required: true }) }, 'wrong_type', 'prechat'],
    ['a setting of nobody', { webhook: 'x' }, 'unknown_field', 'webhook'],
  ];
  it.each(WRONG)('refuse %s', async (_name, settings, slug, field) => {
    (await create({ settings })).refused(400, slug, field);
  });

  it.each([
    'http://127.0.0.1:5432/',
    'http://localhost:22/',
    'http://169.254.169.254/latest/',
    'http://10.0.0.1/',
    'http://192.168.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0.0.0.0/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'file:///etc/passwd',
    'gopher://x/',
    'ftp://x/',
    'http://user@graph.facebook.com@127.0.0.1/',
    'nonsense',
  ])('lead no call to %s', async (base_url) => {
    const answer = await create({ settings: { base_url } });
    expect([answer.status, base_url]).toEqual([400, base_url]);
    expect(answer.ok<{ field?: string }>(400).field).toBe('base_url');
  });

  it('that are incomplete stop at sending, and say so', async () => {
    const whatsapp = await aWhatsapp(account);
    const ana = await account.as('ana');
    const { id } = await serving(ana, await whatsapp.customer());
    (await rafael.patch(`/api/v1/channels/${whatsapp.id}`, { settings: { phone_number_id: '' } })).ok();
    const sent = await reply(ana, id, 'sem número');
    expect(await inState(ana, sent, 'failed')).toMatchObject({ error_slug: 'settings_incomplete' });
  });
});

it('a webchat works as it is: nobody stands between us and its visitors', async () => {
  const webchat = await aWebchat(account);
  const verdict = (await rafael.post(`/api/v1/channels/${webchat.channel.id}/test`)).ok();
  expect(verdict).toMatchObject({ ok: true, steps: [{ name: 'settings_complete', ok: true }] });
  expect((await rafael.get(`/api/v1/channels/${webchat.channel.id}`)).ok()).toMatchObject({ state: 'connected' });
});

describe('secrets', () => {
  it('are written by whoever may, after a second look at who it is, and by no other way', async () => {
    const own = await anAccount();
    const [theirRafael, olga] = [await own.as('rafael'), await own.as('olga')];
    const body = { kind: 'whatsapp_cloud', name: 'Novo', department_id: own.departments['Suporte'] };
    const secrets = { access_token: 'x' };
    (await theirRafael.post('/api/v1/channels', { ...body, secrets })).refused(400, 'unknown_field', 'secrets');
    const { id } = (await theirRafael.post('/api/v1/channels', body)).ok<Channel>(201);
    (await theirRafael.patch(`/api/v1/channels/${id}`, { secrets })).refused(400, 'unknown_field', 'secrets');
    const write = (more: unknown) => theirRafael.put(`/api/v1/channels/${id}/secrets`, more);
    (await write(secrets)).refused(403, 'step_up_required');
    await steppedUp(theirRafael);
    (await write({})).refused(400, 'required');
    (await write({ password: 'x' })).refused(400, 'unknown_field', 'password');
    (await write(secrets)).ok();

    /* Whoever manages channels does not thereby hold their credentials. */
    await sql(
      `WITH g AS (INSERT INTO groups (account_id, name, permissions, scope)
                  VALUES (:'a', 'Canais', '{channels.view,channels.manage}', 'account') RETURNING id)
       UPDATE memberships m SET group_id = g.id FROM g WHERE m.account_id = :'a' AND m.id = :'m'`,
      { a: own.id, m: own.members.rafael },
    );
    (await theirRafael.patch(`/api/v1/channels/${id}`, { name: 'Outro' })).ok();
    (await write(secrets)).refused(403, 'permission_denied');
    (await (await steppedUp(olga)).put(`/api/v1/channels/${id}/secrets`, { app_secret: 'y' })).ok();
    expect(await sql("SELECT string_agg(detail, ' ' ORDER BY id) FROM audit_events WHERE account_id = :'a' AND action = 'channel.secret_set'", { a: own.id })).toBe(
      '{"after":{"secrets.access_token":"set"}} {"after":{"secrets.app_secret":"set"}}',
    );
  });

  it('merge by name, and an empty one is forgotten', async () => {
    const { id } = (await create()).ok<Channel>(201);
    await writeSecrets(rafael, id, { access_token: 'a', app_secret: 'b' });
    expect((await writeSecrets(rafael, id, { access_token: 'c' })).secrets_set.toSorted()).toEqual(['access_token', 'app_secret']);
    expect((await writeSecrets(rafael, id, { app_secret: '' })).secrets_set).toEqual(['access_token']);
  });

  it('are sealed in the database and named, never shown', async () => {
    const { id } = (await create()).ok<Channel>(201);
    await steppedUp(rafael);
    const answer = await rafael.put(`/api/v1/channels/${id}/secrets`, { access_token: 'EAAG-inconfundivel-9f2c', app_secret: 'inconfundivel-77aa' });
    expect([...answer.ok<Channel>().secrets_set].sort()).toEqual(['access_token', 'app_secret']);
    const shown = [
      answer.text,
      (await rafael.get('/api/v1/channels')).text,
      (await rafael.patch(`/api/v1/channels/${id}`, { name: 'x' })).text,
    ];
    expect(shown.join()).not.toContain('inconfundivel');
    const kept = await sql("SELECT encode(secrets, 'escape') FROM channels WHERE id = :'id'", { id });
    expect(kept.length).toBeGreaterThan(20);
    expect(kept).not.toContain('inconfundivel');
    const trail = await sql("SELECT string_agg(detail, ' ') FROM audit_events WHERE account_id = :'account'", {
      account: account.id,
    });
    expect(trail).toContain('access_token');
    expect(trail).not.toContain('inconfundivel');
  });

  it('that were moved from another row open nothing', async () => {
    const [from, to] = [(await create()).ok<Channel>(201), (await create()).ok<Channel>(201)];
    for (const { id } of [from, to]) await writeSecrets(rafael, id, { access_token: `of ${id}` });
    await sql("UPDATE channels SET secrets = (SELECT secrets FROM channels WHERE id = :'from') WHERE id = :'to'", {
      from: from.id,
      to: to.id,
    });
    (await rafael.post(`/api/v1/channels/${to.id}/test`)).refused(409, 'secret_moved');
  });

  it('are never written into a log', () => {
    const logs = readdirSync(`${house.var}/log`).filter((name) => name.endsWith('.log'));
    expect(logs.length).toBeGreaterThan(3);
    expect(logs.filter((name) => readFileSync(`${house.var}/log/${name}`, 'utf8').includes('inconfundivel'))).toEqual([]);
  });
});

describe('a channel that is switched off', () => {
  it('takes no reply, and nothing that waits is sent', async () => {
    const whatsapp = await aWhatsapp(account);
    const ana = await account.as('ana');
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ answer_429_next: 1 });
    const sent = await reply(ana, id, 'espera');
    await whatsapp.calls(1, ({ code }) => code === 130429);
    (await rafael.patch(`/api/v1/channels/${whatsapp.id}`, { is_active: false })).ok();
    expect(await inState(ana, sent, 'failed')).toMatchObject({ error_slug: 'channel_inactive' });
    (await ana.post(`/api/v1/tickets/${id}/messages`, { client_key: 'to-a-dead-channel', mode: 'reply', text: 'x' })).refused(
      409,
      'channel_inactive',
    );
    expect(await rita.received(0)).toEqual([]);
  });

  it('lets no visitor on', async () => {
    const webchat = await aWebchat(account);
    const visitor = await webchat.visitor();
    (await rafael.patch(`/api/v1/channels/${webchat.channel.id}`, { is_active: false })).ok();
    (await visitor.say('alguém?')).refused(404, 'channel_unknown');
  });
});
