/** What only the database can show or prepare: as its owner unless another role is named. */
import pg from 'pg';

import { conf } from './house.ts';

export type Role = 'DB_OWNER' | 'DB_API' | 'DB_WORKER' | 'DB_LIVE' | 'DB_OPERATOR';

/** As psql has it: `:'name'` in the text becomes a quoted literal, `:name` the value itself. */
export type Values = Record<string, string | number>;

/** Values come as the server writes them. */
const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (text: string) => text };

const pools = new Map<Role, pg.Pool>();

/** What tests plant takes its time and is nobody's secret: only statements of the house belong in the log of slow ones. */
const UNTOLD = '-c log_min_duration_statement=-1 -c log_min_error_statement=panic';

/** A connection for each question costs more than most questions: they are lent, and forget everything in between. */
function poolOf(role: Role): pg.Pool {
  const known = pools.get(role);
  if (known) return known;
  const { host, port, user, dbname: database } = Object.fromEntries(conf(role).split(' ').map((pair) => pair.split('=', 2))) as Record<string, string>;
  const pool = new pg.Pool({ host, user, database, ...(port && { port: Number(port) }), types: AS_TEXT, ...(role === 'DB_OWNER' && { options: UNTOLD }), max: 10, idleTimeoutMillis: 5000, allowExitOnIdle: true });
  /* Tests pull the database down too; whoever asks next is told. */
  pool.on('error', () => undefined);
  pools.set(role, pool);
  return pool;
}

/** The output, one line per row, columns divided by `|`. Rejects with what the server said. */
export async function sql(text: string, values: Values = {}, role: Role = 'DB_OWNER'): Promise<string> {
  const whole = text.replaceAll(/(?<!:):('?)(\w+)\1/g, (mark, quote: string, name: string) => {
    const given = values[name];
    if (given === undefined) return mark;
    return quote === '' ? String(given) : pg.escapeLiteral(String(given));
  });
  const client = await poolOf(role).connect();
  let isGood = false;
  try {
    const answers = [await client.query<string[]>({ text: whole, rowMode: 'array' })].flat();
    await client.query('DISCARD ALL');
    isGood = role === 'DB_OWNER';
    return answers.flatMap(({ rows }) => rows.map((row) => row.map((one) => one ?? '').join('|'))).join('\n').trim();
  } catch (thrown) {
    const { message, detail } = thrown as pg.DatabaseError;
    throw new Error(detail === undefined ? message : `${message}\n${detail}`, { cause: thrown });
  } finally {
    /* One that was refused may be in the middle of something; and a program's must never have named an account before. */
    client.release(!isGood);
  }
}

export async function lines(text: string, values: Values = {}, role: Role = 'DB_OWNER'): Promise<string[]> {
  const out = await sql(text, values, role);
  return out === '' ? [] : out.split('\n');
}

/** One value of JSON. */
export async function value<T>(text: string, values: Values = {}, role: Role = 'DB_OWNER'): Promise<T> {
  return JSON.parse(await sql(text, values, role)) as T;
}
