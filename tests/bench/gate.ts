/** What knowing who asks costs: the same route, asked by the same people, behind our door and behind one that asks nobody. */
import { serveOpen } from './bare.ts';
import { rows } from './house.ts';
import { figure, median, remark } from './report.ts';
import { agents, email, type World } from './world.ts';
import { load, raw } from './wrk.ts';

const ROUNDS = 5;
const SECONDS = 3;
const PATH = '/api/v1/tickets?tab=serving&limit=40';

export async function gate(world: World, ours: string, open: string): Promise<void> {
  const people = await agents(world);
  const ids = new Map((await rows('SELECT email, id FROM users')).map(([address = '', id = '']) => [address, id]));
  const asked = people.map(({ headers, account }, at) => {
    const who = { Cookie: headers['Cookie'] ?? '', 'Balcao-Account': String(account), 'Bench-Person': ids.get(email(world.slug, at + 1)) ?? '' };
    return raw('GET', PATH, who);
  });
  const requests = asked.join('');
  const stop = await serveOpen();
  for (const url of [ours, open]) await load(url, requests, 1, false);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push({ ours: await load(ours, requests, SECONDS, false), open: await load(open, requests, SECONDS, false) });
  await stop();
  figure('gate_cost_ratio', median(rounds.map((round) => round.open.rps / round.ours.rps)), 'x');
  remark(`CPU ${median(rounds.map((round) => round.ours.cpu_ms / round.open.cpu_ms)).toFixed(2)} x; p50 ${median(rounds.map((round) => round.ours.p50_ms / round.open.p50_ms)).toFixed(2)} x`);
}
