/** What is being written: made, saved by revision, looked through by the linter, removed. */
import { readFile } from 'node:fs/promises';

import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { aFlow, aLiveFlow, broken, draftOf, type Flow, greeting, saying, theFlow } from '../support/flows.ts';

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

const save = (flow: Flow, revision: number, document: object) => rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision, document });

describe('making', () => {
  it('an empty one gets a key of its name, is told, and has errors to begin with', async () => {
    const stream = await rafael.live();
    const flow = (await rafael.post('/api/v1/flows', { name: 'Segunda via (fatura)' })).ok<Flow>(201);
    expect(flow).toMatchObject({ key: 'segunda-via-fatura', name: 'Segunda via (fatura)', is_enabled: true, live: null, start_count: 0, run_count: 0 });
    expect(flow.draft).toMatchObject({ revision: 1, is_changed: true, saved_by: account.members.rafael });
    expect(flow.draft.error_count).toBeGreaterThan(0);
    expect((await stream.next('flow.changed')).data).toEqual({ flow_id: flow.id });
    stream.close();
    const again = (await rafael.post('/api/v1/flows', { name: 'Segunda via, fatura' })).ok<Flow>(201);
    expect(again.key).toBe('segunda-via-fatura-2');
  });

  it('one of a document is filled, keeps its key when that is free, and is found by its name', async () => {
    const flow = await aFlow(rafael, greeting(account, { key: 'de-arquivo', name: 'Recepção' }));
    expect(flow).toMatchObject({ key: 'de-arquivo', name: 'Recepção', channels: ['webchat'], draft: { error_count: 0 } });
    const { document } = await draftOf(rafael, flow);
    expect(document['settings']).toMatchObject({ human: { enabled: true, digit: '0' }, keep_days: 180 });
    expect(document['refs']).toEqual([
      { ref: `department:${account.departments['Suporte']}`, name: 'Suporte' },
      { ref: `reason:${account.reasons['Resolvido']}`, name: 'Resolvido' },
    ]);
    expect((await aFlow(rafael, greeting(account, { key: 'de-arquivo' }))).key).toBe('de-arquivo-2');
    const found = (await rafael.get('/api/v1/flows?q=recepcao')).ok<{ data: Flow[] }>().data;
    expect(found.map(({ id }) => id)).toEqual([flow.id]);
  });

  it('refuses a key that is taken or none, and a flow without a name', async () => {
    await aFlow(rafael, greeting(account, { key: 'tomada' }));
    (await rafael.post('/api/v1/flows', { name: 'x', key: 'tomada' })).refused(409, 'flow_key_is_taken', 'key');
    (await rafael.post('/api/v1/flows', { name: 'x', key: 'Não' })).refused(400, 'flow_key_invalid', 'key');
    (await rafael.post('/api/v1/flows', { name: ' ' })).refused(400, 'required', 'name');
  });
});

it('a list goes through all of them by name', async () => {
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = (await rafael.get(`/api/v1/flows?limit=2${after}`)).ok<{ data: Flow[]; next: number | null }>();
    seen.push(...page.data.map(({ name }) => name));
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(seen.length).toBeGreaterThan(4);
  expect(seen).toEqual(seen.toSorted((x, y) => x.localeCompare(y, 'pt-BR', { sensitivity: 'base' })));
});

