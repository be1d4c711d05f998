/**
 * Every route × every group and program × own and foreign rows. What each cell must answer is computed from the rules of the
 * specification, never recorded; routes come from the program's own table, so a new one is here by existing.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Answer, call, type Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { lines, sql, value } from '../support/database.ts';
import { origin } from '../support/house.ts';
import { anOperator } from '../support/operator.ts';
import { cut, type Stream } from '../support/stream.ts';
import { until } from '../support/until.ts';
import { Visitor } from '../support/webchat.ts';
import { cellsAsked, eachOf, type Expected, note, withoutRequest, writeTable } from './cells.ts';
import { keep } from './keep.ts';
import { type Caller, held, PROGRAM_NAMES, type ProgramName, programSees, programSeesContact, programsOf, refusal } from './programs.ts';
import { bodySchema, idsInBody, leastBody, leastQuery, type Route, routes } from './routes.ts';
import { hears, sees, seesAnswer, seesChat, seesContact, seesCustomer, supervises, visible, writesAnswer } from './rules.ts';
import { aTwin, type Ticket, type Twin, type Who, WHO } from './twins.ts';

const LANES = 6;
const ABSENT = 900_000_000_000;
const MALFORMED = ['0', '-1', '01', '1e3', 'x', '9223372036854775808'];
const NOT_FOUND = { status: 404, slug: 'not_found' };

let a: Twin;
let b: Twin;
const nobody = new Browser();
let stranger: Browser;

beforeAll(async () => {
  [a, b] = [await aTwin(), await aTwin()];
  nobody.account_id = a.id;
  stranger = new Browser({ account_id: a.id });
  for (const [name, cookie] of b.as('owner').cookies) stranger.cookies.set(name, cookie);
}, 120_000);

afterAll(() => {
  const { cells, wrong } = cellsAsked();
  writeTable();
  console.log(`isolation cells ${cells} wrong ${wrong}`);
});

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();

const aPolicy = (): Record<string, unknown> => ({ name: randomUUID(), first_answer_min: 30, warn_percent: 75 });

/** Bodies that pass where the smallest that the description allows would not. */
const BODIES: Record<string, (twin: Twin) => Record<string, unknown>> = {
  'POST /api/v1/tickets/:id/close': (twin) => ({ reason_id: twin.reason_id }),
  'POST /api/v1/tickets/:id/transfer': (twin) => ({ department_id: twin.departments['vendas'] }),
  'POST /api/v1/tickets/:id/messages': () => ({ client_key: randomUUID(), mode: 'whisper', text: 'x' }),
  'POST /api/v1/tickets/:id/scheduled': () => ({ client_key: randomUUID(), text: 'x', send_at: tomorrow() }),
  'PUT /api/v1/tickets/:id/messages/:seq/reaction': () => ({ emoji: '👍' }),
  'PATCH /api/v1/tickets/:id/messages/:seq': () => ({ text: 'x' }),
  'PATCH /api/v1/scheduled/:id': () => ({ text: 'x' }),
  'POST /api/v1/chats': (twin) => ({ member_id: twin.members.colleague }),
  'POST /api/v1/chats/:id/messages': () => ({ client_key: randomUUID(), text: 'x' }),
  'POST /api/v1/internal-groups': () => ({ name: randomUUID() }),
  'PUT /api/v1/internal-groups/:id': () => ({ name: randomUUID() }),
  'POST /api/v1/internal-groups/:id/notices': () => ({ client_key: randomUUID(), text: 'x' }),
  'PATCH /api/v1/contacts/:id': () => ({ notes: 'x' }),
  'POST /api/v1/answers': () => ({ scope: 'own', title: 'x', shortcut: randomUUID().slice(0, 8), body: 'x' }),
  'PUT /api/v1/answers/:id': () => ({ scope: 'own', title: 'x', shortcut: randomUUID().slice(0, 8), body: 'x' }),
  'POST /api/v1/contacts/:id/identities': () => ({ kind: 'external', address: randomUUID() }),
  'POST /api/v1/contacts/:id/customers': () => ({ document: '529.982.247-25', name: 'x' }),
  'POST /api/v1/contact-exports': () => ({ format: 'csv', locale: 'en', filter: '' }),
  'POST /api/v1/contact-imports/:id/try': () => ({ mapping: ['name'] }),
  'POST /api/v1/contact-groups/:id/add': (twin) => ({ contact_ids: [twin.own_contact_id] }),
  'POST /api/v1/contact-groups/:id/remove': (twin) => ({ contact_ids: [twin.own_contact_id] }),
  'POST /api/v1/tickets/:id/readers': (twin) => ({ member_id: twin.members.colleague }),
  'POST /api/v1/branches': (twin) => ({ name: randomUUID(), company_id: twin.companies[0] }),
  'PUT /api/v1/branches/:id': (twin) => ({ name: randomUUID(), company_id: twin.companies[0] }),
  'POST /api/v1/departments': (twin) => ({ name: randomUUID(), company_id: twin.companies[0] }),
  'PUT /api/v1/departments': (twin) => ({ department_ids: Object.values(twin.departments) }),
  'PUT /api/v1/departments/:id/members': () => ({ members: [] }),
  'POST /api/v1/close-reasons': () => ({ name: randomUUID() }),
  'PUT /api/v1/close-reasons': (twin) => ({ reason_ids: [twin.reason_id] }),
  'POST /api/v1/tickets/:id/assign': (twin) => ({ member_id: twin.members.colleague }),
  'PUT /api/v1/departments/:id/distribution': () => ({ mode: 'manual' }),
  'POST /api/v1/break-reasons': () => ({ name: randomUUID() }),
  'PUT /api/v1/break-reasons': (twin) => ({ reason_ids: [twin.break_reason_id] }),
  'PUT /api/v1/break-limits': () => ({ max_people: 900 }),
  'POST /api/v1/tickets/:id/snooze': () => ({ until: new Date(Date.now() + 3_600_000).toISOString() }),
  'POST /api/v1/tickets/:id/classify': (twin) => ({ type_id: twin.type_id }),
  'POST /api/v1/tickets/:id/tags': (twin) => ({ tag_id: twin.tag_id }),
  'POST /api/v1/tickets/:id/messages/:seq/tags': (twin) => ({ tag_id: twin.tag_id }),
  'POST /api/v1/contacts/:id/tags': (twin) => ({ tag_id: twin.tag_id }),
  'POST /api/v1/tags': () => ({ name: randomUUID() }),
  'POST /api/v1/tags/:id/merge': (twin) => ({ tag_id: twin.other_tag_id }),
  'POST /api/v1/ticket-types': () => ({ name: randomUUID() }),
  'POST /api/v1/bulks': (twin) => ({ act: 'read', ticket_ids: [twin.tickets[0]?.id] }),
  'PUT /api/v1/me/notices': () => ({ page: [], sound: [], system: [], push: [], tune: 'soft', volume: 50, repeats: false, only_away: false }),
  'POST /api/v1/me/push': () => ({ endpoint: `https://push.example/${randomUUID()}` }),
  'PATCH /api/v1/channels/:id': () => ({ welcome_text: '' }),
  'PUT /api/v1/channels/:id/secrets': () => ({ access_token: 'x' }),
  'PUT /api/v1/timers/transfer': () => ({ rules: [] }),
  'PUT /api/v1/timers/idle': () => ({ rules: [] }),
  'POST /api/v1/sla-policies': () => aPolicy(),
  'PUT /api/v1/sla-policies': (twin) => ({ policy_ids: [twin.policy_id] }),
  'PUT /api/v1/sla-policies/:id': () => aPolicy(),
  'POST /api/v1/flows': () => ({ name: randomUUID() }),
  'PUT /api/v1/flows/:id/draft': (twin) => ({ revision: 1, document: { format: 'balcao-flow', format_version: 1, key: 'fluxo', name: twin.mark } }),
  'PUT /api/v1/flows/:id/pages/:page/pencil': () => ({ asks: false }),
  'POST /api/v1/flows/:id/simulate': () => ({ steps: [{ in: { kind: 'message', text: 'oi' } }] }),
  'POST /api/v1/flows/:id/publish': () => ({ revision: 1 }),
  'POST /api/v1/flows/:id/versions/:number/revert': () => ({ live_number: 2, note: 'x' }),
  'POST /api/v1/flows/:id/moves': () => ({ number: 2 }),
  'POST /api/v1/flow-imports': () => ({ bundle: { format: 'balcao-flow', format_version: 1, key: 'vindo', name: 'Vindo' } }),
  'POST /api/v1/flow-imports/check': () => ({ bundle: { format: 'balcao-flow', format_version: 1, key: 'vindo', name: 'Vindo' } }),
  'POST /api/v1/flow-models': () => ({ model: 'loja' }),
  'POST /api/v1/flow-models/check': () => ({ model: 'loja' }),
  'PUT /api/v1/flow-starts': () => ({ starts: [] }),
  'POST /api/v1/flow-secrets': () => ({ name: `s${randomUUID().slice(0, 8)}`, value: 'x' }),
  'PUT /api/v1/hours/periods/:id': () => ({ name: 'Outro', keeps_holidays: true, week: [{ day: 1, from_min: 480, until_min: 1116 }], exceptions: [] }),
};

