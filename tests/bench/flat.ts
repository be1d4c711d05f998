/**
 * The inbox of a house that has grown: its list beside that of the small one, in turn, as somebody who sees
 * everything and as somebody who sees their departments.
 *
 *   FLAT_TICKETS    in the large account (200000), FLAT_MESSAGES in each (15)
 */
import { house, sql, whole } from './house.ts';
import { figure, median, remark } from './report.ts';
import { agents, aWorld, type World } from './world.ts';
import { load, raw } from './wrk.ts';

const ROUNDS = 5;
const SECONDS = 2;
const PATH = '/api/v1/tickets?tab=serving&limit=40';

async function requests(world: World): Promise<string> {
  const people = await agents(world);
  return people.map(({ headers, account }) => raw('GET', PATH, { Cookie: headers['Cookie'] ?? '', 'Balcao-Account': String(account) })).join('');
}

const seeing = (world: World, scope: string): Promise<string> =>
  sql("UPDATE groups SET scope = :'scope' WHERE account_id = :account AND builtin = 'agent'", { scope, account: world.account });

async function compare(name: string, small: World, large: World): Promise<void> {
  const [few, many] = [await requests(small), await requests(large)];
  for (const all of [few, many]) await load(house.url, all, 1, false);
  const rounds: { few: number; many: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ few: (await load(house.url, few, SECONDS, false)).p95_ms, many: (await load(house.url, many, SECONDS, false)).p95_ms });
  }
  figure(`${name}_p95_ms`, median(rounds.map((round) => round.few)), 'ms');
  figure(`${name}_large_p95_ms`, median(rounds.map((round) => round.many)), 'ms');
  figure(`${name}_growth`, median(rounds.map((round) => round.many / round.few)), 'x');
}

export async function flat(small: World): Promise<void> {
  const large = await aWorld('flat', whole('FLAT_TICKETS', 200_000), whole('FLAT_MESSAGES', 15));
  for (const [name, scope] of [['list_inbox', 'account'], ['list_inbox_departments', 'department']] as const) {
    await Promise.all([seeing(small, scope), seeing(large, scope)]);
    await compare(name, small, large);
  }
  await Promise.all([seeing(small, 'account'), seeing(large, 'account')]);
  remark(`of ${small.tickets} and ${large.tickets} tickets`);
}
