/** Groups and delegation: nobody hands out what they lack, nobody acts on whoever holds more. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql, value } from '../support/database.ts';
import { steppedUp } from '../support/step-up.ts';

type Group = Schemas['Group'];

let account: Account;
let owner: Browser;
let admin: Browser;
let groups: Record<string, number>;

beforeAll(async () => {
  account = await anAccount();
  owner = await steppedUp(await account.as('olga'));
  admin = await steppedUp(await account.as('rafael'));
  const { data } = (await admin.get('/api/v1/groups')).ok<{ data: Group[] }>();
  groups = Object.fromEntries(data.map(({ name, id }) => [name, id]));
});

const aGroup = async (by: Browser, name: string, more: object = {}): Promise<Group> =>
  (await by.post('/api/v1/groups', { name, permissions: ['tickets.view'], scope: 'own', ...more })).ok<Group>(201);

it('lists every permission with its section', async () => {
  const { data } = (await admin.get('/api/v1/permissions')).ok<{ data: { name: string; section: string; needs_step_up: boolean }[] }>();
  expect(data.find(({ name }) => name === 'groups.manage')).toMatchObject({ section: 'groups', needs_step_up: true });
});

it('X057: wants to know that it is them before anything changes', async () => {
  const camila = await anAccount();
  (await (await camila.as('olga')).post('/api/v1/groups', { name: 'X' })).refused(403, 'step_up_required');
});

it('a group of one’s own changes what its members may, at once', async () => {
  const group = await aGroup(admin, 'Noturno');
  (await admin.patch(`/api/v1/members/${account.members.bruno}`, { group_id: group.id })).ok();
  const bruno = await account.as('bruno');
  (await bruno.get('/api/v1/tickets?tab=waiting')).ok();
  (await bruno.get('/api/v1/members')).refused(403, 'permission_denied');
  (await admin.patch(`/api/v1/groups/${group.id}`, { permissions: ['users.view'], scope: 'department', masks: 5 })).ok();
  (await bruno.get('/api/v1/tickets?tab=waiting')).refused(403, 'permission_denied');
  (await bruno.get('/api/v1/members')).ok();
  (await admin.delete(`/api/v1/groups/${group.id}`)).refused(409, 'group_in_use');
  (await admin.patch(`/api/v1/members/${account.members.bruno}`, { group_id: groups['agent'] })).ok();
  (await admin.delete(`/api/v1/groups/${group.id}`)).ok(204);
});

it('X047: built-in groups are only copied, and their names are theirs', async () => {
  (await owner.patch(`/api/v1/groups/${groups['owner']}`, { name: 'X' })).refused(409, 'group_builtin');
  (await owner.patch(`/api/v1/groups/${groups['owner']}`, { factor_from: null, name: 'X' })).refused(409, 'group_builtin');
  (await owner.delete(`/api/v1/groups/${groups['agent']}`)).refused(409, 'group_builtin');
  (await owner.post('/api/v1/groups', { name: 'owner' })).refused(409, 'group_name_is_taken', 'name');
  await aGroup(admin, 'Mesmo nome');
  (await admin.post('/api/v1/groups', { name: 'Mesmo nome' })).refused(409, 'group_name_is_taken');
});

it('a built-in group may have to show a second factor, if whoever says so holds what it holds', async () => {
  const agents = `/api/v1/groups/${groups['agent']}`;
  const ana = await account.as('ana');
  (await admin.patch(agents, { factor_from: 'tomorrow' })).refused(400, 'time_invalid', 'factor_from');
  (await admin.patch(`/api/v1/groups/${groups['owner']}`, { factor_from: '2026-01-01T03:00:00Z' })).refused(403, 'cannot_grant', 'permissions');
  expect((await admin.patch(agents, { factor_from: '2026-01-01T03:00:00Z' })).ok()).toMatchObject({ builtin: 'agent', factor_from: expect.stringMatching(/^2026-01-01T03:00:00/) as string });
  (await ana.get('/api/v1/tickets?tab=waiting')).refused(403, 'factor_enrolment_required');
  expect((await admin.patch(agents, { factor_from: null })).ok()).toMatchObject({ factor_from: null });
  (await ana.get('/api/v1/tickets?tab=waiting')).ok();
});

it('refuses what no group can hold', async () => {
  const refused = async (body: object, slug: string, field: string): Promise<void> => {
    (await admin.post('/api/v1/groups', { name: 'X', ...body })).refused(400, slug, field);
  };
  await refused({ permissions: ['tickets.fly'] }, 'permission_unknown', 'permissions');
  await refused({ scope: 'world' }, 'unknown_value', 'scope');
  await refused({ masks: 32 }, 'unknown_value', 'masks');
  await refused({ masks: -1 }, 'unknown_value', 'masks');
  await refused({ channel_ids: ['1'] }, 'wrong_type', 'channel_ids');
  await refused({ factor_from: 'soon' }, 'time_invalid', 'factor_from');
  await refused({ is_builtin: true }, 'unknown_field', 'is_builtin');
  await refused({ name: '  ' }, 'required', 'name');
  (await admin.post('/api/v1/groups', { name: 'X', channel_ids: [999999999] })).refused(404, 'channel_unknown', 'channel_ids');
});

describe('delegation', () => {
  it('X042: a group with a permission that its maker lacks', async () => {
    const helper = await aGroup(owner, 'Ajudante', { permissions: ['groups.view', 'groups.manage', 'tickets.view', 'users.view', 'users.edit'], scope: 'department' });
    (await owner.patch(`/api/v1/members/${account.members.camila}`, { group_id: helper.id })).ok();
    const camila = await steppedUp(await account.as('camila'));
    (await camila.post('/api/v1/groups', { name: 'Y', permissions: ['tickets.reply'] })).refused(403, 'cannot_grant', 'permissions');
    (await camila.post('/api/v1/groups', { name: 'Y', permissions: ['tickets.view'], scope: 'account' })).refused(403, 'cannot_grant', 'scope');
    (await camila.patch(`/api/v1/groups/${helper.id}`, { scope: 'own' })).refused(403, 'cannot_change_self');
    (await camila.patch(`/api/v1/members/${account.members.ana}`, { display_name: 'Ana' })).refused(403, 'target_above_you');
    (await owner.patch(`/api/v1/members/${account.members.camila}`, { group_id: groups['manager'] })).ok();
  });

  it('X043, X044: nobody is moved above the mover, and owners are above administrators', async () => {
    (await admin.patch(`/api/v1/members/${account.members.ana}`, { group_id: groups['owner'] })).refused(403, 'cannot_grant', 'permissions');
    (await admin.patch(`/api/v1/members/${account.members.olga}`, { display_name: 'O' })).refused(403, 'target_above_you');
    (await admin.post(`/api/v1/members/${account.members.olga}/deactivate`, {})).refused(403, 'target_above_you');
    const seen = (await admin.get(`/api/v1/members/${account.members.olga}`)).ok<Schemas['Member']>();
    expect(seen.is_above_you).toBe(true);
  });

  it('nobody changes their own group, nor leaves by themselves', async () => {
    (await admin.patch(`/api/v1/members/${account.members.rafael}`, { group_id: groups['agent'] })).refused(403, 'cannot_change_self');
    (await admin.post(`/api/v1/members/${account.members.rafael}/deactivate`, {})).refused(403, 'cannot_change_self');
  });

  it('X046: a profile has no group in it', async () => {
    const ana = await account.as('ana');
    for (const field of ['group_id', 'is_owner', 'scope', 'permissions', 'account_id']) {
      (await ana.patch('/api/v1/me', { [field]: 1 })).refused(400, 'unknown_field', field);
    }
  });

  it('X045: two owners who demote each other at once leave one', async () => {
    (await owner.patch(`/api/v1/members/${account.members.camila}`, { group_id: groups['owner'] })).ok();
    const camila = await steppedUp(await account.as('camila'));
    const demote = (by: Browser, whom: number) => by.patch(`/api/v1/members/${whom}`, { group_id: groups['agent'] });
    const answers = await Promise.all([demote(owner, account.members.camila), demote(camila, account.members.olga)]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const owners = await value<number>(
      `SELECT count(*) FROM memberships m JOIN groups g ON g.account_id = m.account_id AND g.id = m.group_id
        WHERE m.account_id = :account AND m.is_active AND g.builtin = 'owner'`, { account: account.id });
    expect(owners).toBe(1);
  });

  it('X045, in the database: the second of two transactions is refused at its end', async () => {
    const other = await anAccount();
    const demote = (who: number): string => `BEGIN; UPDATE memberships SET group_id = (SELECT id FROM groups WHERE account_id = :account AND builtin = 'agent')
       WHERE account_id = :account AND id = ${who}; SELECT pg_advisory_xact_lock_shared(45); COMMIT;`;
    await sql(`UPDATE memberships SET group_id = (SELECT id FROM groups WHERE account_id = :account AND builtin = 'owner')
       WHERE account_id = :account AND id = :who`, { account: other.id, who: other.members.camila });
    const both = await Promise.allSettled([other.members.olga, other.members.camila].map((who) => sql(demote(who), { account: other.id })));
    expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(String(both.find((one) => one.status === 'rejected')?.reason)).toContain('last_owner');
  });
});
