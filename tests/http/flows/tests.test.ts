/** Conversations saved with a flow: played before it is published, and before a flow that it runs is. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { aFlow, type Document, draftOf, type Flow, greeting, publish, saying, theFlow } from '../support/flows.ts';

type Test = Schemas['FlowTest'];
type Report = { revision: number; covered: Record<string, number>; data: Test[] };

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

const tests = async ({ id }: Flow): Promise<Report> => (await rafael.get(`/api/v1/flows/${id}/tests`)).ok();
const recorded = async ({ id }: Flow, test_id = 'ola'): Promise<object> => {
  const body = { steps: [{ in: { kind: 'message', text: 'oi' } }], test_id, test_name: 'Diz olá' };
  return (await rafael.post(`/api/v1/flows/${id}/simulate`, body)).ok<{ test: object }>().test;
};
const change = async (flow: Flow, how: (document: Document) => object): Promise<Schemas['FlowSaved']> => {
  const { revision, document } = await draftOf(rafael, flow);
  return (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision, document: how(document) })).ok();
};
const keep = (flow: Flow, ...list: object[]): Promise<unknown> => change(flow, (document) => ({ ...document, meta: { tests: list } }));
const differing = (refused: Answer): Schemas['FlowFinding'][] => {
  refused.refused(409, 'flow_tests_differ');
  return refused.ok<{ findings: Schemas['FlowFinding'][] }>(409).findings.filter(({ severity }) => severity === 'error');
};
const tryToPublish = async (flow: Flow, more: object = {}, by = rafael): Promise<Answer> =>
  by.post(`/api/v1/flows/${flow.id}/publish`, { revision: (await theFlow(rafael, flow.id)).draft.revision, ...more });
/** A flow that runs another one, and goes no further. */
const running = (key: string, other: string): Document => greeting(account, {
  key, cards: [{ id: 'vai', type: 'run_flow', v: 1, position: { x: 0, y: 0 }, settings: { flow: `flow:${other}` } }], start: 'vai', connectors: [],
});

it('a flow without any is advised to have one, and is published', async () => {
  const flow = await aFlow(rafael, greeting(account, { key: 'sem-testes' }));
  const { findings } = (await rafael.get(`/api/v1/flows/${flow.id}/findings`)).ok<{ findings: Schemas['FlowFinding'][] }>();
  expect(findings).toMatchObject([{ code: 'L702', severity: 'advice' }]);
  expect(await tests(flow)).toMatchObject({ data: [], covered: { cards: 2, cards_reached: 0 } });
  await publish(rafael, flow);
});

it('what differs keeps it from being published, until the new behaviour is accepted', async () => {
  const flow = await aFlow(rafael, greeting(account, { key: 'com-testes' }));
  const before = (await draftOf(rafael, flow)).content_hash;
  await keep(flow, await recorded(flow));
  expect((await draftOf(rafael, flow)).content_hash).toBe(before);
  expect((await tests(flow)).data).toMatchObject([{ flow_id: flow.id, flow: 'com-testes', id: 'ola', name: 'Diz olá', has_passed: true, difference: null, again: null }]);
  expect((await tests(flow)).covered).toEqual({ cards: 2, cards_reached: 2, outlets: 1, outlets_reached: 1 });
  await publish(rafael, flow);

  await change(flow, (document) => saying(document, 'Bom dia!'));
  expect(differing(await tryToPublish(flow))).toMatchObject([{ code: 'L701', severity: 'error', flow: 'com-testes', card: 'ola', args: ['Diz olá', '2'] }]);
  const [test] = (await tests(flow)).data;
  expect(test).toMatchObject({ has_passed: false, difference: { step: 2, card: 'ola', expected: '{"card":"ola","send":"Olá!"}', got: 'send “Bom dia!” card ola' } });

  await keep(flow, test?.again as object);
  expect((await tests(flow)).data).toMatchObject([{ has_passed: true }]);
  expect((await publish(rafael, flow)).number).toBe(2);
});

it('overriding them takes a note and the right to record them again', async () => {
  const flow = await aFlow(rafael, greeting(account, { key: 'apesar' }));
  await keep(flow, await recorded(flow));
  await change(flow, (document) => saying(document, 'Outra coisa'));
  (await tryToPublish(flow, { overrides_tests: true })).refused(400, 'required', 'note');
  expect((await tryToPublish(flow, { overrides_tests: true, note: 'Urgente' })).ok<{ number: number }>().number).toBe(1);
});

it('those of a live flow that reaches it are played too, and of these only what it changes', async () => {
  const inner = await aFlow(rafael, greeting(account, { key: 'dentro' }));
  await publish(rafael, inner);
  const outer = await aFlow(rafael, running('fora', 'dentro'));
  await publish(rafael, outer, 'no ar');
  await keep(outer, await recorded(outer), { ...(await recorded(outer, 'outro')), steps: [{ in: { kind: 'message', text: 'oi' } }, { out: [] }] });

  await change(inner, (document) => saying(document, 'Bom dia!'));
  expect((await tests(inner)).data).toMatchObject([{ flow_id: outer.id, flow: 'fora', id: 'ola', has_passed: false }]);
  expect(differing(await tryToPublish(inner))).toMatchObject([{ code: 'L701', flow: 'fora' }]);
  await keep(outer, (await tests(inner)).data[0]?.again as object);
  expect((await publish(rafael, inner)).number).toBe(2);
});

it('what cannot be read as one is told, and publishing waits for it', async () => {
  const flow = await aFlow(rafael, greeting(account, { key: 'ilegivel', meta: { tests: ['x', {}, { format: 'balcao-flow-test', format_version: 1, id: 'a', flow: 'b', steps: [{ advance_s: 9_007_199_254_740_991 }], given: { now: '2026-11-20T09:30:00-03:00' } }] } }));
  expect((await tests(flow)).data.map(({ unreadable }) => unreadable)).toEqual(['test_format', 'test_format', 'test_step']);
  (await tryToPublish(flow)).refused(409, 'flow_tests_differ');
  const strange = await aFlow(rafael, greeting(account, { key: 'estranho', meta: { tests: { a: 1 } } }));
  expect((await tests(strange)).data).toEqual([]);
});

it('they travel with an export when asked, and find their things where they arrive', async () => {
  const flow = await aFlow(rafael, greeting(account, { key: 'viaja' }));
  await keep(flow, await recorded(flow));
  const without = (await rafael.get(`/api/v1/flows/${flow.id}/export`)).ok<{ flows: Document[] }>();
  expect(without.flows[0]?.['meta']).toBeUndefined();
  const bundle = (await rafael.get(`/api/v1/flows/${flow.id}/export?tests=true`)).ok<{ flows: Document[]; checksum: string }>();
  expect(bundle.flows[0]?.['meta']).toMatchObject({ tests: [{ id: 'ola' }] });
  expect(bundle.checksum).toBe((without as unknown as { checksum: string }).checksum);

  const there = await anAccount();
  const olga = await there.as('olga');
  (await olga.post('/api/v1/flow-imports', { bundle })).ok(201);
  const [arrived] = (await olga.get('/api/v1/flows')).ok<{ data: Flow[] }>().data;
  const { document } = await draftOf(olga, arrived as Flow);
  expect(JSON.stringify(document['meta'])).toContain(`department:${there.departments['Suporte']}`);
  expect((await olga.get(`/api/v1/flows/${arrived?.id}/tests`)).ok<Report>().data).toMatchObject([{ has_passed: true }]);
});
