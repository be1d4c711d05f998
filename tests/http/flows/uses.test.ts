/** What a flow names is not taken away under it: refused by name, and free again once the flow lets go. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { aFlow, aLiveFlow, draftOf, type Flow, greeting, publish, theFlow } from '../support/flows.ts';

let ours: Account;
let rafael: Browser;

beforeAll(async () => {
  ours = await anAccount();
  rafael = await ours.as('rafael');
});

const made = async (path: string, body: object): Promise<number> => (await rafael.post(path, body)).ok<{ id: number }>(201).id;

/** Greets, and on the way does what this card does. */
const doing = (key: string, type: string, settings: object, outlets: string[]): object => {
  const document = greeting(ours, { key, name: `Fluxo ${key}` });
  return {
    ...document,
    cards: [...document.cards, { id: 'meio', type, v: 1, position: { x: 0, y: 80 }, settings }],
    connectors: [{ from: 'ola', outlet: 'next', to: 'meio' }, ...outlets.map((outlet) => ({ from: 'meio', outlet, to: 'fim' }))],
  };
};

const namedBy = (answer: Answer, flow: Flow): void => {
  answer.refused(409, 'named_by_flows');
  expect((JSON.parse(answer.text) as Schemas['Problem']).flows).toEqual([{ id: flow.id, key: flow.key, name: flow.name }]);
};

/** The draft, without the card in its middle. */
async function letGo(flow: Flow): Promise<void> {
  const { revision, document } = await draftOf(rafael, flow);
  const without = { ...document, cards: document.cards.filter((card) => !('id' in card && card.id === 'meio')), connectors: [{ from: 'ola', outlet: 'next', to: 'fim' }] };
  (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision, document: without })).ok();
}

describe('what a flow names', () => {
  it('a tag is neither archived nor merged while a flow puts it on, live or as a draft', async () => {
    const [id, other] = [await made('/api/v1/tags', { name: 'Posta' }), await made('/api/v1/tags', { name: 'Livre' })];
    const flow = await aLiveFlow(rafael, doing('etiqueta', 'add_tag', { tags: [`tag:${id}`] }, ['next']));
    namedBy(await rafael.patch(`/api/v1/tags/${id}`, { is_active: false }), flow);
    namedBy(await rafael.post(`/api/v1/tags/${id}/merge`, { tag_id: other }), flow);
    (await rafael.patch(`/api/v1/tags/${id}`, { name: 'Posta de novo' })).ok();
    (await rafael.patch(`/api/v1/tags/${other}`, { is_active: false })).ok();
    await letGo(flow);
    namedBy(await rafael.patch(`/api/v1/tags/${id}`, { is_active: false }), flow);
    await publish(rafael, flow);
    (await rafael.patch(`/api/v1/tags/${id}`, { is_active: false })).ok();
  });

  it('nor is a period removed, or a reason, or a department closed', async () => {
    const week = [{ day: 1, from_min: 480, until_min: 1080 }];
    const { periods } = (await rafael.post('/api/v1/hours/periods', { name: 'Balcão', keeps_holidays: true, week, exceptions: [] })).ok<Schemas['Hours']>(201);
    const id = periods.find(({ name }) => name === 'Balcão')?.id ?? 0;
    const flow = await aFlow(rafael, doing('periodo', 'condition_period', { period: `period:${id}` }, ['inside', 'outside']));
    namedBy(await rafael.delete(`/api/v1/hours/periods/${id}`), flow);
    (await rafael.delete(`/api/v1/close-reasons/${ours.reasons['Resolvido']}`)).refused(409, 'named_by_flows');
    (await rafael.patch(`/api/v1/close-reasons/${ours.reasons['Resolvido']}`, { is_active: false })).refused(409, 'named_by_flows');
    (await rafael.patch(`/api/v1/departments/${ours.departments['Suporte']}`, { is_active: false })).refused(409, 'named_by_flows');
    (await rafael.delete(`/api/v1/departments/${ours.departments['Suporte']}`)).refused(409, 'named_by_flows');
    await letGo(flow);
    (await rafael.delete(`/api/v1/hours/periods/${id}`)).ok();
  });

  it('may be called otherwise: the draft is still what is live', async () => {
    const id = await made('/api/v1/tags', { name: 'Antes' });
    const flow = await aLiveFlow(rafael, doing('renomeada', 'add_tag', { tags: [`tag:${id}`] }, ['next']));
    const before = await draftOf(rafael, flow);
    (await rafael.patch(`/api/v1/tags/${id}`, { name: 'Depois' })).ok();
    (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision: before.revision, document: before.document })).ok();
    const after = await draftOf(rafael, flow);
    expect(after.document['refs']).toContainEqual({ ref: `tag:${id}`, name: 'Depois' });
    expect(after.content_hash).toBe(before.content_hash);
    expect((await theFlow(rafael, flow.id)).draft.is_changed).toBe(false);
  });
});
