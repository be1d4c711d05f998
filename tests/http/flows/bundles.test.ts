/** Flows as files: taken out of one account and into another, by what things are called. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { aFlow, aLiveFlow, draftOf, type Flow, greeting, theFlow } from '../support/flows.ts';

type Bundle = Schemas['FlowBundle'];
type Report = Schemas['FlowImported'];

let ours: Account;
let theirs: Account;
let rafael: Browser;
let other: Browser;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([anAccount(), anAccount()]);
  [rafael, other] = [await ours.as('rafael'), await theirs.as('rafael')];
});

const exported = async (by: Browser, { id }: Flow, query = ''): Promise<Bundle> => (await by.get(`/api/v1/flows/${id}/export${query}`)).ok();
const imported = async (by: Browser, bundle: object, more: object = {}): Promise<Report> =>
  (await by.post('/api/v1/flow-imports', { bundle, ...more })).ok<Report>(201);
const checked = async (by: Browser, bundle: object, more: object = {}): Promise<Report> =>
  (await by.post('/api/v1/flow-imports/check', { bundle, ...more })).ok<Report>();
const byKey = async (by: Browser, key: string): Promise<Flow> =>
  (await by.get(`/api/v1/flows?q=${key}`)).ok<{ data: Flow[] }>().data.find((one) => one.key === key) as Flow;
/** A report of what was made, as the trial before it said it. */
const asTried = ({ flows, ...report }: Report): Report => ({ ...report, flows: flows.map((flow) => ({ ...flow, id: null })) });
const count = (account: Account): Promise<string> => sql("SELECT count(*) FROM flows WHERE account_id = :'a'", { a: account.id });

/** A tag in our account, and a flow that puts it on. */
async function tagging(key: string, name: string): Promise<Flow> {
  const { id } = (await rafael.post('/api/v1/tags', { name })).ok<{ id: number }>(201);
  const document = greeting(ours, { key });
  return aFlow(rafael, {
    ...document,
    cards: [...document.cards, { id: 'etiqueta', type: 'add_tag', v: 1, position: { x: 0, y: 0 }, settings: { tags: [`tag:${id}`] } }],
    connectors: [{ from: 'ola', outlet: 'next', to: 'etiqueta' }, { from: 'etiqueta', outlet: 'next', to: 'fim' }],
  });
}

describe('taking out', () => {
  it('brings the flows that it reaches, a sum over them, and nothing personal', async () => {
    await aFlow(rafael, greeting(ours, { key: 'dentro' }));
    const outer = await aFlow(rafael, greeting(ours, { key: 'fora', meta: { created_by: 'Rafael' }, settings: { fallback: { flow: 'flow:dentro' } } }));
    const answer = await rafael.get(`/api/v1/flows/${outer.id}/export`);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="fora.json"');
    const bundle = answer.ok<Bundle>();
    expect(bundle.flows.map((one) => one['key'])).toEqual(['fora', 'dentro']);
    expect(answer.text).not.toContain('Rafael');
    expect(bundle.checksum).toBe(createHash('sha256').update(/"flows":(\[.*\]),"files"/s.exec(answer.text)?.[1] ?? '').digest('hex'));
    expect((await exported(rafael, outer, '?subflows=false')).flows).toHaveLength(1);
    (await rafael.get(`/api/v1/flows/${outer.id}/export?subflows=maybe`)).refused(400, 'unknown_value', 'subflows');
  });

  it('takes the draft, or what is live', async () => {
    const flow = await aLiveFlow(rafael, greeting(ours, { key: 'duas-faces' }));
    (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision: 1, document: greeting(ours, { key: flow.key, name: 'Rascunho' }) })).ok();
    expect((await exported(rafael, flow)).flows[0]).toMatchObject({ name: 'Rascunho' });
    expect((await exported(rafael, flow, '?live=true')).flows[0]).toMatchObject({ name: 'Saudação' });
  });
});