describe('saving', () => {
  it('raises the revision, and the same again does not', async () => {
    const flow = await aFlow(rafael, greeting(account));
    const saved = (await save(flow, 1, { ...saying(greeting(account), 'Oi!'), key: flow.key })).ok<Schemas['FlowSaved']>();
    expect(saved).toMatchObject({ revision: 2, error_count: 0, saved_by: account.members.rafael });
    const { document } = await draftOf(rafael, flow);
    expect((await save(flow, 2, document)).ok<Schemas['FlowSaved']>().revision).toBe(2);
    expect((await theFlow(rafael, flow.id)).draft.revision).toBe(2);
  });

  it('is refused of a revision that moved on, and shows what it is now', async () => {
    const flow = await aFlow(rafael, greeting(account));
    const olga = await account.as('olga');
    (await olga.put(`/api/v1/flows/${flow.id}/draft`, { revision: 1, document: { ...saying(greeting(account), 'De Olga'), key: flow.key } })).ok();
    const late = await save(flow, 1, { ...saying(greeting(account), 'De Rafael'), key: flow.key });
    const { draft } = late.refused(409, 'flow_moved_on');
    expect(draft).toMatchObject({ revision: 2, saved_by: account.members.olga });
    expect(JSON.stringify(draft?.document)).toContain('De Olga');
    expect(JSON.stringify((await draftOf(rafael, flow)).document)).toContain('De Olga');
  });

  it('of two at once one wins', async () => {
    const flow = await aFlow(rafael, greeting(account));
    const answers = await Promise.all(['um', 'dois', 'três'].map((text) => save(flow, 1, { ...saying(greeting(account), text), key: flow.key })));
    expect(answers.map(({ status }) => status).toSorted((x, y) => x - y)).toEqual([200, 409, 409]);
    expect((await theFlow(rafael, flow.id)).draft.revision).toBe(2);
  });

  it('never changes the key', async () => {
    const flow = await aFlow(rafael, greeting(account));
    (await save(flow, 1, greeting(account, { key: 'outra' }))).refused(400, 'flow_key_fixed', 'document');
  });

  it('says what is wrong, and so does the linter when it is asked', async () => {
    const flow = await aFlow(rafael, greeting(account));
    const saved = (await save(flow, 1, { ...broken(greeting(account)), key: flow.key })).ok<Schemas['FlowSaved']>();
    expect(saved.findings).toContainEqual(expect.objectContaining({ code: 'L107', severity: 'error', card: 'ola', outlet: 'next' }));
    expect((await theFlow(rafael, flow.id)).draft.error_count).toBe(saved.error_count);
    expect((await rafael.get(`/api/v1/flows/${flow.id}/findings`)).ok()).toMatchObject({
      revision: 2, error_count: saved.error_count, findings: saved.findings,
    });
  });
});

describe('removing', () => {
  it('is for what nobody names; then it is nowhere, and its key is free', async () => {
    const inner = await aLiveFlow(rafael, greeting(account, { key: 'dentro' }));
    const outer = await aFlow(rafael, greeting(account, {
      key: 'fora', name: 'Por fora', settings: { fallback: { flow: 'flow:dentro' } },
    }));
    const used = await rafael.delete(`/api/v1/flows/${inner.id}`);
    expect(used.refused(409, 'flow_is_used').flows).toEqual([{ id: outer.id, key: 'fora', name: 'Por fora' }]);
    (await rafael.delete(`/api/v1/flows/${outer.id}`)).ok(204);
    (await rafael.delete(`/api/v1/flows/${inner.id}`)).ok(204);
    for (const path of ['', '/draft', '/findings', '/versions', '/versions/1', '/diff', '/export'])
      (await rafael.get(`/api/v1/flows/${inner.id}${path}`)).refused(404, 'not_found');
    (await rafael.delete(`/api/v1/flows/${inner.id}`)).refused(404, 'not_found');
    expect((await aFlow(rafael, greeting(account, { key: 'dentro' }))).key).toBe('dentro');
  });
});