const nameOf = (route: Route): string => `${route.method} ${route.path}`;
const bodyOf = (route: Route, twin: Twin): Record<string, unknown> => (BODIES[nameOf(route)] ?? (() => leastBody(route)))(twin);

/** A second row beside the first has to belong to it: these are acted out in files of their own. */
const NEEDS_TWO = /\/(readers|identities\/:|customers\/:customer|merge$)/;

/** A row of a kind: whose it is, and who sees it. */
type Row = { id: number | string; name: string; seen: (who: Who) => boolean; written?: (who: Who) => boolean };

const aboutTicket = (twin: Twin, ticket: Ticket): Row => ({
  id: ticket.id,
  name: `${ticket.state} of ${ticket.department ?? 'no department'} at ${ticket.channel} held by ${ticket.holder ?? 'nobody'}`,
  seen: (who) => sees(twin, who, ticket),
});

/** A colleague first: nobody changes themselves, and few change an owner. */
const people = (twin: Twin): Row[] =>
  WHO.toSorted((x, y) => Number(y === 'colleague') - Number(x === 'colleague')).map((who) => ({
    id: twin.members[who], name: `member ${who}`, seen: () => true,
  }));

const forEverybody = (twin: Twin): number => twin.answers.find(({ owner, department }) => owner === null && department === null)?.id ?? 0;

/** What makes the house anew is acted out in a house of its own, which is put back after each act. */
const REMADE = ['answer', 'company', 'branch', 'department', 'close-reason', 'break-reason', 'channel', 'member', 'group', 'invite', 'token', 'tag', 'ticket-type', 'period', 'sla-policy', 'contact-group', 'contact-field', 'internal-group', 'push', 'flow', 'flow-secret_name'];

const BUILT_IN = ['owner', 'administrator', 'manager', 'agent', 'finance', 'integrator'];

/** The rows that a parameter of a path may name. A kind that is not here makes the matrix fail: it must know whom it shows to whom. */
const KINDS: Record<string, (twin: Twin) => Row[]> = {
  ticket: (twin) => twin.tickets.map((ticket) => aboutTicket(twin, ticket)),
  contact: (twin) =>
    [...new Set(twin.tickets.map(({ contact_id }) => contact_id))].map((id) => ({
      id,
      name: 'contact',
      seen: (who) => seesContact(twin, who, id),
    })),
  company: (twin) => twin.companies.map((id) => ({ id, name: 'company', seen: () => true })),
  branch: (twin) => twin.branches.map((id) => ({ id, name: 'branch', seen: () => true })),
  department: (twin) => Object.entries(twin.departments).map(([name, id]) => ({ id, name: `department ${name}`, seen: () => true })),
  'close-reason': (twin) => [{ id: twin.reason_id, name: 'reason', seen: () => true }],
  'break-reason': (twin) => [{ id: twin.break_reason_id, name: 'reason', seen: () => true }],
  break: (twin) => twin.breaks.map(({ id, of }) => ({ id, name: `of ${of}`, seen: (who) => supervises(who, of) })),
  team: (twin) => WHO.map((of) => ({ id: twin.members[of], name: `of ${of}`, seen: (who) => supervises(who, of) })),
  channel: (twin) => Object.entries(twin.channels).map(([name, id]) => ({ id, name: `channel ${name}`, seen: () => true })),
  member: (twin) => people(twin),
  reader_member: (twin) => people(twin),
  /* One of their own first: the built-in ones refuse whatever is asked. */
  group: (twin) =>
    Object.entries(twin.groups)
      .toSorted(([x], [y]) => Number(BUILT_IN.includes(x)) - Number(BUILT_IN.includes(y)))
      .map(([name, id]) => ({ id, name: `group ${name}`, seen: () => true })),
  invite: (twin) => [{ id: twin.invite_id, name: 'invite', seen: () => true }],
  token: (twin) => [{ id: twin.token_id, name: 'token', seen: () => true }],
  audit: (twin) => [{ id: twin.audit_id, name: 'row of a contact', seen: () => true }],
  push: (twin) => [{ id: twin.push_id, name: 'browser of the owner', seen: (who) => who === 'owner' }],
  period: (twin) => [{ id: twin.period_id, name: 'period', seen: () => true }],
  flow: (twin) => [{ id: twin.flow_id, name: 'flow', seen: () => true }],
  template: (twin) => [{ id: twin.template_id, name: 'template', seen: () => true }],
  'flow-secret_name': (twin) => [{ id: `segredo_${twin.id}`, name: 'secret', seen: () => true }],
  version_number: () => [{ id: 1, name: 'first', seen: () => true }],
  move_move: (twin) => [{ id: twin.flow_id, name: 'move', seen: () => true }],
  page_page: () => [{ id: 1, name: 'own', seen: () => true }],
  run_run: (twin) => twin.tickets.map((ticket) => aboutTicket(twin, ticket)),
  'sla-policy': (twin) => [{ id: twin.policy_id, name: 'policy', seen: () => true }],
  /* An agent's own first: of the others they may not write. */
  answer: (twin) =>
    twin.answers
      .toSorted((x, y) => Number(y.owner === 'agent') - Number(x.owner === 'agent'))
      .map((answer) => ({
        id: answer.id,
        name: `answer of ${answer.owner ?? answer.department ?? 'everybody'}`,
        seen: (who) => seesAnswer(who, answer),
        written: (who) => writesAnswer(twin, who, answer),
      })),
  /* Everyone's sight of a chat is being one of its people. */
  chat: (twin) => twin.chats.map((chat) => ({ id: chat.id, name: `${chat.kind} of ${chat.members.join(' and ')}`, seen: (who) => seesChat(who, chat) })),
  'internal-group': (twin) => twin.chats.filter(({ kind }) => kind === 'group').map(({ id }) => ({ id, name: 'internal group', seen: () => true })),
  answer_answer: (twin) => [{ id: forEverybody(twin), name: 'for everybody', seen: () => true }],
  scheduled: (twin) =>
    twin.scheduled.map(({ id, ticket_id }) => {
      const ticket = twin.tickets.find((one) => one.id === ticket_id) as Ticket;
      return { ...aboutTicket(twin, ticket), id };
    }),
  tag: (twin) => [{ id: twin.tag_id, name: 'tag', seen: () => true }],
  /* Whose it is: nobody else's. */
  bulk: (twin) => [{ id: twin.bulk_id, name: 'act of the owner', seen: (who) => who === 'owner' }],
  tag_tag: (twin) => [{ id: twin.tag_id, name: 'tag', seen: () => true }],
  'ticket-type': (twin) => [{ id: twin.type_id, name: 'type', seen: () => true }],
  identity_identity: (twin) => [{ id: twin.own_identity_id, name: 'way in', seen: () => true }],
  customer: (twin) => [{ id: twin.customer_id, name: 'registration', seen: (who) => seesCustomer(twin, who) }],
  customer_customer: (twin) => [{ id: twin.customer_id, name: 'registration', seen: () => true }],
  'contact-group': (twin) => [{ id: twin.contact_group_id, name: 'group of contacts', seen: () => true }],
  'contact-field': (twin) => [{ id: twin.contact_field_id, name: 'field', seen: () => true }],
  'contact-merge': (twin) => [{ id: twin.merge_id, name: 'merge', seen: (who) => seesContact(twin, who, twin.own_contact_id) }],
  'contact-export': (twin) => [{ id: twin.export_id, name: 'export of the owner', seen: (who) => who === 'owner' }],
  'contact-import': (twin) => [{ id: twin.import_id, name: 'import', seen: () => true }],
  message_seq: () => [{ id: 1, name: 'first', seen: () => true }],
};

