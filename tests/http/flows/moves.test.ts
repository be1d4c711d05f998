/** Conversations that go on in another version: only when somebody decides so, and nobody hears of it. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { aLiveFlow, type Document, draftOf, type Flow, greeting, publish } from '../support/flows.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';

type Move = Schemas['FlowMove'];
type Preview = Schemas['FlowMovePreview'];
type Run = Schemas['FlowRun'];
type Path = Schemas['FlowPath'];

let account: Account;
let olga: Browser;
let rafael: Browser;
let webchat: Webchat;

const at = { position: { x: 0, y: 0 }, v: 1 };
const PAY = { id: 'pagar', label: 'Pagar', number: 1, synonyms: [] };
const LEAVE = { id: 'sair', label: 'Sair', number: 2, synonyms: [] };
const NEW = { id: 'nova', label: 'Nova', number: 3, synonyms: [] };

const asking = (text: string, options: { id: string }[]): Document =>
  greeting(account, {
    start: 'assunto',
    cards: [
      { ...at, id: 'assunto', type: 'question', settings: { expect: 'choice', text, attempts: 3, options } },
      { ...at, id: 'fim', type: 'finish', settings: { reason: `reason:${account.reasons['Resolvido']}`, message: 'Até mais!' } },
    ],
    connectors: options.map(({ id }) => ({ from: 'assunto', outlet: `opt:${id}`, to: 'fim' })),
  });

beforeAll(async () => {
  account = await anAccount();
  [olga, rafael] = await Promise.all([account.as('olga'), account.as('rafael')]);
  webchat = await aWebchat(account);
});

const ticketOf = async ({ name }: Visitor): Promise<number> =>
  until(`a ticket of ${name}`, async () => Number(await sql("SELECT id FROM tickets WHERE account_id = :'a' AND contact_name = :'n' ORDER BY id DESC LIMIT 1", { a: account.id, n: name })) || undefined);
const runOf = async (visitor: Visitor): Promise<Run | undefined> => (await olga.get(`/api/v1/tickets/${await ticketOf(visitor)}/runs`)).ok<{ data: Run[] }>().data[0];
const spoken = async (visitor: Visitor): Promise<number> =>
  Number(await sql("SELECT count(*) FROM messages WHERE account_id = :'a' AND ticket_id = :'t' AND direction = 'out'", { a: account.id, t: await ticketOf(visitor) }));
const preview = async ({ id }: Flow): Promise<Preview> => (await rafael.get(`/api/v1/flows/${id}/move-preview`)).ok();

/** The first version speaks, somebody talks to it, and the second is published. */
async function twoVersions(second: Document): Promise<{ flow: Flow; visitor: Visitor }> {
  const flow = await aLiveFlow(rafael, asking('Qual assunto?', [PAY, LEAVE]));
  (await rafael.put('/api/v1/flow-starts', { starts: [{ kind: 'channel', flow_id: flow.id, channel_id: webchat.channel.id }] })).ok();
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  await until('it was asked', async () => (await runOf(visitor))?.phase === 'asking');
  const { revision } = await draftOf(rafael, flow);
  (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision, document: { ...second, key: flow.key } })).ok();
  await publish(rafael, flow, 'outra');
  return { flow, visitor };
}

async function moved(flow: Flow): Promise<Move> {
  const { id } = (await rafael.post(`/api/v1/flows/${flow.id}/moves`, { number: 2 })).ok<Move>(201);
  return until('it is over', async () => {
    const move = (await rafael.get(`/api/v1/flows/${flow.id}/moves/${id}`)).ok<Move>();
    return move.state === 'running' ? undefined : move;
  });
}

describe('moving', () => {
  it('brings them to the live version, where an answer that is new is taken', async () => {
    const { flow, visitor } = await twoVersions(asking('Como posso ajudar?', [PAY, LEAVE, NEW]));
    expect(await runOf(visitor)).toMatchObject({ phase: 'asking', at: { number: 1 } });
    expect(await preview(flow)).toEqual({ number: 2, moving: 1, staying: [], has_more: false, running_id: null });
    const before = await spoken(visitor);
    expect(await moved(flow)).toMatchObject({ flow_id: flow.id, number: 2, state: 'done', pending: 0, moved: 1, staying: [], member_id: account.members.rafael });
    expect(await spoken(visitor)).toBe(before);
    const run = await runOf(visitor);
    expect(run).toMatchObject({ phase: 'asking', number: 1, at: { number: 2, card: 'assunto' } });
    const { visits } = (await olga.get(`/api/v1/tickets/${await ticketOf(visitor)}/runs/${run?.id}`)).ok<Path>();
    expect(visits.map(({ number, state, via }) => [number, state, via])).toEqual([[1, 'moved', 'start'], [2, 'open', 'moved']]);
    expect(await preview(flow)).toMatchObject({ moving: 0, staying: [] });
    (await visitor.say('3')).ok(202);
    await until('it is over', async () => (await runOf(visitor))?.phase === 'ended');
  });

  it('leaves those whose screen shows what is gone, and says so', async () => {
    const { flow, visitor } = await twoVersions(asking('Qual assunto?', [PAY, NEW]));
    expect(await preview(flow)).toMatchObject({ moving: 0, staying: [{ reason: 'option', count: 1 }] });
    expect(await moved(flow)).toMatchObject({ state: 'done', moved: 0, staying: [{ reason: 'option', count: 1 }] });
    expect(await runOf(visitor)).toMatchObject({ phase: 'asking', at: { number: 1 } });
  });

  it('is refused of a version that is not live any more, of a flow that is not, and to who may not publish', async () => {
    const { flow } = await twoVersions(asking('Qual assunto?', [PAY, LEAVE, NEW]));
    (await rafael.post(`/api/v1/flows/${flow.id}/moves`, { number: 1 })).refused(409, 'flow_moved_on');
    (await rafael.post(`/api/v1/flows/${flow.id}/moves`, {})).refused(400, 'required', 'number');
    (await (await account.as('ana')).get(`/api/v1/flows/${flow.id}/move-preview`)).refused(403, 'permission_denied');
    (await (await account.as('ana')).post(`/api/v1/flows/${flow.id}/moves`, { number: 2 })).refused(403, 'permission_denied');
    (await rafael.get(`/api/v1/flows/${flow.id}/moves/1`)).refused(404, 'not_found');
    (await rafael.patch(`/api/v1/flows/${flow.id}`, { is_enabled: false })).ok();
    (await rafael.get(`/api/v1/flows/${flow.id}/move-preview`)).refused(409, 'flow_is_not_live');
  });

  it('ends once: who stops it later changes nothing', async () => {
    const { flow } = await twoVersions(asking('Qual assunto?', [PAY, LEAVE, NEW]));
    const move = await moved(flow);
    expect((await rafael.post(`/api/v1/flows/${flow.id}/moves/${move.id}/cancel`)).ok()).toEqual(move);
  });
});
