/** From an invitation to the first sign-in, and everything that may go wrong with the link. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { origin } from '../support/house.ts';
import { mailsTo, nextMail, tokenOf } from '../support/mails.ts';
import { steppedUp } from '../support/step-up.ts';

const PASSWORD = 'um cavalo na varanda azul';

let account: Account;
let admin: Browser;
let agents: number;
let administrators: number;

beforeAll(async () => {
  account = await anAccount();
  admin = await steppedUp(await account.as('rafael'));
  const { data } = (await admin.get('/api/v1/groups')).ok<{ data: Schemas['Group'][] }>();
  const id = (builtin: string): number => data.find((group) => group.builtin === builtin)?.id ?? 0;
  [agents, administrators] = [id('agent'), id('administrator')];
});

const address = (name: string): string => `${name}@${account.slug}.exemplo`;
const invite = (email: string, more: object = {}) => admin.post('/api/v1/invites', { email, group_id: agents, ...more });

it('invites, mails a link whose token stays out of logs, and lets the person in', async () => {
  const email = address('nova');
  (await invite(email, { department_ids: [account.departments['Suporte']] })).ok(201);
  const mail = await nextMail(email);
  expect(mail.subject).toContain('convidou você');
  expect(mail.links[0]).toMatch(new RegExp(`^${origin}/convite#[\\w-]{43}$`));

  const somebody = new Browser();
  const seen = (await somebody.post('/api/v1/invites/look', { token: tokenOf(mail) })).ok<{ email: string; is_known: boolean }>();
  expect(seen).toMatchObject({ email, is_known: false, group_builtin: 'agent' });
  (await somebody.post('/api/v1/invites/accept', { token: tokenOf(mail), name: 'Nova Pessoa', password: 'curta' })).refused(400, 'password_too_short', 'password');
  (await somebody.post('/api/v1/invites/accept', { token: tokenOf(mail), name: 'Nova Pessoa', password: PASSWORD })).ok();
  (await somebody.signIn(email, PASSWORD)).ok();
  somebody.account_id = account.id;
  (await somebody.get('/api/v1/tickets?tab=waiting')).ok();
  (await somebody.post('/api/v1/invites/accept', { token: tokenOf(mail) })).refused(410, 'link_used');

  const { data } = (await admin.get('/api/v1/members')).ok<{ data: Schemas['Member'][] }>();
  expect(data.find((member) => member.email === email)).toMatchObject({
    display_name: 'Nova Pessoa', department_ids: [account.departments['Suporte']], is_active: true, is_above_you: false,
  });
});

it('X080: an invitation of somebody known is for that person alone, in several accounts', async () => {
  const other = await anAccount();
  const email = other.email('ana');
  (await invite(email)).ok(201);
  const token = tokenOf(await nextMail(email));
  (await new Browser().post('/api/v1/invites/accept', { token, name: 'X', password: PASSWORD })).refused(403, 'invite_for_other');
  (await (await other.as('bruno')).post('/api/v1/invites/accept', { token })).refused(403, 'invite_for_other');
  (await (await other.as('ana')).post('/api/v1/invites/accept', { token })).ok();
  const me = (await (await other.as('ana')).get('/api/v1/session')).ok<Schemas['Me']>();
  expect(me.accounts.map(({ id }) => id).sort()).toEqual([account.id, other.id].sort());
});

it('X081: what the inviter lost meanwhile is not given', async () => {
  const email = address('promovida');
  const owner = await steppedUp(await account.as('olga'));
  (await invite(email, { group_id: administrators })).ok(201);
  const token = tokenOf(await nextMail(email));
  (await owner.patch(`/api/v1/members/${account.members.rafael}`, { group_id: agents })).ok();
  (await new Browser().post('/api/v1/invites/accept', { token, name: 'P', password: PASSWORD })).refused(403, 'cannot_grant');
  (await owner.patch(`/api/v1/members/${account.members.rafael}`, { group_id: administrators })).ok();
});

it('a link sent again, taken back or a week old is good no longer', async () => {
  const email = address('antiga');
  const { id } = (await invite(email)).ok<{ id: number }>(201);
  const first = await nextMail(email);
  (await admin.post(`/api/v1/invites/${id}/resend`, {})).ok();
  const second = await nextMail(email, first);
  const look = (token: string) => new Browser().post('/api/v1/invites/look', { token });
  (await look(tokenOf(first))).refused(410, 'link_expired');
  (await look(tokenOf(second))).ok();
  await sql(`UPDATE invites SET expires_at = now() - interval '1 s' WHERE id = :id`, { id });
  (await look(tokenOf(second))).refused(410, 'link_expired');
  (await admin.delete(`/api/v1/invites/${id}`)).ok(204);
  (await admin.delete(`/api/v1/invites/${id}`)).refused(404, 'not_found');
  (await look('nobody')).refused(410, 'link_expired');
  expect(await mailsTo(email)).toBe(2);
});

it('refuses who may not invite, whom they may not invite to, and what is no address', async () => {
  (await (await account.as('camila')).post('/api/v1/invites', { email: address('x'), group_id: agents })).refused(403, 'permission_denied');
  (await invite('sem arroba')).refused(400, 'email_invalid', 'email');
  (await invite('a@b.c\r\nBcc: d@e.f')).refused(400, 'email_invalid', 'email');
  (await invite(account.email('ana'))).refused(409, 'member_exists', 'email');
  const { data } = (await admin.get('/api/v1/groups')).ok<{ data: Schemas['Group'][] }>();
  const owners = data.find((group) => group.builtin === 'owner')?.id ?? 0;
  (await invite(address('x'), { group_id: owners })).refused(403, 'cannot_grant', 'permissions');
  const foreign = await anAccount();
  (await invite(address('x'), { department_ids: [foreign.departments['Suporte']] })).refused(404, 'department_unknown', 'department_ids');
});
