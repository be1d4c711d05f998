/** Pictures of the rooms around a flow: its list and dialogs, its results, where a ticket came by, what customers thought. */
import type { Page, Route } from 'playwright-core';

import { value } from '../../http/support/database.ts';
import { origin } from '../../http/support/house.ts';
import { flow } from './flows.ts';
import { goto, isPhone, type Screen, type Shot } from './look.ts';

const LONG = 'Triagem de novos clientes empresariais com proposta comercial, viabilidade técnica e agendamento de visita';

type Body = Record<string, unknown>;

/** What the server would say to these addresses, without asking it. */
const saying = (path: string | RegExp, status: number, body: Body, act: Shot): Shot => async (page, look) => {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  await page.route(path, (route) => route.fulfill({ status, contentType: type, body: JSON.stringify(body) }));
  await act(page, look);
};
const broken = (path: string | RegExp, act: Shot): Shot => saying(path, 500, { slug: 'internal', status: 500, request_id: '8f14e45fceea' }, act);
const closed = (path: string | RegExp, act: Shot): Shot => saying(path, 403, { slug: 'permission_denied', status: 403 }, act);

/** What it says, a little otherwise. */
const changing = (path: string | RegExp, change: (body: Body) => Body, act: Shot): Shot => async (page, look) => {
  await page.route(path, async (route: Route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change((await answer.json()) as Body) });
  });
  await act(page, look);
};

const LIST = /\/api\/v1\/flows\?/;
const STARTS = /\/api\/v1\/flow-starts/;
const AGENTS = '/fluxos/agentes';
const FUNNEL = /\/api\/v1\/flows\/\d+\/funnel/;
const button = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click();

/** All that begins is one agent's; another is off and answers nowhere. */
const withAgents = (body: Body): Body => ({
  starts: (body['starts'] as Body[]).map((start) => ({ ...start, agent: 'Lia' })),
  agents: [
    { name: 'Lia', is_on: true, period_id: null, outside_flow_id: null },
    { name: 'Atendente da madrugada e dos feriados nacionais e municipais', is_on: false, period_id: null, outside_flow_id: null },
  ],
});

const dialog = (name: string, then?: (page: Page) => Promise<unknown>): Shot => async (page) => {
  await page.goto(`${origin}/fluxos`);
  await button(page, name);
  await page.getByRole('dialog').waitFor();
  await then?.(page);
};

const model = dialog('Novo fluxo', async (page) => {
  await page.getByRole('radio', { name: /provedor/i }).first().check({ force: true });
  await button(page, 'Continuar');
  await page.getByText('O que são aqui os nomes do fluxo').waitFor();
  await page.getByText('O que são aqui os nomes do fluxo').scrollIntoViewIfNeeded();
});

const BUNDLE = {
  format: 'balcao-flow', format_version: 1, key: 'vindo-de-fora', name: 'Triagem de clientes empresariais com viabilidade técnica', channels: ['whatsapp'], start: 'etiqueta', settings: { fallback: { department: 'department:1' } },
  variables: [], notes: [], connectors: [],
  refs: [
    { ref: 'department:1', name: 'Relacionamento' }, { ref: 'tag:7', name: 'Cliente empresarial' },
    { ref: 'shift:3', name: 'Madrugada' }, { ref: 'branch:2', name: 'Filial do Oeste Catarinense' }, { ref: `file:${'0'.repeat(64)}`, name: 'tabela-de-planos.pdf' },
  ],
  cards: [
    { id: 'etiqueta', type: 'add_tag', v: 1, settings: { tags: ['tag:7'] } },
    { id: 'turno', type: 'condition_shift', v: 1, settings: { rules: [{ id: 'noite', label: 'De madrugada', shifts: ['shift:3'] }] } },
    { id: 'filial', type: 'condition_branch', v: 1, settings: { rules: [{ id: 'oeste', label: 'Oeste', branches: ['branch:2'] }] } },
    { id: 'tabela', type: 'send_file', v: 1, settings: { file: `file:${'0'.repeat(64)}` } },
  ],
};