describe('taking in', () => {
  it('finds things by kind and name; a trial says the same and writes nothing', async () => {
    const flow = await tagging('viagem', 'Viajante');
    const bundle = await exported(rafael, flow);
    const before = await count(theirs);
    const trial = await checked(other, bundle);
    expect(await count(theirs)).toBe(before);
    const report = await imported(other, bundle);
    expect(asTried(report)).toEqual(trial);
    expect(report).toMatchObject({
      flows: [{ key: 'viagem', new_key: 'viagem', cards: 3, connectors: 2 }],
      created: [], files: [], unknown_cards: [], checksum_ok: true,
      unresolved: [{ name: 'Viajante', cards: ['etiqueta'] }],
    });
    expect(report.resolved).toEqual(expect.arrayContaining([
      { ref: `department:${ours.departments['Suporte']}`, name: 'Suporte', to: `department:${theirs.departments['Suporte']}`, cards: [] },
      { ref: `reason:${ours.reasons['Resolvido']}`, name: 'Resolvido', to: `reason:${theirs.reasons['Resolvido']}`, cards: ['fim'] },
    ]));
    expect(report.error_count).toBeGreaterThan(0);
    const made = await byKey(other, 'viagem');
    expect(made).toMatchObject({ live: null, start_count: 0 });
    const { document } = await draftOf(other, made);
    expect(JSON.stringify(document.cards)).toContain('"tag:?"');
    expect(document['refs']).toContainEqual({ ref: 'tag:?', name: 'Viajante' });
  });

  it('makes tags that are missing for those who want it', async () => {
    const bundle = await exported(rafael, await tagging('etiquetada', 'Só nossa'));
    const trial = await checked(other, bundle, { creates_missing: true });
    expect(await sql("SELECT count(*) FROM tags WHERE account_id = :'a' AND name = 'Só nossa'", { a: theirs.id })).toBe('0');
    const report = await imported(other, bundle, { creates_missing: true });
    expect(asTried(report)).toEqual(trial);
    expect(report).toMatchObject({ created: [{ name: 'Só nossa' }], unresolved: [], error_count: 0 });
    expect((await theFlow(other, (await byKey(other, 'etiquetada')).id)).draft.error_count).toBe(0);
  });

  it('makes departments that are missing, once for two ways of writing the name, for whoever may', async () => {
    const { flows: [document] } = await exported(rafael, await aFlow(rafael, greeting(ours, { key: 'com-setor' })));
    const [first, second] = ['department:901', 'department:902'];
    const card = (id: string, department: string): object => ({ id, type: 'transfer', v: 1, settings: { target: 'department', department } });
    const strange = {
      ...document, refs: [{ ref: first, name: 'Pós-venda' }, { ref: second, name: 'PÓS-VENDA' }],
      settings: {}, cards: [card('a', first), card('b', second)], start: 'a', connectors: [],
    };
    const made = (): Promise<string> => sql("SELECT count(*) FROM departments WHERE account_id = :'a' AND name = 'Pós-venda'", { a: theirs.id });
    const trial = await checked(other, strange, { creates_missing: true });
    expect(trial).toMatchObject({ created: [{ name: 'Pós-venda' }], unresolved: [] });
    expect(await made()).toBe('0');
    const { created } = await imported(other, strange, { creates_missing: true });
    expect(created).toHaveLength(1);
    expect(await made()).toBe('1');
    expect((await imported(other, strange, { creates_missing: true })).created).toEqual([]);

    await sql("UPDATE departments SET is_active = false WHERE account_id = :'a' AND name = 'Pós-venda'", { a: theirs.id });
    expect(await checked(other, strange, { creates_missing: true })).toMatchObject({ created: [], unresolved: [{ name: 'Pós-venda' }, { name: 'PÓS-VENDA' }] });
  });

  it('takes what somebody chose by hand, of that kind and theirs', async () => {
    const flow = await tagging('escolhida', 'Por escolher');
    const bundle = await exported(rafael, flow);
    const { id } = (await other.post('/api/v1/tags', { name: 'Escolhida' })).ok<{ id: number }>(201);
    const ref = (await checked(other, bundle)).unresolved[0]?.ref ?? '';
    const map = (to: string) => other.post('/api/v1/flow-imports', { bundle, mapping: [{ ref, to }] });
    (await map(`department:${theirs.departments['Vendas']}`)).refused(400, 'unknown_value', 'mapping');
    (await map(ref)).refused(400, 'unknown_value', 'mapping');
    expect((await map(`tag:${id}`)).ok<Report>(201)).toMatchObject({ unresolved: [], error_count: 0 });
    expect(JSON.stringify((await draftOf(other, await byKey(other, 'escolhida'))).document.cards)).toContain(`"tag:${id}"`);
  });

  it('gives new keys where they are taken, and flows of one file still lead to one another', async () => {
    await aFlow(rafael, greeting(ours, { key: 'par-a' }));
    const outer = await aFlow(rafael, greeting(ours, { key: 'par-b', settings: { fallback: { flow: 'flow:par-a' } } }));
    const bundle = await exported(rafael, outer);
    const report = await imported(rafael, bundle);
    expect(report.flows.map(({ key, new_key }) => [key, new_key])).toEqual([['par-b', 'par-b-2'], ['par-a', 'par-a-2']]);
    expect((await draftOf(rafael, await byKey(rafael, 'par-b-2'))).document['settings']).toMatchObject({ fallback: { flow: 'flow:par-a-2' } });
  });

  it('a round trip into an empty account is the same but for numbers', async () => {
    const flow = await aFlow(rafael, greeting(ours, { key: 'ida-e-volta' }));
    const there = await exported(rafael, flow);
    await imported(other, there);
    const back = await exported(other, await byKey(other, 'ida-e-volta'));
    const numberless = (bundle: Bundle): string => JSON.stringify(bundle.flows).replace(/"(department|reason):\d+"/g, '"$1"');
    expect(numberless(back)).toBe(numberless(there));
  });

  it('a lone document comes in too, under another name', async () => {
    const report = await imported(rafael, greeting(ours, { key: 'sozinho' }), { name: 'Com outro nome' });
    expect(report).toMatchObject({ checksum_ok: null, flows: [{ key: 'sozinho', name: 'Com outro nome' }] });
    expect((await byKey(rafael, 'sozinho')).name).toBe('Com outro nome');
  });
});

