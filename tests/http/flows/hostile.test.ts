/** Documents that no builder writes: whatever comes, it is refused in one word, or kept and found wrong. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { aFlow, draftOf, type Flow, greeting, theFlow } from '../support/flows.ts';

let account: Account;
let rafael: Browser;
let flow: Flow;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
  flow = await aFlow(rafael, greeting(account));
});

/** As bytes, because JSON.stringify would not write what these say. */
const raw = (document: string): Promise<Answer> =>
  rafael.ask('PUT', `/api/v1/flows/${flow.id}/draft`, Buffer.from(`{"revision":1,"document":${document}}`), { 'Content-Type': 'application/json' });
const deep = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
const having = (more: string): string => JSON.stringify(greeting(account)).replace(/}$/, `,${more}}`);
const put = (document: object): Promise<Answer> => rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision: 1, document });

describe('is refused', () => {
  it.each([
    ['no object', '[]', 'wrong_type'],
    ['text', '"x"', 'wrong_type'],
    ['null', 'null', 'required'],
    ['a number', '7', 'wrong_type'],
    ['nothing of ours', '{}', 'flow_format'],
    ['cut off', '{"format":', 'json_syntax'],
  ])('%s', async (_, document, slug) => {
    expect(((await raw(document)).ok<{ slug: string }>(400)).slug).toBe(slug);
  });

  it.each([
    ['a key twice', '"format":"balcao-flow"', 'json_duplicate_key'],
    ['a null somewhere', '"notes2":[{"a":null}]', 'json_null'],
    ['a fraction', '"x":1.5', 'json_fraction'],
    ['a number without end', '"x":1e400', 'json_number'],
    ['a number that no browser keeps', '"x":9007199254740992', 'json_whole'],
    ['a key that is no word', '"Olá":1', 'json_key'],
    ['a way of escaping', '"__proto__":{}', 'flow_none'],
    ['text with NUL', '"x":"a\\u0000"', 'json_nul'],
    ['half a character', '"x":"\\ud800"', 'json_utf8'],
    ['depth', `"x":${deep(12)}`, 'json_depth'],
    ['depth beyond any reader', `"x":${deep(5000)}`, 'json_depth'],
  ].filter(([, , slug]) => slug !== 'flow_none'))('%s', async (_, more, slug) => {
    expect(((await raw(having(more as string))).ok<{ slug: string }>(400)).slug).toBe(slug);
  });

  it('more than it may be', async () => {
    (await put(greeting(account, { notes: [{ id: 'n', text: 'á'.repeat(1_100_000 / 2) }] }))).refused(400, 'flow_too_large');
    const over = await put(greeting(account, { notes: [{ id: 'n', text: 'a'.repeat(6_000_000) }] }));
    expect(over.status).toBe(413);
  });

  it('another key, another format, a newer one', async () => {
    (await put(greeting(account, { key: '../../x' }))).refused(400, 'flow_key_invalid', 'document');
    (await put(greeting(account, { format: 'n8n' }))).refused(400, 'flow_format');
    (await put(greeting(account, { format_version: 99 }))).refused(400, 'flow_newer');
    (await put(greeting(account, { key: flow.key, name: '' }))).refused(400, 'required', 'name');
    (await put(greeting(account, { key: flow.key, name: 'x'.repeat(81) }))).refused(400, 'too_long', 'name');
  });

  it('a revision that is none', async () => {
    for (const revision of [0, -1, '1', 1.5, null]) expect((await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision, document: greeting(account) })).status).toBe(400);
  });
});

describe('is kept and found wrong', () => {
  const codes = async (document: object): Promise<string[]> => {
    const one = await aFlow(rafael, document);
    return (await rafael.get(`/api/v1/flows/${one.id}/findings`)).ok<{ findings: Schemas['FlowFinding'][] }>().findings.map(({ code }) => code);
  };

  it('a card that nobody knows survives untouched', async () => {
    const strange = { id: 'ufo', type: 'teleport', v: 7, position: { x: 1, y: 2 }, settings: { beam: 'up', to: ['mars'] } };
    const document = greeting(account);
    const one = await aFlow(rafael, { ...document, cards: [...document.cards, strange] });
    expect((await draftOf(rafael, one)).document.cards).toContainEqual(strange);
    expect(await codes({ ...document, cards: [...document.cards, strange] })).toContain('L102');
  });

  it('lines from and to nothing, cards twice, words where lists belong', async () => {
    const document = greeting(account);
    expect(await codes({ ...document, connectors: [{ from: 'nada', outlet: 'next', to: 'lugar' }] })).toContain('L105');
    expect(await codes({ ...document, cards: [...document.cards, ...document.cards] })).toContain('L104');
    for (const more of [{ cards: 'x' }, { connectors: 7 }, { settings: [] }, { start: {} }, { channels: 'all' }, { cards: [1, 'x', [], {}] }, { variables: [{}] }, { refs: [3] }]) {
      const answer = await rafael.post('/api/v1/flows', { document: { ...document, ...more } });
      expect([JSON.stringify(more), [201, 400].includes(answer.status)]).toEqual([JSON.stringify(more), true]);
    }
  });

  it('references to what is not there, of which there may be many', async () => {
    const document = greeting(account);
    const many = Array.from({ length: 4000 }, (_, n) => `tag:${n + 1_000_000}`);
    const one = await aFlow(rafael, {
      ...document,
      cards: [...document.cards, { id: 'etiqueta', type: 'add_tag', v: 1, position: { x: 0, y: 0 }, settings: { tags: many } }],
    });
    expect((await theFlow(rafael, one.id)).draft.error_count).toBeGreaterThan(0);
    const odd = ['department:', ':', 'department:1:2', 'department:99999999999999999999', 'department:-1', "department:1' OR 1=1", 'moon:7', 'file:xyz'];
    const strange = await aFlow(rafael, {
      ...document, settings: { fallback: { department: odd[3] } },
      cards: [...document.cards, { id: 'etiqueta', type: 'add_tag', v: 1, position: { x: 0, y: 0 }, settings: { tags: odd } }],
    });
    (await rafael.post(`/api/v1/flows/${strange.id}/publish`, { revision: 1 })).refused(409, 'flow_has_errors');
  });

  it('a flow that leads to itself, and a circle of flows', async () => {
    const document = greeting(account, { key: 'circulo', settings: { fallback: { flow: 'flow:circulo' } } });
    const one = await aFlow(rafael, document);
    expect((await theFlow(rafael, one.id)).draft.revision).toBe(1);
    (await rafael.get(`/api/v1/flows/${one.id}/export`)).ok<{ flows: object[] }>();
    (await rafael.delete(`/api/v1/flows/${one.id}`)).ok(204);
  });
});

it('five hundred cards are saved while somebody waits', async () => {
  const cards = Array.from({ length: 500 }, (_, n) => ({
    id: `c${n}`, type: 'send_message', v: 1, position: { x: n, y: n }, settings: { kind: 'text', text: `Texto número ${n}, com alguma coisa a dizer.` },
  }));
  const connectors = cards.slice(1).map(({ id }, n) => ({ from: `c${n}`, outlet: 'next', to: id }));
  const big = await aFlow(rafael, greeting(account, { key: 'grande', start: 'c0', cards, connectors }));
  const { document } = await draftOf(rafael, big);
  const began = performance.now();
  (await rafael.put(`/api/v1/flows/${big.id}/draft`, { revision: 1, document: { ...document, name: 'Grande' } })).ok();
  expect(performance.now() - began).toBeLessThan(5000);
});
