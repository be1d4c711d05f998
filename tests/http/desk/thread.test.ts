/** The conversation as the team reads and writes it. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inbound, messageOf, reply, serving, thread, whisper } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';


let account: Account;
let ana: Browser;
let bruno: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  [ana, bruno] = await Promise.all([account.as('ana'), account.as('bruno')]);
  whatsapp = await aWhatsapp(account);
});

describe('the thread', () => {
  it('is read in windows, from either side', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    for (let turn = 0; turn < 12; turn++) await whisper(ana, id, `nota ${turn}`);
    const whole = await thread(ana, id);
    type Window = { data: Schemas['Message'][]; has_older: boolean; has_newer: boolean };
    const window = async (query: string): Promise<Window> =>
      (await ana.get(`/api/v1/tickets/${id}/messages?${query}`)).ok<Window>();

    const last = await window('limit=5');
    expect(last).toMatchObject({ has_older: true, has_newer: false });
    expect(last.data).toEqual(whole.slice(-5));
    const before = await window(`limit=5&before=${last.data[0]?.seq}`);
    expect(before).toMatchObject({ has_older: true, has_newer: true });
    expect(before.data).toEqual(whole.slice(-10, -5));
    const first = await window('limit=5&after=0');
    expect(first).toMatchObject({ has_older: false, has_newer: true });
    expect(first.data).toEqual(whole.slice(0, 5));
    expect(await window(`after=${whole.at(-1)?.seq}`)).toMatchObject({ data: [], has_newer: false });
  });

  it('shows what an answer answers', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const [asked] = await inbound(ana, id);
    const sent = await reply(ana, id, { text: 'Sobre isto', quoted_seq: asked?.seq ?? 0 });
    expect(sent.quoted_seq).toBe(asked?.seq);
    await messageOf(ana, id, 'delivered', ({ seq, state }) => seq === sent.seq && state === 'delivered');
    const [call] = await whatsapp.calls(1, ({ request }) => JSON.stringify(request).includes('Sobre isto'));
    expect(call?.request).toHaveProperty('context.message_id');
  });
});

it('colleagues who write at the same moment lose nothing, and everybody sees one order', async () => {
  const { id } = await serving(ana, await whatsapp.customer());
  const everybody = await Promise.all((['ana', 'bruno', 'camila', 'olga'] as const).map(account.as));
  const texts = Array.from({ length: 40 }, (_, turn) => `ao mesmo tempo ${turn}`);
  await Promise.all(texts.map((text, turn) => whisper(everybody[turn % 4] ?? ana, id, text)));
  const threads = await Promise.all(everybody.map((one) => thread(one, id)));
  const notes = threads[0]?.filter(({ direction }) => direction === 'note') ?? [];
  expect(notes.map(({ text }) => text).sort()).toEqual([...texts].sort());
  expect(threads[0]?.map(({ seq }) => seq)).toEqual(threads[0]?.map((_, at) => at + 1));
  for (const other of threads) expect(other).toEqual(threads[0]);
});

describe('a draft', () => {
  it('is kept for its writer, and gone once said', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    const drafts = async (who: Browser) =>
      (await who.get('/api/v1/drafts'))
        .ok<{ data: { ticket_id: number; mode: string; body: string }[] }>()
        .data.filter(({ ticket_id }) => ticket_id === id);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'reply', body: 'Bom dia, qu' })).ok(204);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'whisper', body: 'será que' })).ok(204);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'reply', body: 'Bom dia, qual o CPF?' })).ok(204);
    expect(await drafts(ana)).toMatchObject([
      { mode: 'reply', body: 'Bom dia, qual o CPF?' },
      { mode: 'whisper', body: 'será que' },
    ]);
    expect(await drafts(bruno)).toEqual([]);
    await reply(ana, id, 'Bom dia, qual o CPF?');
    expect(await drafts(ana)).toMatchObject([{ mode: 'whisper' }]);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'whisper', body: '' })).ok(204);
    expect(await drafts(ana)).toEqual([]);
  });
});
