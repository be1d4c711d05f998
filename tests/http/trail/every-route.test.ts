/**
 * Whatever a member changes leaves a row, and what was refused leaves none: for each route of the program's own
 * table. A new one that writes has no act here and fails until somebody says how it is done.
 */
import { execFile } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount, type Who } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { inbound, inState, messageOf, reply, serving, take, ticketOf } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { aFlow, aLiveFlow, greeting, saying } from '../support/flows.ts';
import { house } from '../support/house.ts';
import { aToken, stepUp } from '../support/token.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Webchat } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

/** Never to be found in the trail: what people say, passwords, secrets of channels and tokens. */
const CANARY = `canario-${randomUUID()}`;

let account: Account;
let whatsapp: Whatsapp;
let webchat: Webchat | undefined;
let olga: Browser;
let ana: Browser;

type Call = { method: string; path: string; body?: unknown; as?: Who };
/** Prepares what the act needs, then says how it is asked for. */
type Act = () => Promise<Call>;

const post = (path: string, body?: unknown, as?: Who): Call => ({ method: 'POST', path, body, ...(as === undefined ? {} : { as }) });
/** A ticket whose customer is still being asked something. */
async function asking(): Promise<number> {
  (await olga.patch('/api/v1/settings/contacts', { restriction: 'approve', asks_document: true })).ok();
  const customer = await whatsapp.customer();
  await customer.say('Oi');
  await customer.received();
  (await olga.patch('/api/v1/settings/contacts', { restriction: 'none' })).ok();
  return Number(await sql("SELECT id FROM tickets WHERE account_id = :'a' AND contact_address = :'w'", { a: account.id, w: customer.wa_id ?? '' }));
}
const mine = async (): Promise<number> => (await serving(ana, await whatsapp.customer())).id;
/** Two tickets of one person, each by a phone of its own. */
async function ofOne(): Promise<[number, number]> {
  const [one, two] = [await serving(ana, await whatsapp.customer()), await serving(ana, await whatsapp.customer())];
  (await olga.post(`/api/v1/contacts/${one.contact.id}/merge`, { contact_id: two.contact.id })).ok();
  return [one.id, two.id];
}
const flowMade = () => aFlow(olga, greeting(account));
const flowLive = () => aLiveFlow(olga, greeting(account));
const aGroup = async (): Promise<number> =>
  (await olga.post('/api/v1/groups', { name: randomUUID(), permissions: ['tickets.view'], scope: 'own' })).ok<{ id: number }>(201).id;
const anInvite = async (): Promise<number> => {
  const { id: group_id } = await groupOf('agent');
  return (await olga.post('/api/v1/invites', { email: `${randomUUID()}@exemplo.org`, group_id })).ok<{ id: number }>(201).id;
};
const aPeriod = (): object => ({
  name: randomUUID(), keeps_holidays: true, exceptions: [], week: [{ day: 1, from_min: 480, until_min: 1116 }],
});
const periodMade = async (): Promise<number> => {
  const { periods } = (await olga.post('/api/v1/hours/periods', aPeriod())).ok<{ periods: { id: number }[] }>(201);
  return periods.at(-1)?.id ?? 0;
};
const aCompany = async (): Promise<number> =>
  (await olga.post('/api/v1/companies', { name: randomUUID() })).ok<{ id: number }>(201).id;
const aBranch = async (): Promise<{ id: number; company_id: number }> =>
  (await olga.post('/api/v1/branches', { name: randomUUID(), company_id: await aCompany() })).ok(201);
const aDepartment = async (): Promise<number> =>
  (await olga.post('/api/v1/departments', { name: randomUUID(), company_id: await aCompany() })).ok<{ id: number }>(201).id;
const aReason = async (): Promise<number> => (await olga.post('/api/v1/close-reasons', { name: randomUUID() })).ok<{ id: number }>(201).id;
const aPolicy = (): object => ({ name: randomUUID(), first_answer_min: 30, warn_percent: 75 });
const policyMade = async (): Promise<number> => (await olga.post('/api/v1/sla-policies', aPolicy())).ok<{ id: number }>(201).id;
const aBrowser = async (): Promise<number> =>
  (await ana.post('/api/v1/me/push', { endpoint: `https://push.example/${randomUUID()}` })).ok<{ id: number }>(201).id;
const aPhone = (): string => `55499${randomInt(80_000_000, 99_999_999)}`;
const aContact = async (): Promise<number> => (await ana.post('/api/v1/contacts', { name: 'Rita da Trilha' })).ok<{ id: number }>(201).id;
const aContactGroup = async (): Promise<number> => (await olga.post('/api/v1/contact-groups', { name: randomUUID() })).ok<{ id: number }>(201).id;
const aContactField = async (): Promise<number> =>
  (await olga.post('/api/v1/contact-fields', { name: randomUUID(), kind: 'text' })).ok<{ id: number }>(201).id;
const aCsv = async (): Promise<number> =>
  (await olga.upload('x.csv', 'text/csv', Buffer.from(`nome\n${CANARY}\n`))).ok<{ id: number }>(201).id;
/** An import that has come this far. */
const anImport = async (state: string): Promise<number> => {
  const { id } = (await olga.post('/api/v1/contact-imports', { attachment_id: await aCsv() })).ok<{ id: number }>(201);
  await until('it was read', async () => (await olga.get(`/api/v1/contact-imports/${id}`)).ok<{ state: string }>().state === 'mapping' || undefined);
  await sql("UPDATE contact_imports SET state = :'s' WHERE account_id = :'a' AND id = :'i'", { s: state, a: account.id, i: id });
  return id;
};
const anExport = async (state: string): Promise<number> => {
  const { id } = (await olga.post('/api/v1/contact-exports', { format: 'csv', locale: 'en' })).ok<{ id: number }>(201);
  await until('it was written', async () => (await olga.get(`/api/v1/contact-exports/${id}`)).ok<{ state: string }>().state === 'done' || undefined);
  await sql("UPDATE contact_exports SET state = :'s' WHERE account_id = :'a' AND id = :'i'", { s: state, a: account.id, i: id });
  return id;
};
const groupOf = async (builtin: string): Promise<{ id: number }> => ({
  id: Number(await sql("SELECT id FROM groups WHERE account_id = :'a' AND builtin = :'b'", { a: account.id, b: builtin })),
});

