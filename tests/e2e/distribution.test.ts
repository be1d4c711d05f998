/** Distribution: a department is told to give in turn, a ticket says why it waits, gets to somebody, and says why it was them. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Browser } from '../http/support/browser.ts';
import { ticketOf } from '../http/support/desk.ts';
import { until } from '../http/support/until.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { notice } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;
let olga: Browser;
beforeAll(async () => {
  account = await anAccount();
  [whatsapp, olga] = await Promise.all([aWhatsapp(account), account.as('olga')]);
});

it('a department gives in turn, and a ticket says why', async () => {
  const page = await aScreen(account, 'olga', '/configuracoes');
  await page.getByRole('link', { name: 'Distribuição' }).click();
  await page.getByText('Escolha um setor para ver como ele distribui.').waitFor();
  await page.getByRole('link', { name: /^Suporte/ }).click();
  await page.getByRole('radio', { name: 'Rodízio' }).check({ force: true });
  await page.getByRole('switch', { name: 'Cliente que volta vai para quem o atendeu' }).check({ force: true });
  await page.getByRole('switch', { name: 'Dizer ao cliente que ele espera' }).check({ force: true });
  await page.getByLabel('Limite de Ana de Teste').fill('5');
  await accessible(page, 'the rules of a department');
  await page.keyboard.press('Control+s');
  await notice(page, 'Distribuição salva.').waitFor();
  await page.reload();
  expect(await page.getByLabel('Limite de Ana de Teste').inputValue()).toBe('5');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('radio', { name: 'Rodízio' }).waitFor();
  await accessible(page, 'the rules on a phone');

  const customer = await whatsapp.customer();
  await customer.say('Oi');
  const { id } = await ticketOf(olga, customer.name);
  const desk = await aScreen(account, 'olga', `/atendimentos/${id}`);
  await desk.getByText('Na fila: ninguém do setor está disponível').waitFor();
  await desk.getByRole('button', { name: 'Por quê?' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Por que esta pessoa?' });
  await dialog.getByText('Ficou na fila · ninguém do setor está disponível').waitFor();
  await accessible(desk, 'why it waits');
  await desk.keyboard.press('Escape');

  await desk.getByRole('button', { name: 'Mais ações' }).click();
  await desk.getByRole('menuitem', { name: 'Prioridade…' }).click();
  await desk.getByRole('radio', { name: 'Urgente' }).check({ force: true });
  await accessible(desk, 'its priority');
  await desk.getByRole('button', { name: 'Salvar' }).click();
  await notice(desk, 'Prioridade: Urgente.').waitFor();

  /* Ana comes, and it is hers. */
  await aScreen(account, 'ana', '/atendimentos');
  await desk.getByText('A fila deu para Ana de Teste').waitFor();
  await desk.getByRole('button', { name: 'Mais ações' }).click();
  await desk.getByRole('menuitem', { name: 'Por que esta pessoa?' }).click();
  await dialog.getByText('Ana de Teste recebeu · rodízio').waitFor();
  await desk.keyboard.press('Escape');

  await desk.getByRole('button', { name: 'Mais ações' }).click();
  await desk.getByRole('menuitem', { name: 'Dar a um colega…' }).click();
  await desk.getByLabel('Para quem').first().click();
  await desk.getByRole('option', { name: /^Bruno de Teste/ }).click();
  await accessible(desk, 'giving it to a colleague');
  await desk.getByRole('button', { name: 'Dar', exact: true }).click();
  await notice(desk, 'Agora está com Bruno de Teste.').waitFor();
  await until('it is his', async () =>
    (await olga.get(`/api/v1/tickets/${id}`)).ok<{ assignee_id: number }>().assignee_id === account.members.bruno);
});
