/** Masks are lifted one field at a time, with a name on it; and a ticket is shown to one more reader. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { sql, value } from '../support/database.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  await (await whatsapp.customer({ name: 'Rita Prado' })).say('Oi');
});

const theTicket = () =>
  until('a ticket', async () => {
    const found = await sql('SELECT id, contact_id FROM tickets WHERE account_id = :account LIMIT 1', { account: account.id });
    const [id, contact] = found.split('|').map(Number);
    return id && contact ? { id, contact } : undefined;
  });

it('X038: reveals a field, leaves a row of it, and stops at thirty an hour', async () => {
  const { contact } = await theTicket();
  await sql(`UPDATE groups SET masks = 1 WHERE account_id = :account AND builtin = 'manager'`, { account: account.id });
  const camila = await account.as('camila');
  await sql(`UPDATE groups SET scope = 'account' WHERE account_id = :account AND builtin = 'manager'`, { account: account.id });
  const reveal = (field: string) => camila.post(`/api/v1/contacts/${contact}/reveal`, { field });
  expect((await reveal('phone')).ok<{ value: string }>().value).toMatch(/^\+?55\d+$/);
  (await reveal('document')).refused(400, 'unknown_value', 'field');
  expect(await value(`SELECT json_agg(detail::json) FROM audit_events WHERE account_id = :account AND action = 'contact.revealed'`, { account: account.id }))
    .toEqual([{ after: { field: 'phone' } }]);
  for (let i = 0; i < 29; i++) (await reveal('phone')).ok();
  (await reveal('phone')).refused(429, 'too_many_reveals');
  (await (await account.as('ana')).post(`/api/v1/contacts/${contact}/reveal`, { field: 'phone' })).refused(403, 'permission_denied');
  const foreign = await anAccount();
  (await (await foreign.as('camila')).post(`/api/v1/contacts/${contact}/reveal`, { field: 'phone' })).refused(404, 'not_found');
});

it('X028, X029: one more may read a ticket, until they are sent away', async () => {
  const { id } = await theTicket();
  await sql(`UPDATE groups SET scope = 'own' WHERE account_id = :account AND builtin = 'agent'`, { account: account.id });
  const ana = await account.as('ana');
  const bruno = await account.as('bruno');
  (await ana.post(`/api/v1/tickets/${id}/take`, {})).ok();
  (await bruno.get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
  (await (await account.as('fabiana')).post(`/api/v1/tickets/${id}/readers`, { member_id: account.members.bruno })).refused(403, 'permission_denied');
  (await bruno.post(`/api/v1/tickets/${id}/readers`, { member_id: account.members.bruno })).refused(404, 'not_found');
  (await ana.post(`/api/v1/tickets/${id}/readers`, { member_id: account.members.bruno })).ok(204);
  (await bruno.get(`/api/v1/tickets/${id}`)).ok();
  expect((await ana.get(`/api/v1/tickets/${id}/readers`)).ok()).toMatchObject({ data: [{ member_id: account.members.bruno, invited_by: account.members.ana }] });
  (await ana.post(`/api/v1/tickets/${id}/readers`, { member_id: 999999999 })).refused(404, 'member_unknown', 'member_id');
  (await ana.delete(`/api/v1/tickets/${id}/readers/${account.members.bruno}`)).ok(204);
  (await bruno.get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
});
