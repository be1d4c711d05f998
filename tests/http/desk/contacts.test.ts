/** The people behind the tickets. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { messageOf, reply, serving, theTicket, type Ticket, ticketsOf } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Page = Schemas['TicketPage'];

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

const list = async (query: string, who = ana): Promise<Ticket[]> => (await who.get(`/api/v1/tickets?${query}`)).ok<Page>().data;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

describe('a contact', () => {
  it('has all its tickets and files, newest first', async () => {
    const rita = await whatsapp.customer();
    const first = await serving(ana, rita);
    const file = (await ana.upload('um.png', 'image/png', aPng('um'))).ok<Schemas['Attachment']>(201);
    await reply(ana, first.id, { attachment_id: file.id });
    (await ana.post(`/api/v1/tickets/${first.id}/close`, { reason_id: account.reasons['Engano'] })).ok();
    await rita.send({ type: 'document', document: { sample: true, filename: 'dois.pdf' } });
    const second = await until('a second ticket', async () =>
      (await ticketsOf(ana, rita.name)).find(({ id }) => id !== first.id),
    );
    await messageOf(ana, second.id, 'with its file', ({ attachments }) => attachments[0]?.state === 'ready');

    const tickets = (await ana.get(`/api/v1/contacts/${second.contact.id}/tickets`)).ok<Page>();
    expect(tickets.data.map(({ id }) => id)).toEqual([second.id, first.id]);
    const half = (await ana.get(`/api/v1/contacts/${second.contact.id}/tickets?limit=1`)).ok<Page>();
    const rest = (
      await ana.get(`/api/v1/contacts/${second.contact.id}/tickets?limit=1&after=${encodeURIComponent(half.next ?? '')}`)
    ).ok<Page>();
    expect([...half.data, ...rest.data].map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(rest.next).toBeNull();
    const files = (await ana.get(`/api/v1/contacts/${second.contact.id}/files`)).ok<{ data: Schemas['Attachment'][] }>();
    expect(files.data.map(({ filename }) => filename)).toEqual(['dois.pdf', 'um.png']);
  });

  it('is edited by members, and absent members stay', async () => {
    const { contact } = await serving(ana, await whatsapp.customer());
    const path = `/api/v1/contacts/${contact.id}`;
    expect((await ana.patch(path, { notes: 'Prefere à tarde', email: 'rita@exemplo.com' })).ok()).toMatchObject({
      name: contact.name,
      notes: 'Prefere à tarde',
    });
    expect((await ana.patch(path, { name: 'Dona Rita' })).ok()).toMatchObject({
      name: 'Dona Rita',
      notes: 'Prefere à tarde',
      email: 'rita@exemplo.com',
    });
    (await ana.patch(path, { name: '' })).refused(400, 'required', 'name');
    (await ana.patch(path, { email: 'no-at' })).refused(400, 'email_invalid', 'email');
    (await ana.patch(path, { notes: 'x'.repeat(4001) })).refused(400, 'too_long', 'notes');
    expect(
      (await theTicket(ana, (await list(`tab=serving&q=${encodeURIComponent('Dona Rita')}`))[0]?.id ?? 0)).contact.name,
    ).toBe('Dona Rita');
  });
});
