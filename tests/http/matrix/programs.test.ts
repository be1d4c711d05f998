/** A token opens what its permissions say, and never more than its member has. */
import { beforeAll, describe, expect, it } from 'vitest';

import type { Schemas } from '../support/answer.ts';
import { value } from '../support/database.ts';
import type { Expected } from './cells.ts';
import { aboutTicket } from './kinds.ts';
import { ids, ticketsSaying, wholeList } from './pages.ts';
import { type Caller, held, PROGRAM_NAMES, type ProgramName, programSees, programSeesContact, programsOf, refusal } from './programs.ts';
import type { Route } from './routes.ts';
import type { Ticket } from './twins.ts';
import { a, aMatrix, anyRow, b, type Cell, elsewhere, isRead, kindOf, known, NEEDS_TWO, NOT_FOUND, ofMembers, putBack, REMADE, stateOf, wrongOf } from './world.ts';

aMatrix('programs');

describe('programs', () => {
  let programs: (name: ProgramName) => Caller;

  beforeAll(async () => {
    programs = await programsOf(a);
  }, 60_000);

  /** The rows of a route as this program sees them. */
  function rowsFor(name: ProgramName, route: Route): { id: number | string; name: string; isSeen: boolean }[] {
    const kind = route.ids[0]?.kind;
    if (kind === 'ticket') return a.tickets.map((ticket) => ({ ...aboutTicket(a, ticket), isSeen: programSees(a, name, ticket) }));
    const isSeen = (id: number | string): boolean => kind !== 'contact' || programSeesContact(a, name, Number(id));
    return kindOf(route).map((row) => ({ ...row, isSeen: isSeen(row.id) }));
  }
  const cell = (route: Route, name: ProgramName, row: { id: number | string; name: string }, expected: Expected): Cell => ({
    route, who: name, as: programs(name), id: row.id, target: row.name, expected,
  });
  const admitted = (list: Route[]): { route: Route; name: ProgramName }[] =>
    list.flatMap((route) => PROGRAM_NAMES.filter((name) => refusal(a, name, route) === undefined).map((name) => ({ route, name })));
  const away = (route: Route, name: ProgramName): Cell[] => elsewhere(route, 'owner').map((one) => ({ ...one, who: name, as: programs(name) }));

  it('are told what only people do, and what they lack, whatever the row', async () => {
    const cells = ofMembers.flatMap((route) =>
      PROGRAM_NAMES.flatMap((name) => {
        const slug = refusal(a, name, route);
        return slug === undefined ? [] : anyRow(route).map((row) => cell(route, name, row, { status: 403, slug }));
      }),
    );
    expect(cells.length).toBeGreaterThan(300);
    expect(await wrongOf(cells)).toEqual([]);
  }, 60_000);

  it('are served where no row is named', async () => {
    const cells = admitted(ofMembers.filter(({ ids }) => ids.length === 0)).map(({ route, name }) => cell(route, name, { id: '', name: 'none' }, 'answered'));
    expect(await wrongOf(cells)).toEqual([]);
  });

  it('read the rows that their tokens show, and no others', async () => {
    const cells = admitted(known.filter(isRead)).flatMap(({ route, name }) => [
      ...rowsFor(name, route).map((row) => cell(route, name, row, row.isSeen ? 'answered' : NOT_FOUND)),
      ...away(route, name),
    ]);
    expect(cells.length).toBeGreaterThan(500);
    expect(await wrongOf(cells)).toEqual([]);
  }, 120_000);

  it('act on none that they do not see, and change nothing', async () => {
    const before = [await stateOf(a), await stateOf(b)];
    const cells = admitted(known.filter((route) => !isRead(route))).flatMap(({ route, name }) => [
      ...new Map(rowsFor(name, route).filter(({ isSeen }) => !isSeen).map((row) => [row.name.replace(/ held by.*/, ''), cell(route, name, row, NOT_FOUND)])).values(),
      ...away(route, name),
    ]);
    expect(await wrongOf(cells)).toEqual([]);
    expect([await stateOf(a), await stateOf(b)]).toEqual(before);
  }, 120_000);

  it('are answered about those they see', async () => {
    const wrong: string[] = [];
    const before = await value<object>(`SELECT json_agg(t) FROM tickets t WHERE account_id = ${a.id}`);
    for (const { route, name } of admitted(known.filter((one) => !isRead(one) && !NEEDS_TWO.test(one.path) && !one.ids.some(({ kind }) => REMADE.includes(kind))))) {
      const sorts = new Map(rowsFor(name, route).filter(({ isSeen }) => isSeen).map((row) => [row.name.split(' ')[0], row]));
      wrong.push(...(await wrongOf([...sorts.values()].map((row) => cell(route, name, row, 'answered')))));
      await putBack(before);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it.each(PROGRAM_NAMES)('%s lists, counts and finds what it sees', async (name) => {
    const program = programs(name);
    const seen = (fits: (ticket: Ticket) => boolean): number[] => ids(a.tickets.filter((ticket) => programSees(a, name, ticket) && fits(ticket)));
    for (const tab of ['serving', 'waiting', 'bot', 'closed'])
      expect([tab, ids(await wholeList<Schemas['Ticket']>(program, `/api/v1/tickets?tab=${tab}`))]).toEqual([tab, seen(({ state }) => state === tab)]);
    expect(ids(await wholeList<Schemas['Ticket']>(program, `/api/v1/tickets?tab=waiting&q=${a.mark}`))).toEqual(seen(() => true));
    expect(await wholeList(program, `/api/v1/tickets?tab=waiting&q=${b.mark}`)).toEqual([]);
    expect(await ticketsSaying(program, a.mark)).toEqual(seen(() => true));
    expect(await ticketsSaying(program, b.mark)).toEqual([]);
    expect((await program.get('/api/v1/tickets/counts')).ok()).toMatchObject({
      serving: seen(({ state }) => state === 'serving').length,
      waiting: seen(({ state }) => state === 'waiting').length,
      bot: seen(({ state }) => state === 'bot').length,
    });
  }, 60_000);

  it.each(PROGRAM_NAMES)('%s has the files of the tickets it sees, and no upload of anybody else', async (name) => {
    const files = [
      ...a.tickets.map((ticket) => ({ id: ticket.attachment_id, is: programSees(a, name, ticket), target: `file of ${ticket.state}` })),
      { id: a.unsent_id, is: false, target: 'unsent' },
      { id: b.tickets[0]?.attachment_id ?? 0, is: false, target: 'foreign' },
      { id: b.unsent_id, is: false, target: 'unsent and foreign' },
    ];
    const wrong: string[] = [];
    for (const { id, is, target } of files) {
      const { status } = await programs(name).media(id);
      if (status !== (is ? 200 : 404)) wrong.push(`${target} ${id}: ${status}`);
    }
    expect(files.some(({ is }) => is)).toBe(true);
    expect(wrong).toEqual([]);
  }, 60_000);

  it("open no account but their own", async () => {
    const theirs = await programsOf(b);
    for (const name of PROGRAM_NAMES) {
      const foreign = theirs(name);
      (await foreign.get('/api/v1/tickets?tab=waiting', { 'Balcao-Account': String(a.id) })).refused(404, 'account_unknown');
      (await foreign.get(`/api/v1/tickets/${a.tickets[0]?.id ?? 0}`)).refused(404, 'not_found');
    }
  }, 60_000);

  it('hold no more than their members do', () => {
    expect([...held(a, 'personal')]).not.toContain('channels.view');
  });
});
