/** Members: who is here, how they leave, and what they say of themselves. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { value } from '../support/database.ts';
import { steppedUp } from '../support/step-up.ts';

type Member = Schemas['Member'];

let account: Account;
let admin: Browser;

beforeAll(async () => {
  account = await anAccount();
  admin = await steppedUp(await account.as('rafael'));
});

const trail = (action: string) =>
  value<{ before?: Record<string, unknown>; after?: Record<string, unknown> }[]>(
    `SELECT coalesce(json_agg(detail::json ORDER BY id), '[]') FROM audit_events WHERE account_id = :account AND action = :'action'`,
    { account: account.id, action });

it('shows everybody to those who may see them, and foreign people to nobody', async () => {
  const { data } = (await (await account.as('camila')).get('/api/v1/members')).ok<{ data: Member[] }>();
  expect(data.map(({ email }) => email).sort()).toEqual(['ana', 'bruno', 'camila', 'fabiana', 'olga', 'rafael'].map((who) => `${who}@${account.slug}.exemplo`));
  (await (await account.as('ana')).get('/api/v1/members')).refused(403, 'permission_denied');
  const foreign = await anAccount();
  for (const method of ['GET', 'PATCH'] as const) {
    (await admin.ask(method, `/api/v1/members/${foreign.members.ana}`, method === 'GET' ? undefined : { display_name: 'X' })).refused(404, 'not_found');
  }
  (await admin.post(`/api/v1/members/${foreign.members.ana}/deactivate`, {})).refused(404, 'not_found');
});

it('changes what a member is here, and says on the trail what changed', async () => {
  const id = account.members.ana;
  const after = (await admin.patch(`/api/v1/members/${id}`, { display_name: 'Ana B.', department_ids: [account.departments['Vendas']] })).ok<Member>();
  expect(after).toMatchObject({ display_name: 'Ana B.', department_ids: [account.departments['Vendas']] });
  expect((await trail('member.edited')).at(-1)).toEqual({
    after: { department_ids: [account.departments['Vendas']], display_name: 'Ana B.' },
    before: { department_ids: [account.departments['Suporte'], account.departments['Vendas']], display_name: 'Ana de Teste' },
  });
  (await admin.patch(`/api/v1/members/${id}`, { display_name: ' ' })).refused(400, 'required', 'display_name');
  (await admin.patch(`/api/v1/members/${id}`, { department_ids: null })).refused(400, 'required', 'department_ids');
  (await admin.patch(`/api/v1/members/${id}`, { is_owner: true })).refused(400, 'unknown_field', 'is_owner');
});

it('ends access at once when somebody leaves, and lets them back', async () => {
  const bruno = await account.as('bruno');
  const stream = await bruno.live();
  (await admin.post(`/api/v1/members/${account.members.bruno}/deactivate`, {})).ok();
  (await bruno.get('/api/v1/tickets?tab=waiting')).refused(404, 'account_unknown');
  await stream.ended;
  (await bruno.get('/api/v1/session')).ok();
  (await admin.post(`/api/v1/members/${account.members.bruno}/reactivate`, {})).ok();
  (await bruno.get('/api/v1/tickets?tab=waiting')).ok();
});

it('lets everybody change their own name and signature', async () => {
  const ana = await account.as('ana');
  const profile = (await ana.patch('/api/v1/me', { name: 'Ana Beatriz', display_name: 'Bia', signature: 'Bia, suporte' })).ok();
  expect(profile).toMatchObject({ name: 'Ana Beatriz', display_name: 'Bia', signature: 'Bia, suporte' });
  (await ana.patch('/api/v1/me', { name: '' })).refused(400, 'required', 'name');
});
