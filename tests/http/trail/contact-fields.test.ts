/** What the trail says of contacts is sealed with their own key: opened one row at a time, and dead with the key. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { serving } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

type Event = Schemas['AuditEvent'];

let account: Account;
let ana: Browser;
let olga: Browser;

beforeAll(async () => {
  account = await anAccount();
  [ana, olga] = await Promise.all([account.as('ana'), account.as('olga')]);
});

/** A contact that was edited, what they were called before, and the sealed row that says so. */
async function edited(fields: Record<string, string>): Promise<{ contact: number; name: string; event: Event }> {
  const { contact } = await serving(ana, await (await aWhatsapp(account)).customer());
  (await ana.patch(`/api/v1/contacts/${contact.id}`, fields)).ok();
  const event = await until('its row sealed', async () => {
    const { data } = (await olga.get(`/api/v1/audit?subject_kind=contact&subject_id=${contact.id}&action=contact.edited`)).ok<{ data: Event[] }>();
    return data[0]?.seq == null ? undefined : data[0];
  });
  return { contact: contact.id, name: contact.name, event };
}

const reveal = (who: Browser, event: Event) => who.post(`/api/v1/audit/${event.id}/reveal`);

describe('a field of a contact in the trail', () => {
  it('is sealed on both sides, and only what changed is there', async () => {
    const { event } = await edited({ name: 'Rita Inconfundível', email: 'rita@inconfundivel.exemplo', notes: '' });
    const { before, after } = event.detail as Record<'before' | 'after', Record<string, string>>;
    expect(Object.keys(before)).toEqual(['name']);
    expect(Object.keys(after)).toEqual(['email', 'name']);
    for (const value of [...Object.values(before), ...Object.values(after)]) expect(value).toMatch(/^enc:[\w-]{40,}$/);
    expect(await sql("SELECT count(*) FROM audit_events e WHERE account_id = :'a' AND e::text ~* 'inconfund'", { a: account.id })).toBe('0');
  });

  it('is opened by whoever may see the trail and lift masks, and that is in the trail', async () => {
    const { contact, name, event } = await edited({ name: 'Rita Silva', email: 'rita@exemplo.org' });
    const opened = await reveal(olga, event);
    expect(opened.ok()).toEqual({ before: { name }, after: { email: 'rita@exemplo.org', name: 'Rita Silva' } });
    expect(await sql("SELECT detail || ' ' || subject_id FROM audit_events WHERE account_id = :'a' AND request_id = :'r'", { a: account.id, r: opened.request_id })).toBe(
      `{"after":{"audit_id":${event.id},"field":"trail"}} ${contact}`,
    );
    (await reveal(ana, event)).refused(403, 'permission_denied');
    await sql(
      `WITH g AS (INSERT INTO groups (account_id, name, permissions, scope) VALUES (:'a', 'Auditores', '{audit.view}', 'account') RETURNING id)
       UPDATE memberships m SET group_id = g.id FROM g WHERE m.account_id = :'a' AND m.id = :'m'`,
      { a: account.id, m: account.members.bruno },
    );
    const bruno = await account.as('bruno');
    (await bruno.get('/api/v1/audit')).ok();
    (await reveal(bruno, event)).refused(403, 'permission_denied');
  });

  it('is nothing any more once the key of the contact is gone, and the chain holds all the same', async () => {
    const { contact, event } = await edited({ email: 'rita@exemplo.org' });
    await sql("DELETE FROM contact_keys WHERE account_id = :'a' AND contact_id = :'c'", { a: account.id, c: contact });
    expect((await reveal(olga, event)).ok()).toEqual({ before: {}, after: { email: null } });
  });

  it('does not open with the key of another', async () => {
    const [one, other] = [await edited({ email: 'um@exemplo.org' }), await edited({ email: 'dois@exemplo.org' })];
    expect(one.contact).not.toBe(other.contact);
    await sql("UPDATE contact_keys SET sealed = (SELECT sealed FROM contact_keys WHERE account_id = :'a' AND contact_id = :'other') WHERE account_id = :'a' AND contact_id = :'one'", {
      a: account.id, one: one.contact, other: other.contact,
    });
    expect((await reveal(olga, one.event)).ok()).toMatchObject({ after: { email: null } });
    expect((await reveal(olga, other.event)).ok()).toMatchObject({ after: { email: 'dois@exemplo.org' } });
  });
});

it('a row that is of no contact, of another account, or of nobody, does not exist', async () => {
  const { event } = await edited({ email: 'rita@exemplo.org' });
  const [ticket] = (await olga.get('/api/v1/audit?action=ticket.taken')).ok<{ data: Event[] }>().data;
  (await reveal(olga, ticket as Event)).refused(404, 'not_found');
  (await olga.post('/api/v1/audit/900000000000/reveal')).refused(404, 'not_found');
  const stranger = await (await anAccount()).as('olga');
  (await reveal(stranger, event)).refused(404, 'not_found');
});
