/** Recordings from before they were prepared once: an upgrade has each of them prepared, and the same upgrade again nothing. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { anMp3, aPng } from '../support/files.ts';
import { until } from '../support/until.ts';

type Media = Schemas['FlowMedia'];

const UPGRADE = readFileSync(new URL('../../../db/migrations/0048_old_recordings.sql', import.meta.url), 'utf8');

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

const add = async (filename: string, type: string, bytes: Buffer): Promise<Media> =>
  (await rafael.ask('PUT', `/api/v1/flow-media/uploads?filename=${filename}`, bytes, { 'Content-Type': type })).ok<Media>(201);
const media = async (sha256: string): Promise<Media | undefined> =>
  (await rafael.get('/api/v1/flow-media')).ok<{ data: Media[] }>().data.find((one) => one.sha256 === sha256);
const prepared = ({ sha256 }: Media): Promise<Media> =>
  until(`${sha256} is prepared`, async () => {
    const found = await media(sha256);
    return found?.sound === 'ready' && found;
  });
const asKept = (): Promise<string> =>
  sql('SELECT sound, duration_s, voice_id FROM flow_files WHERE account_id = :account ORDER BY attachment_id', { account: account.id });

it('each is prepared once, whatever else is kept, and never again', async () => {
  const [old, failed] = [await add('aviso.mp3', 'audio/mpeg', anMp3(1)), await add('ruido.mp3', 'audio/mpeg', anMp3(2))];
  await Promise.all([prepared(old), prepared(failed)]);
  await add('foto.png', 'image/png', aPng('kept'));
  const mine = { account: account.id, old: old.sha256, failed: failed.sha256 };
  await sql("UPDATE flow_files SET sound = NULL, duration_s = NULL, voice_id = NULL WHERE account_id = :account AND sha256 = :'old'", mine);
  await sql("UPDATE flow_files SET sound = 'failed', duration_s = NULL, voice_id = NULL WHERE account_id = :account AND sha256 = :'failed'", mine);

  await sql(UPGRADE);
  expect((await prepared(old)).duration_s).toBeGreaterThan(0);
  const after = await asKept();
  expect(after.split('\n').map((line) => line.split('|')[0])).toEqual(['ready', 'failed', '']);

  await sql(UPGRADE);
  expect(await asKept()).toBe(after);
  expect(await sql("SELECT count(*) FROM jobs WHERE account_id = :account AND kind = 'flow.media'", mine)).toBe('0');
});
