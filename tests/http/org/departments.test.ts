/** Companies, branches and departments: who may shape them, who serves in them, and what never gets lost in one that closes. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { serving, theTicket } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Department = Schemas['Department'];
type Member = Schemas['DepartmentMember'];

let account: Account;
let whatsapp: Whatsapp;
let rafael: Browser;
let camila: Browser;
let ana: Browser;
let company_id: number;

beforeAll(async () => {
  account = await anAccount();
  [rafael, camila, ana, whatsapp] = await Promise.all([account.as('rafael'), account.as('camila'), account.as('ana'), aWhatsapp(account)]);
  company_id = (await rafael.get('/api/v1/companies')).ok<{ data: { id: number }[] }>().data[0]?.id ?? 0;
});

const aDepartment = async (more: Partial<Department> = {}): Promise<Department> =>
  (await rafael.post('/api/v1/departments', { name: randomUUID(), company_id, ...more })).ok<Department>(201);
const change = (id: number, body: Partial<Department>) => rafael.patch(`/api/v1/departments/${id}`, body);
const members = (by: Browser, id: number, list: Partial<Member>[]) => by.put(`/api/v1/departments/${id}/members`, { members: list });
const list = async (): Promise<Department[]> => (await ana.get('/api/v1/departments')).ok<{ data: Department[] }>().data;

describe('a company', () => {
  it('keeps a CNPJ that is one, with letters too', async () => {
    const made = (await rafael.post('/api/v1/companies', { name: 'Rede', document: '11.222.333/0001-81' })).ok<Schemas['Company']>(201);
    expect(made).toMatchObject({ document: '11222333000181', legal_name: null, phone: '' });
    (await rafael.put(`/api/v1/companies/${made.id}`, { name: 'Rede', document: '12ABC34501DE35' })).ok();
    (await rafael.put(`/api/v1/companies/${made.id}`, { name: 'Rede', document: '11.222.333/0001-80' })).refused(400, 'cnpj_invalid', 'document');
  });

  it('with branches or departments stays', async () => {
    const { id } = (await rafael.post('/api/v1/companies', { name: 'Outra' })).ok<{ id: number }>(201);
    const branch = (await rafael.post('/api/v1/branches', { name: 'Matriz', company_id: id, city: ' ' })).ok<Schemas['Branch']>(201);
    expect(branch.city).toBeNull();
    (await rafael.post('/api/v1/branches', { name: 'Matriz', company_id: id })).refused(409, 'branch_name_is_taken');
    (await rafael.delete(`/api/v1/companies/${id}`)).refused(409, 'company_in_use');
    (await rafael.delete(`/api/v1/branches/${branch.id}`)).ok(204);
    (await rafael.delete(`/api/v1/companies/${id}`)).ok(204);
  });

  it('is shaped by administrators', async () => {
    (await camila.post('/api/v1/companies', { name: 'X' })).refused(403, 'permission_denied');
    (await camila.post('/api/v1/departments', { name: 'X', company_id })).refused(403, 'permission_denied');
    (await ana.put('/api/v1/departments', { department_ids: [] })).refused(403, 'permission_denied');
  });
});

describe('a department', () => {
  it('is born last, with what nobody said as it usually is', async () => {
    const made = await aDepartment({ color: 'teal' });
    expect(made).toMatchObject({ color: 'teal', is_active: true, serves: true, is_confidential: false, notifies_transfer: true, welcome_text: '', member_count: 0 });
    expect((await list()).at(-1)?.id).toBe(made.id);
    (await rafael.post('/api/v1/departments', { name: made.name, company_id })).refused(409, 'department_name_is_taken');
    (await rafael.post('/api/v1/departments', { name: 'X', company_id, color: '#ff0000' })).refused(400, 'unknown_value', 'color');
    (await rafael.post('/api/v1/departments', { name: 'X', company_id: 999_999 })).refused(404, 'company_unknown', 'company_id');
    (await change(made.id, { welcome_text: 'Oi, {{contact.quem}}' })).refused(400, 'variable_unknown', 'welcome_text');
  });

  it('stands where it was put', async () => {
    const [a, b] = [await aDepartment(), await aDepartment()];
    const ordered = (await rafael.put('/api/v1/departments', { department_ids: [b.id, a.id] })).ok<{ data: Department[] }>().data;
    expect(ordered.slice(0, 2).map(({ id }) => id)).toEqual([b.id, a.id]);
    (await rafael.put('/api/v1/departments', { department_ids: [999_999] })).refused(404, 'department_unknown', 'department_ids');
  });

  it('with an open ticket neither closes nor stops serving, and says how many there are', async () => {
    const made = await aDepartment();
    const { id } = await serving(ana, await whatsapp.customer());
    (await ana.post(`/api/v1/tickets/${id}/transfer`, { department_id: made.id })).ok();
    for (const body of [{ is_active: false }, { serves: false }]) {
      const refused = await change(made.id, body);
      refused.refused(409, 'department_has_tickets');
      expect(JSON.parse(refused.text)).toMatchObject({ tickets: 1 });
    }
    expect(await theTicket(rafael, id)).toMatchObject({ department_id: made.id });
    (await rafael.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'] })).ok();
    (await change(made.id, { serves: false })).ok();
    const other = await serving(ana, await whatsapp.customer());
    (await ana.post(`/api/v1/tickets/${other.id}/transfer`, { department_id: made.id })).refused(409, 'department_does_not_serve', 'department_id');
    (await rafael.delete(`/api/v1/departments/${made.id}`)).refused(409, 'department_in_use');
  });

  it('that a channel brings new tickets to does not close', async () => {
    const made = await aDepartment();
    (await rafael.post('/api/v1/channels', { kind: 'webchat', name: 'Chat', department_id: made.id, settings: {} })).ok(201);
    (await change(made.id, { is_active: false })).refused(409, 'department_has_channels');
  });

  it('closing and a transfer at the same moment: one of them is told', async () => {
    const made = await aDepartment();
    const { id } = await serving(ana, await whatsapp.customer());
    const [closed, moved] = await Promise.all([
      change(made.id, { is_active: false }),
      ana.post(`/api/v1/tickets/${id}/transfer`, { department_id: made.id }),
    ]);
    expect([closed.status, moved.status].sort()).toEqual([200, 409]);
  });
});

describe('members', () => {
  it('see the queue at once, and no longer when they leave', async () => {
    const made = await aDepartment();
    const { id } = await serving(ana, await whatsapp.customer());
    (await ana.post(`/api/v1/tickets/${id}/transfer`, { department_id: made.id })).ok();
    const bruno = await account.as('bruno');
    (await bruno.get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
    const joined = (await members(rafael, made.id, [{ member_id: account.members.bruno, is_responsible: true, notifies_transfer: false }])).ok();
    expect(joined).toEqual({ members: [{ member_id: account.members.bruno, is_responsible: true, notifies_transfer: false }] });
    (await bruno.get(`/api/v1/tickets/${id}`)).ok();
    (await members(rafael, made.id, [])).ok();
    (await bruno.get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
  });

  it('are chosen by who reaches the department and is not below them', async () => {
    const far = await aDepartment();
    (await members(camila, far.id, [{ member_id: account.members.bruno }])).refused(403, 'cannot_grant', 'department_ids');
    const near = account.departments['Vendas'] ?? 0;
    const now = (await camila.get(`/api/v1/departments/${near}/members`)).ok<{ members: Member[] }>().members;
    (await members(camila, near, [...now, { member_id: account.members.olga }])).refused(403, 'target_above_you');
    (await members(camila, near, [...now, { member_id: 999_999 }])).refused(404, 'member_unknown', 'members');
    (await members(camila, near, [...now, ...now])).refused(400, 'member_repeated', 'members');
    (await members(camila, near, now.map((one) => ({ ...one, is_responsible: one.member_id === account.members.camila })))).ok();
    (await members(ana, near, [])).refused(403, 'permission_denied');
  });

  it('what changes is told to every screen of the account', async () => {
    const stream = await ana.live();
    await aDepartment();
    await stream.next('account.changed');
    stream.close();
  });
});
