/** Allowed networks and the rules of signing in. Everybody here comes from 127.0.0.1. */
import { execFile } from 'node:child_process';

import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { house } from '../support/house.ts';
import { steppedUp } from '../support/step-up.ts';

let account: Account;
let admin: Browser;

beforeAll(async () => {
  account = await anAccount();
  admin = await steppedUp(await account.as('rafael'));
});

const put = (networks: { network: string; note?: string }[], group_id?: number) =>
  admin.put('/api/v1/networks', { networks, ...(group_id === undefined ? {} : { group_id }) });

it('names the line that is no network', async () => {
  const good = { network: '127.0.0.0/16' };
  for (const [network, slug] of [
    ['10.0.0.5/8', 'network_host_bits'], ['0.0.0.0/0', 'network_everything'], ['010.0.0.0/8', 'network_invalid'],
    ['fe80::1%eth0/128', 'network_invalid'], ['escritório', 'network_invalid'], ['127.0.0.0/16', 'network_repeated'],
  ] as const) {
    (await put([good, { network }])).refused(400, slug, 'networks[1].network');
  }
  (await put([{ network: '127.0.0.0/16', note: 'x'.repeat(121) }])).refused(400, 'too_long', 'networks[0].note');
  (await put(Array.from({ length: 201 }, (_, at) => ({ network: `10.0.${at}.0/24` })))).refused(400, 'too_many', 'networks');
});

it('X150: refuses a list that its author would fall out of, and says what to add', async () => {
  const answer = await put([{ network: '203.0.113.0/24' }]);
  expect(answer.ok(409)).toMatchObject({ slug: 'would_lock_you_out', your_address: '127.0.0.1', suggestion: '127.0.0.1/32' });
  expect((await admin.get('/api/v1/networks')).ok()).toMatchObject({ networks: [], your_address: '127.0.0.1' });
});

it('fences the account, and lets whoever walks back in again', async () => {
  (await put([{ network: '127.0.0.1', note: 'aqui' }, { network: '::ffff:10.0.0.0/104' }])).ok();
  expect((await admin.get('/api/v1/networks')).ok()).toMatchObject({
    networks: [{ network: '10.0.0.0/8' }, { network: '127.0.0.1/32', note: 'aqui' }],
  });
  const ana = await account.as('ana');
  (await ana.get('/api/v1/account')).ok();
  ana.from = '127.0.9.77';
  (await ana.get('/api/v1/account')).refused(403, 'network_refused');
  ana.from = undefined;
  (await ana.get('/api/v1/account')).ok();
  (await put([])).ok();
});

it('fences a group beside the account', async () => {
  const { data } = (await admin.get('/api/v1/groups')).ok<{ data: Schemas['Group'][] }>();
  const agents = data.find(({ builtin }) => builtin === 'agent')?.id ?? 0;
  const owners = data.find(({ builtin }) => builtin === 'owner')?.id ?? 0;
  (await put([{ network: '203.0.113.0/24' }], agents)).ok();
  (await (await account.as('bruno')).get('/api/v1/account')).refused(403, 'network_refused');
  (await (await account.as('camila')).get('/api/v1/account')).ok();
  (await put([], agents)).ok();
  (await (await account.as('bruno')).get('/api/v1/account')).ok();
  (await put([{ network: '203.0.113.0/24' }], owners)).refused(403, 'cannot_grant', 'permissions');
  (await admin.get('/api/v1/networks?group_id=999999999')).refused(404, 'group_unknown', 'group_id');
});

it('keeps the rules of signing in within bounds', async () => {
  expect((await admin.get('/api/v1/security')).ok()).toMatchObject({ password_min: 12 });
  (await admin.patch('/api/v1/security', { password_min: 16, allows_several_sessions: true })).ok();
  expect((await admin.get('/api/v1/security')).ok()).toMatchObject({ password_min: 16, allows_several_sessions: true });
  (await admin.patch('/api/v1/security', { password_min: 7 })).refused(400, 'out_of_range', 'password_min');
  (await admin.patch('/api/v1/security', { session_idle_s: 43200, session_absolute_s: 3600 })).refused(400, 'out_of_range', 'session_idle_s');
  (await (await account.as('ana')).get('/api/v1/security')).refused(403, 'permission_denied');
});

it('an operator lets people in again, from the command line', async () => {
  const ctl = (...words: string[]): Promise<string> =>
    new Promise((resolve) =>
      execFile(`${house.bin}/balcaoctl`, ['networks', ...words], { env: { ...process.env, BALCAO_VAR: house.var } }, (_, stdout, stderr) => resolve(stdout + stderr)));
  (await put([{ network: '127.0.0.1' }])).ok();
  const ana = await account.as('ana');
  ana.from = '127.0.9.78';
  (await ana.get('/api/v1/account')).refused(403, 'network_refused');
  expect(await ctl('allow', '127.0.9.78', '--account', account.slug, '--for', '1h')).not.toContain('balcaoctl networks:');
  (await ana.get('/api/v1/account')).ok();
  expect(await ctl('allow', '127.0.9.79', '--account', account.slug, '--for', '99h')).toContain('usage');
  expect(await ctl('clear', '--account', 'nobody')).toContain('account_unknown');
  expect(await ctl('clear', '--account', account.slug)).not.toContain('balcaoctl networks:');
  ana.from = '127.0.9.79';
  (await ana.get('/api/v1/account')).ok();
  ana.from = undefined;
});
