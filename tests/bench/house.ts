/** The house that is measured: its settings, its database, and what ops/instance.sh does to it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exec = promisify(execFile);
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run through make, or eval "$(ops/instance.sh env)"`);
  return value;
}

export const house = {
  var: given('BALCAO_VAR'),
  /** Through nginx. */
  url: given('BALCAO_URL'),
  /** The stand-in of the provider; empty when it was not started. */
  lab: process.env['BALCAO_LAB_URL'] ?? '',
};

/** One setting of balcao.conf. */
export function conf(key: string): string {
  const line = readFileSync(`${house.var}/balcao.conf`, 'utf8').split('\n').findLast((one) => one.startsWith(`${key}=`));
  if (line === undefined) throw new Error(`balcao.conf has no ${key}`);
  return line.slice(key.length + 1);
}

/** psql's variables: `:'name'` in the text becomes a quoted literal. */
export type Values = Record<string, string | number>;

/** What the owner of the database is told: one line per row, columns divided by `|`. */
export function sql(text: string, values: Values = {}): Promise<string> {
  const variables = Object.entries(values).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  return new Promise((resolve, reject) => {
    const psql = execFile(
      'psql',
      ['-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', ...variables, '-d', conf('DB_OWNER')],
      { maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => (error ? reject(new Error(stderr.trim() || error.message)) : resolve(stdout.trim())),
    );
    psql.stdin?.on('error', () => undefined); /* it went away; the callback says why */
    psql.stdin?.end(text);
  });
}

export async function rows(text: string, values: Values = {}): Promise<string[][]> {
  const out = await sql(text, values);
  return out === '' ? [] : out.split('\n').map((line) => line.split('|'));
}

export async function number(text: string, values: Values = {}): Promise<number> {
  return Number(await sql(text, values));
}

/** ops/instance.sh for this house; rejects with what it said. */
export async function instance(...words: string[]): Promise<string> {
  const env = { ...process.env, BALCAO_VAR: house.var };
  const { stdout } = await exec(`${root}/ops/instance.sh`, words, { env });
  return stdout.trim();
}

export function whole(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}=${text} is not a whole number above 0`);
  return value;
}
