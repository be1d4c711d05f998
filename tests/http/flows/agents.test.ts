/** Virtual agents: who answers where, from one switch, and by another flow outside of a period. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { aLiveFlow, type Flow, greeting, saying, theFlow } from '../support/flows.ts';
import { ticketOf } from '../support/desk.ts';
import { aWebchat, type Webchat } from '../support/webchat.ts';

type Agent = Schemas['FlowAgent'];
type Saved = { starts: Schemas['FlowStart'][]; agents: Agent[] };

let account: Account;
let olga: Browser;
let rafael: Browser;
let webchat: Webchat;
let day: Flow;
let night: Flow;

const lia = (more: Partial<Agent> = {}): Agent => ({ name: 'Lia', is_on: true, period_id: null, outside_flow_id: null, ...more });
const put = (agents: object[], starts: object[]) => rafael.put('/api/v1/flow-starts', { starts, agents });
const start = (more: object = {}) => ({ kind: 'channel', flow_id: day.id, channel_id: webchat.channel.id, agent: 'Lia', ...more });

beforeAll(async () => {
  account = await anAccount();
  [olga, rafael] = await Promise.all([account.as('olga'), account.as('rafael')]);
  webchat = await aWebchat(account);
  day = await aLiveFlow(rafael, saying(greeting(account, { key: 'dia', name: 'Dia' }), 'Bom trabalho!'));
  night = await aLiveFlow(rafael, saying(greeting(account, { key: 'noite', name: 'Noite' }), 'Boa noite!'));
});

beforeEach(async () => void (await put([], [])).ok());

/** A period that is open all day on these days of the week. */
async function aPeriod(ranges: string): Promise<number> {
  return Number(await sql(`WITH p AS (INSERT INTO service_periods (account_id, name) VALUES (${account.id}, 'Turno ' || random()) RETURNING id), r AS (INSERT INTO period_ranges (account_id, period_id, day, from_min, until_min) SELECT ${account.id}, p.id, d, 0, 1440 FROM p, unnest('${ranges}'::int[]) d) SELECT id FROM p`));
}

/** The first words of the bot to somebody new. */
async function hears(): Promise<string | undefined> {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  return (await visitor.seeing('the bot', ({ data }) => data.some(({ from }) => from === 'bot'))).data.find(({ from }) => from === 'bot')?.text;
}

it('are kept with their starts, and told', async () => {
  const saved = (await put([lia()], [start()])).ok<Saved>();
  expect(saved.agents).toEqual([lia()]);
  expect(saved.starts).toMatchObject([{ kind: 'channel', agent: 'Lia' }]);
  expect((await rafael.get('/api/v1/flow-starts')).ok()).toEqual(saved);
  const again = (await rafael.put('/api/v1/flow-starts', { starts: saved.starts })).ok<Saved>();
  expect(again).toEqual(saved);
  expect(await hears()).toBe('Bom trabalho!');
});

it('off begins nothing: people answer', async () => {
  (await put([lia({ is_on: false })], [start()])).ok();
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  expect(await ticketOf(olga, visitor.name)).toMatchObject({ state: 'waiting' });
});

it('outside of its period it begins the other flow, and within it its own', async () => {
  const never = await aPeriod('{}');
  (await put([lia({ period_id: never, outside_flow_id: night.id })], [start()])).ok();
  expect((await theFlow(rafael, night.id)).start_count).toBe(1);
  expect(await hears()).toBe('Boa noite!');
  const always = await aPeriod('{0,1,2,3,4,5,6,7}');
  (await put([lia({ period_id: always, outside_flow_id: night.id })], [start()])).ok();
  expect(await hears()).toBe('Bom trabalho!');
  (await rafael.delete(`/api/v1/flows/${night.id}`)).refused(409, 'flow_is_started');
});

it('a period that an agent follows is not taken away', async () => {
  const never = await aPeriod('{}');
  (await put([lia({ period_id: never, outside_flow_id: night.id })], [start()])).ok();
  const owner = await account.as('olga');
  (await owner.delete(`/api/v1/hours/periods/${never}`)).refused(409, 'period_in_use');
});

describe('are refused', () => {
  it('when they do not say what they have to', async () => {
    (await put([{ ...lia(), name: '  ' }], [])).refused(400, 'required', 'agents[0].name');
    (await put([{ name: 'Lia' }], [])).refused(400, 'required', 'agents[0].is_on');
    (await put([lia({ name: 'a'.repeat(61) })], [])).refused(400, 'too_long', 'agents[0].name');
    (await put([lia(), lia({ name: 'LIA' })], [])).refused(409, 'agent_name_is_taken', 'agents[1].name');
    (await put([lia({ outside_flow_id: night.id })], [])).refused(400, 'required', 'agents[0].period_id');
    (await put([lia()], [start({ agent: 'Bia' })])).refused(400, 'unknown_value', 'starts[0].agent');
    (await put([lia()], [{ kind: 'survey', flow_id: day.id, agent: 'Lia' }])).refused(400, 'unknown_value', 'starts[0].agent');
    (await rafael.put('/api/v1/flow-starts', { starts: [], agents: 'x' })).refused(400, 'wrong_type', 'agents');
  });

  it('for what is another account’s', async () => {
    const elsewhere = await anAccount();
    const theirs = await aLiveFlow(await elsewhere.as('rafael'), greeting(elsewhere));
    const period = await aPeriod('{}');
    (await put([lia({ period_id: period, outside_flow_id: theirs.id })], [])).refused(404, 'flow_unknown', 'agents[0].outside_flow_id');
    (await put([lia({ period_id: 900_000_000, outside_flow_id: night.id })], [])).refused(404, 'period_unknown', 'agents[0].period_id');
  });

  it('to those who do not publish', async () => {
    (await (await account.as('camila')).put('/api/v1/flow-starts', { starts: [], agents: [] })).refused(403, 'permission_denied');
  });
});
