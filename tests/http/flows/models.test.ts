/** Flows to start from: made in an account of strangers, mapped to what is theirs, and live without another touch. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { draftOf, publish, theFlow } from '../support/flows.ts';
import { steppedUp } from '../support/step-up.ts';

type Model = Schemas['FlowModel'];
type Report = Schemas['FlowImported'];
type Found = { findings: Schemas['FlowFinding'][] };

const MODELS = ['provedor', 'clinica', 'loja', 'escola', 'fora-do-horario'];
/** Keys of other systems that the models' descriptions ask for. */
const SECRETS = ['sistema_chave', 'loja_chave', 'escola_chave'];
const OFFICE = [{ day: 1, from_min: 480, until_min: 1080 }];

let ours: Account;
let rafael: Browser;

beforeAll(async () => {
  ours = await anAccount();
  rafael = await ours.as('rafael');
});

const listed = async (by: Browser, language = ''): Promise<Model[]> =>
  (await by.get('/api/v1/flow-models', { 'Accept-Language': language })).ok<{ data: Model[] }>().data;
const findingsOf = async (by: Browser, id: number): Promise<Found['findings']> => (await by.get(`/api/v1/flows/${id}/findings`)).ok<Found>().findings;
const kindOf = ({ ref }: { ref: string }): string => ref.split(':')[0] ?? '';
const ofKind = <T extends { ref: string }>(named: readonly T[], kind: string): T[] => named.filter((one) => kindOf(one) === kind);

const opens = async (by: Browser, id: number, period_id: number): Promise<void> => {
  (await by.put('/api/v1/hours/followers', { departments: [{ id, period_id }] })).ok();
};

/** What somebody makes before they choose it in the form; who works there is in it. */
const making = (account: Account, by: Browser): Record<string, (name: string) => Promise<number>> => {
  const made = async (path: string, body: object): Promise<number> => (await by.post(path, body)).ok<{ id: number }>(201).id;
  const period = async (name: string): Promise<number> => {
    const body = { name, keeps_holidays: true, week: OFFICE, exceptions: [] };
    const { periods } = (await by.post('/api/v1/hours/periods', body)).ok<Schemas['Hours']>(201);
    return periods.find((one) => one.name === name)?.id ?? 0;
  };
  return {
    reason: (name) => made('/api/v1/close-reasons', { name }),
    group: (name) => made('/api/v1/internal-groups', { name, member_ids: [account.members.ana] }),
    period,
  };
};

/** Departments that are made have nobody yet, and no hours. */
const staffs = async (account: Account, by: Browser, id: number, period_id: number): Promise<void> => {
  const members = [{ member_id: account.members.ana, is_responsible: false, notifies_transfer: null }];
  (await by.put(`/api/v1/departments/${id}/members`, { members })).ok();
  await opens(by, id, period_id);
};

describe('what there is', () => {
  it('comes with names, what it is for, and what comes with it, in the language of who asks', async () => {
    const models = await listed(rafael);
    expect(models.map(({ key }) => key)).toEqual(MODELS);
    expect(models[0]).toMatchObject({ name: 'Provedor de internet', channels: ['telegram', 'webchat', 'whatsapp'] });
    expect(models[0]?.flows.map(({ key }) => key)).toEqual(['provedor', 'provedor-pesquisa']);
    expect((await listed(rafael, 'en-GB,en;q=0.9'))[0]).toMatchObject({ key: 'provedor', name: 'Internet provider' });
  });

  it('shows its documents before anything is made', async () => {
    const [model] = (await rafael.get('/api/v1/flow-models?key=clinica')).ok<{ data: Model[] }>().data;
    expect(model?.documents?.map((document) => document['key'])).toEqual(['clinica', 'clinica-lembrete']);
    (await rafael.get('/api/v1/flow-models?key=padaria')).refused(400, 'unknown_value', 'key');
    (await rafael.post('/api/v1/flow-models', { model: 'padaria' })).refused(400, 'unknown_value', 'model');
  });
});

describe('starting from one', () => {
  it.each(MODELS)('%s: made, mapped, without a finding, and live', async (key) => {
    const account = await anAccount();
    const by = await steppedUp(await account.as('rafael'));
    const make = making(account, by);
    for (const name of SECRETS) (await by.post('/api/v1/flow-secrets', { name, value: 'chave-de-exemplo' })).ok();
    const hours = await make['period']?.('Balcão');
    for (const name of ['Suporte', 'Vendas']) await opens(by, account.departments[name] ?? 0, hours ?? 0);
    const body = { model: key, creates_missing: true, mapping: [] as { ref: string; to: string }[] };
    for (const one of (await by.post('/api/v1/flow-models/check', body)).ok<Report>().unresolved) {
      const id = await make[kindOf(one)]?.(one.name);
      if (id !== undefined) body.mapping.push({ ref: one.ref, to: `${kindOf(one)}:${id}` });
    }
    const report = (await by.post('/api/v1/flow-models', body)).ok<Report>(201);
    /* Files and message templates are nobody's but the account's own: they are put in by hand. */
    const own = [...ofKind(report.unresolved, 'file'), ...ofKind(report.unresolved, 'template')];
    expect(report.unresolved).toEqual(own);
    const { data: departments } = (await by.get('/api/v1/departments')).ok<{ data: { id: number; name: string }[] }>();
    const made = ofKind(report.created, 'department').map(({ name }) => name);
    for (const { id } of departments.filter(({ name }) => made.includes(name))) await staffs(account, by, id, hours ?? 0);
    for (const { id } of report.flows) {
      const findings = (await findingsOf(by, id ?? 0)).filter(({ severity }) => severity !== 'advice');
      expect(findings.filter(({ card }) => !own.some(({ cards }) => cards.includes(card ?? '')))).toEqual([]);
      if (findings.length > 0) continue;
      await publish(by, { id: id ?? 0 });
      expect((await theFlow(by, id ?? 0)).live).toMatchObject({ number: 1 });
    }
  });

  it('leaves holes that the linter points at, and keeps their names', async () => {
    const report = (await rafael.post('/api/v1/flow-models', { model: 'fora-do-horario', name: 'Depois das seis' })).ok<Report>(201);
    expect(report.flows).toMatchObject([{ name: 'Depois das seis', new_key: 'fora-do-horario' }]);
    const hole = ofKind(report.unresolved, 'department').find(({ name }) => name === 'Plantão');
    expect(hole?.cards.length).toBeGreaterThan(0);
    const id = report.flows[0]?.id ?? 0;
    expect((await draftOf(rafael, { id })).document['refs']).toContainEqual({ ref: 'department:?', name: 'Plantão' });
    const pointed = (await findingsOf(rafael, id)).filter(({ code }) => code === 'L401').map(({ card }) => card);
    expect(pointed).toEqual(expect.arrayContaining(hole?.cards ?? []));
  });

  it('needs who may write flows', async () => {
    (await (await ours.as('ana')).post('/api/v1/flow-models', { model: 'loja' })).refused(403, 'permission_denied');
  });
});