const anAnswer = (): object => ({ scope: 'own', title: 'Oi', shortcut: randomUUID().slice(0, 8), body: CANARY });
const answerOf = async (person: Browser): Promise<number> => (await person.post('/api/v1/answers', anAnswer())).ok<{ id: number }>(201).id;

const aSecret = (): string => `s_${randomUUID().slice(0, 8)}`;
const secretMade = async (): Promise<string> => {
  const name = aSecret();
  (await olga.post('/api/v1/flow-secrets', { name, value: 'x' })).ok();
  return name;
};

const aChat = async (): Promise<number> => (await ana.post('/api/v1/chats', { member_id: account.members.bruno })).ok<{ id: number }>().id;
const anInternalGroup = async (): Promise<number> =>
  (await olga.post('/api/v1/internal-groups', { name: randomUUID() })).ok<{ id: number }>(201).id;

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const scheduledBy = async (person: Browser): Promise<number> =>
  (await person.post(`/api/v1/tickets/${await mine()}/scheduled`, { client_key: randomUUID(), text: CANARY, send_at: inAnHour() })).ok<{ id: number }>(201).id;
/** A word of Ana's that a visitor has. */
const saidOnTheSite = async (): Promise<string> => {
  webchat ??= await aWebchat(account);
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  const { id } = await take(ana, (await ticketOf(ana, visitor.name)).id);
  const { seq } = await inState(ana, await reply(ana, id, randomUUID()), 'accepted');
  return `/api/v1/tickets/${id}/messages/${seq}`;
};
const aTag = async (): Promise<number> => (await ana.post('/api/v1/tags', { name: randomUUID() })).ok<{ id: number }>(201).id;

const aBreakReason = async (): Promise<number> => (await olga.post('/api/v1/break-reasons', { name: randomUUID() })).ok<{ id: number }>(201).id;
/** Ana's, once she has one; nobody is on two. */
const onBreak = async (): Promise<number> =>
  (await ana.post('/api/v1/me/break', { reason_id: await aBreakReason() })).ok<Schemas['MyPresence']>(201).break?.id ?? 0;

