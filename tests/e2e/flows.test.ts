/** A bot is drawn as a list of cards, checked while it is drawn, published with a reason, and taken back. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { accessible } from './support/axe.ts';
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
  await choose(page, 'Departamento', 'Suporte');
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
