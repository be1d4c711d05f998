/** What leaves a ticket: a conversation taken along, and the news of a transfer for those who want it. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { serving, theTicket, type Ticket } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let whatsapp: Whatsapp;
let ana: Browser;
let camila: Browser;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  [ana, camila] = await Promise.all([account.as('ana'), account.as('camila')]);
});

const mine = async (): Promise<Ticket> => serving(ana, await whatsapp.customer());

describe('a transcript', () => {
  const trail = (id: number): Promise<string[]> =>
    lines("SELECT detail::json -> 'after' ->> 'whispers' FROM audit_events WHERE account_id = :'a' AND action = 'ticket.exported' AND subject_id = :'id' ORDER BY id", { a: account.id, id });

  it('begins with the ticket as it is, and the trail keeps who took it and whether with whispers', async () => {
    const ticket = await mine();
    const head = (await camila.post(`/api/v1/tickets/${ticket.id}/transcript`, { whispers: true })).ok<{ ticket: Ticket; as_of: string }>();
    expect(head.ticket).toEqual(await theTicket(camila, ticket.id));
    expect(Math.abs(Date.parse(head.as_of) - Date.now())).toBeLessThan(60_000);
    expect(await trail(ticket.id)).toEqual(['1']);
  });

  it('is no agent’s, and of no ticket that one does not see', async () => {
    const ticket = await mine();
    (await ana.post(`/api/v1/tickets/${ticket.id}/transcript`, { whispers: false })).refused(403, 'permission_denied');
    await sql("UPDATE tickets SET department_id = NULL, assignee_id = NULL, state = 'waiting', controller = 'queue' WHERE id = :'id'", { id: ticket.id });
    (await camila.post(`/api/v1/tickets/${ticket.id}/transcript`, { whispers: false })).refused(404, 'not_found');
    expect(await trail(ticket.id)).toEqual([]);
  });
});

describe('a transfer', () => {
  const vendas = (): number => account.departments['Vendas'] ?? 0;
  const choose = (member: keyof Account['members'], wants: boolean): Promise<string> =>
    sql("UPDATE department_members SET notifies_transfer = :'w' WHERE account_id = :'a' AND department_id = :'d' AND member_id = :'m'",
      { w: String(wants), a: account.id, d: vendas(), m: account.members[member] });

  it('is news for whom it is given to', async () => {
    const ticket = await mine();
    const live = await (await account.as('bruno')).live();
    (await ana.post(`/api/v1/tickets/${ticket.id}/transfer`, { assignee_id: account.members.bruno })).ok();
    const { data } = await live.next('ticket.transferred', ({ ticket_id }) => ticket_id === ticket.id);
    expect(data).toMatchObject({ member_ids: [account.members.bruno], assignee_id: account.members.bruno, by_member_id: account.members.ana, protocol: ticket.protocol });
    live.close();
  });

  it('to a department is news for those who want it: their own choice, else the department’s', async () => {
    await choose('bruno', false);
    await choose('camila', true);
    await sql("UPDATE departments SET notifies_transfer = false WHERE account_id = :'a' AND id = :'d'", { a: account.id, d: vendas() });
    const ticket = await mine();
    const live = await camila.live();
    (await ana.post(`/api/v1/tickets/${ticket.id}/transfer`, { department_id: vendas() })).ok<Schemas['Ticket']>();
    const { data } = await live.next('ticket.transferred', ({ ticket_id }) => ticket_id === ticket.id);
    expect(data.member_ids).toEqual([account.members.camila]);
    live.close();
  });
});
