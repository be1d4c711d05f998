/** Conversations with a bot, looked back at: where each came by, and the funnel of all, which adds up. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { take } from '../support/desk.ts';
import { aFlow, type Document, draftOf, type Flow, greeting, publish } from '../support/flows.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';

type Run = Schemas['FlowRun'];
type Path = Schemas['FlowPath'];
type Funnel = Schemas['FlowFunnel'];
type Card = Schemas['FlowFunnelCard'];

let account: Account;
let olga: Browser;
let rafael: Browser;
let webchat: Webchat;
let flow: Flow;
let told: Record<string, Visitor>;

const PIN = '48151623';
const at = { position: { x: 0, y: 0 }, v: 1 };

/** Greets, asks what for, asks who and a secret, hands over; or ends. */
const provider = (): Document =>
  greeting(account, {
    key: 'provedor', name: 'Provedor', start: 'oi',
    cards: [
      { ...at, id: 'oi', type: 'send_message', settings: { kind: 'text', text: 'Olá!' } },
      { ...at, id: 'assunto', type: 'question', name: 'Assunto', settings: { expect: 'choice', text: 'Como posso ajudar?', attempts: 3, options: [{ id: 'vendas', label: 'Contratar', number: 1, synonyms: [] }, { id: 'nada', label: 'Nada', number: 2, synonyms: [] }] } },
      { ...at, id: 'cpf', type: 'question', name: 'CPF', settings: { expect: 'await', validator: 'cpf', text: 'Qual é o CPF?', store: 'flow.cpf' } },
      { ...at, id: 'pin', type: 'question', name: 'Código', settings: { expect: 'await', validator: 'digits', text: 'Qual é o código?', store: 'flow.pin', sensitive: true } },
      { ...at, id: 'para', type: 'transfer', settings: { target: 'department', department: `department:${account.departments['Vendas']}`, hours: 'ignore', note: 'Veio do robô.' } },
      { ...at, id: 'fim', type: 'finish', settings: { reason: `reason:${account.reasons['Resolvido']}`, message: 'Até mais!' } },
    ],
    variables: [{ name: 'flow.cpf', type: 'document', label: 'CPF' }, { name: 'flow.pin', type: 'text', label: 'Código' }],
    connectors: [
      { from: 'oi', outlet: 'next', to: 'assunto' }, { from: 'assunto', outlet: 'opt:vendas', to: 'cpf' }, { from: 'assunto', outlet: 'opt:nada', to: 'fim' },
      { from: 'cpf', outlet: 'next', to: 'pin' }, { from: 'pin', outlet: 'next', to: 'para' },
    ],
  });

const ticketOf = async ({ name }: Visitor): Promise<number> =>
  until(`a ticket of ${name}`, async () => Number(await sql("SELECT id FROM tickets WHERE account_id = :'a' AND contact_name = :'n' ORDER BY id DESC LIMIT 1", { a: account.id, n: name })) || undefined);

const runsOf = async (visitor: Visitor): Promise<Run[]> => (await olga.get(`/api/v1/tickets/${await ticketOf(visitor)}/runs`)).ok<{ data: Run[] }>().data;

/** Says it all, each once the bot has taken what came before: its run has made one step more. */
async function talk(...texts: string[]): Promise<Visitor> {
  const visitor = await webchat.visitor();
  for (const [n, text] of texts.entries()) {
    (await visitor.say(text)).ok(202);
    await until(`step ${n + 1} of ${visitor.name}`, async () => Number(await sql("SELECT max(r.seq) FROM flow_runs r JOIN tickets t ON t.account_id = r.account_id AND t.id = r.ticket_id WHERE t.account_id = :'a' AND t.contact_name = :'n'", { a: account.id, n: visitor.name })) > n);
  }
  return visitor;
}

/** A person takes it; its timers, which look who has it, come at once. */
async function aHeldOne(): Promise<Visitor> {
  const visitor = await talk('Oi');
  const id = await ticketOf(visitor);
  await take(olga, id);
  await sql("UPDATE lanes SET run_at = now() WHERE (queue, lane) IN (SELECT queue, lane FROM jobs WHERE account_id = :'a' AND kind = 'flow.timer' AND subject_id = :'id')", { a: account.id, id });
  await until('it is held', async () => (await runsOf(visitor))[0]?.phase === 'held');
  return visitor;
}

