/** Playing with a flow: what its author sees of it before any customer does. Nothing is written. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { value } from '../support/database.ts';
import { aFlow, type Document, type Flow, greeting, publish } from '../support/flows.ts';

type Simulation = Schemas['FlowSimulation'];

let account: Account;
let rafael: Browser;
let flow: Flow;

/** Greets, asks, and either ends or asks another system and hands over. */
const asking = (key: string, text = 'Como posso ajudar?'): Document => greeting(account, {
  key, name: 'Menu', channels: ['whatsapp', 'webchat'],
  cards: [
    { id: 'ola', type: 'send_message', v: 1, position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Olá, {{contact.first_name}}! Aqui é a {{company.name}}.' } },
    { id: 'menu', type: 'question', v: 1, position: { x: 0, y: 160 }, settings: { expect: 'choice', text, options: [{ id: 'fim', label: 'Encerrar', number: 1 }, { id: 'consulta', label: 'Consultar', number: 2 }] } },
    { id: 'consulta', type: 'http_request', v: 1, position: { x: 0, y: 320 }, settings: { method: 'GET', url: 'https://sistema.exemplo.com.br/x' } },
    { id: 'gente', type: 'transfer', v: 1, position: { x: 0, y: 480 }, settings: { target: 'department', department: `department:${account.departments['Vendas']}` } },
    { id: 'fim', type: 'finish', v: 1, position: { x: 0, y: 640 }, settings: { message: 'Até mais!', reason: `reason:${account.reasons['Resolvido']}` } },
  ],
  connectors: [
    { from: 'ola', outlet: 'next', to: 'menu' }, { from: 'menu', outlet: 'opt:fim', to: 'fim' }, { from: 'menu', outlet: 'opt:consulta', to: 'consulta' },
    { from: 'consulta', outlet: 'success', to: 'gente' }, { from: 'consulta', outlet: 'failure', to: 'gente' },
  ],
});

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
  flow = await aFlow(rafael, asking('menu'));
});

const says = (text: string): object => ({ in: { kind: 'message', text } });
const taps = (option: string): object => ({ in: { kind: 'reply', option } });
const ask = (body: object, of: { id: number } = flow): Promise<Answer> => rafael.post(`/api/v1/flows/${of.id}/simulate`, body);
const play = async (steps: object[], more: object = {}): Promise<Simulation> => (await ask({ steps, ...more })).ok();
const texts = ({ turns }: Simulation): string[] => turns.flatMap(({ said }) => said.flatMap(({ messages }) => messages.map(({ text }) => text)));

