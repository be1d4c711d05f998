/** What speaks: published once for a draft, never written again, compared, and published again when it was better. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { aFlow, aLiveFlow, broken, doubtful, draftOf, type Flow, greeting, publish, saying, theFlow } from '../support/flows.ts';

type Version = Schemas['FlowVersion'];
type Diff = Schemas['FlowDiff'];

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

/** Saves this over whatever the draft is. */
async function write(flow: Flow, document: object): Promise<void> {
  const { draft } = await theFlow(rafael, flow.id);
  (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision: draft.revision, document: { ...document, key: flow.key } })).ok();
}
const versions = async ({ id }: Flow): Promise<Version[]> => (await rafael.get(`/api/v1/flows/${id}/versions`)).ok<{ data: Version[] }>().data;
const diff = async ({ id }: Flow, query: string): Promise<Diff> => (await rafael.get(`/api/v1/flows/${id}/diff?${query}`)).ok();

describe('publishing', () => {
  it('makes the draft live, and the same revision again is the same version', async () => {
    const flow = await aFlow(rafael, greeting(account));
    const first = await publish(rafael, flow, 'Primeira');
    expect(first).toMatchObject({ number: 1, note: 'Primeira', is_live: true, draft_revision: 1, reverts_to: null, published_by: account.members.rafael });
    expect(await publish(rafael, flow, 'Outra vez')).toEqual(first);
    expect(await theFlow(rafael, flow.id)).toMatchObject({ live: { number: 1 }, draft: { is_changed: false } });
    expect(await lines("SELECT count(*) FROM flow_versions WHERE account_id = :'a' AND flow_id = :'f'", { a: account.id, f: flow.id })).toEqual(['1']);
  });

  it('at the same time is done once', async () => {
    const flow = await aFlow(rafael, greeting(account));
    const answers = await Promise.all([1, 2, 3].map(() => rafael.post(`/api/v1/flows/${flow.id}/publish`, { revision: 1 })));
    expect(answers.map((one) => one.ok<Version>().number)).toEqual([1, 1, 1]);
    expect((await versions(flow)).length).toBe(1);
  });

  it('is refused with errors, which are told; nothing speaks', async () => {
    const flow = await aFlow(rafael, broken(greeting(account)));
    const refused = (await rafael.post(`/api/v1/flows/${flow.id}/publish`, { revision: 1, note: 'x' })).refused(409, 'flow_has_errors');
    expect(refused.findings).toContainEqual(expect.objectContaining({ code: 'L107', severity: 'error', card: 'ola' }));
    expect((await theFlow(rafael, flow.id)).live).toBeNull();
    expect(await versions(flow)).toEqual([]);
  });

  it('is refused of what was not read', async () => {
    const flow = await aFlow(rafael, greeting(account));
    await write(flow, saying(greeting(account), 'Mudou'));
    (await rafael.post(`/api/v1/flows/${flow.id}/publish`, { revision: 1 })).refused(409, 'flow_moved_on');
  });

  it('in spite of warnings needs a word of why', async () => {
    const flow = await aFlow(rafael, doubtful(greeting(account)));
    expect(flow.draft).toMatchObject({ error_count: 0 });
    expect(flow.draft.warning_count).toBeGreaterThan(0);
    const refused = (await rafael.post(`/api/v1/flows/${flow.id}/publish`, { revision: 1, note: '  ' })).refused(400, 'required', 'note');
    expect(refused.findings).toContainEqual(expect.objectContaining({ code: 'L307', severity: 'warning' }));
    expect(await publish(rafael, flow, 'Fica para depois')).toMatchObject({ number: 1, note: 'Fica para depois' });
  });

  it('looks at the world as it is by then', async () => {
    const name = 'Some depois';
    const id = Number(await sql("INSERT INTO close_reasons (account_id, name, position) VALUES (:'a', :'n', 9) RETURNING id", { a: account.id, n: name }));
    const document = greeting(account);
    const flow = await aFlow(rafael, {
      ...document,
      cards: document.cards.map((card) => ('id' in card && card.id === 'fim' ? { ...card, settings: { reason: `reason:${id}` } } : card)),
    });
    expect(flow.draft.error_count).toBe(0);
    await sql("UPDATE close_reasons SET is_active = false WHERE account_id = :'a' AND id = :'id'", { a: account.id, id });
    const refused = (await rafael.post(`/api/v1/flows/${flow.id}/publish`, { revision: 1 })).refused(409, 'flow_has_errors');
    expect(refused.findings).toContainEqual(expect.objectContaining({ code: 'L401' }));
  });

  it('is written down for good', async () => {
    const flow = await aLiveFlow(rafael, greeting(account));
    const was = (await rafael.get(`/api/v1/flows/${flow.id}/versions/1`)).ok();
    await write(flow, saying(greeting(account), 'Depois'));
    await publish(rafael, flow);
    expect((await rafael.get(`/api/v1/flows/${flow.id}/versions/1`)).ok()).toEqual({ ...(was as object), is_live: false });
    await expect(sql("SET ROLE balcao_api; SET balcao.account = :'a'; UPDATE flow_versions SET document = '' WHERE flow_id = :'f'", { a: account.id, f: flow.id })).rejects.toThrow(/permission denied/);
  });
});