beforeAll(async () => {
  account = await anAccount();
  [olga, rafael] = await Promise.all([account.as('olga'), account.as('rafael')]);
  webchat = await aWebchat(account);
  flow = await aFlow(rafael, provider());
  await publish(rafael, flow, 'ninguém lê o que se guarda');
  (await rafael.put('/api/v1/flow-starts', { starts: [{ kind: 'channel', flow_id: flow.id, channel_id: webchat.channel.id }] })).ok();
  const [sold, over, lost, open, held, again, blocked] = await Promise.all([
    talk('Oi', 'bolo de fubá', 'contratar', '123', '529.982.247-25', PIN),
    talk('Oi', '2'),
    talk('Oi', 'bolo', 'de', 'fubá'),
    talk('Oi'),
    aHeldOne(),
    talk('Oi', 'menu'),
    talk('Oi', '/bloquear'),
  ]);
  told = { sold, over, lost, open, held, again, blocked };
}, 60_000);

const pathOf = async (who: string): Promise<Path> => {
  const ticket = await ticketOf(told[who] as Visitor);
  const [run] = (await olga.get(`/api/v1/tickets/${ticket}/runs`)).ok<{ data: Run[] }>().data;
  return (await olga.get(`/api/v1/tickets/${ticket}/runs/${run?.id}`)).ok<Path>();
};

describe('the path of a conversation', () => {
  it('is its cards in order, with what was said, how it was taken and where it led', async () => {
    const path = await pathOf('sold');
    expect(path).toMatchObject({ flow_id: flow.id, number: 1, flow: 'Provedor', cause: 'inbound', phase: 'ended', end_reason: 'transferred', has_earlier: false });
    expect(path.visits.map(({ card, name, type, state, outlet }) => [card, name, type, state, outlet])).toEqual([
      ['oi', '', 'send_message', 'left', 'next'],
      ['assunto', 'Assunto', 'question', 'left', 'opt:vendas'],
      ['cpf', 'CPF', 'question', 'left', 'next'],
      ['pin', 'Código', 'question', 'left', 'next'],
      ['para', '', 'transfer', 'ended', null],
    ]);
    const [oi, subject, cpf] = path.visits;
    expect([oi?.via, oi?.inputs.map(({ text }) => text)]).toEqual(['start', ['Oi']]);
    expect(subject).toMatchObject({ invalid_count: 1, ask_count: 2, matched_by: 'label', answer: 'Contratar', inputs: [{ kind: 'msg', text: 'bolo de fubá' }, { text: 'contratar' }] });
    expect(subject?.answered_ms).toBeGreaterThan(0);
    expect(Date.parse(subject?.closed_at ?? '')).toBeGreaterThan(Date.parse(subject?.entered_at ?? ''));
    expect(cpf).toMatchObject({ invalid_count: 1, answer: '•••.982.247-••' });
    expect(path.variables).toContainEqual({ name: 'flow.cpf', type: 'document', value: '•••.982.247-••' });
  });

  it('never holds what was asked as a secret', async () => {
    const path = await pathOf('sold');
    expect(path.visits[3]).toMatchObject({ card: 'pin', answer: null, inputs: [{ text: null, is_hidden: true }] });
    expect(JSON.stringify(path)).not.toContain(PIN);
  });

  it('says how it ended where nobody answered right, and where a person came', async () => {
    const lost = await pathOf('lost');
    expect(lost.visits.map(({ card, outlet }) => [card, outlet])).toEqual([['oi', 'next'], ['assunto', 'exhausted']]);
    expect(lost.visits[1]).toMatchObject({ invalid_count: 3, answer: null });
    expect((await pathOf('held')).visits.at(-1)).toMatchObject({ card: 'assunto', state: 'interrupted', reason: 'taken' });
    expect((await pathOf('blocked')).visits.at(-1)).toMatchObject({ card: 'assunto', state: 'ended', reason: 'opted_out' });
    expect((await pathOf('again')).visits.map(({ card, via, state }) => [card, via, state])).toEqual([
      ['oi', 'start', 'left'], ['assunto', 'connector', 'left'], ['oi', 'menu', 'left'], ['assunto', 'connector', 'open'],
    ]);
  });

  it('of one that goes on is where it stands', async () => {
    const [run] = await runsOf(told['open'] as Visitor);
    expect(run).toMatchObject({ phase: 'asking', ended_at: null, at: { card: 'assunto', name: 'Assunto', type: 'question', flow_id: flow.id, number: 1 } });
    expect(Date.parse(run?.at?.asked_at ?? '')).toBeGreaterThanOrEqual(Date.parse(run?.at?.entered_at ?? ''));
    expect((await runsOf(told['over'] as Visitor))[0]).toMatchObject({ phase: 'ended', end_reason: 'finished', at: null });
  });

  it('is for those who see the ticket, and of that ticket', async () => {
    const [mine, other] = await Promise.all([ticketOf(told['sold'] as Visitor), ticketOf(told['over'] as Visitor)]);
    const [run] = await runsOf(told['sold'] as Visitor);
    (await olga.get(`/api/v1/tickets/${other}/runs/${run?.id}`)).refused(404, 'not_found');
    for (const id of ['0', 'x', '9223372036854775807']) (await olga.get(`/api/v1/tickets/${mine}/runs/${id}`)).refused(404, 'not_found');
    (await (await account.as('ana')).get(`/api/v1/tickets/${mine}/runs`)).refused(403, 'permission_denied');
    const stranger = await (await anAccount()).as('olga');
    (await stranger.get(`/api/v1/tickets/${mine}/runs/${run?.id}`)).refused(404, 'not_found');
    (await stranger.get(`/api/v1/flows/${flow.id}/funnel`)).refused(404, 'not_found');
  });
});

