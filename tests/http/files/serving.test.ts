/** Who may have the bytes, and in which pieces. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call, type Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { messageOf, ticketOf } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

let account: Account;
let foreign: Account;
let ana: Browser;
let id: number;
const bytes = aPng('guardada');

beforeAll(async () => {
  [account, foreign] = await Promise.all([anAccount(), anAccount()]);
  ana = await account.as('ana');
  const whatsapp = await aWhatsapp(account);
  const rita = await whatsapp.customer();
  await rita.send({ type: 'image', image: { data_base64: bytes.toString('base64'), mime_type: 'image/png' } });
  const ticket = await ticketOf(ana, rita.name);
  const message = await messageOf(ana, ticket.id, 'with its file', ({ attachments }) => attachments[0]?.state === 'ready');
  id = message.attachments[0]?.id ?? 0;
});

describe('the bytes', () => {
  it('are for people of the account', async () => {
    expect((await ana.media(id)).bytes.equals(bytes)).toBe(true);
    expect((await (await account.as('camila')).media(id)).status).toBe(200);
  });

  it('do not exist for another account, under any name', async () => {
    const stranger = await foreign.as('ana');
    (await stranger.media(id)).refused(404, 'not_found');
    (await stranger.get(`/media/${id}?account=${account.id}`)).refused(404, 'account_unknown');
  });

  it('need a session', async () => {
    (await call({ method: 'GET', path: `/media/${id}?account=${account.id}` })).refused(401, 'session_missing');
    (await call({ method: 'GET', path: `/media/${id}?visitor=nonsense` })).refused(401, 'visitor_invalid');
    (await ana.get(`/media/${id}`)).refused(400, 'account_required');
  });

  it('are not for roles that see no conversations', async () => {
    (await (await account.as('fabiana')).media(id)).refused(403, 'permission_denied');
  });

  it('that were uploaded and not sent are for their uploader only', async () => {
    const own = (await ana.upload('x.png', 'image/png', aPng('rascunho'))).ok<Schemas['Attachment']>(201);
    expect((await ana.media(own.id)).status).toBe(200);
    (await (await account.as('bruno')).media(own.id)).refused(404, 'not_found');
  });

  it('of no file are not there', async () => {
    for (const other of ['999999999', '0', '-1', 'abc', '99999999999999999999', `${id}x`]) {
      expect([(await ana.get(`/media/${other}?account=${account.id}`)).status, other]).toEqual([404, other]);
    }
  });

  it('have no door around the permission', async () => {
    for (const path of ['/_media/', `/_media/${account.id}`, '/media/../_media/1', '/media/%2e%2e/_media/1', '/_problem']) {
      const { status } = await call({ method: 'GET', path, headers: { Cookie: ana.cookieHeader() } });
      expect([status, path]).toEqual([404, path]);
    }
  });
});

describe('a range', () => {
  const range = (value: string) => ana.media(id, { Range: value });

  it('is answered with just that piece', async () => {
    const answer = await range('bytes=8-15');
    answer.ok(206);
    expect(answer.bytes.equals(bytes.subarray(8, 16))).toBe(true);
    expect(answer.headers['content-range']).toBe(`bytes 8-15/${bytes.length}`);
    expect((await range('bytes=-4')).bytes.equals(bytes.subarray(-4))).toBe(true);
    expect((await range(`bytes=${bytes.length - 1}-`)).bytes).toHaveLength(1);
  });

  it('beyond the end is refused, with the length', async () => {
    const answer = await range(`bytes=${bytes.length}-`);
    expect(answer.status).toBe(416);
    expect(answer.headers['content-range']).toBe(`bytes */${bytes.length}`);
  });
});

it('a browser may keep them, for itself and not for long', async () => {
  const { headers } = await ana.media(id);
  expect(headers['cache-control']).toMatch(/^private/);
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
});