const acts: Record<string, Act> = {
  'POST /api/v1/audit/export': async () => post('/api/v1/audit/export', { format: 'csv' }, 'olga'),
  'POST /api/v1/audit/:id/reveal': async () => {
    const { contact } = await serving(ana, await whatsapp.customer());
    (await ana.patch(`/api/v1/contacts/${contact.id}`, { email: 'rita@exemplo.org' })).ok();
    const id = await until('its row sealed', async () =>
      (await sql("SELECT event_id FROM audit_events e JOIN audit_chain c ON c.account_id = e.account_id AND c.event_id = e.id WHERE e.account_id = :'a' AND subject_kind = 'contact' AND subject_id = :'c'", { a: account.id, c: contact.id })) || undefined);
    return post(`/api/v1/audit/${id}/reveal`, undefined, 'olga');
  },
  'PATCH /api/v1/retention': async () => ({ method: 'PATCH', path: '/api/v1/retention', body: { audit_years: 7 }, as: 'olga' }),
  'POST /api/v1/tokens': async () => post('/api/v1/tokens', { kind: 'service', name: 'X', permissions: ['tickets.view'] }, 'olga'),
  'DELETE /api/v1/tokens/:id': async () => {
    const { token } = await aToken(account, { kind: 'service', permissions: ['tickets.view'] });
    return { method: 'DELETE', path: `/api/v1/tokens/${token.id}`, as: 'olga' };
  },
  'POST /api/v1/companies': async () => post('/api/v1/companies', { name: randomUUID() }, 'olga'),
  'PUT /api/v1/companies/:id': async () => ({
    method: 'PUT',
    path: `/api/v1/companies/${await aCompany()}`,
    body: { name: 'Outra casa' },
    as: 'olga',
  }),
  'DELETE /api/v1/companies/:id': async () => ({ method: 'DELETE', path: `/api/v1/companies/${await aCompany()}`, as: 'olga' }),
  'POST /api/v1/branches': async () => post('/api/v1/branches', { name: randomUUID(), company_id: await aCompany() }, 'olga'),
  'PUT /api/v1/branches/:id': async () => {
    const { id, company_id } = await aBranch();
    return { method: 'PUT', path: `/api/v1/branches/${id}`, body: { name: 'Outra filial', company_id }, as: 'olga' };
  },
  'DELETE /api/v1/branches/:id': async () => ({ method: 'DELETE', path: `/api/v1/branches/${(await aBranch()).id}`, as: 'olga' }),
  'POST /api/v1/departments': async () => post('/api/v1/departments', { name: randomUUID(), company_id: await aCompany() }, 'olga'),
  'PUT /api/v1/departments': async () => ({
    method: 'PUT',
    path: '/api/v1/departments',
    body: { department_ids: [account.departments['Vendas'], account.departments['Suporte']] },
    as: 'olga',
  }),
  'PATCH /api/v1/departments/:id': async () => ({
    method: 'PATCH',
    path: `/api/v1/departments/${await aDepartment()}`,
    body: { welcome_text: 'Oi' },
    as: 'olga',
  }),
  'DELETE /api/v1/departments/:id': async () => ({ method: 'DELETE', path: `/api/v1/departments/${await aDepartment()}`, as: 'olga' }),
  'PUT /api/v1/departments/:id/members': async () => ({
    method: 'PUT',
    path: `/api/v1/departments/${await aDepartment()}/members`,
    body: { members: [{ member_id: account.members.bruno, is_responsible: true, notifies_transfer: null }] },
    as: 'olga',
  }),
  'PATCH /api/v1/settings': async () => ({ method: 'PATCH', path: '/api/v1/settings', body: { closing_text: 'Até logo' }, as: 'olga' }),
  'PATCH /api/v1/settings/contacts': async () => ({ method: 'PATCH', path: '/api/v1/settings/contacts', body: { tries: 4 }, as: 'olga' }),
  'PATCH /api/v1/settings/terms': async () => ({ method: 'PATCH', path: '/api/v1/settings/terms', body: { url: 'https://exemplo.org/termos' }, as: 'olga' }),
  'POST /api/v1/close-reasons': async () => post('/api/v1/close-reasons', { name: randomUUID() }, 'olga'),
  'PUT /api/v1/close-reasons': async () => ({
    method: 'PUT',
    path: '/api/v1/close-reasons',
    body: { reason_ids: [account.reasons['Engano']] },
    as: 'olga',
  }),
  'PATCH /api/v1/close-reasons/:id': async () => ({
    method: 'PATCH',
    path: `/api/v1/close-reasons/${await aReason()}`,
    body: { message: 'Até logo' },
    as: 'olga',
  }),
  'DELETE /api/v1/close-reasons/:id': async () => ({ method: 'DELETE', path: `/api/v1/close-reasons/${await aReason()}`, as: 'olga' }),
  'POST /api/v1/break-reasons': async () => post('/api/v1/break-reasons', { name: randomUUID() }, 'olga'),
  'PUT /api/v1/break-reasons': async () => ({
    method: 'PUT',
    path: '/api/v1/break-reasons',
    body: { reason_ids: [await aBreakReason()] },
    as: 'olga',
  }),
  'PATCH /api/v1/break-reasons/:id': async () => ({ method: 'PATCH', path: `/api/v1/break-reasons/${await aBreakReason()}`, body: { planned_min: 20 }, as: 'olga' }),
  'DELETE /api/v1/break-reasons/:id': async () => ({ method: 'DELETE', path: `/api/v1/break-reasons/${await aBreakReason()}`, as: 'olga' }),
  'PUT /api/v1/break-limits': async () => ({ method: 'PUT', path: '/api/v1/break-limits', body: { max_people: 5 }, as: 'olga' }),
  'POST /api/v1/me/break': async () => {
    await ana.ask('DELETE', '/api/v1/me/break');
    return post('/api/v1/me/break', { reason_id: await aBreakReason() });
  },
  'DELETE /api/v1/me/break': async () => {
    await ana.ask('DELETE', '/api/v1/me/break');
    await onBreak();
    return { method: 'DELETE', path: '/api/v1/me/break' };
  },
  'POST /api/v1/breaks/:id/end': async () => {
    await ana.ask('DELETE', '/api/v1/me/break');
    return post(`/api/v1/breaks/${await onBreak()}/end`, undefined, 'olga');
  },
  'PUT /api/v1/team/:id/presence': async () => ({ method: 'PUT', path: `/api/v1/team/${account.members.bruno}/presence`, body: { chosen: 'away' }, as: 'olga' }),
  'POST /api/v1/channels': async () =>
    post(
      '/api/v1/channels',
      { kind: 'webchat', name: 'Chat', department_id: account.departments['Suporte'], settings: {} },
      'olga',
    ),
  'PATCH /api/v1/channels/:id': async () => ({
    method: 'PATCH',
    path: `/api/v1/channels/${whatsapp.id}`,
    body: { name: 'Outro nome' },
    as: 'olga',
  }),
  'PUT /api/v1/channels/:id/secrets': async () => ({
    method: 'PUT',
    path: `/api/v1/channels/${whatsapp.id}/secrets`,
    body: { access_token: `token-of-${whatsapp.number}`, app_secret: whatsapp.secret, identity_key: CANARY },
    as: 'olga',
  }),
  'POST /api/v1/channels/:id/templates': async () => post(`/api/v1/channels/${whatsapp.id}/templates`, undefined, 'olga'),
  'POST /api/v1/channels/:id/test': async () => post(`/api/v1/channels/${whatsapp.id}/test`, undefined, 'olga'),
  'PATCH /api/v1/contacts/:id': async () => {
    const { contact } = await serving(ana, await whatsapp.customer());
    return { method: 'PATCH', path: `/api/v1/contacts/${contact.id}`, body: { notes: CANARY } };
  },
  'POST /api/v1/contacts': async () => post('/api/v1/contacts', { name: CANARY }),
  'POST /api/v1/contacts/:id/identities': async () => post(`/api/v1/contacts/${await aContact()}/identities`, { kind: 'external', address: CANARY + randomUUID() }),
  'PATCH /api/v1/contacts/:id/identities/:identity': async () => {
    const { id, identities } = (await ana.post('/api/v1/contacts', { name: 'Rita', phone: aPhone() })).ok<Schemas['Contact']>(201);
    return { method: 'PATCH', path: `/api/v1/contacts/${id}/identities/${identities[0]?.id ?? 0}`, body: { is_verified: true } };
  },
  'DELETE /api/v1/contacts/:id/identities/:identity': async () => {
    const { id, identities } = (await ana.post('/api/v1/contacts', { name: 'Rita', phone: aPhone() })).ok<Schemas['Contact']>(201);
    return { method: 'DELETE', path: `/api/v1/contacts/${id}/identities/${identities[0]?.id ?? 0}` };
  },
  'POST /api/v1/contacts/:id/delete': async () => post(`/api/v1/contacts/${await aContact()}/delete`, { reason: 'duplicado' }, 'olga'),
  'POST /api/v1/contacts/:id/restore': async () => {
    const id = await aContact();
    (await olga.post(`/api/v1/contacts/${id}/delete`, {})).ok();
    return post(`/api/v1/contacts/${id}/restore`, undefined, 'olga');
  },
  'POST /api/v1/contacts/:id/save': async () => post(`/api/v1/contacts/${await aContact()}/save`),
  'POST /api/v1/contacts/:id/block': async () => post(`/api/v1/contacts/${await aContact()}/block`, { reason: 'ofensas' }, 'olga'),
  'POST /api/v1/contacts/:id/unblock': async () => post(`/api/v1/contacts/${await aContact()}/unblock`, undefined, 'olga'),
  'POST /api/v1/contacts/:id/consents': async () => post(`/api/v1/contacts/${await aContact()}/consents`, { kind: 'terms', act: 'granted', note: CANARY }),
  'POST /api/v1/contacts/:id/customers': async () => post(`/api/v1/contacts/${await aContact()}/customers`, { document: '529.982.247-25', name: CANARY }),
  'DELETE /api/v1/contacts/:id/customers/:customer': async () => {
    const id = await aContact();
    const { data } = (await ana.post(`/api/v1/contacts/${id}/customers`, { document: '111.444.777-35', name: 'X' })).ok<{ data: { id: number }[] }>(201);
    return { method: 'DELETE', path: `/api/v1/contacts/${id}/customers/${data[0]?.id ?? 0}` };
  },
  'PATCH /api/v1/customers/:id': async () => {
    const { data } = (await ana.post(`/api/v1/contacts/${await aContact()}/customers`, { document: '123.456.789-09', name: 'X' })).ok<{ data: { id: number }[] }>(201);
    return { method: 'PATCH', path: `/api/v1/customers/${data[0]?.id ?? 0}`, body: { city: CANARY } };
  },
  'POST /api/v1/contact-duplicates/dismiss': async () =>
    post('/api/v1/contact-duplicates/dismiss', { contact_id: await aContact(), other_id: await aContact() }, 'olga'),
  'POST /api/v1/contacts/:id/merge': async () => post(`/api/v1/contacts/${await aContact()}/merge`, { contact_id: await aContact() }, 'olga'),
  'POST /api/v1/contact-merges/:id/undo': async () => {
    const id = await aContact();
    (await olga.post(`/api/v1/contacts/${id}/merge`, { contact_id: await aContact() })).ok();
    const { data } = (await olga.get(`/api/v1/contacts/${id}/merges`)).ok<{ data: { id: number }[] }>();
    return post(`/api/v1/contact-merges/${data[0]?.id ?? 0}/undo`, undefined, 'olga');
  },
  'POST /api/v1/contact-exports': async () => post('/api/v1/contact-exports', { format: 'csv', locale: 'en' }, 'olga'),
  'POST /api/v1/contact-exports/:id/cancel': async () => post(`/api/v1/contact-exports/${await anExport('running')}/cancel`, undefined, 'olga'),
  'POST /api/v1/contact-exports/:id/download': async () => post(`/api/v1/contact-exports/${await anExport('done')}/download`, undefined, 'olga'),
  'POST /api/v1/contact-imports': async () => post('/api/v1/contact-imports', { attachment_id: await aCsv() }, 'olga'),
  'POST /api/v1/contact-imports/:id/try': async () => post(`/api/v1/contact-imports/${await anImport('mapping')}/try`, { mapping: ['name'] }, 'olga'),
  'POST /api/v1/contact-imports/:id/run': async () => post(`/api/v1/contact-imports/${await anImport('tried')}/run`, undefined, 'olga'),
  'POST /api/v1/contact-imports/:id/cancel': async () => post(`/api/v1/contact-imports/${await anImport('mapping')}/cancel`, undefined, 'olga'),
  'POST /api/v1/contact-imports/:id/undo': async () => post(`/api/v1/contact-imports/${await anImport('done')}/undo`, undefined, 'olga'),
  'POST /api/v1/contact-groups': async () => post('/api/v1/contact-groups', { name: randomUUID() }, 'olga'),
  'PATCH /api/v1/contact-groups/:id': async () => ({ method: 'PATCH', path: `/api/v1/contact-groups/${await aContactGroup()}`, body: { name: randomUUID() }, as: 'olga' }),
  'DELETE /api/v1/contact-groups/:id': async () => ({ method: 'DELETE', path: `/api/v1/contact-groups/${await aContactGroup()}`, as: 'olga' }),
  'POST /api/v1/contact-groups/:id/add': async () => post(`/api/v1/contact-groups/${await aContactGroup()}/add`, { contact_ids: [await aContact()] }, 'olga'),
  'POST /api/v1/contact-groups/:id/remove': async () => post(`/api/v1/contact-groups/${await aContactGroup()}/remove`, { contact_ids: [await aContact()] }, 'olga'),
  'POST /api/v1/contact-fields': async () => post('/api/v1/contact-fields', { name: randomUUID(), kind: 'text' }, 'olga'),
  'PATCH /api/v1/contact-fields/:id': async () => ({ method: 'PATCH', path: `/api/v1/contact-fields/${await aContactField()}`, body: { name: randomUUID() }, as: 'olga' }),
  'DELETE /api/v1/contact-fields/:id': async () => ({ method: 'DELETE', path: `/api/v1/contact-fields/${await aContactField()}`, as: 'olga' }),
  'POST /api/v1/contacts/:id/reveal': async () => {
    const { contact } = await serving(ana, await whatsapp.customer());
    return post(`/api/v1/contacts/${contact.id}/reveal`, { field: 'phone' }, 'olga');
  },
  'POST /api/v1/tickets/:id/messages': async () =>
    post(`/api/v1/tickets/${await mine()}/messages`, { mode: 'reply', client_key: randomUUID(), text: CANARY }),
  'POST /api/v1/tickets/:id/messages/:seq/retry': async () => {
    const id = await mine();
    const { seq } = await reply(ana, id, CANARY);
    await messageOf(ana, id, 'of an answer that has left', (one) => one.seq === seq && !['queued', 'sending'].includes(one.state));
    await sql("UPDATE messages SET state = 'failed', error_slug = 'provider_error', error_code = '1' WHERE account_id = :'a' AND ticket_id = :'id' AND seq = :'seq'", { a: account.id, id, seq });
    return post(`/api/v1/tickets/${id}/messages/${seq}/retry`);
  },
  'POST /api/v1/tickets/:id/take': async () => {
    const id = await mine();
    await sql("UPDATE tickets SET state = 'waiting', controller = 'queue', assignee_id = NULL WHERE account_id = :'a' AND id = :'id'", { a: account.id, id });
    return post(`/api/v1/tickets/${id}/take`);
  },
  'POST /api/v1/tickets/:id/transfer': async () =>
    post(`/api/v1/tickets/${await mine()}/transfer`, { department_id: account.departments['Vendas'], note: CANARY }),
  'POST /api/v1/tickets/:id/close': async () =>
    post(`/api/v1/tickets/${await mine()}/close`, { reason_id: account.reasons['Resolvido'], message: CANARY }),
  'POST /api/v1/tickets/:id/readers': async () => post(`/api/v1/tickets/${await mine()}/readers`, { member_id: account.members.bruno }),
  'DELETE /api/v1/tickets/:id/readers/:member': async () => {
    const id = await mine();
    (await ana.post(`/api/v1/tickets/${id}/readers`, { member_id: account.members.bruno })).ok(204);
    return { method: 'DELETE', path: `/api/v1/tickets/${id}/readers/${account.members.bruno}` };
  },
  'POST /api/v1/tickets': async () => {
    const { id, contact, channel_id } = await serving(ana, await whatsapp.customer());
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'], message: '' })).ok();
    return post('/api/v1/tickets', { client_key: randomUUID(), channel_id, contact_id: contact.id, text: CANARY });
  },
  'POST /api/v1/tickets/:id/transcript': async () => post(`/api/v1/tickets/${await mine()}/transcript`, { whispers: true }, 'olga'),
  'POST /api/v1/tickets/:id/reopen': async () => {
    const id = await mine();
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Resolvido'] })).ok();
    return post(`/api/v1/tickets/${id}/reopen`);
  },
  'POST /api/v1/tickets/:id/merge': async () => {
    const [id, into_id] = await ofOne();
    return post(`/api/v1/tickets/${id}/merge`, { into_id }, 'olga');
  },
  'POST /api/v1/tickets/:id/unmerge': async () => {
    const [id, into_id] = await ofOne();
    (await olga.post(`/api/v1/tickets/${id}/merge`, { into_id })).ok();
    return post(`/api/v1/tickets/${id}/unmerge`, undefined, 'olga');
  },
  'POST /api/v1/tickets/:id/hand-back': async () => {
    const id = await mine();
    (await olga.post(`/api/v1/tickets/${id}/take`)).ok();
    return post(`/api/v1/tickets/${id}/hand-back`, undefined, 'olga');
  },
  'POST /api/v1/tickets/:id/return': async () => {
    const { id: flow_id } = await aLiveFlow(olga, greeting(account));
    return post(`/api/v1/tickets/${await mine()}/return`, { mode: 'flow', flow_id });
  },
  'POST /api/v1/tickets/:id/intake/override': async () => {
    const id = await asking();
    return post(`/api/v1/tickets/${id}/intake/override`, { reason: 'Cliente antigo' }, 'olga');
  },
  'POST /api/v1/tickets/:id/assign': async () =>
    post(`/api/v1/tickets/${await mine()}/assign`, { member_id: account.members.bruno }, 'olga'),
  'POST /api/v1/tickets/:id/prioritize': async () => post(`/api/v1/tickets/${await mine()}/prioritize`, { priority: 'high' }, 'olga'),
  'PUT /api/v1/departments/:id/distribution': async () => ({
    method: 'PUT',
    path: `/api/v1/departments/${await aDepartment()}/distribution`,
    body: { mode: 'round_robin', tells: true, tell_text: 'Espere um pouco.' },
    as: 'olga',
  }),
  'PUT /api/v1/distribution/limits': async () => ({
    method: 'PUT',
    path: '/api/v1/distribution/limits',
    body: { limits: [{ member_id: account.members.bruno, ticket_limit: 900 }] },
    as: 'olga',
  }),
  'POST /api/v1/tickets/:id/snooze': async () => post(`/api/v1/tickets/${await mine()}/snooze`, { until: inAnHour() }),
  'DELETE /api/v1/tickets/:id/snooze': async () => {
    const id = await mine();
    (await ana.post(`/api/v1/tickets/${id}/snooze`, { until: inAnHour() })).ok();
    return { method: 'DELETE', path: `/api/v1/tickets/${id}/snooze` };
  },
  'POST /api/v1/tickets/:id/classify': async () => post(`/api/v1/tickets/${await mine()}/classify`, { reason_id: account.reasons['Resolvido'] }),
  'POST /api/v1/tickets/:id/peek': async () => post(`/api/v1/tickets/${await mine()}/peek`, undefined, 'olga'),
  'POST /api/v1/tickets/:id/tags': async () => post(`/api/v1/tickets/${await mine()}/tags`, { tag_id: await aTag() }),
  'DELETE /api/v1/tickets/:id/tags/:tag': async () => {
    const [id, tag_id] = [await mine(), await aTag()];
    (await ana.post(`/api/v1/tickets/${id}/tags`, { tag_id })).ok();
    return { method: 'DELETE', path: `/api/v1/tickets/${id}/tags/${tag_id}` };
  },
  'POST /api/v1/tickets/:id/messages/:seq/tags': async () => post(`/api/v1/tickets/${await mine()}/messages/1/tags`, { tag_id: await aTag() }),
  'DELETE /api/v1/tickets/:id/messages/:seq/tags/:tag': async () => {
    const [id, tag_id] = [await mine(), await aTag()];
    (await ana.post(`/api/v1/tickets/${id}/messages/1/tags`, { tag_id })).ok();
    return { method: 'DELETE', path: `/api/v1/tickets/${id}/messages/1/tags/${tag_id}` };
  },
  'POST /api/v1/contacts/:id/tags': async () => post(`/api/v1/contacts/${await aContact()}/tags`, { tag_id: await aTag() }),
  'DELETE /api/v1/contacts/:id/tags/:tag': async () => {
    const [id, tag_id] = [await aContact(), await aTag()];
    (await ana.post(`/api/v1/contacts/${id}/tags`, { tag_id })).ok(204);
    return { method: 'DELETE', path: `/api/v1/contacts/${id}/tags/${tag_id}` };
  },
  'POST /api/v1/tags': async () => post('/api/v1/tags', { name: randomUUID() }),
  'PATCH /api/v1/tags/:id': async () => ({ method: 'PATCH', path: `/api/v1/tags/${await aTag()}`, body: { color: 'ok' }, as: 'olga' }),
  'POST /api/v1/tags/:id/merge': async () => post(`/api/v1/tags/${await aTag()}/merge`, { tag_id: await aTag() }, 'olga'),
  'POST /api/v1/bulks': async () => post('/api/v1/bulks', { act: 'read', ticket_ids: [await mine()] }, 'olga'),
  'POST /api/v1/bulks/:id/cancel': async () => {
    const { id } = (await olga.post('/api/v1/bulks', { act: 'read', ticket_ids: [await mine()] })).ok<{ id: number }>(201);
    await sql("UPDATE bulks SET state = 'running' WHERE account_id = :'a' AND id = :'id'", { a: account.id, id });
    return post(`/api/v1/bulks/${id}/cancel`, undefined, 'olga');
  },
  'POST /api/v1/bulks/:id/undo': async () => {
    const { id } = (await olga.post('/api/v1/bulks', { act: 'read', ticket_ids: [await mine()] })).ok<{ id: number }>(201);
    return post(`/api/v1/bulks/${id}/undo`, undefined, 'olga');
  },
  'POST /api/v1/ticket-types': async () => post('/api/v1/ticket-types', { name: randomUUID() }, 'olga'),
  'PATCH /api/v1/ticket-types/:id': async () => {
    const { id } = (await olga.post('/api/v1/ticket-types', { name: randomUUID() })).ok<{ id: number }>(201);
    return { method: 'PATCH', path: `/api/v1/ticket-types/${id}`, body: { is_active: false }, as: 'olga' };
  },
  'POST /api/v1/groups': async () => post('/api/v1/groups', { name: randomUUID(), permissions: ['tickets.view'], scope: 'own' }, 'olga'),
  'PATCH /api/v1/groups/:id': async () => ({ method: 'PATCH', path: `/api/v1/groups/${await aGroup()}`, body: { name: randomUUID() }, as: 'olga' }),
  'DELETE /api/v1/groups/:id': async () => ({ method: 'DELETE', path: `/api/v1/groups/${await aGroup()}`, as: 'olga' }),
  'POST /api/v1/invites': async () =>
    post('/api/v1/invites', { email: `${randomUUID()}@exemplo.org`, group_id: (await groupOf('agent')).id }, 'olga'),
  'DELETE /api/v1/invites/:id': async () => ({ method: 'DELETE', path: `/api/v1/invites/${await anInvite()}`, as: 'olga' }),
  'POST /api/v1/invites/:id/resend': async () => post(`/api/v1/invites/${await anInvite()}/resend`, undefined, 'olga'),
  'PATCH /api/v1/members/:id': async () => ({
    method: 'PATCH',
    path: `/api/v1/members/${account.members.bruno}`,
    body: { display_name: 'Bruno Outro' },
    as: 'olga',
  }),
  'POST /api/v1/members/:id/deactivate': async () => post(`/api/v1/members/${account.members.camila}/deactivate`, undefined, 'olga'),
  'POST /api/v1/members/:id/reactivate': async () => {
    await sql("UPDATE memberships SET is_active = false WHERE account_id = :'a' AND id = :'m'", { a: account.id, m: account.members.camila });
    return post(`/api/v1/members/${account.members.camila}/reactivate`, undefined, 'olga');
  },
  'POST /api/v1/members/:id/reset-factor': async () =>
    post(`/api/v1/members/${account.members.bruno}/reset-factor`, { reason: 'em pessoa, com documento' }, 'olga'),
  'POST /api/v1/members/:id/confirm-factor': async () => {
    /* As if another account of theirs had taken the factor away. */
    await sql("UPDATE memberships SET factor_epoch = factor_epoch - 1 WHERE account_id = :'a' AND id = :'m'", { a: account.id, m: account.members.bruno });
    return post(`/api/v1/members/${account.members.bruno}/confirm-factor`, undefined, 'olga');
  },
  'POST /api/v1/members/:id/unlock': async () => post(`/api/v1/members/${account.members.bruno}/unlock`, undefined, 'olga'),
  'DELETE /api/v1/members/:id/sessions': async () => {
    await account.as('fabiana');
    return { method: 'DELETE', path: `/api/v1/members/${account.members.fabiana}/sessions`, as: 'olga' };
  },
  'POST /api/v1/members/:id/reset-password': async () => post(`/api/v1/members/${account.members.bruno}/reset-password`, undefined, 'olga'),
  'PUT /api/v1/networks': async () => ({
    method: 'PUT',
    path: '/api/v1/networks',
    body: { networks: [{ network: '127.0.0.0/16', note: 'casa' }] },
    as: 'olga',
  }),
  'POST /api/v1/hours/periods': async () => post('/api/v1/hours/periods', aPeriod(), 'olga'),
  'PUT /api/v1/hours/periods/:id': async () => ({ method: 'PUT', path: `/api/v1/hours/periods/${await periodMade()}`, body: aPeriod(), as: 'olga' }),
  'DELETE /api/v1/hours/periods/:id': async () => ({ method: 'DELETE', path: `/api/v1/hours/periods/${await periodMade()}`, as: 'olga' }),
  'PUT /api/v1/hours/followers': async () => ({
    method: 'PUT',
    path: '/api/v1/hours/followers',
    body: { departments: [{ id: account.departments['Suporte'], period_id: await periodMade() }] },
    as: 'olga',
  }),
  'PUT /api/v1/hours/holidays': async () => ({ method: 'PUT', path: '/api/v1/hours/holidays', body: { switches: [], city: [] }, as: 'olga' }),
  'PUT /api/v1/hours/shifts': async () => ({
    method: 'PUT',
    path: '/api/v1/hours/shifts',
    body: { shifts: [{ name: 'Manhã', from_min: 360, until_min: 720 }] },
    as: 'olga',
  }),
  'PUT /api/v1/hours/places': async () => ({ method: 'PUT', path: '/api/v1/hours/places', body: { uf: 'SC', branches: [] }, as: 'olga' }),
  'POST /api/v1/chats': async () => post('/api/v1/chats', { member_id: account.members.bruno }),
  'POST /api/v1/chats/:id/messages': async () => post(`/api/v1/chats/${await aChat()}/messages`, { client_key: randomUUID(), text: CANARY }),
  'POST /api/v1/chats/export': async () => {
    await aChat();
    const { ana: member_a, bruno: member_b } = account.members;
    return post('/api/v1/chats/export', { member_a, member_b, from: '2020-01-01T00:00:00Z', until: inAnHour(), format: 'text', reason: 'Ofício da vara' }, 'olga');
  },
  'POST /api/v1/internal-groups': async () => post('/api/v1/internal-groups', { name: randomUUID() }, 'olga'),
  'PUT /api/v1/internal-groups/:id': async () => ({ method: 'PUT', path: `/api/v1/internal-groups/${await anInternalGroup()}`, body: { name: randomUUID() }, as: 'olga' }),
  'POST /api/v1/internal-groups/:id/notices': async () =>
    post(`/api/v1/internal-groups/${await anInternalGroup()}/notices`, { client_key: randomUUID(), text: CANARY }, 'olga'),
  'PUT /api/v1/timers/transfer': async () => ({ method: 'PUT', path: '/api/v1/timers/transfer', body: { rules: [] }, as: 'olga' }),
  'PUT /api/v1/timers/idle': async () => ({ method: 'PUT', path: '/api/v1/timers/idle', body: { rules: [] }, as: 'olga' }),
  'POST /api/v1/sla-policies': async () => post('/api/v1/sla-policies', aPolicy(), 'olga'),
  'PUT /api/v1/sla-policies': async () => ({ method: 'PUT', path: '/api/v1/sla-policies', body: { policy_ids: [await policyMade()] }, as: 'olga' }),
  'PUT /api/v1/sla-policies/:id': async () => ({ method: 'PUT', path: `/api/v1/sla-policies/${await policyMade()}`, body: aPolicy(), as: 'olga' }),
  'DELETE /api/v1/sla-policies/:id': async () => ({ method: 'DELETE', path: `/api/v1/sla-policies/${await policyMade()}`, as: 'olga' }),
  'POST /api/v1/flows': async () => post('/api/v1/flows', { name: randomUUID() }, 'olga'),
  'PATCH /api/v1/flows/:id': async () => ({ method: 'PATCH', path: `/api/v1/flows/${(await flowMade()).id}`, body: { is_enabled: false }, as: 'olga' }),
  'DELETE /api/v1/flows/:id': async () => ({ method: 'DELETE', path: `/api/v1/flows/${(await flowMade()).id}`, as: 'olga' }),
  'PUT /api/v1/flows/:id/draft': async () => {
    const { id, key } = await aFlow(await account.as('rafael'), greeting(account)); // of a colleague: whoever made it goes on unnoted
    return { method: 'PUT', path: `/api/v1/flows/${id}/draft`, body: { revision: 1, document: { ...saying(greeting(account), CANARY), key } }, as: 'olga' };
  },
  'POST /api/v1/flows/:id/publish': async () => post(`/api/v1/flows/${(await flowMade()).id}/publish`, { revision: 1 }, 'olga'),
  'POST /api/v1/flows/:id/versions/:number/revert': async () => {
    const { id, key } = await aLiveFlow(olga, greeting(account));
    (await olga.put(`/api/v1/flows/${id}/draft`, { revision: 1, document: { ...saying(greeting(account), CANARY), key } })).ok();
    (await olga.post(`/api/v1/flows/${id}/publish`, { revision: 2 })).ok();
    return post(`/api/v1/flows/${id}/versions/1/revert`, { live_number: 2 }, 'olga');
  },
  'POST /api/v1/flows/:id/moves': async () => post(`/api/v1/flows/${(await flowLive()).id}/moves`, { number: 1 }, 'olga'),
  'POST /api/v1/flows/:id/moves/:move/cancel': async () => {
    const flow = await flowLive();
    const { id } = (await olga.post(`/api/v1/flows/${flow.id}/moves`, { number: 1 })).ok<{ id: number }>(201);
    return post(`/api/v1/flows/${flow.id}/moves/${id}/cancel`, undefined, 'olga');
  },
  'PUT /api/v1/flow-starts': async () => ({ method: 'PUT', path: '/api/v1/flow-starts', body: { starts: [] }, as: 'olga' }),
  'PUT /api/v1/flow-media/uploads': async () => ({ method: 'PUT', path: '/api/v1/flow-media/uploads?filename=x.png', body: aPng('trilha'), as: 'olga' }),
  'POST /api/v1/flow-secrets': async () => post('/api/v1/flow-secrets', { name: aSecret(), value: CANARY }, 'olga'),
  'PUT /api/v1/flow-secrets/:name': async () => ({ method: 'PUT', path: `/api/v1/flow-secrets/${await secretMade()}`, body: { value: CANARY }, as: 'olga' }),
  'DELETE /api/v1/flow-secrets/:name': async () => ({ method: 'DELETE', path: `/api/v1/flow-secrets/${await secretMade()}`, as: 'olga' }),
  'POST /api/v1/flow-imports': async () => post('/api/v1/flow-imports', { bundle: saying(greeting(account), CANARY) }, 'olga'),
  'POST /api/v1/flow-models': async () => post('/api/v1/flow-models', { model: 'loja' }, 'olga'),
  'POST /api/v1/answers': async () => post('/api/v1/answers', anAnswer()),
  'PUT /api/v1/answers/:id': async () => ({ method: 'PUT', path: `/api/v1/answers/${await answerOf(ana)}`, body: anAnswer() }),
  'DELETE /api/v1/answers/:id': async () => ({ method: 'DELETE', path: `/api/v1/answers/${await answerOf(ana)}` }),
  'POST /api/v1/tickets/:id/answers/:answer': async () => post(`/api/v1/tickets/${await mine()}/answers/${await answerOf(ana)}`),
  'POST /api/v1/tickets/:id/scheduled': async () =>
    post(`/api/v1/tickets/${await mine()}/scheduled`, { client_key: randomUUID(), text: CANARY, send_at: inAnHour() }),
  'PATCH /api/v1/scheduled/:id': async () => ({ method: 'PATCH', path: `/api/v1/scheduled/${await scheduledBy(ana)}`, body: { text: CANARY } }),
  'DELETE /api/v1/scheduled/:id': async () => ({ method: 'DELETE', path: `/api/v1/scheduled/${await scheduledBy(ana)}` }),
  'POST /api/v1/scheduled/:id/send': async () => post(`/api/v1/scheduled/${await scheduledBy(ana)}/send`),
  'PUT /api/v1/tickets/:id/messages/:seq/reaction': async () => {
    const id = await mine();
    const [said] = await inbound(ana, id);
    return { method: 'PUT', path: `/api/v1/tickets/${id}/messages/${said?.seq}/reaction`, body: { emoji: '👍' } };
  },
  'POST /api/v1/first-steps/dismiss': async () => post('/api/v1/first-steps/dismiss', undefined, 'olga'),
  'PATCH /api/v1/tickets/:id/messages/:seq': async () => ({ method: 'PATCH', path: await saidOnTheSite(), body: { text: CANARY } }),
  'DELETE /api/v1/tickets/:id/messages/:seq': async () => ({ method: 'DELETE', path: await saidOnTheSite() }),
  'POST /api/v1/tickets/:id/messages/:seq/originals': async () => post(`${await saidOnTheSite()}/originals`, undefined, 'olga'),
  'PUT /api/v1/me/notices': async () => ({
    method: 'PUT', path: '/api/v1/me/notices', body: { page: [], sound: [], system: [], push: [], tune: 'soft', volume: 50, repeats: false, only_away: false },
  }),
  'POST /api/v1/me/push': async () => post('/api/v1/me/push', { endpoint: `https://push.example/${randomUUID()}` }),
  'POST /api/v1/me/push/:id/test': async () => post(`/api/v1/me/push/${await aBrowser()}/test`),
  'DELETE /api/v1/me/push/:id': async () => ({ method: 'DELETE', path: `/api/v1/me/push/${await aBrowser()}` }),
  'PATCH /api/v1/me': async () => ({ method: 'PATCH', path: '/api/v1/me', body: { signature: 'Ana, suporte' } }),
  'PUT /api/v1/me/photo': async () => ({ method: 'PUT', path: '/api/v1/me/photo', body: aPng('trilha') }),
  'DELETE /api/v1/me/photo': async () => {
    (await ana.ask('PUT', '/api/v1/me/photo', aPng('trilha'))).ok();
    return { method: 'DELETE', path: '/api/v1/me/photo' };
  },
  'PATCH /api/v1/security': async () => ({ method: 'PATCH', path: '/api/v1/security', body: { session_idle_s: 1800 }, as: 'olga' }),
};

