/** Paths, queries, methods and headers that no client of ours sends. */
import net from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { logged } from '../support/alive.ts';
import { call } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { house } from '../support/house.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
});

describe('a path', () => {
  it.each([
    '/api/v1/nothing',
    '/api/v1',
    '/api/',
    '/api/v1/tickets/',
    '/api/v1/tickets/1/',
    '/api/v2/tickets',
    '/api/v1/tickets/1/take/it',
    '/api/v1/TICKETS',
  ])('that leads nowhere: %s', async (path) => {
    const answer = await ana.get(path);
    answer.refused(404, 'route_unknown');
    await logged(answer.request_id);
  });

  it.each(['0', '-1', 'abc', '1.5', '1e3', '0x1', '%20', '99999999999999999999', '9223372036854775808', '１'])(
    'of a ticket called %s',
    async (id) => {
      (await ana.get(`/api/v1/tickets/${encodeURI(id)}`)).refused(404, 'not_found');
    },
  );

  it.each([
    '/api/v1/tickets/%00',
    '/api/v1/tickets/%ff',
    '/api/v1/tickets/%zz',
    '/api/v1/tickets/1%2ftake',
    '/api/v1/tickets/..%5c..%5c1',
    '/api//v1/nothing',
    '/api/v1/tickets/%2e%2e/nothing',
  ])('that is spelled in a strange way: %s', async (path) => {
    const { status } = await ana.get(path);
    expect([400, 404, 405]).toContain(status);
  });

  it('longer than any of ours', async () => {
    expect([414, 431]).toContain((await ana.get(`/api/v1/tickets/${'1'.repeat(9000)}`)).status);
  });
});

describe('a query', () => {
  const MISTAKES: [string, string, string][] = [
    ['/api/v1/tickets', 'unknown_value', 'tab'],
    ['/api/v1/tickets?tab=mine', 'unknown_value', 'tab'],
    ['/api/v1/tickets?tab=waiting&limit=0', 'out_of_range', 'limit'],
    ['/api/v1/tickets?tab=waiting&limit=101', 'out_of_range', 'limit'],
    ['/api/v1/tickets?tab=waiting&limit=ten', 'wrong_type', 'limit'],
    ['/api/v1/tickets?tab=waiting&order=random', 'unknown_value', 'order'],
    ['/api/v1/tickets?tab=waiting&assignee=you', 'wrong_type', 'assignee'],
    ['/api/v1/tickets?tab=waiting&departments=1,x', 'wrong_type', 'departments'],
    ['/api/v1/tickets?tab=waiting&channels=-1', 'wrong_type', 'channels'],
    [
      `/api/v1/tickets?tab=waiting&departments=${Array.from({ length: 101 }, (_, at) => at + 1).join(',')}`,
      'too_many',
      'departments',
    ],
    [`/api/v1/tickets?tab=waiting&q=${'x'.repeat(101)}`, 'too_long', 'q'],
    ['/api/v1/tickets/1/messages?before=0', 'out_of_range', 'before'],
    ['/api/v1/tickets/1/messages?after=-1', 'out_of_range', 'after'],
    ['/api/v1/tickets/1/messages?before=99999999999', 'out_of_range', 'before'],
  ];
  it.each(MISTAKES)('%s', async (path, slug, field) => {
    const answer = await ana.get(path);
    answer.refused(400, slug, field);
    expect(await logged(answer.request_id)).toContain(`slug=${slug}`);
  });

  it.each(['x', '1', '.', '1.', '.1', '1.x', '1.1.1', '99999999999999999999.1', "1.1' OR '1'='1"])(
    'with the cursor %s',
    async (cursor) => {
      const answer = await ana.get(`/api/v1/tickets?tab=waiting&after=${encodeURIComponent(cursor)}`);
      answer.refused(400, 'cursor_invalid', 'after');
    },
  );

  it.each(['-1.1', '1.-1', '0.0', '9223372036854775807.9223372036854775807', '-9223372036854775808.1'])(
    'with the cursor %s, far from everything',
    async (cursor) => {
      const { status } = await ana.get(`/api/v1/tickets?tab=waiting&after=${cursor}`);
      expect([200, 400]).toContain(status);
    },
  );

  it.each(['%', '%f', '%zz', '%ff%fe'])('with the escape %s', async (escape) => {
    (await ana.get(`/api/v1/tickets?tab=waiting&q=${escape}`)).refused(400, 'query_invalid');
  });

  it('searches for whatever is typed', async () => {
    for (const q of ['%', '_', '\\', "'", '"', '*', '%25', 'ç', '😀', '()[]{}', ' ']) {
      (await ana.get(`/api/v1/tickets?tab=waiting&q=${encodeURIComponent(q)}`)).ok();
    }
  });
});

