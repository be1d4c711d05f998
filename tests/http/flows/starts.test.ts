/** What begins which flow: set together, each where it fits. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { aFlow, aLiveFlow, type Flow, greeting, publish, saying, theFlow } from '../support/flows.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

type Start = Schemas['FlowStart'];

let account: Account;
let rafael: Browser;
let site: number;
let phone: number;
let flow: Flow;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
  await aWebchat(account);
  await aWhatsapp(account);
  const { data } = (await rafael.get('/api/v1/channels')).ok<{ data: { id: number; kind: string }[] }>();
  const of = (kind: string): number => data.find((one) => one.kind === kind)?.id ?? 0;
  [site, phone] = [of('webchat'), of('whatsapp_cloud')];
  flow = await aLiveFlow(rafael, greeting(account));
});

const put = (starts: object[]) => rafael.put('/api/v1/flow-starts', { starts });
const saved = async (starts: object[]): Promise<Start[]> => (await put(starts)).ok<{ starts: Start[] }>().starts;

beforeEach(async () => void (await saved([])));

it('are kept as they were set, told of each flow, and counted', async () => {
  const other = await aLiveFlow(rafael, greeting(account, { key: 'outra', name: 'Outra' }));
  const stream = await rafael.live();
  const starts = await saved([
    { kind: 'channel', flow_id: flow.id, channel_id: site },
    { kind: 'first_text', flow_id: other.id, first_text: ' QUERO  Comprar! ' },
    { kind: 'first_text', flow_id: flow.id, channel_id: site, first_text: 'quero comprar' },
    { kind: 'department', flow_id: other.id, department_id: account.departments['Vendas'] },
  ]);
  expect(starts).toEqual([
    { kind: 'channel', flow_id: flow.id, channel_id: site, department_id: null, first_text: null, ad_id: null, ref: null, agent: null },
    { kind: 'department', flow_id: other.id, channel_id: null, department_id: account.departments['Vendas'], first_text: null, ad_id: null, ref: null, agent: null },
    { kind: 'first_text', flow_id: flow.id, channel_id: site, department_id: null, first_text: 'quero comprar', ad_id: null, ref: null, agent: null },
    { kind: 'first_text', flow_id: other.id, channel_id: null, department_id: null, first_text: 'quero comprar', ad_id: null, ref: null, agent: null },
  ]);
  await stream.next('flow.changed', ({ flow_id }) => flow_id === other.id);
  stream.close();
  expect((await rafael.get('/api/v1/flow-starts')).ok()).toEqual({ starts, agents: [] });
  expect([(await theFlow(rafael, flow.id)).start_count, (await theFlow(rafael, other.id)).start_count]).toEqual([2, 2]);
  (await rafael.delete(`/api/v1/flows/${flow.id}`)).refused(409, 'flow_is_started');
});

describe('are refused', () => {
  it('when they do not say what they have to, or say it twice', async () => {
    const flow_id = flow.id;
    (await put([{ kind: 'channel', flow_id }])).refused(400, 'required', 'starts[0].channel_id');
    (await put([{ kind: 'first_text', flow_id, first_text: ' !? ' }])).refused(400, 'required', 'starts[0].first_text');
    (await put([{ kind: 'ad', flow_id, channel_id: site }])).refused(400, 'required', 'starts[0].ad_id');
    (await put([{ kind: 'link', flow_id, ref: '  ' }])).refused(400, 'required', 'starts[0].ref');
    (await put([{ kind: 'ad', flow_id, ad_id: '1', ref: 'x' }])).refused(400, 'unknown_value', 'starts[0].ref');
    (await put([{ kind: 'ad', flow_id, ad_id: '1'.repeat(65) }])).refused(400, 'too_long', 'starts[0].ad_id');
    (await put([{ kind: 'department', flow_id }])).refused(400, 'required', 'starts[0].department_id');
    (await put([{ kind: 'department', flow_id, department_id: 1, channel_id: site }])).refused(400, 'unknown_value', 'starts[0].channel_id');
    (await put([{ kind: 'moon', flow_id }])).refused(400, 'unknown_value', 'starts[0].kind');
    (await put([{ kind: 'channel', flow_id, channel_id: site, more: 1 }])).refused(400, 'unknown_field', 'starts[0].more');
    (await put([
      { kind: 'first_text', flow_id, first_text: 'Olá' },
      { kind: 'first_text', flow_id, first_text: 'olá!' },
    ])).refused(400, 'start_twice', 'starts[1].flow_id');
    (await put([
      { kind: 'link', flow_id, ref: 'Vitrine' },
      { kind: 'link', flow_id, ref: 'vitrine' },
    ])).refused(400, 'start_twice', 'starts[1].flow_id');
    (await put(['x' as unknown as object])).refused(400, 'wrong_type', 'starts[0].');
  });

  it('for what is not there, or another account’s', async () => {
    const elsewhere = await anAccount();
    const theirs = await elsewhere.as('rafael');
    const foreign = await aLiveFlow(theirs, greeting(elsewhere));
    for (const id of [foreign.id, 900_000_000]) (await put([{ kind: 'channel', flow_id: id, channel_id: site }])).refused(404, 'flow_unknown', 'starts[0].flow_id');
    (await theirs.put('/api/v1/flow-starts', { starts: [{ kind: 'channel', flow_id: foreign.id, channel_id: site }] })).refused(404, 'channel_unknown', 'starts[0].channel_id');
    for (const id of [elsewhere.departments['Vendas'], account.departments['Antigo']])
      (await put([{ kind: 'department', flow_id: flow.id, department_id: id }])).refused(404, 'department_unknown', 'starts[0].department_id');
    expect((await theirs.get('/api/v1/flow-starts')).ok()).toEqual({ starts: [], agents: [] });
  });

  it('for a flow that never spoke, or is off', async () => {
    const draft = await aFlow(rafael, greeting(account));
    (await put([{ kind: 'channel', flow_id: draft.id, channel_id: site }])).refused(409, 'flow_is_not_live', 'starts[0].flow_id');
    const off = await aLiveFlow(rafael, greeting(account));
    (await rafael.patch(`/api/v1/flows/${off.id}`, { is_enabled: false })).ok();
    (await put([{ kind: 'channel', flow_id: off.id, channel_id: site }])).refused(409, 'flow_is_not_live', 'starts[0].flow_id');
  });

  it('where the flow does not fit, and say why; what was set before stays', async () => {
    const long = await aLiveFlow(rafael, saying(greeting(account), 'a'.repeat(4096)));
    await saved([{ kind: 'channel', flow_id: long.id, channel_id: site }]);
    const menu = await aLiveFlow(rafael, greeting(account, { key: 'menu', cards: [
      { id: 'menu', type: 'question', v: 1, position: { x: 0, y: 0 }, settings: { expect: 'confirm', text: 'Posso ajudar?' } },
      { id: 'fim', type: 'finish', v: 1, position: { x: 0, y: 0 }, settings: { reason: `reason:${account.reasons['Resolvido']}` } },
      { id: 'consentimento', type: 'consent', v: 1, position: { x: 0, y: 0 }, settings: {} },
    ], start: 'menu', connectors: [
      { from: 'menu', outlet: 'yes', to: 'consentimento' }, { from: 'menu', outlet: 'no', to: 'fim' },
      { from: 'consentimento', outlet: 'accepted', to: 'fim' },
    ] }));
    /* Consent after the first message is an error only where somebody is met for the first time. */
    const refused = (await put([{ kind: 'channel', flow_id: menu.id, channel_id: phone }])).refused(409, 'flow_does_not_fit', 'starts[0].flow_id');
    expect(refused.findings).toContainEqual(expect.objectContaining({ code: 'L501', severity: 'error' }));
    expect((await rafael.get('/api/v1/flow-starts')).ok<{ starts: Start[] }>().starts).toHaveLength(1);
  });
});

it('what is live fits where it begins: a version that would not is not published', async () => {
  await saved([{ kind: 'channel', flow_id: flow.id, channel_id: site }]);
  expect(await publish(rafael, flow)).toMatchObject({ is_live: true });
});

it('are for those who publish', async () => {
  const camila = await account.as('camila');
  (await camila.get('/api/v1/flow-starts')).ok();
  (await camila.put('/api/v1/flow-starts', { starts: [] })).refused(403, 'permission_denied');
});