const { stdout } = await promisify(execFile)(`${house.bin}/balcaoctl`, ['routes'], {
  env: { ...process.env, BALCAO_VAR: house.var },
});
const routes = stdout
  .trim()
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([, , access, , , action]) => access === 'member' && action !== '-')
  .map(([method, path, , , , action = '']) => ({ name: `${method} ${path}`, action }));

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), aWhatsapp(account)]);
  await stepUp(olga);
});

const rowsOf = ({ request_id }: Answer): Promise<string[]> =>
  lines("SELECT action || ' ' || actor_kind || ' ' || coalesce(actor_id::text, '-') || ' ' || coalesce(subject_id::text, '-') FROM audit_events WHERE account_id = :'a' AND request_id = :'r'", {
    a: account.id,
    r: request_id,
  });

it('every route that leaves a trail is acted out here, and nothing else', () => {
  expect(Object.keys(acts).sort()).toEqual(routes.map(({ name }) => name).sort());
});

describe('leaves a row', () => {
  it.each(routes)('$name: $action', async ({ name, action }) => {
    const { method, path, body, as = 'ana' } = await (acts[name] as Act)();
    const person = await account.as(as);
    const done = await person.ask(method, path, body);
    expect(done.status, done.text).toBeLessThan(300);
    const user = await sql("SELECT user_id FROM memberships WHERE account_id = :'a' AND id = :'m'", { a: account.id, m: account.members[as] });
    expect((await rowsOf(done)).filter((row) => new RegExp(`^${action} user ${user} \\d+$`).test(row))).toHaveLength(1);
  });
});