const importing = (text: string, then?: (page: Page) => Promise<unknown>): Shot => dialog('Importar', async (page) => {
  await page.setInputFiles('input[type=file]', { name: 'fluxo.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await then?.(page);
});
const report = (page: Page): Promise<void> => page.getByText('O que são aqui os nomes do fluxo').scrollIntoViewIfNeeded();

const results = (act?: (page: Page) => Promise<unknown>): Shot => flow(async (page) => {
  await page.goto(page.url().replace(/\/$/, '') + '/resultados');
  await page.getByRole('heading', { name: 'Resultados' }).waitFor();
  await act?.(page);
});

const card = (n: number): Body => ({
  card: `c${n}`, type: 'question', name: n % 2 === 0 ? LONG : `Pergunta ${n}`, entries: 1200 - n * 130, starts: 0, jumps: 0, returns: 0, runs: 900 - n * 100, left: 800 - n * 110,
  abandoned: 40 + n * 12, finished: 20, interrupted: 12, open: 5, moved: 3, invalid: 30, answered: 700, answered_first: 600, sent: 0,
  exits: [{ outlet: 'opt:boleto', n: 300 }, { outlet: 'opt:lenta', n: 120 }], ends: [{ reason: 'silent', n: 22 }],
  pass_rate: 0.71, abandonment_rate: 0.09, first_try_rate: 0.83, answer_median_ms: 14_000, answer_p90_ms: 65_000,
});
const full = (body: Body): Body => ({
  ...body,
  figures: {
    runs: 12_480, live: 31, held: 8, ended: 12_441, containment_rate: 0.62, transfer_rate: 0.31, fallback_rate: 0.02, silent_rate: 0.07, opt_out_rate: 0.004, bot_median_ms: 94_000,
    ends: [{ reason: 'finished', n: 7713 }],
  },
  cards: Array.from({ length: 7 }, (_, n) => card(n)),
});

const inTicket = (ticket: number, then: Shot): Shot => async (page, look) => {
  await page.goto(`${origin}/atendimentos/${ticket}${isPhone(look) ? '/contato' : ''}?tab=serving`);
  await then(page, look);
};
const path = (ticket: number, view?: 'Mapa'): Shot => inTicket(ticket, async (page) => {
  const block = page.getByText('Caminho do bot');
  await block.scrollIntoViewIfNeeded();
  await block.click();
  if (!view) return;
  await page.getByRole('button', { name: 'Ver o caminho' }).first().click();
  await page.getByRole('dialog').getByText(view, { exact: true }).click();
});

const acts = (ticket: number): Shot => async (page) => {
  await page.goto(`${origin}/atendimentos/${ticket}?tab=serving`);
  await button(page, 'Mais ações');
  await page.getByRole('menuitem', { name: 'Etiquetas…' }).waitFor();
};

const counted = (asked: number, counts: number[]): Body => ({
  asked, answered: counts.reduce((all, n) => all + n, 0), sum: counts.reduce((all, n, at) => all + n * (at + 1), 0),
  scores: counts.map((count, at) => ({ score: at + 1, count })),
});
const SAID = 'A atendente foi muito atenciosa e resolveu na hora, mas esperei quase vinte minutos na fila até alguém responder.';

/** Two hundred answers, of the people and departments that there are. */
const answers = (act: Shot): Shot => async (page, look) => {
  const { departments, members } = await value<{ departments: number[]; members: number[] }>(
    `SELECT json_build_object('departments', (SELECT json_agg(id ORDER BY id) FROM departments d WHERE d.account_id = a.id),
            'members', (SELECT json_agg(id ORDER BY id) FROM memberships m WHERE m.account_id = a.id)) FROM accounts a WHERE slug = 'rede-pinhao'`);
  const all = counted(284, [6, 9, 21, 58, 104]);
  const figures = {
    as_of: new Date().toISOString(), all, company: counted(190, [4, 6, 12, 40, 70]),
    departments: departments.slice(0, 5).map((department_id, n) => ({ department_id, ...counted(90 - n * 15, [1, n, 3, 14, 30 - n]) })),
    agents: members.slice(0, 6).map((member_id, n) => ({ member_id, ...counted(60 - n * 8, [n, 1, 4, 9, 22 - n]) })),
  };
  const data = Array.from({ length: 12 }, (_, n) => ({
    id: 500 - n, ticket_id: 1, protocol: `20261118-04${20 + n}`, channel_id: 1, department_id: departments[n % 3] ?? null, member_id: members[n % 4] ?? null,
    counts_for: ['both', 'company', 'agent'][n % 3], state: 'answered', score: 5 - (n % 5), label: ['Ótimo', 'Bom', 'Regular', 'Ruim', 'Péssimo'][n % 5],
    comment: n % 3 === 0 ? SAID : 'Obrigada!', asked_at: '2026-11-18T14:20:00Z', answered_at: '2026-11-18T14:31:00Z',
  }));
  await saying(/api\/v1\/surveys\?/, 200, { data, next: '488' }, saying(/surveys\/figures/, 200, figures, act))(page, look);
};
const surveys = goto('/relatorios/satisfacao?span=90');

export function rooms(of: (login: string) => string, ticket: number): Screen[] {
  const keeper = (name: string, shot: Shot): Screen => ({ who: of('rafael'), name, shot });
  return [
    keeper('fluxos-nenhum', saying(LIST, 200, { data: [], next: null }, goto('/fluxos'))),
    keeper('fluxos-nomes', changing(LIST, (body) => ({ ...body, data: (body['data'] as Body[]).map((one) => ({ ...one, name: LONG })) }), goto('/fluxos'))),
    keeper('fluxos-erro', broken(LIST, goto('/fluxos'))),
    keeper('fluxos-proibido', closed(LIST, goto('/fluxos'))),
    keeper('fluxos-agentes', changing(STARTS, withAgents, goto(AGENTS))),
    keeper('fluxos-agentes-nenhum', saying(STARTS, 200, { starts: [], agents: [] }, goto(AGENTS))),
    keeper('fluxos-agentes-erro', broken(STARTS, goto(AGENTS))),
    keeper('fluxos-agente', changing(STARTS, withAgents, async (page) => {
      await page.goto(`${origin}${AGENTS}`);
      await button(page, 'Editar Lia');
      await page.getByRole('dialog').waitFor();
    })),
    keeper('fluxos-novo', dialog('Novo fluxo')),
    keeper('fluxos-modelo', model),
    keeper('fluxos-importar', importing(JSON.stringify(BUNDLE), report)),
    keeper('fluxos-importar-outro', importing('{"nodes":[]}')),
    keeper('fluxos-importar-erro', broken(/flow-imports\/check/, importing(JSON.stringify(BUNDLE)))),
    keeper('fluxos-segredos', dialog('Segredos')),
    keeper('fluxos-segredos-cheio', saying(/flow-secrets/, 200, { data: [{ name: 'token_do_sistema_de_chamados_da_matriz', set_at: '2026-11-20T12:00:00Z' }, { name: 'crm', set_at: '2026-10-02T12:00:00Z' }] }, dialog('Segredos'))),
    keeper('fluxos-segredos-erro', broken(/flow-secrets/, dialog('Segredos'))),
    keeper('fluxo-resultados-vazio', results()),
    keeper('fluxo-resultados', changing(FUNNEL, full, results())),
    keeper('fluxo-resultados-barras', changing(FUNNEL, full, results((page) => page.getByRole('list', { name: 'Card a card' }).evaluate((one) => one.scrollIntoView())))),
    keeper('fluxo-resultados-tabela', changing(FUNNEL, full, results(async (page) => {
      await page.getByText('Tabela', { exact: true }).click();
      await page.getByRole('table').evaluate((one) => one.scrollIntoView());
    }))),
    keeper('fluxo-resultados-erro', broken(FUNNEL, results())),
    keeper('fluxo-resultados-proibido', closed(FUNNEL, results())),
    { who: of('ana'), name: 'ticket-acoes', shot: acts(ticket) },
    { who: of('ana'), name: 'ticket-acoes-bot', shot: saying(/tickets\/\d+\/return/, 200, { is_opted_out: false, can_resume: false, can_restart: true, flows: [{ id: 1, name: LONG }] }, acts(ticket)) },
    { who: of('ana'), name: 'ticket-origem', shot: changing(/\/api\/v1\/tickets\/\d+$/, (body) => ({ ...body, origin: { kind: 'ad', ad_id: '120211903334050266', headline: 'Fibra 600 por R$ 99,90 com instalação grátis em todo o oeste', campaign: 'Primavera 2026', ref: 'https://redepinhao.exemplo/planos?utm_source=anuncio&utm_campaign=primavera-2026' } }), inTicket(ticket, async (page) => page.getByText('De onde veio').waitFor())) },
    keeper('ticket-caminho-vazio', path(ticket)),
    keeper('ticket-caminho-erro', broken(/tickets\/\d+\/runs/, path(ticket))),
    keeper('pesquisas', answers(surveys)),
    keeper('pesquisas-vazio', goto('/relatorios/satisfacao?from=2020-01-01&to=2020-01-02')),
    keeper('pesquisas-fim', answers(async (page, look) => {
      await surveys(page, look);
      await page.getByRole('heading', { name: 'O que disseram' }).scrollIntoViewIfNeeded();
    })),
    keeper('pesquisas-erro', broken(/surveys\/figures/, surveys)),
    keeper('pesquisas-proibido', closed(/surveys\/figures/, surveys)),
  ];
}
