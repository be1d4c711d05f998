/** Timers: rules of transfer and of inactivity are written and saved, a policy is promised, and its badge says what is left. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { notice, open } from './support/inbox.ts';
import { aScreen, PHONE } from './support/screens.ts';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

it('an automatic transfer goes to a department or to a person, and a department may have its own', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/transferencia-automatica');
  const on = page.getByRole('switch', { name: /Transferir automaticamente/ });
  await on.waitFor();
  await accessible(page, 'no transfer yet');
  await on.check({ force: true });
  await page.getByLabel('Setor de destino').first().click();
  await page.getByRole('option', { name: 'Vendas' }).click();
  await page.getByLabel('Mensagem ao cliente').fill('Outra pessoa continua daqui.');
  await page.getByText(/vence .*18:15/).waitFor();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Regras salvas').waitFor();

  await page.getByLabel('Regra de', { exact: true }).first().click();
  await page.getByRole('option', { name: 'Vendas' }).click();
  await page.getByRole('button', { name: 'Criar regra própria' }).click();
  await page.getByText('Pessoa', { exact: true }).click();
  await page.getByLabel('Pessoa de destino').first().click();
  await page.getByRole('option', { name: 'Ana de Teste' }).click();
  await accessible(page, 'a rule of its own');
  await page.keyboard.press('Control+s');
  await page.getByText('1 mudança não salva').waitFor({ state: 'hidden' });
  await page.reload();
  expect(await on.isChecked()).toBe(true);
});

it('who does not come back is closed with a reason, written on a phone', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/inatividade', PHONE);
  await page.getByRole('switch', { name: /Encerrar por inatividade/ }).check({ force: true });
  await page.getByLabel('Aviso ao cliente').fill('Ainda precisa de ajuda?');
  await page.getByText(/No WhatsApp, textos livres/).waitFor();
  await page.getByLabel('Motivo de encerramento').first().click();
  await page.getByRole('option', { name: 'Resolvido' }).click();
  await accessible(page, 'inactivity');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Regras salvas').waitFor();
});

it('a policy is promised; the list and the conversation say what is left of it', async () => {
  const keeper = await aScreen(account, 'rafael', '/configuracoes/sla');
  await keeper.getByText('Nenhuma política ainda').waitFor();
  await keeper.getByRole('link', { name: 'Nova política' }).click();
  await keeper.getByLabel('Nome', { exact: true }).fill('Ouro');
  await keeper.getByText(/Primeira resposta.*vence .*18:30/).waitFor();
  await accessible(keeper, 'a new policy');
  await keeper.getByRole('button', { name: 'Salvar' }).click();
  await keeper.getByRole('heading', { level: 2, name: 'Ouro' }).waitFor();

  const whatsapp = await aWhatsapp(account);
  const customer = await whatsapp.customer();
  await customer.say('Minha internet caiu');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await ana.getByRole('link', { name: new RegExp(`${customer.name}.*SLA (29|30) min`) }).waitFor();
  await open(ana, customer.name);
  await ana.getByRole('button', { name: /SLA (29|30) min/ }).click();
  await ana.getByText(/até .* \(Horário Padrão de Brasília\) · Ouro/).waitFor();
  await accessible(ana, 'the promise of a ticket');
});
