/**
 * The same SQL without HTTP. Scripts are made from the house's own statements, so they cannot fall behind them; values
 * are pgbench's variables or plain words. It connects past row-level security, as the bare worker does.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { conf, house } from './house.ts';
import { type Statement, statements } from './statements.ts';
import { AGENTS, type World } from './world.ts';
import { CONNECTIONS } from './wrk.ts';

const exec = promisify(execFile);

/** What stands for $1, $2 …: text of SQL; NULL for what is left out before the last one. */
type Values = Record<number, string>;

/** A statement that has got more parameters since this was written is no longer the same question. */
function filled(all: Map<string, Statement>, name: string, values: Values): string {
  const statement = all.get(name);
  if (statement === undefined) throw new Error(`no statement is called ${name}`);
  const last = Math.max(...Object.keys(values).map(Number));
  if (last !== statement.params) throw new Error(`${name} takes ${statement.params} parameters, got ${last}`);
  const value = (n: number): string => (n > statement.params ? statement.bound[n - statement.params - 1] : values[n]) ?? 'NULL';
  return `${statement.text.replace(/\$(\d+)/g, (_, n: string) => `(${value(Number(n))})`).replace(/\s+/g, ' ')};`;
}

const TEXT = "'Encontramos uma oscilação na sua região; a equipe já está a caminho para resolver isso.'";
const together = (...lines: string[]): string => ['\\startpipeline', ...lines, '\\endpipeline'].join('\n');

/** A ticket that is being served, who holds it and where: world.sql gives every ten tickets in a row to the next person, each to the next department. */
const serving = (world: World): string =>
  `\\set n random(0, ${Math.floor(world.tickets / 10) - 1})\n\\set id :first + :n * 10 + random(0, 1)\n\\set holder :member + :n % ${AGENTS}\n\\set place :department + (:id - :first + 1) % 3`;

/**
 * The statements of each route in the round trips it takes. `bytes` is the size of a webhook and of an event, filled
 * with one letter.
 */
function script(name: string, world: World, all: Map<string, Statement>): string {
  const a = ':account';
  const sql = (statement: string, values: Values): string => filled(all, statement, { 1: a, ...values });
  switch (name) {
    case 'list_inbox':
      return sql('ticket_list_newest', { 2: "'serving'", 6: 'false', 10: 'false', 13: '41' });
    case 'show_ticket':
      return `\\set id random(:first, :first + ${world.tickets - 1})\n${sql('ticket_get', { 2: ':id' })}`;
    case 'read_ticket':
      return `\\set id random(:first, :first + ${world.tickets - 1})\n${sql('message_list_before', { 2: ':id', 4: '21' })}`;
    case 'post_message':
      return [
        serving(world),
        /* Numbers nobody else gives out: pgbench cannot read an answer inside a pipeline. */
        '\\set seq random(1000, 2000000000)',
        "\\set key random(1, 9000000000000000)",
        together('BEGIN;', sql('ticket_lock_for_post', { 2: ':id', 3: ':key' })),
        together(
          sql('message_add', { 2: ':id', 3: ':seq', 4: 'now()', 6: "'out'", 7: "'member'", 8: ':holder', 9: "'text'", 10: TEXT, 13: '0', 14: "'queued'", 15: ':key' }),
          sql('message_key_add', { 2: ':id', 3: ':key', 4: ':seq', 5: 'now()' }),
          sql('ticket_save', { 2: ':id', 3: "'serving'", 4: "'user'", 5: ':place', 6: ':holder', 7: ':seq', 8: '0', 9: "'text'", 10: "'out'", 11: "'queued'", 12: TEXT, 13: 'now()', 14: 'now()', 15: 'now()', 16: "now() + interval '1 day'", 17: 'now()', 18: 'now()', 19: 'now()', 23: ':seq', 24: "'member'", 25: ':holder', 32: '0', 33: 'false' }),
          sql('event_add', { 2: 'now()', 3: "'message.created'", 4: "'members'", 5: ':id', 7: "'1 1 1 1 1 serving'", 9: "repeat('x', 1500)" }),
          sql('job_add', { 2: "'outbound'", 3: ':id', 4: "'message.send'", 5: ':id', 6: ':seq', 7: 'now()' }),
          sql('draft_forget', { 2: ':id', 3: ':holder', 4: "'reply'" }),
          sql('audit_add', { 2: 'now()', 3: "'message.sent'", 4: "'user'", 5: ':holder', 7: "'127.0.0.1'", 9: "'ticket'", 10: ':id', 13: '443' }),
          'COMMIT;',
        ),
      ].join('\n');
    case 'accept_webhook':
      return [
        '\\set lane random(1, 9000000000000000)',
        '\\set event random(1000000000, 9000000000000000)',
        together('BEGIN;', filled(all, 'channel_by_hook', { 1: `'${world.hook_token}'` })),
        together(
          sql('inbound_add', { 2: ':event', 3: ':channel', 4: 'now()', 5: "'valid'", 6: "'pending'", 7: '1', 8: "decode(repeat('78', 560), 'hex')", 9: "''", 10: 'NULL' }),
          sql('job_add', { 2: "'inbound'", 3: ':lane', 4: "'inbound.event'", 5: ':event', 6: "''", 7: 'now()' }),
          'COMMIT;',
        ),
      ].join('\n');
    default:
      throw new Error(`no script for ${name}`);
  }
}

export type Ids = { first: number; member: number; department: number };

/** Transactions per second. */
export async function pgbench(name: string, world: World, ids: Ids, seconds: number): Promise<number> {
  const file = `${house.var}/tmp/${name}.sql`;
  writeFileSync(file, `${script(name, world, statements())}\n`);
  const variables = Object.entries({ account: world.account, channel: world.channel, ...ids }).flatMap(([key, value]) => ['-D', `${key}=${value}`]);
  const at = Object.fromEntries(conf('DB_OWNER').split(' ').map((pair) => pair.split('=') as [string, string]));
  const env = { ...process.env, PGHOST: at['host'] ?? '', PGOPTIONS: '-c plan_cache_mode=force_generic_plan' };
  const run = exec('pgbench', ['-n', '-M', 'prepared', '-c', String(CONNECTIONS), '-j', '1', '-T', String(seconds), ...variables, '-f', file, '-U', at['user'] ?? '', at['dbname'] ?? ''], { env });
  const { stdout } = await run.catch((error: { stderr: string }) => {
    throw new Error(error.stderr.split('\n').slice(0, 3).join('\n'));
  });
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
}
