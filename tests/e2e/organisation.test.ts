/** An administrator shapes the house: a department with its people, and a reason whose own words reach the customer. */
import { beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';

import { type Account, anAccount } from '../http/support/account.ts';
import { serving } from '../http/support/desk.ts';
import { origin } from '../http/support/house.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aScreen, PHONE } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;
beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

const save = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+s');
  await page.getByText(/não salva/).waitFor({ state: 'detached' });
};
const pick = async (page: Page, field: string, choice: string): Promise<void> => {
  const box = page.getByRole('combobox', { name: field, exact: true });
  await box.focus();
  await box.press('ArrowDown');
  await page.getByRole('option', { name: choice, exact: true }).click();
};

it('a department is born, gets its people and its place, and says what keeps it from closing', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/setores');
  await page.getByRole('link', { name: 'Novo', exact: true }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Ouvidoria');
  await page.getByText('Violeta').click();
  await page.getByLabel('Boas-vindas').fill('Aqui é a ouvidoria. Já vamos ouvir você.');
  await accessible(page, 'a new department');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('heading', { level: 2, name: 'Ouvidoria' }).waitFor();

  await pick(page, 'Adicionar pessoa', 'Ana de Teste');
  await page.getByRole('checkbox', { name: 'Ana de Teste é responsável' }).press('Space');
  await accessible(page, 'a department with somebody in it');
  await save(page);
  await page.getByRole('link', { name: 'Ouvidoria 1 pessoa' }).waitFor();

  await page.getByRole('button', { name: 'Ordenar' }).click();
  const up = page.getByRole('button', { name: 'Subir Ouvidoria' });
  const first = page.getByRole('region', { name: 'Setores' }).getByRole('listitem').first();
  for (let turn = 0; turn < 3; turn++) await up.press('Enter');
  await first.getByText('Ouvidoria').waitFor();
  expect(await up.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Pronto' }).click();

  const ana = await account.as('ana');
  const { id } = await serving(ana, await whatsapp.customer());
  const ouvidoria = (await account.catalogue()).departments.find(({ name }) => name === 'Ouvidoria')?.id;
  (await ana.post(`/api/v1/tickets/${id}/transfer`, { department_id: ouvidoria })).ok();
  foresee(page, /\/api\/v1\/departments\//); // refused: somebody waits in it
  await page.getByText('Ativo', { exact: true }).click();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Há 1 atendimento aberto aqui.').waitFor();
  await page.getByRole('button', { name: 'Descartar' }).click();
});

it('a reason’s own message, forced, reaches the customer’s phone', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/encerramento');
  await page.getByRole('link', { name: 'Novo', exact: true }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Acordo fechado');
  await page.getByLabel('Mensagem própria').fill('Acordo registrado. Obrigado!');
  await page.getByText('Forçar o envio').click();
  await accessible(page, 'a new reason');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('heading', { level: 2, name: 'Acordo fechado' }).waitFor();

  const rita = await whatsapp.customer();
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  const { id } = await serving(await account.as('ana'), rita);
  await ana.goto(`${origin}/atendimentos/${id}?tab=serving`);
  await ana.getByRole('main').locator('header').getByRole('button', { name: 'Encerrar' }).click();
  const dialog = ana.getByRole('dialog', { name: 'Encerrar atendimento' });
  await pick(ana, 'Motivo', 'Acordo fechado');
  const message = dialog.getByLabel('Mensagem de encerramento');
  await expect.poll(() => message.inputValue()).toBe('Acordo registrado. Obrigado!');
  expect(await message.isEditable()).toBe(false);
  await accessible(ana, 'closing with a forced message');
  await dialog.getByRole('button', { name: 'Encerrar' }).click();
  expect(await rita.texts(1)).toEqual(['Acordo registrado. Obrigado!']);
});

it('what the account says is set in one place, on a phone too, and leaving asks', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/mensagens', PHONE);
  await page.getByLabel('Boas-vindas').fill('Oi! Já vamos atender você.');
  await page.getByText('1 mudança não salva').waitFor();
  await accessible(page, 'general messages');
  await page.getByRole('link', { name: 'Encerramento', exact: true }).click();
  await page.getByRole('dialog', { name: 'Sair sem salvar?' }).getByRole('button', { name: 'Continuar aqui' }).click();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  expect(await rita.texts(1)).toEqual(['Oi! Já vamos atender você.']);

  await page.goto(`${origin}/configuracoes/empresas`);
  await page.getByRole('link', { name: 'Nova' }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Rede do Oeste');
  await page.getByLabel('CNPJ').fill('11.222.333/0001-80');
  foresee(page, /\/api\/v1\/companies/); // refused: its digits do not add up
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Confira o CNPJ').first().waitFor();
  await page.getByLabel('CNPJ').fill('11.222.333/0001-81');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('button', { name: 'Nova filial' }).click();
  await page.getByText('Dados da filial').waitFor(); // the company has a name too
  await page.getByLabel('Nome', { exact: true }).fill('Chapecó');
  await accessible(page, 'a new branch');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('heading', { level: 2, name: 'Chapecó' }).waitFor();
});