describe('who may', () => {
  it('a manager looks, an agent does not, and neither writes', async () => {
    const [camila, ana] = [await account.as('camila'), await account.as('ana')];
    const flow = await aFlow(rafael, greeting(account));
    (await camila.get(`/api/v1/flows/${flow.id}/draft`)).ok();
    (await camila.put(`/api/v1/flows/${flow.id}/draft`, { revision: 1, document: greeting(account) })).refused(403, 'permission_denied');
    (await camila.post(`/api/v1/flows/${flow.id}/publish`, { revision: 1 })).refused(403, 'permission_denied');
    (await camila.get(`/api/v1/flows/${flow.id}/export`)).refused(403, 'permission_denied');
    (await ana.get('/api/v1/flows')).refused(403, 'permission_denied');
    (await ana.get('/api/v1/flow-cards')).refused(403, 'permission_denied');
  });

  it('nobody sees another account’s, not even by what it refers to', async () => {
    const elsewhere = await anAccount();
    const theirs = await elsewhere.as('rafael');
    const flow = await aFlow(rafael, greeting(account));
    for (const path of ['', '/draft', '/findings', '/versions', '/diff', '/export'])
      (await theirs.get(`/api/v1/flows/${flow.id}${path}`)).refused(404, 'not_found');
    (await theirs.put(`/api/v1/flows/${flow.id}/draft`, { revision: 1, document: greeting(elsewhere) })).refused(404, 'not_found');
    (await theirs.delete(`/api/v1/flows/${flow.id}`)).refused(404, 'not_found');
    /* Our department in their document is one that is not there, by name too. */
    const foreign = await aFlow(theirs, greeting(account));
    const { document } = await draftOf(theirs, foreign);
    expect(document['refs']).toEqual(expect.arrayContaining([{ ref: `department:${account.departments['Suporte']}`, name: '' }]));
    expect(foreign.draft.error_count).toBeGreaterThan(0);
    (await theirs.post(`/api/v1/flows/${foreign.id}/publish`, { revision: 1 })).refused(409, 'flow_has_errors');
  });
});

it('the palette says all there is to know of each card', async () => {
  const { data } = (await rafael.get('/api/v1/flow-cards')).ok<{ data: { type: string; label: string }[] }>();
  expect(data.map(({ type }) => type)).toEqual(expect.arrayContaining(['send_message', 'question', 'transfer', 'finish']));
  expect(data.filter(({ label }) => label === '')).toEqual([]);
});

/* Where only the name of a way out is known, screens say it with words of their own. */
it.each([['pt-BR', 'A saída “segue” de'], ['en', 'The way out “goes on” of']])('in %s the palette, the check and the screens have one word for a way out', async (language, sentence) => {
  const asked = { 'Accept-Language': language };
  const { data } = (await rafael.get('/api/v1/flow-cards', asked)).ok<{ data: { outlets: { name: string; label: string }[] }[] }>();
  const { word_of } = JSON.parse(await readFile(new URL(`../../../frontend/src/locales/${language}/flows.json`, import.meta.url), 'utf8')) as { word_of: { outlet: Record<string, string> } };
  const ways = data.flatMap(({ outlets }) => outlets);
  /* Yes and no are also those of a question, which has them by its settings: the palette lists only the others. */
  for (const { name } of ways.filter((one) => one.name !== 'yes' && one.name !== 'no')) {
    expect(ways.filter((one) => one.name === name).map(({ label }) => label), name).toContain(word_of.outlet[name]);
  }
  const flow = await aFlow(rafael, { ...greeting(account, { key: `saida-${language.toLowerCase()}` }), connectors: [] });
  const { findings } = (await rafael.get(`/api/v1/flows/${flow.id}/findings`, asked)).ok<{ findings: { code: string; message: string }[] }>();
  expect(findings.find(({ code }) => code === 'L107')?.message).toContain(sentence);
});

describe('the trail', () => {
  it('has one row for a stretch of work, however often the draft saves itself', async () => {
    const flow = await aFlow(rafael, greeting(account, { key: 'trilha' }));
    const olga = await account.as('olga');
    const save = async (by: Browser, revision: number, text: string): Promise<void> => {
      const document = saying(greeting(account, { key: flow.key }), text);
      (await by.put(`/api/v1/flows/${flow.id}/draft`, { revision, document })).ok();
    };
    await save(rafael, 1, 'um');
    await save(olga, 2, 'dois');
    await save(olga, 3, 'três');
    await save(olga, 4, 'quatro');
    await save(rafael, 5, 'cinco');
    const rows = await sql("SELECT count(*) FROM audit_events WHERE account_id = :'a' AND action = 'flow.drafted' AND subject_id = :'f'", { a: account.id, f: flow.id });
    expect(rows).toBe('2');
  });
});
