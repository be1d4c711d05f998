/** What is told as it happens reaches whom the rules let see it. */
import { describe, expect, it } from 'vitest';

import { origin } from '../support/house.ts';
import type { Stream } from '../support/stream.ts';
import { ids, readers } from './pages.ts';
import { hears } from './rules.ts';
import type { Who } from './twins.ts';
import { a, aMatrix, b, tellEverybody } from './world.ts';

aMatrix('told');

describe('what is told as it happens', () => {
  it('reaches whom the rules let see it, and nobody else', async () => {
    const streams = new Map<Who, Stream>();
    for (const who of readers) streams.set(who, await a.as(who).live());
    const [foreign, owner] = [await b.as('owner').live(), a.as('owner')];
    for (const ticket of a.tickets) (await owner.post(`/api/v1/tickets/${ticket.id}/typing`)).ok(204);
    for (const twin of [a, b]) await tellEverybody(twin);
    for (const [who, stream] of streams) {
      await stream.next('channel.changed');
      const heard = stream.events.flatMap(({ kind, data }) => (kind === 'typing' ? [(data as { ticket_id: number }).ticket_id] : []));
      expect([who, heard.sort((x, y) => x - y)]).toEqual([who, ids(a.tickets.filter((ticket) => hears(a, who, ticket)))]);
      expect(JSON.stringify(stream.events)).not.toContain(b.mark);
    }
    await foreign.next('channel.changed');
    expect(foreign.events.filter(({ kind }) => kind === 'typing')).toEqual([]);
    for (const stream of [...streams.values(), foreign]) stream.close();
  }, 60_000);

  it('a conversation that moves out of sight is gone, and its words are not told', async () => {
    const ticket = a.tickets.find((one) => one.state === 'waiting' && one.department === 'suporte' && one.readers.length === 0);
    if (ticket === undefined) throw new Error('nobody waits');
    const [agent, own] = [await a.as('agent').live(), await a.as('own').live()];
    (await a.as('owner').post(`/api/v1/tickets/${ticket.id}/transfer`, { department_id: a.departments['ouvidoria'], note: 'em segredo' })).ok();
    await agent.next('ticket.gone', ({ ticket_id }) => ticket_id === ticket.id);
    await tellEverybody(a);
    for (const stream of [agent, own]) {
      await stream.next('channel.changed');
      expect(JSON.stringify(stream.events)).not.toContain('em segredo');
    }
    (await a.as('agent').get(`/api/v1/tickets/${ticket.id}`)).refused(404, 'not_found');
    for (const stream of [agent, own]) stream.close();
  });

  it('ends with the session within a second', async () => {
    const cut: [Who, number][] = [];
    for (const who of readers.filter((one) => one !== 'owner')) {
      const stream = await a.as(who).live();
      (await a.as(who).delete('/api/v1/session')).ok(204);
      const at = Date.now();
      await stream.ended;
      cut.push([who, Date.now() - at]);
    }
    expect(cut.filter(([, ms]) => ms > 1000)).toEqual([]);
  }, 60_000);

  it('a page of another origin is given nothing', async () => {
    const answer = await a.as('owner').get('/api/v1/tickets?tab=waiting', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://mau.exemplo' });
    answer.refused(403, 'origin_refused');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(origin).not.toContain('mau.exemplo');
  });
});