const funnel = async (query = ''): Promise<Funnel> => (await olga.get(`/api/v1/flows/${flow.id}/funnel${query}`)).ok<Funnel>();
const sum = (list: { n: number }[]): number => list.reduce((all, { n }) => all + n, 0);

/** 6.4, for each card. */
function addsUp({ cards }: Funnel): void {
  for (const c of cards) {
    expect([c.card, c.left + c.abandoned + c.finished + c.interrupted + c.open + c.moved]).toEqual([c.card, c.entries]);
    expect([c.card, sum(c.exits), sum(c.ends)]).toEqual([c.card, c.left, c.abandoned + c.finished]);
  }
}

/** Whoever came in began there, came by a line, jumped (as who goes back to the menu does), returned, or was moved. */
function comesIn({ cards }: Funnel, document: Document): void {
  const lines = document.connectors as { from: string; outlet: string; to: string }[];
  const by = (from: string, outlet: string): number => sum(cards.find(({ card }) => card === from)?.exits.filter((exit) => exit.outlet === outlet) ?? []);
  for (const c of cards) {
    const led = lines.filter(({ to }) => to === c.card).reduce((all, { from, outlet }) => all + by(from, outlet), 0);
    expect([c.card, c.starts + led + c.jumps + c.returns + c.moved_in]).toEqual([c.card, c.entries]);
  }
}

describe('the funnel', () => {
  it('adds up to the conversations that were had', async () => {
    const all = await funnel();
    addsUp(all);
    comesIn(all, provider());
    const of = (id: string): Card | undefined => all.cards.find(({ card }) => card === id);
    expect(of('oi')).toMatchObject({ type: 'send_message', entries: 8, runs: 7, starts: 7, left: 8, exits: [{ outlet: 'next', n: 8 }], pass_rate: 1, answer_median_ms: null });
    expect(of('assunto')).toMatchObject({ name: 'Assunto', entries: 8, runs: 7, left: 4, abandoned: 1, interrupted: 1, open: 2, finished: 0, moved: 0, invalid: 4, answered: 2, answered_first: 1, first_try_rate: 0.5, ends: [{ reason: 'opted_out', n: 1 }] });
    expect(of('assunto')?.exits).toEqual(expect.arrayContaining([{ outlet: 'opt:vendas', n: 1 }, { outlet: 'opt:nada', n: 1 }, { outlet: 'exhausted', n: 1 }, { outlet: 'menu', n: 1 }]));
    expect(of('assunto')?.pass_rate).toBeCloseTo(4 / 6);
    expect(of('assunto')?.answer_median_ms).toBeGreaterThan(0);
    expect(of('cpf')).toMatchObject({ entries: 1, invalid: 1, answered_first: 0, answered: 1 });
    expect(of('para')).toMatchObject({ entries: 1, finished: 1, left: 0, ends: [{ reason: 'transferred', n: 1 }], pass_rate: 0 });
    expect(of('fim')).toMatchObject({ entries: 1, finished: 1, ends: [{ reason: 'finished', n: 1 }] });
    expect(all.figures).toMatchObject({ runs: 7, live: 3, held: 1, ended: 4, containment_rate: 0.25, transfer_rate: 0.5, fallback_rate: 0.25, silent_rate: 0, opt_out_rate: 0.25 });
    expect(all.figures.ends).toEqual([{ reason: 'transferred', n: 2 }, { reason: 'finished', n: 1 }, { reason: 'opted_out', n: 1 }]);
    expect(all.figures.bot_median_ms).toBeGreaterThan(0);
    expect(all.time_zone).toBe('America/Sao_Paulo');
    expect(Date.parse(all.to) - Date.parse(all.from)).toBe(29 * 86_400_000);
  });

  it('takes the versions that are asked for together', async () => {
    const { revision, document } = await draftOf(rafael, flow);
    const cards = document.cards.map((card) => ('id' in card && card.id === 'assunto' ? { ...card, name: 'Motivo' } : card));
    (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision, document: { ...document, cards } })).ok();
    await publish(rafael, flow, 'outro nome');
    await talk('Oi', '2');
    const runs = async (versions: string): Promise<number[]> => {
      const one = await funnel(`?versions=${versions}`);
      addsUp(one);
      return [one.figures.runs, one.cards.find(({ card }) => card === 'assunto')?.entries ?? 0];
    };
    expect([await runs('1'), await runs('2'), await runs('1,2'), await runs('9')]).toEqual([[7, 8], [1, 1], [8, 9], [0, 0]]);
    expect((await funnel()).cards.filter(({ card }) => card === 'assunto')).toMatchObject([{ name: 'Motivo', entries: 9 }]);
  });

  it('of days on which nobody wrote is empty, not zero of something', async () => {
    const before = await funnel('?from=2024-02-28&to=2024-02-29');
    expect(before).toMatchObject({ from: '2024-02-28', to: '2024-02-29', cards: [], figures: { runs: 0, ended: 0, containment_rate: null, bot_median_ms: null, ends: [] } });
  });

  it('of days that there are not is refused', async () => {
    for (const day of ['2026-02-30', '2026-13-01', 'ontem', '26-1-1', '2026-01-01T00:00', "2026-01-01'", '0000-01-01', '1969-12-31', '2200-01-01', '9999-12-31'])
      (await olga.get(`/api/v1/flows/${flow.id}/funnel?from=${encodeURIComponent(day)}`)).refused(400, 'date_invalid', 'from');
    for (const days of ['from=2026-02-02&to=2026-02-01', 'from=2024-01-01&to=2026-01-01'])
      (await olga.get(`/api/v1/flows/${flow.id}/funnel?${days}`)).refused(400, 'days_invalid', 'to');
    for (const versions of ['x', '1,,2', '-1', '1;2', '99999999999999999999']) (await olga.get(`/api/v1/flows/${flow.id}/funnel?versions=${versions}`)).refused(400, 'wrong_type', 'versions');
    (await olga.get(`/api/v1/flows/${flow.id}/funnel?versions=${Array.from({ length: 201 }, () => 1).join()}`)).refused(400, 'too_many', 'versions');
    expect((await funnel('?versions=9223372036854775807')).cards).toEqual([]);
    expect((await funnel('?from=2199-12-31&to=2199-12-31')).cards).toEqual([]);
  });

  it('is for those who may look back', async () => {
    (await (await account.as('ana')).get(`/api/v1/flows/${flow.id}/funnel`)).refused(403, 'permission_denied');
    (await (await account.as('camila')).get(`/api/v1/flows/${flow.id}/funnel`)).ok();
  });
});

