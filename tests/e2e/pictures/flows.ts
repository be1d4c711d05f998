/** Pictures of what the bot says: the list, one flow, and what stands beside its cards. */
import type { Page } from 'playwright-core';

import { origin } from '../../http/support/house.ts';
import { goto, type Screen, type Shot } from './look.ts';

const NAME = 'Atendimento inicial';

/* With one way out that leads nowhere, so that the check has something to say. */
const DOCUMENT = {
  format: 'balcao-flow', format_version: 1, key: 'atendimento-inicial', name: NAME, channels: ['whatsapp', 'webchat'], start: 'oi',
  settings: {}, variables: [],
  cards: [
    { id: 'oi', type: 'send_message', v: 1, name: 'Boas-vindas', settings: { text: 'Olá, {{contact.first_name}}! Aqui é o atendimento da {{company.name}}.' } },
    {
      id: 'menu', type: 'question', v: 1, name: 'Pergunta: assunto',
      settings: {
        expect: 'choice', text: 'Como posso ajudar?',
        options: [{ id: 'boleto', label: '2ª via do boleto' }, { id: 'lenta', label: 'Internet lenta ou sem conexão' }, { id: 'pessoa', label: 'Falar com atendente' }],
      },
    },
    { id: 'cep', type: 'question', v: 1, name: 'CEP da instalação', settings: { expect: 'await', validator: 'cep', text: 'Qual é o CEP da instalação?', store: 'flow.cep' } },
    { id: 'equipe', type: 'transfer', v: 1, settings: { note: 'CEP {{flow.cep}}' } },
    { id: 'tchau', type: 'finish', v: 1, parked: true, settings: {} },
  ],
  connectors: [
    { from: 'oi', outlet: 'next', to: 'menu' }, { from: 'menu', outlet: 'opt:boleto', to: 'equipe' },
    { from: 'menu', outlet: 'opt:lenta', to: 'cep' }, { from: 'cep', outlet: 'next', to: 'equipe' },
  ],
  notes: [], refs: [],
};

/** Made once; the later pictures find it. */
async function theFlow(page: Page): Promise<void> {
  await page.goto(`${origin}/fluxos`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(async (document) => {
    localStorage.setItem('balcao.flow_view', '"list"');
    const me = (await (await fetch('/api/v1/session')).json()) as { accounts: { id: number }[] };
    await fetch('/api/v1/flows', {
      method: 'POST', body: JSON.stringify({ key: document.key, document }),
      headers: { 'Content-Type': 'application/json', 'Balcao-Account': String(me.accounts[0]?.id) },
    });
  }, DOCUMENT);
  await page.reload();
  await page.getByRole('link', { name: new RegExp(`^${NAME}`) }).waitFor();
}

/** The page of the picture before may still write. A phone shows neither word while a sheet is open. */
export async function takePencil(page: Page): Promise<void> {
  const here = page.getByRole('button', { name: 'Editar aqui' });
  await here.or(page.getByRole('button', { name: 'Card', exact: true })).first().waitFor({ timeout: 2000 }).catch(() => undefined);
  if (await here.isVisible()) await here.click();
}

export const flow = (act?: (page: Page) => Promise<unknown>): Shot => async (page) => {
  await theFlow(page);
  await page.getByRole('link', { name: new RegExp(`^${NAME}`) }).click();
  await page.getByRole('list', { name: 'Cards na ordem do caminho' }).waitFor();
  await takePencil(page);
  await act?.(page);
};

/** The same flow as cards and lines. */
const board = (act?: (page: Page) => Promise<unknown>): Shot => async (page) => {
  await theFlow(page);
  await page.evaluate(() => localStorage.setItem('balcao.flow_view', '"board"'));
  await page.getByRole('link', { name: new RegExp(`^${NAME}`) }).click();
  await page.getByRole('group', { name: /^Boas-vindas, / }).waitFor();
  await takePencil(page);
  await act?.(page);
};

const menu = (item: string) => async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: `Mais sobre ${NAME}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** As far as the menu, with whoever plays the customer. */
const play = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Simular' }).click();
  await page.getByRole('textbox', { name: 'Escreva como cliente' }).fill('oi');
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('Como posso ajudar?').waitFor();
};

const playing = (act?: (page: Page) => Promise<unknown>): Shot => board(async (page) => {
  await play(page);
  await act?.(page);
});

export function flows(of: (login: string) => string): Screen[] {
  const keeper = (name: string, shot: Shot): Screen => ({ who: of('rafael'), name, shot });
  return [
    keeper('fluxos-vazio', goto('/fluxos')),
    keeper('fluxos', theFlow),
    keeper('fluxo', flow()),
    keeper('fluxo-quadro', board()),
    keeper('fluxo-quadro-card', board((page) => page.getByRole('group', { name: /^Pergunta: assunto, / }).click({ position: { x: 60, y: 60 } }))),
    keeper('fluxo-quadro-tipos', board((page) => page.getByRole('button', { name: 'Tipos de card' }).click())),
    keeper('fluxo-card', flow((page) => page.getByRole('link', { name: /Pergunta: assunto/ }).click())),
    keeper('fluxo-verificacao', flow(menu('Verificação'))),
    keeper('fluxo-configuracoes', flow(menu('Configurações do fluxo'))),
    keeper('fluxo-versoes', flow(menu('Versões'))),
    keeper('fluxo-inicios', flow(menu('Inícios'))),
    keeper('fluxo-novo-card', flow((page) => page.getByRole('button', { name: 'Card', exact: true }).click())),
    keeper('fluxo-simulador', playing()),
    keeper('fluxo-simulador-situacao', playing((page) => page.getByRole('button', { name: 'Situação' }).click())),
    keeper('fluxo-simulador-testes', playing((page) => page.getByRole('tab', { name: 'Testes' }).click())),
    keeper('fluxo-simulador-falha', playing(async (page) => {
      await page.route('**/simulate', (route) => route.abort());
      await page.getByRole('button', { name: 'Assumir' }).click();
      await page.getByRole('region', { name: 'Simulador' }).getByRole('alert').waitFor();
    })),
    keeper('fluxo-publicar', flow((page) => page.getByRole('button', { name: 'Publicar' }).click())),
  ];
}
