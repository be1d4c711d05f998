/** Pictures of flows under strain: many and large, names as long as they may be, models, files taken in, refusals and failures. */
import type { Page } from 'playwright-core';

import { value } from '../../http/support/database.ts';
import { origin } from '../../http/support/house.ts';
import { takePencil } from './flows.ts';
import { goto, isPhone, type Screen, type Shot } from './look.ts';

type Body = Record<string, unknown>;
type Ask = <T>(method: 'GET' | 'POST' | 'PUT', path: string, data?: object) => Promise<T>;

const LONG = 'Primeiro contato de clientes residenciais, empresariais e rurais da região Sul';
const WIDE = 40;
const MANY = 24;

const FAILED = {
  status: 500, contentType: 'application/problem+json',
  json: { type: 'about:blank', title: 'Internal error', status: 500, slug: 'internal_error', code: 'BAL-5000', request_id: 'fotos' },
};

const accountId = (): Promise<number> => value<number>("SELECT id FROM accounts WHERE slug = 'rede-pinhao'");

async function asks(page: Page): Promise<Ask> {
  const headers = { 'Origin': origin, 'Balcao-Account': String(await accountId()) };
  return async <T>(method: 'GET' | 'POST' | 'PUT', path: string, data?: object): Promise<T> =>
    (await (await page.request.fetch(`${origin}/api/v1${path}`, { method, headers, ...(data ? { data } : {}) })).json()) as T;
}

const flowOf = async (ask: Ask, key: string): Promise<number | undefined> =>
  (await ask<{ data: { id: number; key: string }[] }>('GET', '/flows?limit=100')).data.find((one) => one.key === key)?.id;

const base = (key: string, name: string): Body => ({ format: 'balcao-flow', format_version: 1, key, name, channels: ['whatsapp', 'webchat'], settings: {}, variables: [], notes: [], refs: [] });

/** A menu of nine, what each leads to, and a question behind it: forty cards with names nobody would shorten. */
function wide(): Body {
  const options = Array.from({ length: 9 }, (_, n) => ({ id: `o${n}`, label: `Assunto ${n + 1} de muitos`, number: n + 1 }));
  const cards: Body[] = [{ id: 'menu', type: 'question', v: 1, name: 'Sobre qual dos nossos muitos assuntos você quer falar hoje conosco?', position: { x: 0, y: 0 }, settings: { expect: 'choice', text: 'Como posso ajudar?', options } }];
  const connectors: Body[] = [];
  for (let n = 1; n < WIDE; n++) {
    const column = 1 + ((n - 1) % 4);
    const row = Math.floor((n - 1) / 4);
    const id = `c${n}`;
    cards.push({ id, type: 'send_message', v: 1, name: `Explica o assunto ${row + 1}, parte ${column}, com todos os seus pormenores`, position: { x: column * 320, y: row * 200 }, settings: { kind: 'text', text: 'Anote o número do protocolo e guarde-o: ele será pedido na próxima conversa.' } });
    connectors.push({ from: column === 1 ? 'menu' : `c${n - 1}`, outlet: column === 1 ? `opt:o${row}` : 'next', to: id });
  }
  const one = (id: string): boolean => cards.some((card) => card['id'] === id);
  return {
    ...base('fotos-largo', LONG), start: 'menu', cards, connectors: connectors.filter(({ outlet, to }) => outlet !== 'opt:o9' && one(String(to))),
    notes: [{ id: 'n1', text: 'O jurídico pediu que a recusa seja confirmada antes de publicar. Falar com a Helena.', position: { x: 0, y: 420 } }],
  };
}

async function theWide(ask: Ask): Promise<number> {
  return (await flowOf(ask, 'fotos-largo')) ?? (await ask<{ id: number }>('POST', '/flows', { document: wide() })).id;
}

async function theMany(ask: Ask): Promise<void> {
  if (await flowOf(ask, 'fotos-muitos-1')) return;
  for (let n = 1; n <= MANY; n++) await ask('POST', '/flows', { document: { ...base(`fotos-muitos-${n}`, n % 3 ? `Campanha ${n}` : `Campanha ${n} ${LONG}`.slice(0, 80)), start: '', cards: [], connectors: [] } });
}