describe('a conversation as a test of its flow', () => {
  const testOf = async (visitor: Visitor): Promise<string> => `/api/v1/tickets/${await ticketOf(visitor)}/runs/${(await runsOf(visitor))[0]?.id}/test`;

  it('goes on as it went, with its people made up, and passes where it is kept', async () => {
    const visitor = await talk('Oi', 'bolo de fubá', 'contratar', '123', 'meu cpf é 111.444.777-35', PIN);
    const { flow_id, test, difference } = (await rafael.get(await testOf(visitor))).ok<Schemas['FlowRecall']>();
    expect([flow_id, difference]).toEqual([flow.id, null]);
    const words = JSON.stringify(test);
    for (const real of [...visitor.name.split(' ').filter((word) => word !== 'Ana'), '111.444.777-35', '11144477735', PIN]) expect(words).not.toContain(real);
    expect(test).toMatchObject({ format: 'balcao-flow-test', flow: 'provedor', given: { channel: 'webchat' } });
    expect((test['steps'] as { in?: { text?: string } }[]).flatMap((step) => step.in?.text ?? [])).toEqual(['Oi', 'bolo de fubá', 'contratar', '123', 'meu cpf é 529.982.247-25', '1111']);

    const { revision, document } = await draftOf(rafael, flow);
    (await rafael.put(`/api/v1/flows/${flow.id}/draft`, { revision, document: { ...document, meta: { tests: [{ ...test, id: 'real', name: 'Contratou' }] } } })).ok();
    expect((await rafael.get(`/api/v1/flows/${flow.id}/tests`)).ok<{ data: Schemas['FlowTest'][] }>().data).toMatchObject([{ id: 'real', name: 'Contratou', has_passed: true, difference: null }]);
  });

  it('is for those who may change flows and see the ticket, of what is over', async () => {
    const at = await testOf(told['sold'] as Visitor);
    (await (await account.as('camila')).get(at)).refused(403, 'permission_denied');
    (await (await (await anAccount()).as('rafael')).get(at)).refused(404, 'not_found');
    (await rafael.get(await testOf(told['open'] as Visitor))).refused(409, 'run_goes_on');
  });
});