describe('going back', () => {
  it('publishes an old one under a new number, once, and leaves the draft alone', async () => {
    const flow = await aLiveFlow(rafael, greeting(account));
    await write(flow, saying(greeting(account), 'Pior'));
    await publish(rafael, flow);
    await write(flow, saying(greeting(account), 'Ainda escrevendo'));
    const revert = (live_number: number) => rafael.post(`/api/v1/flows/${flow.id}/versions/1/revert`, { live_number, note: 'Melhor antes' });
    const again = (await revert(2)).ok<Version>();
    expect(again).toMatchObject({ number: 3, reverts_to: 1, draft_revision: null, is_live: true, note: 'Melhor antes' });
    expect((await revert(2)).ok<Version>()).toEqual(again);
    (await revert(1)).refused(409, 'flow_moved_on');
    const [newest, , oldest] = await versions(flow);
    expect([newest?.number, newest?.content_hash]).toEqual([3, oldest?.content_hash]);
    expect(JSON.stringify((await draftOf(rafael, flow)).document)).toContain('Ainda escrevendo');
    (await rafael.post(`/api/v1/flows/${flow.id}/versions/3/revert`, { live_number: 3 })).refused(409, 'flow_is_live');
    (await rafael.post(`/api/v1/flows/${flow.id}/versions/9/revert`, { live_number: 3 })).refused(404, 'not_found');
  });
});

it('versions go newest first, page by page', async () => {
  const flow = await aLiveFlow(rafael, greeting(account));
  for (const text of ['um', 'dois']) {
    await write(flow, saying(greeting(account), text));
    await publish(rafael, flow);
  }
  const first = (await rafael.get(`/api/v1/flows/${flow.id}/versions?limit=2`)).ok<{ data: Version[]; next: number | null }>();
  expect(first.data.map(({ number }) => number)).toEqual([3, 2]);
  const second = (await rafael.get(`/api/v1/flows/${flow.id}/versions?limit=2&after=${first.next}`)).ok<{ data: Version[]; next: number | null }>();
  expect(second).toMatchObject({ data: [{ number: 1 }], next: null });
  for (const number of ['0', '9', 'x', '99999999999']) (await rafael.get(`/api/v1/flows/${flow.id}/versions/${number}`)).refused(404, 'not_found');
});

describe('differences', () => {
  it('are told by card, path by path, and by line; places do not count', async () => {
    const document = greeting(account);
    const flow = await aLiveFlow(rafael, document);
    expect(await diff(flow, '')).toEqual({
      is_same_logic: true, cards: { added: [], removed: [], retyped: [], changed: [] }, connectors: { added: [], removed: [] }, document: [],
    });
    await write(flow, {
      ...saying(document, 'Bem-vindo!'),
      name: 'Boas-vindas',
      cards: [
        { id: 'ola', type: 'send_message', v: 1, position: { x: 500, y: 500 }, settings: { kind: 'text', text: 'Bem-vindo!' } },
        { id: 'fim', type: 'transfer', v: 1, position: { x: 0, y: 0 }, settings: { target: 'department', department: `department:${account.departments['Vendas']}`, hours: 'ignore' } },
        { id: 'nova', type: 'send_message', v: 1, name: 'Nova', position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Mais' } },
      ],
      connectors: [{ from: 'ola', outlet: 'next', to: 'nova' }, { from: 'nova', outlet: 'next', to: 'fim' }],
    });
    const told = await diff(flow, 'from=1&to=draft');
    expect(told).toMatchObject({
      is_same_logic: false,
      cards: {
        added: [{ id: 'nova', type: 'send_message', name: 'Nova' }],
        removed: [],
        retyped: [{ id: 'fim', before: 'finish', after: 'transfer' }],
        changed: [{ id: 'ola', type: 'send_message', changes: [{ path: '/settings/text', before: 'Olá!', after: 'Bem-vindo!' }] }],
      },
      connectors: {
        added: [{ from: 'nova', outlet: 'next', to: 'fim' }, { from: 'ola', outlet: 'next', to: 'nova' }],
        removed: [{ from: 'ola', outlet: 'next', to: 'fim' }],
      },
      document: [{ path: '/name', before: 'Saudação', after: 'Boas-vindas' }],
    });
    const turned = await diff(flow, 'from=draft&to=live');
    expect(turned.cards.removed).toEqual(told.cards.added);
    expect(turned.connectors).toEqual({ added: told.connectors.removed, removed: told.connectors.added });
  });

  it('a moved card is the same behaviour, and no difference', async () => {
    const document = greeting(account);
    const flow = await aLiveFlow(rafael, document);
    await write(flow, { ...document, cards: document.cards.map((card) => ({ ...card, position: { x: 9, y: 9 }, color: 'blue' })) });
    expect(await diff(flow, 'from=live&to=draft')).toMatchObject({ is_same_logic: true, cards: { changed: [] } });
    expect(await publish(rafael, flow)).toMatchObject({ number: 2, is_same_logic: true });
  });

  it('are asked for of what is there', async () => {
    const flow = await aFlow(rafael, greeting(account));
    (await rafael.get(`/api/v1/flows/${flow.id}/diff`)).refused(404, 'not_found');
    (await rafael.get(`/api/v1/flows/${flow.id}/diff?from=7`)).refused(404, 'not_found');
    (await rafael.get(`/api/v1/flows/${flow.id}/diff?from=velha`)).refused(400, 'unknown_value', 'from');
  });
});

it('a flow that is off is told and stays as it was', async () => {
  const flow = await aLiveFlow(rafael, greeting(account));
  const stream = await rafael.live();
  expect((await rafael.patch(`/api/v1/flows/${flow.id}`, { is_enabled: false })).ok<Flow>()).toMatchObject({ is_enabled: false, live: { number: 1 } });
  await stream.next('flow.changed', ({ flow_id }) => flow_id === flow.id);
  stream.close();
});