/** One card of each kind whose sheet is long, filled to where a hand would stop. */
function long(): Body {
  const card = (id: string, type: string, name: string, settings: Body): Body => ({ id, type, v: 1, name, position: { x: 0, y: 0 }, settings });
  const options = Array.from({ length: 5 }, (_, n) => ({ id: `o${n}`, label: `Assunto ${n + 1} de muitos`, description: 'O que se resolve por aqui, dito em uma linha', number: n + 1, synonyms: ['boleto', 'fatura', 'segunda via'] }));
  const cards = [
    card('pergunta', 'question', 'Sobre qual dos nossos muitos assuntos você quer falar?', { expect: 'choice', text: 'Como posso ajudar, {{contact.first_name}}?', options }),
    card('modelo', 'interactive_template', 'Avisa da visita técnica com um modelo aprovado', {}),
    card('pesquisa', 'survey', 'Pergunta como foi o atendimento', { options: Array.from({ length: 5 }, (_, n) => ({ value: n + 1, label: ['Péssimo', 'Ruim', 'Regular', 'Bom', 'Ótimo'][n] })), ask_comment: true }),
    card('chamada', 'http_request', 'Consulta a situação do contrato no sistema de cobrança', {
      method: 'POST', url: 'https://cobranca.exemplo.com.br/v2/contratos/{{customer.document}}/situacao?incluir=faturas,visitas',
      headers: [{ name: 'Authorization', value: 'Bearer {{secret.sistema_de_cobranca_e_de_segunda_via_ixc}}' }, { name: 'X-Empresa', value: '{{company.name}}' }],
      body_kind: 'json', body: '{"contrato": "{{flow.contrato}}"}', ok_when: [{ pointer: '/situacao', op: 'eq', value: 'ativo' }],
      map: [{ pointer: '/faturas/0/linha_digitavel', variable: 'flow.linha', type: 'text' }], progress_text: 'Estou consultando o sistema, só um instante.',
    }),
    card('passagem', 'transfer', 'Entrega a quem cuida de contratos', { target: 'department', note: 'Contrato {{flow.contrato}}: {{ticket.subject}}', message: 'Vou chamar uma pessoa. Um momento.' }),
  ];
  const connectors = cards.slice(1).map(({ id }, n) => ({ from: 'pergunta', outlet: `opt:o${n}`, to: id }));
  return { ...base('fotos-folhas', 'Folhas compridas'), start: 'pergunta', cards, connectors };
}

const theSheet = (card: string, isEnd: boolean): Shot => planted(async (page, ask) => {
  const id = (await flowOf(ask, 'fotos-folhas')) ?? (await ask<{ id: number }>('POST', '/flows', { document: long() })).id;
  await page.evaluate(() => localStorage.setItem('balcao.flow_view', '"list"'));
  await page.goto(`${origin}/fluxos/${id}/cards/${card}`);
  const sheet = page.getByRole('region').filter({ has: page.getByRole('button', { name: 'Fechar', exact: true }) });
  await sheet.getByRole('textbox').first().waitFor();
  if (isEnd) await sheet.locator('.scrolls').evaluate((one) => { (one as unknown as { scrollTop: number }).scrollTop = 1e6; });
});

/** A place whose question the server could not answer. */
async function failing(page: Page, path: string, part: RegExp): Promise<void> {
  await page.route(part, (route) => route.fulfill(FAILED));
  await page.goto(origin + path);
  await page.getByText('Tentar de novo').first().waitFor();
}