describe('a conversation by hand', () => {
  it('stands before its beginning in a world that is made up', async () => {
    const begun = await play([]);
    expect(begun).toMatchObject({ state: 'running', at: null, turns: [], call: null, test: null });
    expect(begun.given).toMatchObject({ channel: 'whatsapp', company: { name: 'Casa' } });
    /* In the order of their refs as text, where 100 comes before 99. */
    expect(begun.given['departments']).toHaveLength(2);
    expect(begun.given['departments']).toEqual(expect.arrayContaining([
      expect.objectContaining({ ref: `department:${account.departments['Suporte']}`, name: 'Suporte', online: 1, inside: true }),
      expect.objectContaining({ ref: `department:${account.departments['Vendas']}`, name: 'Vendas', online: 1, inside: true }),
    ]));
  });

  it('says what each channel shows, and where it stands', async () => {
    const asked = await play([says('oi')]);
    expect(texts(asked)).toEqual(['Olá, Ana! Aqui é a Casa.', 'Como posso ajudar?']);
    expect(asked).toMatchObject({ state: 'asking', at: { flow: 'menu', card: 'menu' }, path: [{ card: 'ola' }, { card: 'menu' }] });
    expect(asked.turns[0]?.said[1]).toMatchObject({ kind: 'ask', options: [{ id: 'fim', number: 1 }, { id: 'consulta', number: 2 }], messages: [{ control: 'buttons' }] });
    const ended = await play([says('oi'), taps('fim')]);
    expect(texts(ended).at(-1)).toBe('Até mais!');
    expect(ended).toMatchObject({ state: 'ended', reason: 'finished' });
    expect(ended.turns[1]?.effects).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'close', data: expect.objectContaining({ reason: `reason:${account.reasons['Resolvido']}` }) as object })]));
  });

  it('has a clock of its own', async () => {
    const given = { now: '2026-11-20T09:30:00-03:00' };
    const waiting = await play([says('oi')], { given });
    expect(waiting).toMatchObject({ now: '2026-11-20T12:30:00.000000Z', next_event_at: '2026-11-20T12:40:00.000000Z' });
    const reminded = await play([says('oi'), { advance_s: 600 }], { given });
    expect(reminded.now).toBe('2026-11-20T12:40:00.000000Z');
    expect(reminded.turns[1]?.said).toHaveLength(1);
    expect(await play([says('oi'), { advance_s: 600 }, { advance_s: 3600 }], { given })).toMatchObject({ state: 'ended', reason: 'silent' });
  });

  it('knows when the house opens next', async () => {
    const given = { now: '2026-11-20T19:30:00-03:00' }; // a Friday
    expect((await play([], { given })).next_opening_at).toBeNull();
    const week = [1, 2, 3, 4, 5].map((day) => ({ day, from_min: 480, until_min: 1080 }));
    const { periods } = (await rafael.post('/api/v1/hours/periods', { name: 'Balcão', keeps_holidays: false, week, exceptions: [] })).ok<Schemas['Hours']>(201);
    (await rafael.put('/api/v1/hours/followers', { account: { period_id: periods[0]?.id, away_text: '' } })).ok();
    expect((await play([], { given })).next_opening_at).toBe('2026-11-23T11:00:00.000000Z');
    const moved = await play([says('oi'), { advance_s: 60 }], { given: { now: '2026-11-23T07:59:30-03:00' } });
    expect(moved.next_opening_at).toBe('2026-11-24T11:00:00.000000Z');
    (await rafael.put('/api/v1/hours/followers', { account: { period_id: null, away_text: '' } })).ok();
  });

  it('changes hands', async () => {
    const taken = await play([says('oi'), { agent: 'taken' }, says('alô?')]);
    expect(taken).toMatchObject({ state: 'held', bot_controls: false });
    expect(taken.turns[2]?.said).toEqual([]);
    expect(await play([says('oi'), { agent: 'taken' }, { agent: { returned: 'resume' } }])).toMatchObject({ state: 'asking', at: { card: 'menu' } });
  });

  it('stops at a call until somebody says what the other system would', async () => {
    const calling = await play([says('oi'), taps('consulta'), says('e aí?')]);
    expect(calling).toMatchObject({ state: 'calling', call: { kind: 'http', card: 'consulta', request: { url: 'https://sistema.exemplo.com.br/x' } } });
    expect(calling.call?.outcomes).toContain('timeout');
    expect(calling.turns).toHaveLength(2);
    const answered = await play([says('oi'), taps('consulta')], { stubs: [{ kind: 'http', times: 1, outcome: 'ok', data: { status: 200, body: '{}' } }] });
    expect(answered).toMatchObject({ state: 'ended', reason: 'transferred', call: null, bot_controls: false });
    expect(answered.path.at(-1)).toMatchObject({ card: 'gente' });
  });

  it('begins at any card, and shows what the check says of those it came by', async () => {
    const there = await play([says('oi')], { given: { card: 'menu' } });
    expect(there.path).toMatchObject([{ card: 'menu' }]);
    const everywhere = await play([says('oi'), taps('consulta')], { stubs: [{ kind: 'http', outcome: 'timeout' }] });
    for (const { card } of everywhere.findings) expect(everywhere.path.map((one) => one.card)).toContain(card);
  });

  it('is written down when asked, and so saved with the document', async () => {
    const { test } = await play([says('oi'), taps('fim')], { test_id: 'fim', test_name: 'Encerra' });
    expect(test).toMatchObject({
      format: 'balcao-flow-test', format_version: 1, id: 'fim', name: 'Encerra', flow: 'menu', level: 'texts',
      steps: [
        says('oi'), { out: [{ send: 'Olá, Ana! Aqui é a Casa.', card: 'ola' }, { ask: 'Como posso ajudar?', card: 'menu', options: ['fim', 'consulta'] }] },
        taps('fim'), { out: [{ send: 'Até mais!', card: 'fim' }] },
        { check: { state: 'ended', reason: 'finished', path: ['ola', 'menu', 'fim'] } },
      ],
    });
  });

  it('is of a version too, and of what is live of others', async () => {
    const live = await aFlow(rafael, asking('menu-vivo', 'Antes?'));
    await publish(rafael, live, 'no ar');
    const now = (await ask({ version: 1, steps: [says('oi')] }, live)).ok<Simulation>();
    expect(texts(now).at(-1)).toBe('Antes?');
    (await ask({ version: 2 }, live)).refused(404, 'not_found');
    const outer = await aFlow(rafael, greeting(account, {
      key: 'por-fora', cards: [{ id: 'vai', type: 'run_flow', v: 1, position: { x: 0, y: 0 }, settings: { flow: 'flow:menu-vivo' } }], start: 'vai', connectors: [],
    }));
    const inside = (await ask({ steps: [says('oi')] }, outer)).ok<Simulation>();
    expect(inside.at).toEqual({ flow: 'menu-vivo', card: 'menu' });
  });

  it('writes nothing', async () => {
    const count = (): Promise<number> => value<number>(
      `SELECT to_json((SELECT count(*) FROM flow_runs WHERE account_id = :'account') + (SELECT count(*) FROM tickets WHERE account_id = :'account')
        + (SELECT count(*) FROM account_event WHERE account_id = :'account') + (SELECT count(*) FROM jobs WHERE account_id = :'account'))`, { account: String(account.id) });
    const before = await count();
    await play([says('oi'), taps('fim'), says('de novo')]);
    expect(await count()).toBe(before);
  });
});

