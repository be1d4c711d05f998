/** A bot is drawn as a list of cards, checked while it is drawn, published with a reason, and taken back. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aFlow, greeting } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aScreen, PHONE } from './support/screens.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

/** Somebody who works with the list, from the first look on. */
async function aLister(path: string): Promise<Page> {
  const page = await aScreen(account, 'rafael', '/fluxos');
  await page.evaluate(() => localStorage.setItem('balcao.flow_view', '"list"'));
  await page.goto(new URL(path, page.url()).href);
  return page;
}

const sheet = (page: Page): Locator => page.getByRole('region').filter({ has: page.getByRole('button', { name: 'Fechar', exact: true }) });
const saved = (page: Page): Promise<void> => page.getByText(/^salvo /).waitFor();
const card = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });

const keep = async (page: Page): Promise<void> => {
  await sheet(page).getByRole('button', { name: 'Salvar' }).click();
  await sheet(page).getByRole('button', { name: 'Salvar', disabled: true }).waitFor();
};

/** From a way out to a card, or to a new one. */
const lead = async (page: Page, way: string, to: string): Promise<void> => {
  await page.getByRole('button', { name: `Saída ${way} de` }).first().click();
  await page.getByRole('option', { name: to, exact: true }).click();
};

const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await sheet(page).getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