describe('leaves none', () => {
  it.each(routes)('$name refused', async ({ name }) => {
    const [method = '', path = ''] = name.split(' ');
    const fabiana = await account.as('fabiana');
    const body = method === 'DELETE' || /test$|take$|retry$|resend$|answers\/:answer$|scheduled\/:id\/send$|activate$|reset-password$|restore$|unblock$|undo$|run$|cancel$|breaks\/:id\/end$|originals$/.test(path) ? undefined : { nobody_knows: 1 };
    const refused = await fabiana.ask(method, path.replace(/:\w+/g, '1'), body);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await rowsOf(refused)).toEqual([]);
  });
});

it('no row holds what must not be kept', async () => {
  const tokens = await lines("SELECT detail FROM audit_events WHERE account_id = :'a' AND detail LIKE '%bal\\_%'", { a: account.id });
  expect(tokens).toEqual([]);
  for (const canary of [CANARY, `token-of-${whatsapp.number}`, whatsapp.secret, 'balcao-demo-2026']) {
    expect(await sql("SELECT count(*) FROM audit_events e WHERE account_id = :'a' AND position(:'c' IN e::text) > 0", { a: account.id, c: canary })).toBe('0');
  }
});

it('details are ours: keys in order, whole numbers, and the bytes that any other writer would write', async () => {
  const said = await lines("SELECT detail FROM audit_events WHERE account_id = :'a' AND detail IS NOT NULL", { a: account.id });
  const isOurs = (v: unknown): boolean => {
    if (typeof v !== 'object' || v === null) return typeof v !== 'number' || Number.isSafeInteger(v);
    const keys = Object.keys(v);
    return Object.values(v).every(isOurs) && (Array.isArray(v) || keys.join() === keys.sort().join());
  };
  expect(said.filter((detail) => !isOurs(JSON.parse(detail)) || JSON.stringify(JSON.parse(detail)) !== detail)).toEqual([]);
});
