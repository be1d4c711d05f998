/** On a phone nothing of a flow runs out of its place or loses it, however long its names and whoever else is there. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Browser } from '../http/support/browser.ts';
import { aFlow, type Flow, greeting } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { aScreen, PHONE } from './support/screens.ts';

const SECRET = 'secret.sistema_de_cobranca_e_de_segunda_via_ixc';
const LONG = 'Primeiro contato de clientes residenciais, empresariais e rurais da região Sul';

let account: Account;
let rafael: Browser;
let flow: Flow;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
  flow = await aLongFlow('comprido');
});

/** Full of long names and of what is wrong. */
function aLongFlow(key: string): Promise<Flow> {
  const options = Array.from({ length: 5 }, (_, n) => ({ id: `o${n}`, label: `Assunto ${n + 1}`, number: n + 1, synonyms: ['boleto'] }));
  return aFlow(rafael, {
    ...greeting(account, { key, name: LONG }), start: 'pergunta',
    connectors: [{ from: 'pergunta', outlet: 'opt:o0', to: 'chamada' }, { from: 'pergunta', outlet: 'opt:o1', to: 'pesquisa' }],
    cards: [
      { id: 'pergunta', type: 'question', v: 1, name: 'Pergunta', settings: { expect: 'choice', text: 'Como posso ajudar?', options } },
      { id: 'pesquisa', type: 'survey', v: 1, name: 'Pesquisa', settings: {} },
      { id: 'chamada', type: 'http_request', v: 1, name: 'Chamada', settings: { method: 'GET', url: 'https://cobranca.exemplo.com.br/', headers: [{ name: 'Authorization', value: `{{${SECRET}}}` }] } },
    ],
  });
}

const onPhone = (path: string, { id } = flow): Promise<Page> => aScreen(account, 'rafael', `/fluxos/${id}${path}`, PHONE);
const found = (page: Page): Locator => page.getByRole('list', { name: 'O que corrigir neste card' });
const isWhole = (place: Locator): Promise<boolean> => place.evaluate((one) => one.scrollWidth <= one.clientWidth);

it('a sheet keeps its place while somebody else writes', async () => {
  const olga = await aScreen(account, 'olga', `/fluxos/${flow.id}`);
  await olga.getByRole('button', { name: 'Card', exact: true }).waitFor();
  const page = await onPhone('/versoes');
  await page.getByText(/está editando este fluxo/).waitFor();
  await page.getByText('Nada publicado ainda').waitFor();
  expect((await page.getByRole('region', { name: 'Versões' }).boundingBox())?.height).toBeGreaterThan(400);
  await accessible(page, 'a sheet above who writes');
});

it('a name that cannot be broken stays in its sheet; of much that is wrong the worst is told first', async () => {
  const page = await onPhone('/cards/chamada');
  await found(page).getByText(SECRET).waitFor();
  expect(await isWhole(found(page).getByRole('listitem').filter({ hasText: SECRET }))).toBe(true);

  await page.goto(page.url().replace('chamada', 'pergunta'));
  const more = page.getByRole('button', { name: /^Ver mais \d+$/ });
  await more.waitFor();
  expect(await found(page).getByRole('listitem').count()).toBe(3);
  const left = Number(/\d+/.exec(await more.innerText())?.[0]);
  await more.click();
  expect(await found(page).getByRole('listitem').count()).toBe(3 + left);
  await page.getByRole('button', { name: 'Ver menos' }).and(page.locator(':focus')).waitFor();
});

it('a length of time shows its whole unit, in one line with its figure', async () => {
  const page = await onPhone('/cards/pesquisa');
  const unit = page.getByRole('combobox', { name: 'Unidade de Lembrar após' });
  const figure = page.getByRole('textbox', { name: 'Lembrar após', exact: true });
  await unit.scrollIntoViewIfNeeded();
  expect(await unit.inputValue()).toBe('segundos');
  expect(await isWhole(unit)).toBe(true);
  const [one, other] = [await figure.boundingBox(), await unit.boundingBox()];
  expect(Math.abs((one?.y ?? 0) - (other?.y ?? 0))).toBeLessThan(0.5);
});

it('flows of one file stand apart', async () => {
  const page = await aScreen(account, 'rafael', '/fluxos', PHONE);
  await page.getByRole('button', { name: 'Importar' }).click();
  const flows = ['um', 'outro'].map((key) => greeting(account, { key, name: LONG }));
  const bundle = JSON.stringify({ format: 'balcao-flows', format_version: 1, flows });
  await page.setInputFiles('input[type=file]', { name: 'fluxos.json', mimeType: 'application/json', buffer: Buffer.from(bundle) });
  const rows = page.getByRole('dialog').getByRole('listitem').filter({ hasText: LONG });
  await rows.nth(1).waitFor();
  const [one, other] = [await rows.nth(0).boundingBox(), await rows.nth(1).boundingBox()];
  expect((other?.y ?? 0) - ((one?.y ?? 0) + (one?.height ?? 0))).toBeGreaterThanOrEqual(8);
});

it('what can be done to a selected card stands under what can be done to the board', async () => {
  /* Its own, so that nobody before held its pencil. */
  const page = await onPhone('', await aLongFlow('livre'));
  await page.getByText('Quadro', { exact: true }).click();
  const board = page.getByRole('button', { name: 'Tipos de card' });
  await board.waitFor();
  await page.getByRole('group', { name: /^Pergunta, / }).focus();
  await page.keyboard.press('Space');
  const chosen = await page.getByRole('button', { name: 'Copiar', exact: true }).boundingBox();
  const above = await board.boundingBox();
  expect(chosen?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
});

it('an agent’s channel stands over its flow', async () => {
  const page = await aScreen(account, 'rafael', '/fluxos/agentes', PHONE);
  await page.getByRole('button', { name: 'Novo agente' }).first().click();
  const dialog = page.getByRole('dialog');
  const channel = await dialog.getByRole('combobox', { name: 'Canal 1', exact: true }).boundingBox();
  const begun = await dialog.getByRole('combobox', { name: 'Fluxo do canal 1', exact: true }).boundingBox();
  expect(channel?.x).toBe(begun?.x);
  expect(begun?.y).toBeGreaterThanOrEqual((channel?.y ?? 0) + (channel?.height ?? 0));
});