describe('whatever comes', () => {
  const now = '2026-11-20T09:30:00-03:00';
  it.each<[string, object, string, string?]>([
    ['a member that is none', { stepz: [] }, 'unknown_field', 'stepz'],
    ['steps that are no list', { steps: {} }, 'wrong_type', 'steps'],
    ['a step that is none', { steps: [{}] }, 'test_step', 'steps[0]'],
    ['what was said', { steps: [says('oi'), { out: [] }] }, 'test_step', 'steps[1]'],
    ['two steps in one', { steps: [{ in: { kind: 'message', text: 'oi' }, advance_s: 1 }] }, 'test_step', 'steps[0]'],
    ['time that runs back', { steps: [{ advance_s: -1 }] }, 'test_step', 'steps[0]'],
    ['more time than a year', { steps: [{ advance_s: 40_000_000 }] }, 'test_step', 'steps[0]'],
    ['an unknown input', { steps: [{ in: { kind: 'shout' } }] }, 'test_step', 'steps[0]'],
    ['an unknown act', { steps: [{ agent: 'sings' }] }, 'test_step', 'steps[0]'],
    ['too many steps', { steps: Array.from({ length: 301 }, () => ({ advance_s: 1 })) }, 'too_many', 'steps'],
    ['too many stubs', { stubs: Array.from({ length: 101 }, () => ({ kind: 'http' })) }, 'too_many', 'stubs'],
    ['a stub that answers before it is asked', { stubs: [{ kind: 'http', after_s: -1 }] }, 'test_stub', 'stubs[0]'],
    ['an hour that is none', { given: { now: 'ontem' } }, 'wrong_type', 'now'],
    ['a year that no calendar of ours knows', { given: { now: '9999-12-31T23:59:59-03:00' } }, 'wrong_type', 'now'],
    ['a channel that is none', { given: { channel: 'fax' } }, 'unknown_word', 'channel'],
    ['a world of other words', { given: { moon: 'full' } }, 'unknown_field', 'moon'],
    ['a name that is a number', { given: { contact: { name: 7 } } }, 'wrong_type', 'contact.name'],
    ['a card that is not there', { given: { card: 'nenhum' } }, 'unknown_value', 'card'],
    ['null somewhere', { given: { contact: { name: null } } }, 'json_null'],
    ['a fraction', { stubs: [{ kind: 'http', data: { x: 1.5 } }] }, 'json_fraction'],
    ['a window that never ends', { given: { window_s: 9_007_199_254_740_991 } }, 'wrong_type', 'window_s'],
    ['a crowd of tags', { given: { tags: Array.from({ length: 501 }, (_, i) => `tag:${i}`) } }, 'too_many', 'tags'],
  ])('%s is refused', async (_, body, slug, field) => {
    (await ask(body)).refused(400, slug, field);
  });

  it('more than it may be is refused', async () => {
    (await ask({ steps: [says('a'.repeat(270_000))] })).refused(413, 'body_too_large');
  });

  it('long and strange talk ends in an answer', async () => {
    const odd = ['', ' ', '\u202e', '{{contact.phone}}', '<<ticket.protocol>>', '<b>', '*', '0', '/bloquear', 'x'.repeat(5000), '🙂'.repeat(300), 'b1.1.1.fim', '2'];
    for (const text of odd) await play([says(text), says(text), { advance_s: 31_000_000 }, says(text)], { given: { now, hours: undefined, customer: { document: '\u0001x' }, periods: [{ ref: 'period:1', next_opening: 'nunca' }] } });
    const kinds = ['start', 'digits', 'timer', 'call_result', 'taken', 'returned', 'ticket_closed', 'command', 'send_failed', 'hangup'];
    for (const kind of kinds) await play([{ in: { kind } }, says('oi'), { in: { kind, token: 1, which: 'remind', call: '1.1.1', outcome: 'ok', name: 'human', digits: '1' } }]);
    const talk = Array.from({ length: 300 }, (_, i) => says(i % 2 ? 'menu' : 'nada'));
    expect((await play(talk, { test_id: 't', test_name: 'longo' })).turns).toHaveLength(300);
  });

  it('a draft that is broken everywhere is played as far as it goes', async () => {
    const broken = await aFlow(rafael, greeting(account, {
      key: 'quebrado', start: 'nada', settings: {},
      cards: [{ id: 'a', type: 'nao_existe', v: 9, settings: { x: 1 } }, { id: 'b', type: 'question', v: 1 }, { id: 'c', type: 'run_flow', v: 1, settings: { flow: 'flow:quebrado' } }],
      connectors: [{ from: 'b', outlet: 'next', to: 'zzz' }],
    }));
    for (const card of [undefined, 'a', 'b', 'c']) {
      const now = (await ask({ steps: [says('oi'), says('1')], ...(card ? { given: { card } } : {}) }, broken)).ok<Simulation>();
      expect(now.turns).toHaveLength(2);
    }
  });
});

it('is for those who may simulate', async () => {
  expect((await (await account.as('camila')).post(`/api/v1/flows/${flow.id}/simulate`, {})).status).toBe(200);
  (await (await account.as('ana')).post(`/api/v1/flows/${flow.id}/simulate`, {})).refused(403, 'permission_denied');
  const others = await (await anAccount()).as('rafael');
  (await others.post(`/api/v1/flows/${flow.id}/simulate`, {})).refused(404, 'not_found');
});
