/** A channel whose token died stops, says so, and goes on once it is mended. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inState, reply, serving } from '../support/desk.ts';
import { lab } from '../support/lab.ts';
import { writeSecrets } from '../support/secrets.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let rafael: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  [ana, rafael] = await Promise.all([account.as('ana'), account.as('rafael')]);
  whatsapp = await aWhatsapp(account);
});

const channel = async (of = whatsapp): Promise<Schemas['Channel']> => (await rafael.get(`/api/v1/channels/${of.id}`)).ok();

it('stops at the first refusal, tells everybody, and works again after a new token', async () => {
  const rita = await whatsapp.customer();
  const { id } = await serving(ana, rita);
  await inState(ana, await reply(ana, id, 'antes'), 'delivered');
  expect(await channel()).toMatchObject({ state: 'connected', state_reason: null });

  const live = await ana.live();
  await lab('POST', '/numbers', { phone_number_id: whatsapp.number, access_token: 'a-token-of-tomorrow' });
  const sent = await reply(ana, id, 'com a chave morta');
  expect(await inState(ana, sent, 'failed')).toMatchObject({ error_slug: 'token_invalid', error_code: 'WA-190' });
  expect((await live.next('channel.changed')).data).toEqual({ channel_id: whatsapp.id });
  expect(await channel()).toMatchObject({ state: 'failing', state_reason: 'token_invalid' });
  expect((await account.catalogue()).channels).toMatchObject([{ id: whatsapp.id, state: 'failing' }]);

  await writeSecrets(rafael, whatsapp.id, { access_token: 'a-token-of-tomorrow' });
  (await ana.post(`/api/v1/tickets/${id}/messages/${sent.seq}/retry`)).ok();
  await inState(ana, sent, 'delivered');
  (await rafael.post(`/api/v1/channels/${whatsapp.id}/test`)).ok();
  expect(await channel()).toMatchObject({ state: 'connected', state_reason: null });
  live.close();
});

describe('the test of a connection', () => {
  type Verdict = { ok: boolean; steps: { name: string; ok: boolean; slug: string | null; detail: string | null }[] };
  let own: Whatsapp;
  beforeAll(async () => {
    own = await aWhatsapp(account);
  });
  const tested = async (): Promise<Verdict> => (await rafael.post(`/api/v1/channels/${own.id}/test`)).ok<Verdict>();

  it('goes step by step through what works', async () => {
    const { ok, steps } = await tested();
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(['token_valid', 'number_found']));
    expect(JSON.stringify(steps)).toContain('Casa');
  });

  it('ends at what does not, says why, and marks the channel', async () => {
    await writeSecrets(rafael, own.id, { access_token: 'wrong' });
    const { ok, steps } = await tested();
    expect(ok).toBe(false);
    expect(steps.at(-1)).toMatchObject({ ok: false, slug: 'token_invalid' });
    expect(await channel(own)).toMatchObject({ state: 'failing', state_reason: 'token_invalid' });
  });

  it('never shows a secret', async () => {
    const all = [await channel(own), (await rafael.get('/api/v1/channels')).ok(), await tested()];
    expect(JSON.stringify(all)).not.toContain(own.secret);
    expect(JSON.stringify(all)).not.toContain(`token-of-${own.number}`);
    expect(await channel(own)).toMatchObject({ secrets_set: expect.arrayContaining(['access_token', 'app_secret']) });
  });

  it('is not for agents', async () => {
    (await ana.post(`/api/v1/channels/${own.id}/test`)).refused(403, 'permission_denied');
  });
});
