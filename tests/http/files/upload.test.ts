/** What is let into the house, and under which name. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import net from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { aPdf, aPng, HTML } from '../support/files.ts';
import { conf, house, origin } from '../support/house.ts';
import { until } from '../support/until.ts';

type Attachment = Schemas['Attachment'];

let account: Account;
let ana: Browser;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
});

describe('a type', () => {
  it.each([
    ['a picture that is a page', 'image/png', HTML],
    ['a picture that is a document', 'image/jpeg', aPdf()],
    ['a film that is a picture', 'video/mp4', aPng()],
    ['a sound that is a page', 'audio/ogg', HTML],
  ])('that lies is refused: %s', async (_name, type, bytes) => {
    (await ana.upload('x', type, bytes)).refused(415, 'file_kind_mismatch');
  });

  it('that says little is found out', async () => {
    expect((await ana.upload('x', 'application/octet-stream', aPng())).ok(201)).toMatchObject({
      kind: 'image',
      mime: 'image/png',
    });
  });

  it('of a picture that is a program is a document', async () => {
    const svg = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const file = (await ana.upload('x.svg', 'image/svg+xml', svg)).ok<Attachment>(201);
    expect(file.kind).toBe('document');
    const answer = await ana.media(file.id);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['content-disposition']).toMatch(/^attachment;/);
  });
});

describe('a name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['/etc/shadow', 'shadow'],
    ['..', 'arquivo'],
    ['', 'arquivo'],
    ['foto\u202Egnp.exe', 'fotognp.exe'],
    ['linha\nnova.png', 'linhanova.png'],
    ['aspas".png', 'aspas".png'],
    ['çãõ 文件 😀.png', 'çãõ 文件 😀.png'],
    ['x'.repeat(250), 'x'.repeat(120)],
  ])('%j is kept as %j and does no harm', async (given, kept) => {
    const file = (await ana.upload(given, 'image/png', aPng(given))).ok<Attachment>(201);
    expect(file.filename).toBe(kept);
    const { headers } = await ana.media(file.id);
    expect(headers['content-disposition']).toContain(`filename*=UTF-8''`);
    expect(headers['content-disposition']).not.toMatch(/[\r\n]/);
  });

  it('never reaches the store', async () => {
    (await ana.upload('inconfundivel-7f3a.png', 'image/png', aPng('nome'))).ok(201);
    const names = readdirSync(`${conf('MEDIA_DIR')}/${account.id}`, { recursive: true }).map(String);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => name.includes('inconfundivel'))).toEqual([]);
  });
});

describe('a body', () => {
  it('that is empty is no file', async () => {
    const { status } = await ana.upload('x.png', 'image/png', Buffer.alloc(0));
    expect(status).toBe(400);
  });

  it('beyond every limit is refused', async () => {
    const answer = await ana.ask('PUT', '/api/v1/uploads?filename=x', Buffer.alloc(0), {
      'Content-Type': 'application/pdf',
      'Content-Length': String(110 * 1024 * 1024),
    });
    answer.refused(413, 'body_too_large');
  });

  it('leaves nothing behind in the folder of uploads', async () => {
    (await ana.upload('x.png', 'image/png', aPng('rastro'))).ok(201);
    (await ana.upload('x.png', 'image/png', HTML)).refused(415, 'file_kind_mismatch');
    await until('an empty folder of uploads', () => readdirSync(conf('UPLOAD_DIR')).length === 0);
  });
});

it('that breaks off half way leaves nothing behind', async () => {
  const { hostname, port } = new URL(house.url);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `PUT /api/v1/uploads?filename=x.png HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\nCookie: ${ana.cookieHeader()}\r\n` +
      `Balcao-Account: ${account.id}\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n`,
  );
  socket.write(Buffer.alloc(400_000, 0x50));
  await until('the half of it received', () => readdirSync(conf('UPLOAD_DIR')).length > 0);
  socket.destroy();
  await until('an empty folder of uploads', () => readdirSync(conf('UPLOAD_DIR')).length === 0);
});

it('only people who talk to customers upload', async () => {
  const fabiana = await account.as('fabiana');
  (await fabiana.upload('x.png', 'image/png', aPng())).refused(403, 'permission_denied');
});
