/** A row that is named is shown to whom the rules show it, with its files. */
import { describe, expect, it } from 'vitest';

import { sql } from '../support/database.ts';
import { bodyOf, nameOf } from './bodies.ts';
import { eachOf, type Expected, note, withoutRequest } from './cells.ts';
import { routes } from './routes.ts';
import { sees, seesChat } from './rules.ts';
import { type Ticket, WHO } from './twins.ts';
import { aVisitor } from './visitors.ts';
import { a, ABSENT, aMatrix, ask, b, type Cell, elsewhere, firstOf, holds, isRead, kindOf, known, LANES, nobody, NOT_FOUND, ofMembers, pathOf, stranger, wrongOf } from './world.ts';

aMatrix('reading');

describe('reading a row', () => {
  it.each(known.filter(isRead).map((route) => [nameOf(route), route] as const))(
    '%s shows what the rules show, to each',
    async (_, route) => {
      const cells = WHO.filter((who) => holds(who, route)).flatMap((who) => [
        ...kindOf(route).map(({ id, name, seen }): Cell => ({
          route, who, as: a.as(who), id, target: name, expected: seen(who) ? 'answered' : NOT_FOUND,
        })),
        ...elsewhere(route, who),
      ]);
      expect(await wrongOf(cells)).toEqual([]);
    },
    120_000,
  );

  it('what is hidden, foreign or absent is one body', async () => {
    for (const route of known.filter(isRead)) {
      const who = WHO.find((one) => holds(one, route) && kindOf(route).some(({ seen }) => !seen(one))) ?? 'owner';
      const hidden = kindOf(route).find(({ seen }) => !seen(who))?.id ?? ABSENT;
      const bodies = await Promise.all(
        [hidden, firstOf(b, route).id, ABSENT, 'x'].map(async (id) => withoutRequest(await ask(a.as(who), route, id))),
      );
      expect([nameOf(route), new Set(bodies).size]).toEqual([nameOf(route), 1]);
    }
  });
});

/** What the end of `merge` leaves of two tickets, whatever they are: who sees what is asked of the rows alone. */
const join = (whole: Ticket, part: Ticket): Promise<string> =>
  sql(`UPDATE tickets SET merged_into = CASE id WHEN ${part.id} THEN ${whole.id} END, merged_ids = CASE id WHEN ${whole.id} THEN '{${part.id}}'::bigint[] ELSE '{}' END
        WHERE account_id = ${a.id} AND id IN (${whole.id}, ${part.id})`);
const part = (): Promise<string> => sql(`UPDATE tickets SET merged_into = NULL, merged_ids = '{}' WHERE account_id = ${a.id} AND (merged_into IS NOT NULL OR merged_ids <> '{}')`);

describe('a chapter', () => {
  it('is read, files and all, by whoever sees the whole; the ticket that it is by nobody more than before', async () => {
    const wholes = a.tickets.filter(({ state }) => state === 'serving');
    const closed = a.tickets.filter(({ state, is_confidential }) => state === 'closed' && !is_confidential);
    const wrong: string[] = [];
    for (const [at, whole] of wholes.entries()) {
      const chapter = closed[at % closed.length] as Ticket;
      await join(whole, chapter);
      await eachOf(WHO.filter((who) => a.permissions(who).has('tickets.view')), LANES, async (who) => {
        const told = async (path: string): Promise<number> => (await a.as(who).get(path)).status;
        const got = {
          chapter: await told(`/api/v1/tickets/${whole.id}/messages?chapter=${chapter.id}`),
          file: (await a.as(who).media(chapter.attachment_id)).status,
          list: (await a.as(who).get(`/api/v1/tickets/${whole.id}/chapters`)).text.includes(`{"id":${chapter.id},`),
          itself: await told(`/api/v1/tickets/${chapter.id}`),
          turned: await told(`/api/v1/tickets/${chapter.id}/messages?chapter=${whole.id}`),
        };
        const whole_is_seen = sees(a, who, whole);
        const expected = {
          chapter: whole_is_seen ? 200 : 404,
          file: whole_is_seen || sees(a, who, chapter) ? 200 : 404,
          list: whole_is_seen,
          itself: sees(a, who, chapter) ? 200 : 404,
          turned: 404,
        };
        if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push(`${who} on ${chapter.id} in ${whole.id}: ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`);
      });
      await part();
    }
    expect(wholes.length).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('files of chats', () => {
  it('are for those who take part', async () => {
    const cells = WHO.flatMap((who) =>
      [...a.chats, ...b.chats].flatMap((chat) =>
        chat.file_id === null ? [] : [{ who, id: chat.file_id, is: a.chats.includes(chat) && seesChat(who, chat) }],
      ),
    );
    const wrong: string[] = [];
    await eachOf(cells, LANES, async ({ who, id, is }) => {
      const answer = await a.as(who).get(`/media/chats/${id}?account=${a.id}`);
      const expected = !a.permissions(who).has('chat.use') ? 403 : is ? 200 : 404;
      const beside = (await a.as(who).media(id)).status;
      if (answer.status !== expected || beside === 200) wrong.push(`${who} ${id}: ${answer.status}, ${beside}`);
    });
    expect(cells.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('are as visible as the conversation that holds them', async () => {
    const route = routes.find(({ path }) => path === '/media/:id');
    if (route === undefined) throw new Error('no media');
    const wrong: string[] = [];
    const cells = WHO.flatMap((who) => [
      ...a.tickets.map((ticket) => ({ who, id: ticket.attachment_id, is: sees(a, who, ticket), target: `file of ${ticket.state}` })),
      { who, id: a.unsent_id, is: who === 'agent', target: 'not sent yet' },
      { who, id: b.unsent_id, is: false, target: 'foreign, not sent yet' },
      { who, id: b.tickets[0]?.attachment_id ?? 0, is: false, target: 'foreign' },
      { who, id: ABSENT, is: false, target: 'absent' },
    ]);
    await eachOf(cells, LANES, async ({ who, id, is, target }) => {
      const may = a.permissions(who).has('tickets.view');
      const answer = await a.as(who).media(id);
      const expected: Expected = !may ? { status: 403, slug: 'permission_denied' } : is ? 'answered' : NOT_FOUND;
      expect(answer.headers['x-accel-redirect']).toBeUndefined();
      const complaint = note({ route, who, target, expected, foreign: b.mark }, answer);
      if (complaint !== undefined) wrong.push(complaint);
    });
    for (const as of [nobody, stranger]) expect((await as.media(a.tickets[0]?.attachment_id ?? 0)).status).toBe(as === nobody ? 401 : 404);
    expect(wrong).toEqual([]);
  }, 60_000);

  it('a visitor gets none of them', async () => {
    const visitor = await aVisitor();
    for (const ticket of [...a.tickets.slice(0, 5), ...b.tickets.slice(0, 2)]) (await visitor.media(ticket.attachment_id)).refused(404, 'not_found');
    (await visitor.media(a.unsent_id)).refused(404, 'not_found');
    expect((await visitor.conversation()).data).toEqual([]);
    for (const route of ofMembers) {
      const answer = await visitor.ask(route.method, pathOf(route, firstOf(a, route).id), route.body === 'json' ? bodyOf(route, a) : undefined);
      expect([nameOf(route), [401, 403, 404].includes(answer.status)]).toEqual([nameOf(route), true]);
    }
  }, 60_000);
});