const planted = (act: (page: Page, ask: Ask) => Promise<unknown>): Shot => async (page) => {
  await page.goto(`${origin}/fluxos`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await act(page, await asks(page));
};

const inView = (view: 'board' | 'list', path: string, act?: (page: Page) => Promise<unknown>): Shot => planted(async (page, ask) => {
  await page.evaluate((one) => localStorage.setItem('balcao.flow_view', JSON.stringify(one)), view);
  await page.goto(`${origin}/fluxos/${await theWide(ask)}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await takePencil(page);
  await act?.(page);
});

const taking = (act?: (page: Page) => Promise<unknown>): Shot => planted(async (page, ask) => {
  const { data: [model] } = await ask<{ data: { documents: Body[] }[] }>('GET', '/flow-models?key=provedor');
  const documents = (model?.documents ?? []).map((one) => ({ ...one, name: LONG }));
  const bundle = { format: 'balcao-flows', format_version: 1, flows: documents };
  await page.getByRole('button', { name: 'Importar' }).click();
  await page.setInputFiles('input[type=file]', { name: 'fluxos.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(bundle)) });
  await page.getByRole('dialog').getByText(LONG).first().or(page.getByRole('alert')).first().waitFor();
  await act?.(page);
});

const secrets = (act?: (page: Page) => Promise<unknown>): Shot => async (page) => {
  await page.route(/flow-secrets/, (route) => route.fulfill({ json: { data: [
    { name: 'sistema_de_cobranca_e_de_segunda_via_ixc', set_at: '2026-11-20T13:04:00Z' }, { name: 'loja', set_at: '2026-11-28T09:00:00Z' },
  ] } }));
  await page.goto(`${origin}/fluxos`);
  await page.getByRole('button', { name: 'Segredos' }).click();
  await page.getByRole('dialog').getByText('sistema_de_cobranca').waitFor();
  await act?.(page);
};

export function strain(of: (login: string) => string): Screen[] {
  const keeper = (name: string, shot: Shot): Screen => ({ who: of('rafael'), name, shot });
  const agent = (name: string, shot: Shot): Screen => ({ who: of('ana'), name, shot });
  const dialog = (page: Page) => page.getByRole('dialog');
  return [
    keeper('aperto-lista', planted(async (page, ask) => {
      await theMany(ask);
      await page.reload();
      await page.getByRole('link', { name: /^Campanha 1/ }).first().waitFor();
    })),
    keeper('aperto-lista-nada', async (page) => {
      await page.goto(`${origin}/fluxos`);
      await page.getByRole('textbox', { name: /Buscar/ }).fill('zebra com asas e nome muito comprido');
      await page.getByText(/^Nada encontrado/).waitFor();
    }),
    keeper('aperto-quadro', inView('board', '')),
    keeper('aperto-cards', inView('list', '')),
    keeper('aperto-nota', inView('board', '', (page) => page.getByRole('button', { name: 'Nova nota' }).click())),
    keeper('aperto-verificacao', inView('board', '/verificacao')),
    keeper('aperto-publicar', inView('list', '', async (page) => { await page.getByRole('button', { name: 'Publicar', exact: true }).click(); await dialog(page).waitFor(); })),
    keeper('aperto-configuracoes', inView('list', '/configuracoes')),
    keeper('aperto-remover', inView('list', '', async (page) => {
      await page.getByRole('button', { name: /^Mais sobre/ }).click();
      await page.getByRole('menuitem', { name: 'Excluir fluxo' }).click();
    })),
    keeper('aperto-menu', inView('list', '', (page) => page.getByRole('button', { name: /^Mais sobre/ }).click())),
    keeper('aperto-conversa', inView('board', '/simulador', async (page) => {
      const field = page.getByRole('textbox', { name: 'Escreva como cliente' });
      for (const text of ['oi', 'quero falar de um assunto que não está no menu e que é comprido demais para caber', '1']) {
        await field.fill(text);
        await page.keyboard.press('Enter');
        await page.getByRole('log').getByText(text, { exact: true }).last().waitFor();
        await field.and(page.locator(':enabled')).waitFor();
      }
    })),
    keeper('aperto-resultados-vazio', inView('list', '/resultados')),
    keeper('aperto-importar', taking()),
    keeper('aperto-importar-mapa', taking(async (page) => { await dialog(page).getByRole('combobox').last().scrollIntoViewIfNeeded(); })),
    keeper('aperto-segredos', secrets()),
    ...['pergunta', 'modelo', 'pesquisa', 'chamada', 'passagem'].flatMap((card) => [
      keeper(`aperto-folha-${card}`, theSheet(card, false)), keeper(`aperto-folha-${card}-fim`, theSheet(card, true)),
    ]),
    keeper('satisfacao', goto('/relatorios/satisfacao')),
    keeper('erro-satisfacao', (page) => failing(page, '/relatorios/satisfacao', /\/api\/v1\/surveys/)),
    keeper('erro-fluxo', planted(async (page, ask) => failing(page, `/fluxos/${await theWide(ask)}`, /\/api\/v1\/flows\/\d+/))),
    keeper('erro-versoes', planted(async (page, ask) => failing(page, `/fluxos/${await theWide(ask)}/versoes`, /\/versions/))),
    keeper('erro-inicios', planted(async (page, ask) => failing(page, `/fluxos/${await theWide(ask)}/inicios`, /flow-starts/))),
    keeper('erro-testes', planted(async (page, ask) => {
      await page.route(/\/tests(\?|$)/, (route) => route.fulfill(FAILED));
      await page.goto(`${origin}/fluxos/${await theWide(ask)}/simulador`);
      await page.getByRole('tab', { name: 'Testes' }).click();
      await page.getByText('Tentar de novo').first().waitFor();
    })),
    keeper('erro-resultados', planted(async (page, ask) => failing(page, `/fluxos/${await theWide(ask)}/resultados`, /\/funnel/))),
    agent('proibido-fluxos', goto('/fluxos')),
    agent('proibido-agentes', goto('/fluxos/agentes')),
    agent('proibido-plano', goto('/fluxos/planejar')),
    agent('proibido-satisfacao', goto('/relatorios/satisfacao')),
    agent('proibido-fluxo', async (page) => void (await page.goto(`${origin}/fluxos/${await value<number>('SELECT min(id) FROM flows')}`))),
    agent('proibido-resultados', async (page) => void (await page.goto(`${origin}/fluxos/${await value<number>('SELECT min(id) FROM flows')}/resultados`))),
    { who: of('rafael'), name: 'devolver', shot: async (page, look) => {
      const ticket = await value<number>("SELECT max(t.id) FROM tickets t JOIN flow_runs r ON r.account_id = t.account_id AND r.ticket_id = t.id WHERE t.closed_at IS NULL");
      await page.goto(`${origin}/atendimentos/${ticket}`);
      void isPhone(look);
      await page.getByRole('button', { name: 'Mais ações' }).click();
      await page.getByRole('menuitem').first().waitFor();
    } },
  ];
}
