/** A person at the counter, with cookies and all; and a stream of what happens. */
import http from 'node:http';

import { conf, house } from './house.ts';

export const PASSWORD = 'balcao-demo-2026';
const TIMEOUT_MS = 30_000;

export type Answered = { status: number; headers: http.IncomingHttpHeaders; body: string };
export type Asked = { method: string; path: string; headers?: Record<string, string>; body?: string; timeout_ms?: number };

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

export function send(base: string, { method, path, headers = {}, body, timeout_ms = TIMEOUT_MS }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = http.request(new URL(path, base), { method, agent, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.setTimeout(timeout_ms, () => request.destroy(new Error(`${method} ${path}: no answer in ${timeout_ms} ms`)));
    request.on('error', reject);
    request.end(body);
  });
}

/** Signed in: the headers of everything this person asks. */
export type Person = { headers: Record<string, string>; account: number };

export async function signIn(email: string, account: number): Promise<Person> {
  const origin = conf('PUBLIC_URL');
  const post = (path: string, body: unknown) =>
    send(house.url, { method: 'POST', path, headers: { 'Content-Type': 'application/json', Origin: origin }, body: JSON.stringify(body) });
  let answered = await post('/api/v1/session', { email, password: PASSWORD });
  if (answered.status === 409) {
    answered = await post('/api/v1/session/takeover', { ticket: (JSON.parse(answered.body) as { ticket: string }).ticket });
  }
  if (answered.status !== 200) throw new Error(`${email} cannot sign in: ${answered.status} ${answered.body}`);
  const cookie = (answered.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
  return { account, headers: { Cookie: cookie, Origin: origin, 'Balcao-Account': String(account), 'Content-Type': 'application/json' } };
}

export async function ask<T>(person: Person, method: string, path: string, body?: unknown, timeout_ms?: number): Promise<T> {
  const { 'Content-Type': type, ...headers } = person.headers;
  const answered = await send(house.url, {
    method,
    path,
    headers: body === undefined ? headers : { ...headers, 'Content-Type': type ?? '' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(timeout_ms === undefined ? {} : { timeout_ms }),
  });
  if (answered.status >= 300) throw new Error(`${method} ${path} → ${answered.status} ${answered.body}`);
  return (answered.body === '' ? undefined : JSON.parse(answered.body)) as T;
}

export type Stream = { close: () => void };

/** Resolves after the greeting; `hear` gets every event's kind and data as they came. */
export function listen(person: Person, hear: (kind: string, data: string) => void): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = { Cookie: person.headers['Cookie'] ?? '', Accept: 'text/event-stream' };
    const request = http.request(new URL(`/live?account=${person.account}`, house.url), { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) return void reject(new Error(`/live → ${response.statusCode}`));
      let rest = '';
      const stream = { close: (): void => void request.destroy() };
      response.setEncoding('utf8');
      response.on('error', () => undefined); /* closed by us */
      response.on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const kind = /^event: (.*)$/m.exec(block)?.[1];
          if (kind === 'hello') resolve(stream);
          else if (kind !== undefined) hear(kind, /^data: (.*)$/m.exec(block)?.[1] ?? '');
        }
      });
    });
    request.on('error', reject);
    request.end();
  });
}
