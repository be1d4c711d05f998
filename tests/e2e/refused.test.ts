/** Why somebody does not come in: what they see at the door, what an administrator reads of it, and what helps. */
import type { Page } from 'playwright-core';
import { beforeAll, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { Browser, PASSWORD } from '../http/support/browser.ts';
import { sql, value } from '../http/support/database.ts';
import { origin } from '../http/support/house.ts';
import { steppedUp } from '../http/support/step-up.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aPage, aScreen } from './support/screens.ts';

const FROM = '127.0.61.1';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

async function atTheDoor(email: string, password = PASSWORD): Promise<Page> {
  const page = await aPage();
  foresee(page, /\/api\/v1\/session\b/);
  await page.goto(`${origin}/entrar`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  return page;
}

/** From the list of people to the page that says why. */
async function whyNot(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name} de Teste`) }).click();
  await page.getByRole('button', { name: 'Por que não entra?' }).click();
  await page.getByRole('heading', { level: 2, name: 'Por que não entra?' }).waitFor();
}

const attempt = (page: Page, reason: string) =>
  page.getByRole('list', { name: 'Tentativas de entrar' }).getByRole('listitem').filter({ hasText: reason }).first();

it('wrong passwords lock, an administrator reads both and unlocks, and the right one lets in', async () => {
  const email = account.email('bruno');
  const bruno = await atTheDoor(email, 'a senha de ontem');
  await bruno.getByRole('alert').filter({ hasText: 'E-mail ou senha não conferem.' }).waitFor();
  for (let turn = 0; turn < 8; turn++) {
    await sql('UPDATE signin_throttle SET closed_until = updated_at WHERE names && (SELECT array_agg(email_hash) FROM signin_attempts WHERE address = :\'from\')', { from: FROM });
    (await new Browser({ from: FROM }).signIn(email, `palpite ${turn}`)).refused(401, 'credentials_invalid');
  }
  await (await atTheDoor(email)).getByRole('alert').filter({ hasText: 'Muitas tentativas.' }).waitFor();

  const rafael = await aScreen(account, 'rafael', '/configuracoes/usuarios');
  await whyNot(rafael, 'Bruno');
  await attempt(rafael, 'Tentativas demais').getByText('Espere o horário ou desbloqueie acima.').waitFor();
  await attempt(rafael, 'Senha errada').getByText(FROM).waitFor();
  await accessible(rafael, 'why somebody cannot sign in');
  await rafael.getByRole('button', { name: 'Desbloquear' }).click();
  await notice(rafael, 'Desbloqueado. Já pode tentar de novo.').waitFor();
  await (await atTheDoor(email)).getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();

  await rafael.getByRole('button', { name: 'Voltar à pessoa' }).click();
  await rafael.getByRole('heading', { level: 2, name: 'Bruno de Teste' }).waitFor();
});

it('an address outside of the allowed networks is told at the door and in the log, and allowing it helps', async () => {
  const olga = await steppedUp(await account.as('olga'));
  const group_id = await value<number>("SELECT id FROM groups WHERE account_id = :account AND builtin = 'manager'", { account: account.id });
  const allow = async (...networks: string[]) =>
    (await olga.put('/api/v1/networks', { group_id, networks: networks.map((network) => ({ network, note: '' })) })).ok();
  await allow('203.0.113.0/24');
  const email = account.email('camila');
  const outside = await atTheDoor(email);
  foresee(outside, /403/);
  await outside.getByText('Sua rede não está entre as permitidas desta conta.').first().waitFor();

  const rafael = await aScreen(account, 'rafael', '/configuracoes/usuarios');
  await whyNot(rafael, 'Camila');
  await attempt(rafael, 'Fora das redes permitidas').getByText('127.0.0.1').waitFor();
  await attempt(rafael, 'Fora das redes permitidas').getByText('Inclua o endereço abaixo nas redes permitidas').waitFor();

  await allow('203.0.113.0/24', '127.0.0.1/32');
  await (await atTheDoor(email)).getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
  await rafael.reload();
  await attempt(rafael, 'Entrou').waitFor();
});
