/** What only the database can show or prepare: through psql, as the owner unless another role is named. */
import { execFile } from 'node:child_process';

import { conf } from './house.ts';

export type Role = 'DB_OWNER' | 'DB_API' | 'DB_WORKER' | 'DB_LIVE' | 'DB_OPERATOR';

/** psql's own variables: `:'name'` in the text becomes a quoted literal. */
export type Values = Record<string, string | number>;

/** The output, one line per row, columns divided by `|`. Rejects with what the server said. */
export function sql(text: string, values: Values = {}, role: Role = 'DB_OWNER'): Promise<string> {
  const variables = Object.entries(values).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  return new Promise((resolve, reject) => {
    const psql = execFile(
      'psql',
      ['-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', ...variables, '-d', conf(role)],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => (error ? reject(new Error(stderr.trim() || error.message)) : resolve(stdout.trim())),
    );
    psql.stdin?.end(text);
  });
}

export async function lines(text: string, values: Values = {}, role: Role = 'DB_OWNER'): Promise<string[]> {
  const out = await sql(text, values, role);
  return out === '' ? [] : out.split('\n');
}

/** One value of JSON. */
export async function value<T>(text: string, values: Values = {}, role: Role = 'DB_OWNER'): Promise<T> {
  return JSON.parse(await sql(text, values, role)) as T;
}
