/** The five hot routes: ours, bare and the database alone in turn, so that the machine's moods meet all three. */
import { serve } from './bare.ts';
import type { Person } from './client.ts';
import { rows, sql, whole } from './house.ts';
import { type Ids, pgbench } from './pgbench.ts';
import { figure, median, remark } from './report.ts';
import { body, SIGNATURE, signature } from './webhook.ts';
import { agents, phone, type World } from './world.ts';
import { type Load, load, raw } from './wrk.ts';

const rounds_of_each = whole('BENCH_ROUNDS', 3);
/** More than a machine of this size does in a second; what is not needed costs a little memory. */
const SENDS_PER_SECOND = 12_000;

type Place = { person: Person; ticket: number };
type Route = {
  name: string;
  /** One request of many; `n` never comes twice. */
  request: (world: World, place: Place, n: number) => string;
  /** Each may be sent once only. */
  once: boolean;
};

const reading = (person: Person): Record<string, string> => ({ Cookie: person.headers['Cookie'] ?? '', 'Balcao-Account': String(person.account) });

const TEXT = 'Encontramos uma oscilação na sua região; a equipe já está a caminho para resolver isso.';

const ROUTES: readonly Route[] = [
  { name: 'list_inbox', once: false, request: (_, { person }) => raw('GET', '/api/v1/tickets?tab=serving&limit=40', reading(person)) },
  { name: 'show_ticket', once: false, request: (_, { person, ticket }) => raw('GET', `/api/v1/tickets/${ticket}`, reading(person)) },
  { name: 'read_ticket', once: false, request: (_, { person, ticket }) => raw('GET', `/api/v1/tickets/${ticket}/messages?limit=20`, reading(person)) },
  {
    name: 'post_message',
    once: true,
    request: (_, { person, ticket }, n) =>
      raw('POST', `/api/v1/tickets/${ticket}/messages`, person.headers, JSON.stringify({ client_key: `bench-${run}-${n}`, mode: 'reply', text: TEXT })),
  },
  {
    name: 'accept_webhook',
    once: true,
    request: (world, _, n) => webhook(world, n),
  },
];

const run = process.pid;
let sent = 0;

export function webhook(world: World, n: number): string {
  const bytes = body({ phone_number_id: world.phone_number_id, from: phone(1 + (n % world.tickets)), id: `wamid.bench.${run}.${n}`, text: `${TEXT} ${n}` });
  return raw('POST', `/hooks/${world.hook_token}`, { 'Content-Type': 'application/json', [SIGNATURE]: signature(world.app_secret, bytes) }, bytes);
}

/** The bare worker answers any path and takes the last word of it, so it gets the same requests with `…/ticket` at the end. */
function forBare(name: string, request: string): string {
  return name === 'read_ticket' || name === 'post_message' ? request.replace(/\/messages(\?limit=20)? HTTP/, ' HTTP') : request;
}

/** Tickets with who holds them: they alone may answer. */
async function places(world: World): Promise<Place[]> {
  const people = await agents(world);
  const held = await rows(
    `SELECT t.id, row_number() OVER (PARTITION BY state ORDER BY t.id), substr(u.email, 7, strpos(u.email, '@') - 7)
       FROM tickets t JOIN memberships m ON m.account_id = t.account_id AND m.id = t.assignee_id JOIN users u ON u.id = m.user_id
      WHERE t.account_id = :account AND t.state = 'serving' ORDER BY 2 LIMIT 4000`,
    { account: world.account },
  );
  return held.flatMap(([ticket, , agent]) => {
    const person = people[Number(agent) - 1];
    return person === undefined ? [] : [{ ticket: Number(ticket), person }];
  });
}

function requests(route: Route, world: World, all: readonly Place[], seconds: number): string[] {
  const n = route.once ? SENDS_PER_SECOND * seconds : all.length;
  return Array.from({ length: n }, (_, i) => {
    const place = all[i % all.length];
    if (place === undefined) throw new Error('nobody serves anybody');
    return route.request(world, place, sent++);
  });
}

