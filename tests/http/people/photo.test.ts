/** How somebody is seen by their colleagues: a picture that is one, and nobody else's business. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import { call } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { aPdf, aPng, aWebp, HTML } from '../support/files.ts';

let account: Account;
let foreign: Account;
let ana: Browser;
let fabiana: Browser;

beforeAll(async () => {
  [account, foreign] = await Promise.all([anAccount(), anAccount()]);
  [ana, fabiana] = await Promise.all([account.as('ana'), account.as('fabiana')]);
});

const put = (browser: Browser, bytes: Buffer, type = 'image/png'): Promise<Answer> => browser.ask('PUT', '/api/v1/me/photo', bytes, { 'Content-Type': type });
const kept = async (browser: Browser, bytes: Buffer, type?: string): Promise<number> => (await put(browser, bytes, type)).ok<{ photo_id: number }>().photo_id;
const photo = (browser: Browser, id: number, at: number = account.id): Promise<Answer> => browser.get(`/media/photos/${id}?account=${at}`);

it('is seen by everybody of the account, whatever they may do, and told wherever they are', async () => {
  const bytes = aPng('ana');
  const id = await kept(ana, bytes);
  for (const browser of [ana, fabiana, await account.as('olga')]) {
    const answer = await photo(browser, id);
    answer.ok();
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({ 'content-type': 'image/png', 'cross-origin-resource-policy': 'same-origin' });
    expect(answer.headers['cache-control']).toMatch(/^private/);
  }
  const me = (await ana.get('/api/v1/session')).ok<Schemas['Me']>();
  expect(me.accounts.find(({ id: at }) => at === account.id)?.photo_id).toBe(id);
  const catalogue = (await ana.get('/api/v1/account')).ok<Schemas['AccountCatalogue']>();
  expect(catalogue.members.map(({ id: member, photo_id }) => [member, photo_id])).toContainEqual([account.members.ana, id]);
  expect(catalogue.members.filter(({ photo_id }) => photo_id !== null)).toHaveLength(1);
  const { photo_id } = (await (await account.as('olga')).get(`/api/v1/members/${account.members.ana}`)).ok<Schemas['Member']>();
  expect(photo_id).toBe(id);
});

it('does not exist for another account, for nobody, or by the door of files', async () => {
  const id = await kept(ana, aPng('dela'));
  const stranger = await foreign.as('ana');
  (await photo(stranger, id, foreign.id)).refused(404, 'not_found');
  (await photo(stranger, id)).refused(404, 'account_unknown');
  (await call({ method: 'GET', path: `/media/photos/${id}?account=${account.id}` })).refused(401, 'session_missing');
  (await ana.get(`/media/photos/${id}`)).refused(400, 'account_required');
  (await (await account.as('bruno')).media(id)).refused(404, 'not_found');
  await expect(
    sql("UPDATE memberships SET photo_id = :'photo' WHERE account_id = :'a' AND id = :'m'", { photo: id, a: foreign.id, m: foreign.members.ana }),
  ).rejects.toThrow(/photo_exists/);
});

it('is no file of a conversation', async () => {
  const file = (await ana.upload('x.png', 'image/png', aPng('rascunho'))).ok<Schemas['Attachment']>(201);
  (await photo(ana, file.id)).refused(404, 'not_found');
});

it('that is replaced or taken away is gone at once, and a day later from the store; one in use stays', async () => {
  const first = await kept(ana, aPng('um'));
  const second = await kept(ana, aWebp(), 'image/webp');
  expect(second).not.toBe(first);
  (await photo(fabiana, first)).refused(404, 'not_found');
  (await photo(fabiana, second)).ok();
  await sql("UPDATE attachments SET created_at = now() - interval '2 days' WHERE account_id = :'a' AND id IN (:'one', :'two')", { a: account.id, one: first, two: second });
  await sql("SELECT sweep_uploads(now() - interval '1 day')");
  expect(await lines("SELECT id FROM attachments WHERE account_id = :'a' AND id IN (:'one', :'two')", { a: account.id, one: first, two: second })).toEqual([String(second)]);
  (await ana.delete('/api/v1/me/photo')).ok(204);
  (await photo(fabiana, second)).refused(404, 'not_found');
  (await ana.delete('/api/v1/me/photo')).refused(404, 'photo_missing');
});

it('is judged by its bytes: PNG, JPEG and WebP, not too heavy and not too large', async () => {
  /* What an earlier test made old may be swept meanwhile. */
  const files = (): Promise<string[]> => lines("SELECT id FROM attachments WHERE account_id = :'a' AND created_at > now() - interval '1 day' ORDER BY id", { a: account.id });
  const before = await files();
  const gif = Buffer.from('GIF89a\u0001\u0000\u0001\u0000 and more of it, so that it is longer than any header', 'latin1');
  for (const bytes of [HTML, aPdf(), gif, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]) (await put(ana, bytes)).refused(415, 'picture_kind_unknown');
  const huge = aPng();
  huge.writeUInt32BE(60_000, 16);
  (await put(ana, huge)).refused(413, 'picture_too_large');
  (await put(ana, Buffer.concat([aPng(), Buffer.alloc(2 * 1024 * 1024)]))).refused(413, 'file_too_large');
  (await put(ana, aPng(), 'audio/ogg')).refused(415, 'file_kind_mismatch');
  expect(await files()).toEqual(before);
  const jpeg = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/wAALCAABAAEBAREA/9k=', 'base64');
  (await photo(ana, await kept(ana, jpeg, 'image/jpeg'))).ok();
});

it('is set and taken away by the person only, and the trail tells', async () => {
  const id = await kept(fabiana, aPng('f'));
  (await fabiana.ask('DELETE', '/api/v1/me/photo', undefined, { Origin: 'https://mau.exemplo' })).refused(403, 'origin_refused');
  (await fabiana.delete('/api/v1/me/photo')).ok(204);
  expect(
    await lines("SELECT action, detail FROM audit_events WHERE account_id = :'a' AND subject_id = :'m' AND action LIKE 'member.photo%' ORDER BY id", { a: account.id, m: account.members.fabiana }),
  ).toEqual([
    `member.photo_set|{"after":{"photo_id":${id}},"before":{"photo_id":null}}`,
    `member.photo_removed|{"after":{"photo_id":null},"before":{"photo_id":${id}}}`,
  ]);
});