describe('a method', () => {
  it.each([
    ['DELETE', '/api/v1/tickets'],
    ['GET', '/api/v1/tickets/1/take'],
    ['POST', '/api/v1/account'],
    ['PUT', '/api/v1/session'],
    ['PATCH', '/api/v1/tickets/1'],
    ['POST', '/healthz'],
  ])('%s %s is not taken, and what is taken is said', async (method, path) => {
    const answer = await ana.ask(method, path, undefined);
    answer.refused(405, 'method_not_allowed');
    expect(answer.headers['allow']).toMatch(/^[A-Z, ]+$/);
    expect(answer.headers['allow']).not.toContain(method);
    await logged(answer.request_id);
  });

  it.each(['TRACE', 'PROPFIND', 'BREW'])('%s is unknown', async (method) => {
    const { status } = await ana.ask(method, '/api/v1/tickets?tab=waiting');
    expect([400, 405]).toContain(status);
  });

  it('HEAD answers like GET, without a body', async () => {
    const answer = await call({ method: 'HEAD', path: '/healthz' });
    answer.ok();
    expect(answer.bytes).toHaveLength(0);
  });
});

it('a body where none is expected is refused', async () => {
  const answer = await ana.ask('GET', '/api/v1/account', Buffer.from('{}'), { 'Content-Type': 'application/json' });
  answer.refused(400, 'body_unexpected');
});

it('a webhook of 50 MB is refused by the edge, at once', async () => {
  const whatsapp = await aWhatsapp(account);
  const answer = await call({
    method: 'POST',
    path: whatsapp.hook,
    body: Buffer.alloc(0),
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(50 * 1024 * 1024) },
  });
  answer.refused(413, 'body_too_large');
});

it('headers beyond measure are refused', async () => {
  const { status } = await ana.get('/api/v1/account', { 'X-Much': 'x'.repeat(40_000) });
  expect([400, 431]).toContain(status);
});

it('cookies of other programs do not disturb', async () => {
  const noise = `a=1; __Host-bat-x=2; ;; =; b; ${ana.cookieHeader()}; __Host-ba=3`;
  (await ana.get('/api/v1/account', { Cookie: noise })).ok();
});

/** Bytes on the wire, for what no HTTP library agrees to say; the first of what comes back. */
function wire(text: string): Promise<string> {
  const { hostname, port } = new URL(house.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(text));
    socket
      .setEncoding('utf8')
      .on('error', reject)
      .once('data', (chunk: string) => {
        resolve(chunk);
        socket.destroy();
      });
  });
}

it('what is hardly HTTP is refused without harm', async () => {
  const rest = 'Host: localhost\r\nConnection: close\r\n\r\n';
  expect(await wire(`NONSENSE\r\n\r\n`)).toMatch(/ 400 /);
  expect(await wire(`GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n`)).toMatch(/ 400 /);
  expect(await wire(`POST /api/v1/session HTTP/1.1\r\nContent-Length: -5\r\n${rest}`)).toMatch(/ 400 /);
  expect(await wire(`POST /api/v1/session HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n${rest}abcde`)).toMatch(/ 400 /);
  expect(
    await wire(`POST /api/v1/session HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n${rest}0\r\n\r\n`),
  ).toMatch(/ 40\d /);
  expect(await wire(`GET /healthz HTTP/1.1\r\n${rest}`)).toMatch(/ 200 /);
});

describe('the doors of the operator', () => {
  it('are open from this machine', async () => {
    expect((await call({ method: 'GET', path: '/readyz' })).text).toBe('ready\n');
    expect((await call({ method: 'GET', path: '/metrics' })).text).toContain('balcao_jobs_waiting');
  });

  it('are not there from anywhere else', async () => {
    for (const path of ['/readyz', '/metrics', '/metrics/live']) {
      (await call({ method: 'GET', path, from: '127.0.9.20' })).refused(404, 'not_found');
      (
        await call({
          method: 'GET',
          path,
          from: '127.0.9.20',
          headers: { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1' },
        })
      ).refused(404, 'not_found');
    }
  });

  it('tell numbers, and never whose', async () => {
    const { text } = await call({ method: 'GET', path: '/metrics' });
    expect(text).not.toMatch(/account=|@|exemplo|\d{10,}/);
  });
});
