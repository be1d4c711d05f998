/** Pictures of a flow that has a past: versions, recorded conversations, files, moves, plans; and of what networks approve. */
import type { Page, Route } from 'playwright-core';

import { value } from '../../http/support/database.ts';
import { origin } from '../../http/support/house.ts';
import { takePencil } from './flows.ts';
import { isPhone, type Screen, type Shot } from './look.ts';

const NAME = 'Segunda via, suporte técnico e contratação para clientes residenciais';
const KEY = 'fotos-com-passado';

type Body = Record<string, unknown>;
type Made = { account: number; department: number; other: number; reason: number };

const made = (): Promise<Made> => value<Made>(
  `SELECT json_build_object('account', a.id, 'reason', (SELECT min(id) FROM close_reasons r WHERE r.account_id = a.id AND r.is_active),
          'department', (SELECT min(id) FROM departments d WHERE d.account_id = a.id AND d.serves AND d.is_active),
          'other', (SELECT max(id) FROM departments d WHERE d.account_id = a.id AND d.serves AND d.is_active))
     FROM accounts a WHERE slug = 'rede-pinhao'`);

const documentOf = ({ department, reason }: Made): Body => ({
  format: 'balcao-flow', format_version: 1, key: KEY, name: NAME, channels: ['whatsapp', 'webchat'], start: 'oi', variables: [], notes: [], refs: [],
  settings: { fallback: { department: `department:${department}` } },
  cards: [
    { id: 'oi', type: 'send_message', v: 1, name: 'Boas-vindas', position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Olá, {{contact.first_name}}! Aqui é a {{company.name}}.' } },
    { id: 'menu', type: 'question', v: 1, name: 'Assunto', position: { x: 320, y: 0 }, settings: { expect: 'choice', text: 'Como posso ajudar?', options: [{ id: 'boleto', label: 'Boleto', number: 1 }, { id: 'lenta', label: 'Internet lenta', number: 2 }, { id: 'tchau', label: 'Nada, obrigado', number: 3 }] } },
    { id: 'financeiro', type: 'transfer', v: 1, name: 'Para o financeiro', position: { x: 640, y: -160 }, settings: { target: 'department', department: `department:${department}` } },
    { id: 'suporte', type: 'transfer', v: 1, name: 'Para o suporte', position: { x: 640, y: 32 }, settings: { target: 'department', department: `department:${department}` } },
    { id: 'fim', type: 'finish', v: 1, name: 'Despedida', position: { x: 640, y: 240 }, settings: { message: 'Até mais!', reason: `reason:${reason}` } },
  ],
  connectors: [
    { from: 'oi', outlet: 'next', to: 'menu' }, { from: 'menu', outlet: 'opt:boleto', to: 'financeiro' },
    { from: 'menu', outlet: 'opt:lenta', to: 'suporte' }, { from: 'menu', outlet: 'opt:tchau', to: 'fim' },
  ],
});

const set = (document: Body, id: string, settings: Body): Body => ({
  ...document,
  cards: (document['cards'] as Body[]).map((card) => (card['id'] === id ? { ...card, settings: { ...(card['settings'] as Body), ...settings } } : card)),
});

/** Made once: two versions, a draft that says something else, and a conversation that it breaks. */
async function thePast(page: Page): Promise<number> {
  const ids = await made();
  const headers = { 'Origin': origin, 'Balcao-Account': String(ids.account) };
  const ask = async <T>(method: 'GET' | 'POST' | 'PUT', path: string, data?: object): Promise<T> =>
    (await (await page.request.fetch(`${origin}/api/v1${path}`, { method, headers, ...(data ? { data } : {}) })).json()) as T;
  const [there] = (await ask<{ data: { id: number }[] }>('GET', `/flows?q=${KEY}`)).data;
  if (there) return there.id;
  const first = documentOf(ids);
  const { id } = await ask<{ id: number }>('POST', '/flows', { document: first });
  let revision = 1;
  const save = async (document: Body): Promise<void> => void ({ revision } = await ask<{ revision: number }>('PUT', `/flows/${id}/draft`, { revision, document }));
  await ask('POST', `/flows/${id}/publish`, { revision, note: 'Primeira versão, combinada com o atendimento na reunião de terça-feira.' });
  const second = set(set(first, 'suporte', { department: `department:${ids.other}`, priority: 'high' }), 'oi', { text: '{{now.greeting}}, {{contact.first_name}}! Aqui é a {{company.name}}. Este canal atende clientes residenciais; empresas têm um número próprio.' });
  await save(second);
  const { test } = await ask<{ test: Body }>('POST', `/flows/${id}/simulate`, { steps: [{ in: { kind: 'message', text: 'oi' } }, { in: { kind: 'message', text: '3' } }], test_id: 'despede', test_name: 'Quem só queria dar um oi é despedido sem passar por ninguém' });
  await save({ ...second, meta: { tests: [test] } });
  await ask('POST', `/flows/${id}/publish`, { revision, note: 'Suporte com prioridade.' });
  const third = set(set(second, 'fim', { message: 'Obrigado por escrever. Quando precisar, estamos por aqui!' }), 'menu', { text: 'Em que podemos ajudar hoje?' });
  const connectors = (third['connectors'] as Body[]).concat({ from: 'menu', outlet: 'silent', to: 'fim' }, { from: 'menu', outlet: 'exhausted', to: 'suporte' });
  await save({ ...third, connectors, meta: { tests: [test] } });
  return id;
}

const past = (act: (page: Page, at: string) => Promise<unknown>): Shot => async (page) => {
  await page.goto(`${origin}/fluxos`);
  const at = `${origin}/fluxos/${await thePast(page)}`;
  await page.evaluate(() => localStorage.setItem('balcao.flow_view', '"board"'));
  await act(page, at);
};

const opened = (path: string, act?: (page: Page) => Promise<unknown>): Shot => past(async (page, at) => {
  await page.goto(at + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await takePencil(page);
  await act?.(page);
});

const retyping = (act?: (page: Page) => Promise<unknown>): Shot => opened('', async (page) => {
  await page.getByRole('group', { name: /^Assunto, / }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Trocar tipo' }).click();
  await act?.(page);
});

const PREVIEW: Body = {
  number: 2, moving: 24, has_more: true, running_id: null,
  staying: [{ reason: 'card', count: 4 }, { reason: 'option', count: 2 }, { reason: 'call', count: 1 }],
};

const ranOf = (): Promise<{ ticket: number; flow: number }> => value(
  `SELECT json_build_object('ticket', r.ticket_id, 'flow', r.flow_id) FROM flow_runs r JOIN accounts a ON a.id = r.account_id AND a.slug = 'rede-pinhao'
    ORDER BY r.phase = 'ended' DESC, r.seq DESC, r.id DESC LIMIT 1`);

const walked = (view: 'Lista' | 'Mapa'): Shot => async (page, look) => {
  const { ticket } = await ranOf();
  await page.goto(`${origin}/atendimentos/${ticket}${isPhone(look) ? '/contato' : ''}`);
  const block = page.getByText('Caminho do bot');
  await block.scrollIntoViewIfNeeded();
  if (!(await page.getByRole('button', { name: 'Ver o caminho' }).first().isVisible())) await block.click();
  await page.getByRole('button', { name: 'Ver o caminho' }).first().click();
  await page.getByRole('dialog').getByText(view, { exact: true }).click();
  if (view === 'Mapa') await page.getByRole('dialog').locator('.react-flow__node').first().waitFor();
};

/** The conversation above, about to be kept as a test; what the server says of it, a little otherwise. */
const recalled = (answer?: (route: Route) => Promise<void>): Shot => async (page, look) => {
  if (answer) await page.route(/\/runs\/\d+\/test/, answer);
  await walked('Lista')(page, look);
  await page.getByRole('dialog').getByRole('button', { name: 'Salvar como teste' }).click();
  const dialog = page.getByRole('dialog', { name: 'Salvar como teste' });
  await dialog.getByRole('textbox').or(dialog.getByRole('alert')).waitFor();
};
const refusing = (status: number, slug: string) => (route: Route): Promise<void> =>
  route.fulfill({ status, contentType: 'application/problem+json', json: { type: 'about:blank', title: '', status, slug, request_id: '8f14e45fceea' } });
const differing = async (route: Route): Promise<void> => {
  const answer = await route.fetch();
  const body = (await answer.json()) as Body;
  await route.fulfill({ response: answer, json: { ...body, difference: { place: 2, then: null, again: 'menu' } } });
};

/** What many people would have done in the flow of the demo, over its drawing. */
const resultsMap: Shot = async (page) => {
  const { flow } = await ranOf();
  await page.route(/\/api\/v1\/flows\/\d+\/funnel/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { cards: Body[]; figures: Body };
    const cards = body.cards.map((one, n) => {
      const entries = 1240 - n * 90;
      const exits = (one['exits'] as Body[]).map((exit) => ({ ...exit, n: Math.round(entries / 2) }));
      return { ...one, exits, entries, runs: entries, left: Math.round(entries * 0.8), abandoned: Math.round(entries * 0.12), pass_rate: 0.8, abandonment_rate: 0.12 };
    });
    await route.fulfill({ response: answer, json: { ...body, cards, figures: { ...body.figures, runs: 1240, live: 12, held: 3, ended: 1225 } } });
  });
  await page.goto(`${origin}/fluxos/${flow}/resultados?view=map`);
  await page.locator('.react-flow__node').first().waitFor();
};

const planned: Shot = async (page) => {
  await page.goto(`${origin}/fluxos/planejar`);
  await page.getByText('Sim, um ERP', { exact: true }).click();
  await page.getByRole('textbox', { name: 'O que buscar' }).fill('Segunda via da fatura\nSituação do contrato');
  await page.getByRole('textbox', { name: 'Opção 1' }).fill('Boleto');
  await page.getByRole('textbox', { name: 'Opção 2' }).fill('Estou sem internet');
  await page.getByRole('button', { name: 'Adicionar opção' }).click();
  await page.getByRole('textbox', { name: 'Opção 3' }).fill('boleto');
};

const templates: Shot = async (page) => {
  await page.goto(`${origin}/configuracoes/canais`);
  await page.getByRole('link', { name: /WhatsApp/ }).first().click();
  await page.getByRole('button', { name: 'Modelos', exact: true }).click();
  await page.getByRole('dialog').waitFor();
};

export function bot(of: (login: string) => string): Screen[] {
  const keeper = (name: string, shot: Shot): Screen => ({ who: of('rafael'), name, shot });
  return [
    keeper('plano', async (page) => void (await page.goto(`${origin}/fluxos/planejar`))),
    keeper('plano-cheio', planned),
    keeper('plano-fim', async (page, look) => {
      await planned(page, look);
      await page.getByRole('textbox', { name: 'Nome do fluxo' }).scrollIntoViewIfNeeded();
    }),
    keeper('passado-quadro', opened('')),
    keeper('passado-tipo', retyping()),
    keeper('passado-tipo-perdas', retyping((page) => page.getByRole('dialog').getByRole('button', { name: /^Enviar arquivo/ }).click())),
    keeper('passado-saida', opened('', (page) => page.getByRole('button', { name: /^Saída Boleto de Assunto/ }).click())),
    keeper('passado-versoes', opened('/versoes')),
    keeper('passado-diferenca', opened('/versoes', async (page) => {
      await page.getByRole('button', { name: 'O que o rascunho muda na versão no ar' }).click();
      await page.getByRole('button', { name: 'Diferença da versão 1' }).click();
    })),
    keeper('passado-voltar', opened('/versoes', (page) => page.getByRole('button', { name: 'Voltar à versão 1' }).click())),
    keeper('passado-publicar', opened('', async (page) => {
      await page.getByRole('button', { name: 'Publicar' }).click();
      await page.getByRole('dialog').getByText(/Muda no passo/).waitFor();
    })),
    keeper('passado-testes', opened('/simulador', (page) => page.getByRole('tab', { name: 'Testes' }).click())),
    keeper('passado-inicios', opened('/inicios')),
    keeper('passado-mover', past(async (page, at) => {
      await page.route(/move-preview/, (route) => route.fulfill({ json: PREVIEW }));
      await page.goto(`${at}/versoes`);
      await page.getByRole('button', { name: 'Mover conversas em andamento' }).click();
      await page.getByRole('dialog').getByText(/conversas podem mudar/).waitFor();
    })),
    keeper('passado-arquivo', opened('', async (page) => {
      await page.getByRole('button', { name: 'Card', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Enviar arquivo/ }).click();
      await page.getByRole('region', { name: 'Enviar arquivo' }).waitFor();
      await page.setInputFiles('input[type=file]', { name: 'tabela de planos residenciais e empresariais de novembro de 2026.txt', mimeType: 'text/plain', buffer: Buffer.from('Plano 600\n') });
      await page.getByText(/^Documento · /).waitFor();
    })),
    keeper('passado-caminho', walked('Lista')),
    keeper('passado-caminho-mapa', walked('Mapa')),
    keeper('passado-lembrado', recalled()),
    keeper('passado-lembrado-outro', recalled(differing)),
    keeper('passado-lembrado-proibido', recalled(refusing(403, 'permission_denied'))),
    keeper('passado-lembrado-comprido', recalled(refusing(409, 'too_long_for_test'))),
    keeper('passado-resultados-mapa', resultsMap),
    keeper('passado-modelos', templates),
  ];
}
