/** A program with an API token, and how a person makes one. */
import type { Account } from './account.ts';
import { type Answer, call, json, type Schemas } from './answer.ts';
import { Browser } from './browser.ts';
import { sql } from './database.ts';
import { Stream } from './stream.ts';

/** Lets a signed-in person do dangerous things for ten minutes, as a code would. */
export async function stepUp(browser: Browser): Promise<void> {
  const session = browser.cookies.get('__Host-brt')?.split('.')[0] ?? '0';
  await sql("UPDATE sessions SET stepped_up_at = now() WHERE id = :'session'", { session });
}

export class Program {
  readonly secret: string;
  readonly token: Schemas['Token'];

  constructor(secret: string, token: Schemas['Token']) {
    this.secret = secret;
    this.token = token;
  }

  ask(method: string, path: string, body?: unknown, more: { headers?: Record<string, string>; from?: string } = {}): Promise<Answer> {
    const said = body === undefined ? { headers: {} } : Buffer.isBuffer(body) ? { body, headers: {} } : json(body);
    return call({
      method,
      path,
      ...said,
      headers: { Authorization: `Bearer ${this.secret}`, ...said.headers, ...more.headers },
      ...(more.from === undefined ? {} : { from: more.from }),
    });
  }

  get(path: string, more: { headers?: Record<string, string>; from?: string } = {}): Promise<Answer> {
    return this.ask('GET', path, undefined, more);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.ask('POST', path, body);
  }

  upload(filename: string, type: string, bytes: Buffer): Promise<Answer> {
    return this.ask('PUT', `/api/v1/uploads?filename=${encodeURIComponent(filename)}`, bytes, { headers: { 'Content-Type': type } });
  }

  /** The stream of the account that its text names. */
  live(): Promise<Stream> {
    return Stream.open(`/live?account=${this.secret.split('_')[1] ?? ''}`, { Authorization: `Bearer ${this.secret}` });
  }
}

export async function aToken(
  account: Account,
  wish: { kind: string; permissions: string[] } & Record<string, unknown>,
  who: 'olga' | 'rafael' = 'olga',
): Promise<Program> {
  const person = await account.as(who);
  await stepUp(person);
  const made = (await person.post('/api/v1/tokens', { name: 'Programa', ...wish })).ok<{
    secret: string;
    token: Schemas['Token'];
  }>(201);
  return new Program(made.secret, made.token);
}