function pathOf(route: Route, id: number | string): string {
  const [first, ...others] = route.ids;
  const second = (kind: string): string => (kind === 'answer_answer' ? String(forEverybody(a)) : kind === 'run_run' || kind === 'move_move' ? String(id) : '1');
  const filled = others.reduce((path, { name, kind }) => path.replace(`:${name}`, second(kind)), route.path);
  const path = first === undefined ? filled : filled.replace(`:${first.name}`, String(id));
  const query = leastQuery(route);
  return query === '' ? path : `${path}?${query}`;
}

const ofMembers = routes.filter(({ access, method }) => access === 'member' && method !== 'OPTIONS');
const isRead = ({ method }: Route): boolean => method === 'GET';
const holds = (who: Who, { permission }: Route): boolean => permission === '@self' || a.permissions(who).has(permission);

function ask(who: Browser, route: Route, id: number | string): Promise<Answer> {
  if (route.body === 'file') return who.ask(route.method, pathOf(route, id), Buffer.from('x'), { 'Content-Type': 'text/plain' });
  return who.ask(route.method, pathOf(route, id), route.body === 'json' ? bodyOf(route, a) : undefined);
}

type Cell = { route: Route; who: string; as: Browser; id: number | string; target: string; expected: Expected };

/** Asks them all and says which were wrong. */
async function wrongOf(cells: Cell[], lanes = LANES): Promise<string[]> {
  const wrong: string[] = [];
  await eachOf(cells, lanes, async (cell) => {
    const complaint = note({ ...cell, foreign: b.mark }, await ask(cell.as, cell.route, cell.id));
    if (complaint !== undefined) wrong.push(complaint);
  });
  return wrong;
}

const firstOf = (twin: Twin, route: Route): Row => KINDS[route.ids[0]?.kind ?? '']?.(twin)[0] ?? { id: '', name: 'none', seen: () => true };

/** Of every sort, for those who are told the same of all. */
const anyRow = (route: Route): { id: number | string; name: string }[] =>
  route.ids.length === 0
    ? [{ id: '', name: 'none' }]
    : [
        { ...firstOf(a, route), name: 'own' },
        { ...firstOf(b, route), name: 'foreign' },
        { id: ABSENT, name: 'absent' },
        { id: 'x', name: 'malformed' },
      ];

describe('the table', () => {
  it('names no kind of row that the matrix does not know', () => {
    const kinds = ofMembers.flatMap(({ ids }) => ids.map(({ kind }) => kind));
    expect([...new Set(kinds)].filter((kind) => KINDS[kind] === undefined)).toEqual([]);
  });
});

describe('before any row', () => {
  it('nobody is told 401, and whoever belongs elsewhere that there is no such account', async () => {
    const cells = ofMembers.flatMap((route): Cell[] =>
      anyRow(route).flatMap(({ id, name }) => [
        { route, who: 'nobody', as: nobody, id, target: name, expected: { status: 401, slug: 'session_missing' } },
        { route, who: 'stranger', as: stranger, id, target: name, expected: { status: 404, slug: 'account_unknown' } },
      ]),
    );
    expect(await wrongOf(cells)).toEqual([]);
  });

  it('a missing permission is 403, whatever the row', async () => {
    const cells = ofMembers.flatMap((route): Cell[] =>
      WHO.filter((who) => !holds(who, route)).flatMap((who) =>
        anyRow(route).map(({ id, name }) => ({
          route, who, as: a.as(who), id, target: name, expected: { status: 403, slug: 'permission_denied' },
        })),
      ),
    );
    expect(cells.length).toBeGreaterThan(50);
    expect(await wrongOf(cells)).toEqual([]);
  }, 90_000); // every route for everybody who may not: the longest of them

  it('a dangerous route wants to know once more that it is them', async () => {
    const dangerous = ofMembers.filter(({ flags }) => flags.includes('step_up'));
    await sql(`UPDATE sessions SET stepped_up_at = NULL WHERE ended_at IS NULL AND user_id IN
      (SELECT user_id FROM memberships WHERE account_id = ${a.id} AND id = ${a.members.owner})`);
    const cells = dangerous.map((route): Cell => ({
      route, who: 'owner not stepped up', as: a.as('owner'), id: firstOf(a, route).id, target: 'own', expected: { status: 403, slug: 'step_up_required' },
    }));
    const wrong = await wrongOf(cells);
    await sql(`UPDATE sessions SET stepped_up_at = now() + interval '1 hour' WHERE ended_at IS NULL AND user_id IN
      (SELECT user_id FROM memberships WHERE account_id = ${a.id} AND id = ${a.members.owner})`);
    expect(wrong).toEqual([]);
  });
});

const withIds = ofMembers.filter(({ ids }) => ids.length > 0);
const known = withIds.filter(({ ids }) => ids.every(({ kind }) => KINDS[kind] !== undefined));
const kindOf = (route: Route): Row[] => KINDS[route.ids[0]?.kind ?? '']?.(a) ?? [];

/** Foreign, absent and misspelled: not one of them is told from the others. */
function elsewhere(route: Route, who: Who): Cell[] {
  return [
    { id: firstOf(b, route).id, name: 'foreign' },
    { id: ABSENT, name: 'absent' },
    ...MALFORMED.map((id) => ({ id, name: `malformed ${id}` })),
  ].map(({ id, name }) => ({ route, who, as: a.as(who), id, target: name, expected: NOT_FOUND }));
}