const publish = async (page: Page, note: string, number: number): Promise<void> => {
  await saved(page);
  await page.getByRole('button', { name: 'Publicar' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publicar o rascunho' });
  await dialog.getByRole('textbox', { name: 'Nota' }).fill(note);
  await dialog.getByRole('button', { name: 'Publicar' }).click();
  await notice(page, `Versão ${number} no ar.`).waitFor();
};

it('a greeting, a menu and a hand-over are drawn, mended, published, changed and taken back', async () => {
  const page = await aLister('/fluxos');
  await page.getByText('Nenhum fluxo ainda').waitFor();
  await accessible(page, 'no flows yet');
  await page.getByRole('button', { name: 'Criar o primeiro fluxo' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Nome' }).fill('Atendimento inicial');
  await page.getByRole('dialog').getByRole('button', { name: 'Criar' }).click();
  await page.getByText('Este fluxo ainda não tem cards').waitFor();

  await page.getByRole('button', { name: 'Card', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Enviar mensagem/ }).click();
  await sheet(page).getByRole('textbox', { name: 'Texto', exact: true }).fill('Olá! Aqui é o atendimento.');
  await keep(page);
  await card(page, 'Enviar mensagem').getByText('“Olá! Aqui é o atendimento.”').waitFor();

  await lead(page, 'segue', 'Novo: Enviar pergunta');
  await sheet(page).getByRole('textbox', { name: 'Pergunta', exact: true }).fill('Como posso ajudar?');
  const options = sheet(page).getByRole('group', { name: 'Opções' });
  for (const label of ['Boleto', 'Suporte']) {
    await options.getByRole('button', { name: 'Adicionar em Opções' }).click();
    await options.getByRole('textbox', { name: 'Texto', exact: true }).last().fill(label);
  }
  await accessible(page, 'a card being written');
  await keep(page);

  await lead(page, 'Boleto', 'Novo: Transferir');
  await choose(page, 'Setor', 'Suporte');
  await keep(page);
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({ state: 'detached' });
  await saved(page);

  await page.getByRole('link', { name: /Corrija os erros para publicar/ }).click();
  await sheet(page).getByText(/A saída “?Suporte/).waitFor();
  await accessible(page, 'what the check found');
  await sheet(page).getByRole('button', { name: 'Ligar saída: Enviar pergunta' }).first().click();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Transferir', exact: true }).click();
  await page.getByRole('button', { name: 'Mais sobre Atendimento inicial' }).click();
  await page.getByRole('menuitem', { name: 'Configurações do fluxo' }).click();
  await choose(page, 'Setor de apoio', 'Suporte');
  await accessible(page, 'the settings of a flow');
  await keep(page);
  await page.getByRole('link', { name: /Corrija os erros/ }).waitFor({ state: 'detached' });
  await publish(page, 'Primeira versão', 1);

  await page.getByRole('link', { name: /Enviar mensagem/ }).click();
  await sheet(page).getByRole('textbox', { name: 'Texto', exact: true }).fill('Bom dia!');
  await keep(page);
  await publish(page, 'Mais curto', 2);

  await page.getByRole('button', { name: 'Versões' }).click();
  const versions = sheet(page).getByRole('list', { name: 'Versões' });
  await versions.getByText('Mais curto').waitFor();
  await versions.getByRole('button', { name: 'Diferença da versão 1' }).click();
  await versions.getByText('Enviar mensagem: Texto de “Olá! Aqui é o atendimento.” para “Bom dia!”').waitFor();
  await accessible(page, 'versions and their difference');
  await versions.getByRole('button', { name: 'Voltar à versão 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Voltar à versão 1' }).click();
  await notice(page, 'Versão 3 no ar.').waitFor();
  await versions.getByText('repete a versão 1').waitFor();

  const phone = await aScreen(account, 'rafael', '/fluxos', PHONE);
  await phone.getByRole('link', { name: /^Atendimento inicial/ }).click();
  await phone.getByRole('list', { name: 'Cards na ordem do caminho' }).waitFor();
  await accessible(phone, 'a flow on a phone');
});

it('what the check says of a field goes when the field is another, and is said again when it is still so', async () => {
  const at = { position: { x: 0, y: 0 }, v: 1 };
  const rafael = await account.as('rafael');
  const flow = await aFlow(rafael, greeting(account, {
    key: 'por-preencher', name: 'Por preencher', start: 'oi',
    settings: { fallback: { department: `department:${account.departments['Suporte']}` }, silence_texts: { remind: 'Ainda está aí, {{flow.ninguem}}?' } },
    cards: [{ ...at, id: 'oi', type: 'send_message', name: 'Saudação', settings: { kind: 'text' } }, { ...at, id: 'fim', type: 'finish', settings: { reason: `reason:${account.reasons['Resolvido']}` } }],
    connectors: [{ from: 'oi', outlet: 'next', to: 'fim' }],
  }));
  const page = await aLister(`/fluxos/${flow.id}`);
  const greets = card(page, 'Saudação').first();
  await greets.getByText('1 erro').waitFor();
  await greets.getByRole('link', { name: /Saudação/ }).click();
  const text = sheet(page).getByRole('textbox', { name: 'Texto', exact: true });
  const found = sheet(page).getByRole('list', { name: 'O que corrigir neste card' });
  await found.waitFor();
  expect(await text.getAttribute('aria-invalid')).toBe('true');
  await text.fill('Olá!');
  await found.waitFor({ state: 'detached' });
  expect(await text.getAttribute('aria-invalid')).not.toBe('true');
  await sheet(page).getByRole('button', { name: 'Descartar' }).click();
  await found.waitFor();

  /* While the server has not said otherwise, nobody says so in its place. */
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  await page.route('**/draft', async (route) => {
    await held;
    await route.continue();
  });
  await text.fill('Olá, {{flow.ninguem}}!');
  await sheet(page).getByRole('button', { name: 'Salvar' }).click();
  await greets.getByText('1 erro').waitFor({ state: 'detached' });
  release();
  await saved(page);
  await greets.getByText(/1 (erro|aviso)/).waitFor();

  await page.goto(new URL(`/fluxos/${flow.id}/configuracoes`, page.url()).href);
  const reminder = sheet(page).getByRole('textbox', { name: 'Lembrete', exact: true });
  await reminder.waitFor();
  await expect.poll(() => reminder.getAttribute('aria-invalid')).toBe('true');
  await reminder.fill('Ainda está aí?');
  await expect.poll(() => reminder.getAttribute('aria-invalid')).not.toBe('true');
});

it('a flow that does not come can be asked for again, and left; its versions say that they are on their way', async () => {
  const rafael = await account.as('rafael');
  const name = 'Primeiro contato de clientes residenciais, empresariais e rurais da região Sul';
  const flow = await aFlow(rafael, greeting(account, { key: 'que-nao-vem', name }));
  const page = await aLister('/fluxos');
  foresee(page, /\/flows\/\d+/);
  const at = new URL(`/fluxos/${flow.id}`, page.url()).href;
  await page.route(`**/api/v1/flows/${flow.id}`, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', json: { type: 'about:blank', title: '', status: 500, slug: 'internal', request_id: 'x' } }));
  await page.goto(at);
  await page.getByRole('button', { name: 'Tentar de novo' }).waitFor();
  await accessible(page, 'a flow that does not come');
  await page.getByRole('button', { name: 'Voltar aos fluxos' }).click();
  await page.getByRole('link', { name }).waitFor();
  await page.goto(at);
  await page.getByRole('button', { name: 'Tentar de novo' }).waitFor();
  await page.unroute(`**/api/v1/flows/${flow.id}`);
  await page.getByRole('button', { name: 'Tentar de novo' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();

  await page.route('**/versions*', () => undefined);
  await page.getByRole('button', { name: 'Versões' }).click();
  await sheet(page).locator('.mantine-Skeleton-root').first().waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  /* What closes a dialog stands at its top, however long its title is. */
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(at);
  await page.getByRole('button', { name: /^Mais sobre/ }).click();
  await page.getByRole('menuitem', { name: 'Excluir fluxo' }).click();
  const dialog = page.getByRole('dialog');
  const title = await dialog.getByRole('heading').boundingBox();
  const close = await dialog.getByRole('button', { name: 'Fechar' }).boundingBox();
  expect(title?.height).toBeGreaterThan(50);
  expect(Math.abs((close?.y ?? 0) - (title?.y ?? 0))).toBeLessThan(16);
});
