/** An account decides what new contacts are asked; one of them writes, and the team sees how far it came. */
import { beforeAll, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;
beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

it('terms and questions are set up, somebody new is asked, and is let through with a reason', async () => {
  const page = await aScreen(account, 'olga', '/configuracoes/termos');
  foresee(page, /\/settings\/terms\b/); // the wrong link
  await page.getByLabel('Link dos termos').fill('http://exemplo.org/termos');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('começando com https://').first().waitFor();
  await page.getByLabel('Link dos termos').fill('https://exemplo.org/termos');
  await page.getByText('Exigir o aceite antes do atendimento').click();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();
  await page.getByText('Versão 1').waitFor();
  await accessible(page, 'the privacy terms');

  await page.getByRole('link', { name: 'Novos contatos' }).click();
  await page.getByRole('heading', { name: 'Novos contatos' }).waitFor();
  await page.getByText('Salvar contatos automaticamente').click();
  await page.getByText('Exibir informações e aprovar automaticamente').click();
  await page.getByText('CPF ou CNPJ', { exact: true }).click();
  await accessible(page, 'the rules for new contacts');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();

  const rita = await whatsapp.customer();
  await rita.say('Oi');
  await rita.received(1);
  await rita.say('sim');
  await rita.received(2);
  const ticket = await sql("SELECT id FROM tickets WHERE account_id = :'a' AND contact_address = :'w'", { a: account.id, w: rita.wa_id ?? '' });
  const inbox = await aScreen(account, 'olga', `/atendimentos/${ticket}`);
  const panel = inbox.getByRole('complementary');
  await panel.getByText('Perguntas iniciais').waitFor();
  await panel.getByText('respondido').waitFor();
  await panel.getByText('falta').waitFor();
  await accessible(inbox, 'a ticket that asks');
  await panel.getByRole('button', { name: 'Salvar contato' }).click();
  await panel.getByText('ainda não está na lista').waitFor({ state: 'detached' });
  await panel.getByLabel('Motivo para dispensar').fill('Cliente antigo');
  await panel.getByRole('button', { name: 'Dispensar perguntas' }).click();
  await inbox.getByText('dispensou as perguntas: Cliente antigo').first().waitFor();
});