describe('reading a row', () => {
  it.each(known.filter(isRead).map((route) => [nameOf(route), route] as const))(
    '%s shows what the rules show, to each',
    async (_, route) => {
      const cells = WHO.filter((who) => holds(who, route)).flatMap((who) => [
        ...kindOf(route).map(({ id, name, seen }): Cell => ({
          route, who, as: a.as(who), id, target: name, expected: seen(who) ? 'answered' : NOT_FOUND,
        })),
        ...elsewhere(route, who),
      ]);
      expect(await wrongOf(cells)).toEqual([]);
    },
    120_000,
  );

  it('what is hidden, foreign or absent is one body', async () => {
    for (const route of known.filter(isRead)) {
      const who = WHO.find((one) => holds(one, route) && kindOf(route).some(({ seen }) => !seen(one))) ?? 'owner';
      const hidden = kindOf(route).find(({ seen }) => !seen(who))?.id ?? ABSENT;
      const bodies = await Promise.all(
        [hidden, firstOf(b, route).id, ABSENT, 'x'].map(async (id) => withoutRequest(await ask(a.as(who), route, id))),
      );
      expect([nameOf(route), new Set(bodies).size]).toEqual([nameOf(route), 1]);
    }
  });
});

/** What the end of `merge` leaves of two tickets, whatever they are: who sees what is asked of the rows alone. */
const join = (whole: Ticket, part: Ticket): Promise<string> =>
  sql(`UPDATE tickets SET merged_into = CASE id WHEN ${part.id} THEN ${whole.id} END, merged_ids = CASE id WHEN ${whole.id} THEN '{${part.id}}'::bigint[] ELSE '{}' END
        WHERE account_id = ${a.id} AND id IN (${whole.id}, ${part.id})`);
const part = (): Promise<string> => sql(`UPDATE tickets SET merged_into = NULL, merged_ids = '{}' WHERE account_id = ${a.id} AND (merged_into IS NOT NULL OR merged_ids <> '{}')`);

describe('a chapter', () => {
  it('is read, files and all, by whoever sees the whole; the ticket that it is by nobody more than before', async () => {
    const wholes = a.tickets.filter(({ state }) => state === 'serving');
    const closed = a.tickets.filter(({ state, is_confidential }) => state === 'closed' && !is_confidential);
    const wrong: string[] = [];
    for (const [at, whole] of wholes.entries()) {
      const chapter = closed[at % closed.length] as Ticket;
      await join(whole, chapter);
      await eachOf(WHO.filter((who) => a.permissions(who).has('tickets.view')), LANES, async (who) => {
        const told = async (path: string): Promise<number> => (await a.as(who).get(path)).status;
        const got = {
          chapter: await told(`/api/v1/tickets/${whole.id}/messages?chapter=${chapter.id}`),
          file: (await a.as(who).media(chapter.attachment_id)).status,
          list: (await a.as(who).get(`/api/v1/tickets/${whole.id}/chapters`)).text.includes(`{"id":${chapter.id},`),
          itself: await told(`/api/v1/tickets/${chapter.id}`),
          turned: await told(`/api/v1/tickets/${chapter.id}/messages?chapter=${whole.id}`),
        };
        const whole_is_seen = sees(a, who, whole);
        const expected = {
          chapter: whole_is_seen ? 200 : 404,
          file: whole_is_seen || sees(a, who, chapter) ? 200 : 404,
          list: whole_is_seen,
          itself: sees(a, who, chapter) ? 200 : 404,
          turned: 404,
        };
        if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push(`${who} on ${chapter.id} in ${whole.id}: ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`);
      });
      await part();
    }
    expect(wholes.length).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  }, 120_000);
});

/** Everything of an account that an act on its tickets could have changed. */
const stateOf = (twin: Twin): Promise<string> =>
  sql(`SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM (
         SELECT to_jsonb(t) AS x FROM tickets t WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(m) FROM messages m WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(c) FROM contacts c WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(h) - 'state' FROM channels h WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(d) FROM drafts d WHERE account_id = ${twin.id}) rows`);