describe('what is none of ours', () => {
  it('is refused, all of it', async () => {
    const good = greeting(ours, { key: 'bom' });
    const put = (bundle: unknown) => rafael.post('/api/v1/flow-imports', { bundle });
    const before = await count(ours);
    (await put({ nodes: [], edges: [] })).refused(400, 'flow_foreign', 'bundle');
    (await put([])).refused(400, 'flow_foreign', 'bundle');
    (await put('texto')).refused(400, 'flow_foreign', 'bundle');
    (await put({ format: 'balcao-flows', format_version: 2, flows: [good] })).refused(400, 'flow_newer', 'bundle');
    (await put({ format: 'balcao-flows', format_version: 1, flows: [] })).refused(400, 'required', 'bundle');
    (await put({ format: 'balcao-flows', format_version: 1, flows: [good, good] })).refused(400, 'flow_key_twice', 'bundle');
    (await put({ format: 'balcao-flows', format_version: 1, flows: [good, { ...good, key: 'ruim', name: null }] })).refused(400, 'json_null');
    (await put({ ...good, format_version: 2 })).refused(400, 'flow_newer');
    expect(await count(ours)).toBe(before);
  });

  it('a file that was changed by hand comes in, and says so', async () => {
    const bundle = await exported(rafael, await aFlow(rafael, greeting(ours, { key: 'mexido' })), '');
    expect((await checked(rafael, { ...bundle, flows: [{ ...bundle.flows[0], name: 'Mexido' }] })).checksum_ok).toBe(false);
  });
});
