/** What the provider refuses is explained, and what may be tried again is. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { inState, reply, serving, theTicket } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});
beforeEach(() => whatsapp.faults({}));

const CODES: [number, string][] = [
  [131026, 'undeliverable'],
  [131047, 'window_closed'],
  [131049, 'marketing_limited'],
  [130403, 'customer_blocked'],
  [131051, 'kind_unsupported'],
  [132015, 'template_paused'],
  [999999, 'provider_refused'],
];

describe.each(['sync', 'async'])('refused %s', (mode) => {
  it.each(CODES)('%i', async (code, slug) => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ refuse_next: { code, mode } });
    const sent = await reply(ana, id, 'não vai');
    expect(await inState(ana, sent, 'failed')).toMatchObject({ error_code: `WA-${code}`, error_slug: slug });
    expect((await theTicket(ana, id)).last).toMatchObject({ state: 'failed', preview: 'não vai' });
    expect(await rita.received(0)).toEqual([]);
  });
});

describe('a failed message', () => {
  it('goes again under the same number when asked to, and once', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ refuse_next: 131026 });
    const sent = await reply(ana, id, 'tenta de novo');
    await inState(ana, sent, 'failed');
    const again = (await ana.post(`/api/v1/tickets/${id}/messages/${sent.seq}/retry`)).ok();
    expect(again).toMatchObject({ seq: sent.seq, state: 'queued', error_code: null, error_slug: null });
    await inState(ana, sent, 'delivered');
    expect(await rita.texts()).toEqual(['tenta de novo']);
    (await ana.post(`/api/v1/tickets/${id}/messages/${sent.seq}/retry`)).refused(409, 'not_failed');
  });

  it('of somebody else, of the customer or of nobody cannot be tried again', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    (await ana.post(`/api/v1/tickets/${id}/messages/2/retry`)).refused(409, 'not_failed');
    (await ana.post(`/api/v1/tickets/${id}/messages/99/retry`)).refused(404, 'not_found');
    (await ana.post(`/api/v1/tickets/${id}/messages/0/retry`)).refused(404, 'not_found');
    await whatsapp.faults({ refuse_next: 131026 });
    const sent = await reply(ana, id, 'da Ana');
    await inState(ana, sent, 'failed');
    const bruno = await account.as('bruno');
    (await bruno.post(`/api/v1/tickets/${id}/messages/${sent.seq}/retry`)).refused(409, 'not_holder');
  });
});

describe('a provider that is unwell', () => {
  it.each([
    ['answer_429_next', 130429],
    ['answer_500_next', 131000],
  ])('is asked again after %s, and the customer gets it once', async (fault, code) => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ [fault]: 2 });
    const sent = await reply(ana, id, 'insiste');
    await whatsapp.calls(2, (entry) => entry.code === code);
    await inState(ana, sent, 'delivered');
    expect(await rita.texts()).toEqual(['insiste']);
  });

  it('keeps the order of a conversation', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ answer_500_next: 1 });
    for (const text of ['um', 'dois', 'três']) await reply(ana, id, text);
    expect(await rita.texts(3)).toEqual(['um', 'dois', 'três']);
  });
});

it('waits only for the customer who is written to too often', async () => {
  const [rita, paula] = await Promise.all([whatsapp.customer(), whatsapp.customer()]);
  const [toRita, toPaula] = [await serving(ana, rita), await serving(ana, paula)];
  await whatsapp.faults({ pair_rate: { burst: 1, interval_ms: 1500 } });
  await inState(ana, await reply(ana, toRita.id, 'Rita um'), 'delivered');
  const second = await reply(ana, toRita.id, 'Rita dois');
  await whatsapp.calls(1, ({ code }) => code === 131056);

  await inState(ana, await reply(ana, toPaula.id, 'Paula um'), 'delivered');
  expect(await rita.texts()).toEqual(['Rita um']);
  await inState(ana, second, 'delivered');
  expect(await rita.texts(2)).toEqual(['Rita um', 'Rita dois']);
});