describe('acting on a row', () => {
  it('that one does not see is acting on none, and changes nothing', async () => {
    const before = [await stateOf(a), await stateOf(b)];
    const cells = known
      .filter((route) => !isRead(route))
      .flatMap((route) =>
        WHO.filter((who) => holds(who, route)).flatMap((who) => {
          const hidden = kindOf(route).filter(({ seen }) => !seen(who));
          /* One of each sort: they differ in why they are hidden. */
          const sorts = new Map(hidden.map((row) => [row.name.replace(/ held by.*/, ''), row]));
          return [
            ...[...sorts.values()].map(({ id, name }): Cell => ({ route, who, as: a.as(who), id, target: name, expected: NOT_FOUND })),
            ...elsewhere(route, who),
          ];
        }),
      );
    expect(cells.length).toBeGreaterThan(500);
    expect(await wrongOf(cells)).toEqual([]);
    expect([await stateOf(a), await stateOf(b)]).toEqual(before);
  }, 240_000);

  it('that one sees is answered', async () => {
    const wrong: string[] = [];
    const ticketsBefore = await value<object>(`SELECT json_agg(t) FROM tickets t WHERE account_id = ${a.id}`);
    for (const route of known.filter((one) => !isRead(one) && !NEEDS_TWO.test(one.path) && !one.ids.some(({ kind }) => REMADE.includes(kind)))) {
      for (const who of WHO.filter((one) => holds(one, route))) {
        const seen = kindOf(route).filter((row) => row.seen(who));
        const sorts = new Map(seen.map((row) => [row.name.split(' ')[0], row]));
        wrong.push(
          ...(await wrongOf(
            [...sorts.values()].map(({ id, name }): Cell => ({ route, who, as: a.as(who), id, target: name, expected: 'answered' })),
          )),
        );
        await putBack(ticketsBefore);
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);
});

/** Who holds what where is as the rules know it, whatever the acts of a test made of it. */
async function putBack(tickets: object): Promise<void> {
  await sql(
    `UPDATE tickets t SET state = s.state, controller = s.controller, department_id = s.department_id, assignee_id = s.assignee_id,
        closed_at = s.closed_at, closed_by = s.closed_by, reason_id = s.reason_id, is_confidential = s.is_confidential,
        last_activity_at = s.last_activity_at, unread_count = s.unread_count, snoozed_until = s.snoozed_until, taken_from_id = s.taken_from_id
       FROM json_populate_recordset(NULL::tickets, :'tickets') s WHERE t.account_id = s.account_id AND t.id = s.id
        AND (t.state, t.department_id, t.assignee_id, t.last_activity_at, t.snoozed_until)
            IS DISTINCT FROM (s.state, s.department_id, s.assignee_id, s.last_activity_at, s.snoozed_until)`,
    { tickets: JSON.stringify(tickets) },
  );
}

describe('acting on what makes the house', () => {
  it('is answered too, in a house that is put back after each act', async () => {
    const c = await aTwin();
    const putHouseBack = await keep(c.id);
    const wrong: string[] = [];
    const remaking = known.filter((one) => !isRead(one) && one.ids.some(({ kind }) => REMADE.includes(kind)));
    for (const route of remaking)
      for (const who of WHO.filter((one) => holds(one, route))) {
        const rows = KINDS[route.ids[0]?.kind ?? '']?.(c) ?? [];
        /* One that may be acted on, and one that may not: a built-in group, an owner, the actor. */
        for (const { id, name, seen, written } of new Set([rows[0], rows.at(-1)].filter((row) => row !== undefined))) {
          const answer = await c.as(who).ask(route.method, pathOf(route, id), route.body === 'json' ? bodyOf(route, c) : undefined);
          const expected = !seen(who) ? NOT_FOUND : written?.(who) === false ? { status: 403, slug: 'permission_denied' } : 'answered';
          const complaint = note({ route, who, target: name, expected, foreign: b.mark }, answer);
          if (complaint !== undefined) wrong.push(complaint);
        }
        await putHouseBack();
      }
    expect(remaking.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
    for (const who of WHO) (await c.as(who).get('/api/v1/me')).ok();
  }, 240_000);
});

describe('ids in a body', () => {
  const named = ofMembers
    .filter((route) => route.body === 'json' && (route.ids.length === 0 || known.includes(route)))
    .filter((route) => route.path !== '/api/v1/audit/export') // ids there narrow what is shown, and name nothing
    .filter((route) => route.path !== '/api/v1/bulks') // many rows: each that is not seen is refused by itself, desk/bulk.test.ts
    .flatMap((route) => idsInBody(route).map((one) => [`${nameOf(route)} ${one.name}`, route, one] as const));
  /** A row of the other account for each name that bodies use; what is not here is answered for by any number of theirs. */
  const theirs: Record<string, (twin: Twin) => number> = {
    company_id: (twin) => twin.companies[0] ?? 0,
    department_id: (twin) => twin.departments['suporte'] ?? 0,
    department_ids: (twin) => twin.departments['suporte'] ?? 0,
    assignee_id: (twin) => twin.members.agent,
    mention_ids: (twin) => twin.members.agent,
    reason_id: (twin) => twin.reason_id,
    reason_ids: (twin) => twin.reason_id,
    tag_id: (twin) => twin.tag_id,
    type_id: (twin) => twin.type_id,
    attachment_id: (twin) => twin.unsent_id,
    group_id: (twin) => twin.groups['agent'] ?? 0,
    contact_ids: (twin) => twin.own_contact_id,
    contact_id: (twin) => twin.own_contact_id,
    other_id: (twin) => twin.own_contact_id,
    channel_id: (twin) => twin.channels['site'] ?? 0,
    template_id: (twin) => twin.template_id,
    member_id: (twin) => twin.members.agent,
    member_ids: (twin) => twin.members.agent,
    member_a: (twin) => twin.members.agent,
    member_b: (twin) => twin.members.colleague,
  };

  it.each(named)('%s: one of another account is one that does not exist', async (_, route, { name, isList }) => {
    const rows = kindOf(route);
    const id = rows.find((row) => row.name.startsWith('serving') && row.name.endsWith('agent'))?.id ?? rows[0]?.id ?? '';
    const who: Who = holds('agent', route) ? 'agent' : 'owner';
    const tell = async (row: number): Promise<Answer> => {
      const body = { ...bodyOf(route, a), [name]: isList ? [row] : row };
      if (route.path.endsWith('/transfer')) Object.keys(body).forEach((key) => key !== name && delete (body as Record<string, unknown>)[key]);
      return a.as(who).ask(route.method, pathOf(route, id), body);
    };
    const [foreign, absent] = [await tell((theirs[name] ?? (() => b.tickets[0]?.id ?? 0))(b)), await tell(ABSENT)];
    expect(withoutRequest(foreign)).toBe(withoutRequest(absent));
    expect([400, 404, 409]).toContain(foreign.status);
    expect(foreign.text).not.toContain(b.mark);
  });

  it('no body names the account', async () => {
    for (const route of ofMembers.filter((one) => bodySchema(one) !== undefined)) {
      const answer = await a.as('owner').ask(route.method, pathOf(route, firstOf(a, route).id), { ...bodyOf(route, a), account_id: b.id });
      expect([nameOf(route), answer.status]).toEqual([nameOf(route), 400]);
    }
  });
});

type Page<T> = { data: T[]; next: string | null };

async function wholeList<T>(who: Who | Caller, path: string, limit = 7): Promise<T[]> {
  const asking = typeof who === 'string' ? a.as(who) : who;
  const all: T[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: Page<T> = (await asking.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next === '' ? '' : `&after=${next}`}`)).ok();
    all.push(...page.data);
    next = page.next;
  }
  return all;
}

/** Tickets in which this was said, back to the first: the index follows by a second. */
async function ticketsSaying(who: { get: (path: string) => Promise<Answer> }, mark: string, more = ''): Promise<number[]> {
  const all = new Set<number>();
  for (let next: string | null = ''; next !== null; ) {
    const path: string = `/api/v1/search?q=${mark}&limit=50${more}${next === '' ? '' : `&after=${next}`}`;
    const page = await until('a whole index', async () => {
      const found = (await who.get(path)).ok<{ data: Schemas['MessageFound'][]; next: string | null; is_whole: boolean }>();
      return found.is_whole ? found : undefined;
    });
    for (const { ticket } of page.data) all.add(ticket.id);
    next = page.next;
  }
  return [...all].sort((x, y) => x - y);
}

const ids = (rows: { id: number }[]): number[] => rows.map(({ id }) => id).sort((x, y) => x - y);
const readers = WHO.filter((who) => !['finance'].includes(who));

describe.each(readers)('lists of %s', (who) => {
  const seen = (fits: (ticket: Ticket) => boolean): number[] => ids(visible(a, who).filter(fits));
  const list = async (query: string): Promise<number[]> => ids(await wholeList<Schemas['Ticket']>(who, `/api/v1/tickets?${query}`));

  it('hold what they see and nothing else, whichever way they ask', async () => {
    const tagged = new Set((await lines(`SELECT ticket_id FROM ticket_tags WHERE account_id = ${a.id} AND tag_id = ${a.tag_id}`)).map(Number));
    const marked = new Set((await lines(`SELECT ticket_id FROM ticket_favourites WHERE account_id = ${a.id} AND member_id = ${a.members[who]}`)).map(Number));
    expect([tagged.size, marked.size]).not.toContain(0);
    for (const tab of ['serving', 'waiting', 'bot', 'closed']) {
      const of = (ticket: Ticket): boolean => ticket.state === tab;
      expect([tab, await list(`tab=${tab}`)]).toEqual([tab, seen(of)]);
      expect([tab, await list(`tab=${tab}&order=oldest`)]).toEqual([tab, seen(of)]);
      expect([tab, await list(`tab=${tab}&assignee=me`)]).toEqual([tab, seen((t) => of(t) && t.holder === who)]);
      expect([tab, await list(`tab=${tab}&assignee=${a.members.colleague}`)]).toEqual([tab, seen((t) => of(t) && t.holder === 'colleague')]);
      for (const department of ['vendas', 'ouvidoria'])
        expect([tab, await list(`tab=${tab}&departments=${a.departments[department]}`)]).toEqual([tab, seen((t) => of(t) && t.department === department)]);
      expect([tab, await list(`tab=${tab}&channels=${a.channels['loja']}`)]).toEqual([tab, seen((t) => of(t) && t.channel === 'loja')]);
      expect([tab, await list(`tab=${tab}&tag=${a.tag_id}`)]).toEqual([tab, seen((t) => of(t) && tagged.has(t.id))]);
      expect([tab, await list(`tab=${tab}&favourite=true`)]).toEqual([tab, seen((t) => of(t) && marked.has(t.id))]);
      expect(await list(`tab=${tab}&snoozed=true`)).toEqual([]);
      for (const foreign of [`tag=${b.tag_id}`, `type=${b.type_id}`, `reason=${b.reason_id}`, `assignee=${b.members.agent}`, `departments=${b.departments['suporte']}`, `channels=${b.channels['site']}`])
        expect(await list(`tab=${tab}&${foreign}`)).toEqual([]);
    }
  }, 60_000);

  it('count what they hold', async () => {
    const counts = (await a.as(who).get('/api/v1/tickets/counts')).ok<Record<string, number>>();
    expect(counts).toMatchObject({
      mine: seen((t) => t.state === 'serving' && t.holder === who).length,
      serving: seen((t) => t.state === 'serving').length,
      waiting: seen((t) => t.state === 'waiting').length,
      bot: seen((t) => t.state === 'bot').length,
    });
  });

  it('find what was said or attached only in what they hold', async () => {
    expect(await ticketsSaying(a.as(who), a.mark)).toEqual(seen(() => true));
    expect(await ticketsSaying(a.as(who), b.mark)).toEqual([]);
    for (const [at, ticket] of a.tickets.entries())
      if (at % 6 === 0) expect(await ticketsSaying(a.as(who), a.mark, `&ticket=${ticket.id}`)).toEqual(seen(({ id }) => id === ticket.id));
  });

  it('find by name or protocol only what they hold', async () => {
    expect(await list(`tab=waiting&q=${a.mark}`)).toEqual(seen(() => true));
    expect(await list(`tab=waiting&q=Pessoa`)).toEqual(seen(() => true));
    expect(await list(`tab=waiting&q=${b.mark}`)).toEqual([]);
    for (const [at, ticket] of a.tickets.entries())
      if (at % 6 === 0) {
        const protocol = `${String(at + 1).padStart(4, '0')}-${a.mark}`;
        expect([at, await list(`tab=waiting&q=${protocol}`)]).toEqual([at, sees(a, who, ticket) ? [ticket.id] : []]);
      }
  }, 60_000);

  it('of contacts hold whom they see, in every order, and count no more', async () => {
    const all = await value<number[]>(`SELECT json_agg(id ORDER BY id) FROM contacts WHERE account_id = ${a.id} AND deleted_at IS NULL`);
    const expected = all.filter((id) => seesContact(a, who, id));
    const orders = who === 'narrow' ? ['activity', 'newest'] : ['activity', 'name', 'newest'];
    for (const order of orders)
      expect([order, ids(await wholeList<Schemas['ContactLine']>(who, `/api/v1/contacts?order=${order}`))]).toEqual([order, expected]);
    expect((await a.as(who).get('/api/v1/contacts')).ok<Schemas['ContactPage']>().count).toBe(expected.length);
    const found = (await a.as(who).get(`/api/v1/contacts?q=${a.mark}`)).ok<Schemas['ContactPage']>().data;
    expect(ids(found)).toEqual(expected.slice(-100));
    expect((await a.as(who).get(`/api/v1/contacts?q=${b.mark}`)).ok<Schemas['ContactPage']>().data).toEqual([]);
  });

  it('of a contact hold what they see of it', async () => {
    const contacts = [...new Set(a.tickets.map(({ contact_id }) => contact_id))].filter((id) => seesContact(a, who, id));
    for (const contact_id of contacts.slice(0, 12)) {
      const of = (ticket: Ticket): boolean => ticket.contact_id === contact_id;
      expect(ids(await wholeList<Schemas['Ticket']>(who, `/api/v1/contacts/${contact_id}/tickets`))).toEqual(seen(of));
      const files = await wholeList<Schemas['Attachment']>(who, `/api/v1/contacts/${contact_id}/files`);
      expect(ids(files)).toEqual(visible(a, who).filter(of).map(({ attachment_id }) => attachment_id).sort((x, y) => x - y));
    }
  }, 60_000);

  it('of drafts name no conversation that they do not see', async () => {
    const { data } = (await a.as(who).get('/api/v1/drafts')).ok<{ data: { ticket_id: number }[] }>();
    const named = data.map(({ ticket_id }) => ticket_id);
    const drafted = a.tickets.filter((_, at) => (at + 1) % 9 === 1);
    expect(named.filter((id) => !seen(() => true).includes(id))).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(ids(drafted.filter((ticket) => sees(a, who, ticket)))));
  });
});

describe('files of chats', () => {
  it('are for those who take part', async () => {
    const cells = WHO.flatMap((who) =>
      [...a.chats, ...b.chats].flatMap((chat) =>
        chat.file_id === null ? [] : [{ who, id: chat.file_id, is: a.chats.includes(chat) && seesChat(who, chat) }],
      ),
    );
    const wrong: string[] = [];
    await eachOf(cells, LANES, async ({ who, id, is }) => {
      const answer = await a.as(who).get(`/media/chats/${id}?account=${a.id}`);
      const expected = !a.permissions(who).has('chat.use') ? 403 : is ? 200 : 404;
      const beside = (await a.as(who).media(id)).status;
      if (answer.status !== expected || beside === 200) wrong.push(`${who} ${id}: ${answer.status}, ${beside}`);
    });
    expect(cells.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('are as visible as the conversation that holds them', async () => {
    const route = routes.find(({ path }) => path === '/media/:id');
    if (route === undefined) throw new Error('no media');
    const wrong: string[] = [];
    const cells = WHO.flatMap((who) => [
      ...a.tickets.map((ticket) => ({ who, id: ticket.attachment_id, is: sees(a, who, ticket), target: `file of ${ticket.state}` })),
      { who, id: a.unsent_id, is: who === 'agent', target: 'not sent yet' },
      { who, id: b.unsent_id, is: false, target: 'foreign, not sent yet' },
      { who, id: b.tickets[0]?.attachment_id ?? 0, is: false, target: 'foreign' },
      { who, id: ABSENT, is: false, target: 'absent' },
    ]);
    await eachOf(cells, LANES, async ({ who, id, is, target }) => {
      const may = a.permissions(who).has('tickets.view');
      const answer = await a.as(who).media(id);
      const expected: Expected = !may ? { status: 403, slug: 'permission_denied' } : is ? 'answered' : NOT_FOUND;
      expect(answer.headers['x-accel-redirect']).toBeUndefined();
      const complaint = note({ route, who, target, expected, foreign: b.mark }, answer);
      if (complaint !== undefined) wrong.push(complaint);
    });
    for (const as of [nobody, stranger]) expect((await as.media(a.tickets[0]?.attachment_id ?? 0)).status).toBe(as === nobody ? 401 : 404);
    expect(wrong).toEqual([]);
  }, 60_000);

  it('a visitor gets none of them', async () => {
    const visitor = await aVisitor();
    for (const ticket of [...a.tickets.slice(0, 5), ...b.tickets.slice(0, 2)]) (await visitor.media(ticket.attachment_id)).refused(404, 'not_found');
    (await visitor.media(a.unsent_id)).refused(404, 'not_found');
    expect((await visitor.conversation()).data).toEqual([]);
    for (const route of ofMembers) {
      const answer = await visitor.ask(route.method, pathOf(route, firstOf(a, route).id), route.body === 'json' ? bodyOf(route, a) : undefined);
      expect([nameOf(route), [401, 403, 404].includes(answer.status)]).toEqual([nameOf(route), true]);
    }
  }, 60_000);
});

/** A visitor of the first account. */
async function aVisitor(): Promise<Visitor> {
  const entered = await call({
    method: 'POST', path: `/api/v1/widget/${a.channel_keys['site'] ?? ''}/visitors`, body: '{"name":"Visita"}',
    headers: { 'Content-Type': 'application/json', Origin: 'https://loja.exemplo' },
  });
  return new Visitor(entered.ok<{ token: string }>(201).token, 'Visita');
}

describe('programs', () => {
  let programs: (name: ProgramName) => Caller;

  beforeAll(async () => {
    programs = await programsOf(a);
  }, 60_000);

  /** The rows of a route as this program sees them. */
  function rowsFor(name: ProgramName, route: Route): { id: number | string; name: string; isSeen: boolean }[] {
    const kind = route.ids[0]?.kind;
    if (kind === 'ticket') return a.tickets.map((ticket) => ({ ...aboutTicket(a, ticket), isSeen: programSees(a, name, ticket) }));
    const isSeen = (id: number | string): boolean => kind !== 'contact' || programSeesContact(a, name, Number(id));
    return kindOf(route).map((row) => ({ ...row, isSeen: isSeen(row.id) }));
  }
  const cell = (route: Route, name: ProgramName, row: { id: number | string; name: string }, expected: Expected): Cell => ({
    route, who: name, as: programs(name), id: row.id, target: row.name, expected,
  });
  const admitted = (list: Route[]): { route: Route; name: ProgramName }[] =>
    list.flatMap((route) => PROGRAM_NAMES.filter((name) => refusal(a, name, route) === undefined).map((name) => ({ route, name })));
  const away = (route: Route, name: ProgramName): Cell[] => elsewhere(route, 'owner').map((one) => ({ ...one, who: name, as: programs(name) }));

  it('are told what only people do, and what they lack, whatever the row', async () => {
    const cells = ofMembers.flatMap((route) =>
      PROGRAM_NAMES.flatMap((name) => {
        const slug = refusal(a, name, route);
        return slug === undefined ? [] : anyRow(route).map((row) => cell(route, name, row, { status: 403, slug }));
      }),
    );
    expect(cells.length).toBeGreaterThan(300);
    expect(await wrongOf(cells)).toEqual([]);
  }, 60_000);

  it('are served where no row is named', async () => {
    const cells = admitted(ofMembers.filter(({ ids }) => ids.length === 0)).map(({ route, name }) => cell(route, name, { id: '', name: 'none' }, 'answered'));
    expect(await wrongOf(cells)).toEqual([]);
  });

  it('read the rows that their tokens show, and no others', async () => {
    const cells = admitted(known.filter(isRead)).flatMap(({ route, name }) => [
      ...rowsFor(name, route).map((row) => cell(route, name, row, row.isSeen ? 'answered' : NOT_FOUND)),
      ...away(route, name),
    ]);
    expect(cells.length).toBeGreaterThan(500);
    expect(await wrongOf(cells)).toEqual([]);
  }, 120_000);

  it('act on none that they do not see, and change nothing', async () => {
    const before = [await stateOf(a), await stateOf(b)];
    const cells = admitted(known.filter((route) => !isRead(route))).flatMap(({ route, name }) => [
      ...new Map(rowsFor(name, route).filter(({ isSeen }) => !isSeen).map((row) => [row.name.replace(/ held by.*/, ''), cell(route, name, row, NOT_FOUND)])).values(),
      ...away(route, name),
    ]);
    expect(await wrongOf(cells)).toEqual([]);
    expect([await stateOf(a), await stateOf(b)]).toEqual(before);
  }, 120_000);

  it('are answered about those they see', async () => {
    const wrong: string[] = [];
    const before = await value<object>(`SELECT json_agg(t) FROM tickets t WHERE account_id = ${a.id}`);
    for (const { route, name } of admitted(known.filter((one) => !isRead(one) && !NEEDS_TWO.test(one.path) && !one.ids.some(({ kind }) => REMADE.includes(kind))))) {
      const sorts = new Map(rowsFor(name, route).filter(({ isSeen }) => isSeen).map((row) => [row.name.split(' ')[0], row]));
      wrong.push(...(await wrongOf([...sorts.values()].map((row) => cell(route, name, row, 'answered')))));
      await putBack(before);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it.each(PROGRAM_NAMES)('%s lists, counts and finds what it sees', async (name) => {
    const program = programs(name);
    const seen = (fits: (ticket: Ticket) => boolean): number[] => ids(a.tickets.filter((ticket) => programSees(a, name, ticket) && fits(ticket)));
    for (const tab of ['serving', 'waiting', 'bot', 'closed'])
      expect([tab, ids(await wholeList<Schemas['Ticket']>(program, `/api/v1/tickets?tab=${tab}`))]).toEqual([tab, seen(({ state }) => state === tab)]);
    expect(ids(await wholeList<Schemas['Ticket']>(program, `/api/v1/tickets?tab=waiting&q=${a.mark}`))).toEqual(seen(() => true));
    expect(await wholeList(program, `/api/v1/tickets?tab=waiting&q=${b.mark}`)).toEqual([]);
    expect(await ticketsSaying(program, a.mark)).toEqual(seen(() => true));
    expect(await ticketsSaying(program, b.mark)).toEqual([]);
    expect((await program.get('/api/v1/tickets/counts')).ok()).toMatchObject({
      serving: seen(({ state }) => state === 'serving').length,
      waiting: seen(({ state }) => state === 'waiting').length,
      bot: seen(({ state }) => state === 'bot').length,
    });
  }, 60_000);

  it("open no account but their own", async () => {
    const theirs = await programsOf(b);
    for (const name of PROGRAM_NAMES) {
      const foreign = theirs(name);
      (await foreign.get('/api/v1/tickets?tab=waiting', { 'Balcao-Account': String(a.id) })).refused(404, 'account_unknown');
      (await foreign.get(`/api/v1/tickets/${a.tickets[0]?.id ?? 0}`)).refused(404, 'not_found');
    }
  }, 60_000);

  it('hold no more than their members do', () => {
    expect([...held(a, 'personal')]).not.toContain('channels.view');
  });
});

describe('who is of no account', () => {
  it('an operator and a visitor are nobody to its people, whatever the row', async () => {
    const olivia = await anOperator(`${randomUUID()}@instalacao.exemplo`);
    const [operator, visitor] = [await olivia.enter(), await aVisitor()];
    (await operator.get('/api/v1/operator/session')).ok();
    const wrong: string[] = [];
    for (const route of ofMembers)
      for (const { id, name } of anyRow(route)) {
        const asked = { route, target: name, foreign: b.mark };
        const body = route.body === 'json' ? bodyOf(route, a) : undefined;
        const complaints = [
          note({ ...asked, who: 'operator', expected: { status: 401, slug: 'session_missing' } }, await ask(operator, route, id)),
          note({ ...asked, who: 'visitor', expected: { status: 401, slug: 'token_invalid' } }, await visitor.ask(route.method, pathOf(route, id), body)),
        ];
        wrong.push(...complaints.filter((one) => one !== undefined));
      }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('and nobody of an account, person or program, is an operator', async () => {
    const ofOperators = routes.filter(({ access }) => access === 'operator');
    const [visitor, programs] = [await aVisitor(), await programsOf(a)];
    const wrong: string[] = [];
    for (const route of ofOperators)
      for (const [who, asking] of [
        ['nobody', nobody], ...WHO.map((one) => [one, a.as(one)] as const), ...PROGRAM_NAMES.map((one) => [one, programs(one)] as const), ['visitor', visitor],
      ] as const) {
        const answer = await asking.ask(route.method, pathOf(route, a.id), route.body === 'json' ? bodyOf(route, a) : undefined, { Origin: origin });
        const complaint = note({ route, who, target: 'own account', expected: { status: 401, slug: 'session_missing' }, foreign: b.mark }, answer);
        if (complaint !== undefined) wrong.push(complaint);
      }
    expect(ofOperators.length).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  }, 60_000);
});

/**
 * The third run: everybody but the owner, who cannot lose anything, is in a group of their own that holds what theirs
 * does; one permission after the other is taken from all of them between two calls, and given back.
 */
describe('a permission taken between two calls', () => {
  const others = WHO.filter((who) => who !== 'owner');

  it('is missing at the second, and there again at the third', async () => {
    const rows = others.map((who) => `(${a.members[who]}, '${[...a.permissions(who)].join()}')`).join();
    await sql(`
      INSERT INTO groups (account_id, name, permissions, scope, channels, masks)
      SELECT g.account_id, 'sem ' || m.id || ' ${a.mark}', string_to_array(h.held, ','), g.scope, g.channels, g.masks
        FROM (VALUES ${rows}) h (id, held) JOIN memberships m ON m.account_id = ${a.id} AND m.id = h.id
        JOIN groups g ON g.account_id = m.account_id AND g.id = m.group_id;
      UPDATE memberships m SET group_id = g.id FROM groups g
       WHERE m.account_id = ${a.id} AND g.account_id = m.account_id AND g.name = 'sem ' || m.id || ' ${a.mark}'`);
    const taken = (permission: string, isBack: boolean): Promise<string> => {
      const had = others.filter((who) => a.permissions(who).has(permission)).map((who) => a.members[who]);
      return sql(`UPDATE groups g SET permissions = ${isBack ? 'array_append' : 'array_remove'}(g.permissions, :'permission') FROM memberships m
                   WHERE m.account_id = ${a.id} AND m.id IN (${had.join()}) AND g.account_id = m.account_id AND g.id = m.group_id`, { permission });
    };
    const before = await stateOf(a);
    const wrong: string[] = [];
    for (const permission of new Set(ofMembers.map((route) => route.permission))) {
      const holders = others.filter((who) => a.permissions(who).has(permission));
      if (permission === '@self' || holders.length === 0) continue;
      const of = ofMembers.filter((route) => route.permission === permission);
      const cells = (list: Route[], target: string, expected: Expected): Cell[] =>
        list.flatMap((route) =>
          holders.flatMap((who): Cell[] => {
            const row = route.ids.length === 0 ? { id: '' } : kindOf(route).find(({ seen }) => seen(who));
            return row === undefined ? [] : [{ route, who, as: a.as(who), id: row.id, target, expected }];
          }),
        );
      wrong.push(...(await wrongOf(cells(of.filter(isRead), 'own, first call', 'answered'))));
      await taken(permission, false);
      wrong.push(...(await wrongOf(cells(of, 'own, permission taken', { status: 403, slug: 'permission_denied' }))));
      await taken(permission, true);
      wrong.push(...(await wrongOf(cells(of.filter(isRead), 'own, permission given back', 'answered'))));
    }
    expect(wrong).toEqual([]);
    expect(await stateOf(a)).toBe(before);
  }, 240_000);

  it('X106: and ends what was being told', async () => {
    const [department, colleague] = [await a.as('department').live(), await a.as('colleague').live()];
    const take = (verb: string): Promise<string> =>
      sql(`UPDATE groups g SET permissions = ${verb}(g.permissions, 'tickets.view') FROM memberships m
            WHERE m.account_id = ${a.id} AND m.id = ${a.members.department} AND g.account_id = m.account_id AND g.id = m.group_id`);
    await cut(department, () => take('array_remove'));
    await tellEverybody(a);
    await colleague.next('channel.changed');
    await take('array_append');
    colleague.close();
  }, 30_000);
});

/** Every member hears of a channel: whoever heard of this has heard everything before it. */
const tellEverybody = (twin: Twin): Promise<string> =>
  sql(`INSERT INTO account_event (account_id, kind, audience, payload)
       VALUES (${twin.id}, 'channel.changed', 'members', '{"channel_id":${twin.channels['app']}}')`);

describe('what is told as it happens', () => {
  it('reaches whom the rules let see it, and nobody else', async () => {
    const streams = new Map<Who, Stream>();
    for (const who of readers) streams.set(who, await a.as(who).live());
    const [foreign, owner] = [await b.as('owner').live(), a.as('owner')];
    for (const ticket of a.tickets) (await owner.post(`/api/v1/tickets/${ticket.id}/typing`)).ok(204);
    for (const twin of [a, b]) await tellEverybody(twin);
    for (const [who, stream] of streams) {
      await stream.next('channel.changed');
      const heard = stream.events.flatMap(({ kind, data }) => (kind === 'typing' ? [(data as { ticket_id: number }).ticket_id] : []));
      expect([who, heard.sort((x, y) => x - y)]).toEqual([who, ids(a.tickets.filter((ticket) => hears(a, who, ticket)))]);
      expect(JSON.stringify(stream.events)).not.toContain(b.mark);
    }
    await foreign.next('channel.changed');
    expect(foreign.events.filter(({ kind }) => kind === 'typing')).toEqual([]);
    for (const stream of [...streams.values(), foreign]) stream.close();
  }, 60_000);

  it('a conversation that moves out of sight is gone, and its words are not told', async () => {
    const ticket = a.tickets.find((one) => one.state === 'waiting' && one.department === 'suporte' && one.readers.length === 0);
    if (ticket === undefined) throw new Error('nobody waits');
    const [agent, own] = [await a.as('agent').live(), await a.as('own').live()];
    (await a.as('owner').post(`/api/v1/tickets/${ticket.id}/transfer`, { department_id: a.departments['ouvidoria'], note: 'em segredo' })).ok();
    await agent.next('ticket.gone', ({ ticket_id }) => ticket_id === ticket.id);
    await tellEverybody(a);
    for (const stream of [agent, own]) {
      await stream.next('channel.changed');
      expect(JSON.stringify(stream.events)).not.toContain('em segredo');
    }
    (await a.as('agent').get(`/api/v1/tickets/${ticket.id}`)).refused(404, 'not_found');
    for (const stream of [agent, own]) stream.close();
  });

  it('ends with the session within a second', async () => {
    const cut: [Who, number][] = [];
    for (const who of readers.filter((one) => one !== 'owner')) {
      const stream = await a.as(who).live();
      (await a.as(who).delete('/api/v1/session')).ok(204);
      const at = Date.now();
      await stream.ended;
      cut.push([who, Date.now() - at]);
    }
    expect(cut.filter(([, ms]) => ms > 1000)).toEqual([]);
  }, 60_000);

  it('a page of another origin is given nothing', async () => {
    const answer = await a.as('owner').get('/api/v1/tickets?tab=waiting', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://mau.exemplo' });
    answer.refused(403, 'origin_refused');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(origin).not.toContain('mau.exemplo');
  });
});