async function ids(world: World): Promise<Ids> {
  const [row] = await rows(
    `SELECT min(id), (SELECT min(id) FROM memberships WHERE account_id = :account), (SELECT min(id) FROM departments WHERE account_id = :account)
       FROM tickets WHERE account_id = :account`,
    { account: world.account },
  );
  const [first = 0, member = 0, department = 0] = (row ?? []).map(Number);
  return { first, member, department };
}

/** What was posted and accepted would be worked off while the next route is measured: here it only piles up. */
const forget = (world: World): Promise<string> =>
  sql(
    `DELETE FROM jobs WHERE queue IN ('inbound', 'outbound'); DELETE FROM lanes WHERE queue IN ('inbound', 'outbound');
     DELETE FROM inbound_events WHERE account_id = :account; DELETE FROM messages WHERE account_id = :account AND client_key IS NOT NULL;
     UPDATE tickets t SET last_seq = (SELECT max(seq) FROM messages m WHERE m.account_id = t.account_id AND m.ticket_id = t.id)
      WHERE account_id = :account AND state = 'serving';
     VACUUM (ANALYZE) jobs; VACUUM (ANALYZE) lanes; VACUUM (ANALYZE) inbound_events; VACUUM (ANALYZE) tickets; VACUUM (ANALYZE) messages;`,
    { account: world.account },
  );

async function measure(route: Route, world: World, ours: string, bare: string, seconds: number): Promise<void> {
  const all = await places(world);
  const known = await ids(world);
  const stop = await serve(route.name, world);
  const shoot = (url: string, count: number): Promise<Load> => {
    const made = requests(route, world, all, count);
    return load(url, (url === bare ? made.map((one) => forBare(route.name, one)) : made).join(''), count, route.once);
  };
  const rounds: { ours: Load; bare: Load; database: number }[] = [];
  await shoot(ours, 1); /* statements are prepared at their first use */
  await shoot(bare, 1);
  for (let round = 0; round < rounds_of_each; round++) {
    rounds.push({ ours: await shoot(ours, seconds), bare: await shoot(bare, seconds), database: await pgbench(route.name, world, known, seconds) });
  }
  await stop();
  await forget(world);
  tell(route.name, rounds);
}

function tell(name: string, rounds: readonly { ours: Load; bare: Load; database: number }[]): void {
  const middle = (of: (round: (typeof rounds)[number]) => number): number => median(rounds.map(of));
  figure(`${name}_rps`, middle(({ ours }) => ours.rps), '1/s');
  figure(`${name}_p50_ms`, middle(({ ours }) => ours.p50_ms), 'ms');
  figure(`${name}_p99_ms`, middle(({ ours }) => ours.p99_ms), 'ms');
  figure(`${name}_cpu_ms`, middle(({ ours }) => ours.cpu_ms), 'ms');
  figure(`${name}_vs_bare`, middle(({ ours, bare }) => ours.rps / bare.rps), 'x');
  figure(`${name}_vs_pgbench`, middle(({ ours, database }) => ours.rps / database), 'x');
  remark(`CPU in µs: ours ${shares(rounds.map(({ ours }) => ours))}; bare ${shares(rounds.map(({ bare }) => bare))}`);
  remark(`bare ${middle(({ bare }) => bare.rps).toFixed(0)}/s; pgbench ${middle(({ database }) => database).toFixed(0)}/s`);
}

/** Whose processors a request took: nginx 30, api 60 … */
function shares(loads: readonly Load[]): string {
  const services = new Set(loads.flatMap(({ spent }) => Object.keys(spent) as (keyof Load['spent'])[]));
  const share = (service: keyof Load['spent']): number => median(loads.map(({ spent }) => spent[service] ?? 0)) * 1000;
  return [...services]
    .filter((service) => share(service) >= 1)
    .map((service) => `${service} ${share(service).toFixed(0)}`)
    .join(', ');
}

/** `only`: names, or nothing for all. */
export async function routes(world: World, ours: string, bare: string, only: readonly string[]): Promise<void> {
  const seconds = Math.max(1, Math.round(whole('BENCH_SECONDS', 5) / rounds_of_each));
  for (const route of ROUTES) if (only.length === 0 || only.includes(route.name)) await measure(route, world, ours, bare, seconds);
}
