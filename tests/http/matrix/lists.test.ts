/** Lists, counts and searches hold what one sees and nothing else. */
import { describe, expect, it } from 'vitest';

import type { Schemas } from '../support/answer.ts';
import { lines, value } from '../support/database.ts';
import { ids, readers, ticketsSaying, wholeList } from './pages.ts';
import { sees, seesContact, visible } from './rules.ts';
import type { Ticket } from './twins.ts';
import { a, aMatrix, b } from './world.ts';

aMatrix('lists');

describe.each(readers)('lists of %s', (who) => {
  const seen = (fits: (ticket: Ticket) => boolean): number[] => ids(visible(a, who).filter(fits));
  const list = async (query: string): Promise<number[]> => ids(await wholeList<Schemas['Ticket']>(who, `/api/v1/tickets?${query}`));

  it('hold what they see and nothing else, whichever way they ask', async () => {
    const tagged = new Set((await lines(`SELECT ticket_id FROM ticket_tags WHERE account_id = ${a.id} AND tag_id = ${a.tag_id}`)).map(Number));
    const marked = new Set((await lines(`SELECT ticket_id FROM ticket_favourites WHERE account_id = ${a.id} AND member_id = ${a.members[who]}`)).map(Number));
    expect([tagged.size, marked.size]).not.toContain(0);
    for (const tab of ['serving', 'waiting', 'bot', 'closed']) {
      const of = (ticket: Ticket): boolean => ticket.state === tab;
      expect([tab, await list(`tab=${tab}`)]).toEqual([tab, seen(of)]);
      expect([tab, await list(`tab=${tab}&order=oldest`)]).toEqual([tab, seen(of)]);
      expect([tab, await list(`tab=${tab}&assignee=me`)]).toEqual([tab, seen((t) => of(t) && t.holder === who)]);
      expect([tab, await list(`tab=${tab}&assignee=${a.members.colleague}`)]).toEqual([tab, seen((t) => of(t) && t.holder === 'colleague')]);
      for (const department of ['vendas', 'ouvidoria'])
        expect([tab, await list(`tab=${tab}&departments=${a.departments[department]}`)]).toEqual([tab, seen((t) => of(t) && t.department === department)]);
      expect([tab, await list(`tab=${tab}&channels=${a.channels['loja']}`)]).toEqual([tab, seen((t) => of(t) && t.channel === 'loja')]);
      expect([tab, await list(`tab=${tab}&tag=${a.tag_id}`)]).toEqual([tab, seen((t) => of(t) && tagged.has(t.id))]);
      expect([tab, await list(`tab=${tab}&favourite=true`)]).toEqual([tab, seen((t) => of(t) && marked.has(t.id))]);
      expect(await list(`tab=${tab}&snoozed=true`)).toEqual([]);
      for (const foreign of [`tag=${b.tag_id}`, `type=${b.type_id}`, `reason=${b.reason_id}`, `assignee=${b.members.agent}`, `departments=${b.departments['suporte']}`, `channels=${b.channels['site']}`])
        expect(await list(`tab=${tab}&${foreign}`)).toEqual([]);
    }
  }, 60_000);

  it('count what they hold', async () => {
    const counts = (await a.as(who).get('/api/v1/tickets/counts')).ok<Record<string, number>>();
    expect(counts).toMatchObject({
      mine: seen((t) => t.state === 'serving' && t.holder === who).length,
      serving: seen((t) => t.state === 'serving').length,
      waiting: seen((t) => t.state === 'waiting').length,
      bot: seen((t) => t.state === 'bot').length,
    });
  });

  it('find what was said or attached only in what they hold', async () => {
    expect(await ticketsSaying(a.as(who), a.mark)).toEqual(seen(() => true));
    expect(await ticketsSaying(a.as(who), b.mark)).toEqual([]);
    for (const [at, ticket] of a.tickets.entries())
      if (at % 6 === 0) expect(await ticketsSaying(a.as(who), a.mark, `&ticket=${ticket.id}`)).toEqual(seen(({ id }) => id === ticket.id));
  });

  it('find by name or protocol only what they hold', async () => {
    expect(await list(`tab=waiting&q=${a.mark}`)).toEqual(seen(() => true));
    expect(await list(`tab=waiting&q=Pessoa`)).toEqual(seen(() => true));
    expect(await list(`tab=waiting&q=${b.mark}`)).toEqual([]);
    for (const [at, ticket] of a.tickets.entries())
      if (at % 6 === 0) {
        const protocol = `${String(at + 1).padStart(4, '0')}-${a.mark}`;
        expect([at, await list(`tab=waiting&q=${protocol}`)]).toEqual([at, sees(a, who, ticket) ? [ticket.id] : []]);
      }
  }, 60_000);

  it('of contacts hold whom they see, in every order, and count no more', async () => {
    const all = await value<number[]>(`SELECT json_agg(id ORDER BY id) FROM contacts WHERE account_id = ${a.id} AND deleted_at IS NULL`);
    const expected = all.filter((id) => seesContact(a, who, id));
    const orders = who === 'narrow' ? ['activity', 'newest'] : ['activity', 'name', 'newest'];
    for (const order of orders)
      expect([order, ids(await wholeList<Schemas['ContactLine']>(who, `/api/v1/contacts?order=${order}`))]).toEqual([order, expected]);
    expect((await a.as(who).get('/api/v1/contacts')).ok<Schemas['ContactPage']>().count).toBe(expected.length);
    const found = (await a.as(who).get(`/api/v1/contacts?q=${a.mark}`)).ok<Schemas['ContactPage']>().data;
    expect(ids(found)).toEqual(expected.slice(-100));
    expect((await a.as(who).get(`/api/v1/contacts?q=${b.mark}`)).ok<Schemas['ContactPage']>().data).toEqual([]);
  });

  it('of a contact hold what they see of it', async () => {
    const contacts = [...new Set(a.tickets.map(({ contact_id }) => contact_id))].filter((id) => seesContact(a, who, id));
    for (const contact_id of contacts.slice(0, 12)) {
      const of = (ticket: Ticket): boolean => ticket.contact_id === contact_id;
      expect(ids(await wholeList<Schemas['Ticket']>(who, `/api/v1/contacts/${contact_id}/tickets`))).toEqual(seen(of));
      const files = await wholeList<Schemas['Attachment']>(who, `/api/v1/contacts/${contact_id}/files`);
      expect(ids(files)).toEqual(visible(a, who).filter(of).map(({ attachment_id }) => attachment_id).sort((x, y) => x - y));
    }
  }, 60_000);

  it('of drafts name no conversation that they do not see', async () => {
    const { data } = (await a.as(who).get('/api/v1/drafts')).ok<{ data: { ticket_id: number }[] }>();
    const named = data.map(({ ticket_id }) => ticket_id);
    const drafted = a.tickets.filter((_, at) => (at + 1) % 9 === 1);
    expect(named.filter((id) => !seen(() => true).includes(id))).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(ids(drafted.filter((ticket) => sees(a, who, ticket)))));
  });
});
