/** What somebody is told about, and by which ways: chosen, tried, and kept. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { accessible } from './support/axe.ts';
import { aScreen } from './support/screens.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

it('kinds by way, sound and quiet hours are saved, and each way says what the browser did', async () => {
  const page = await aScreen(account, 'ana', '/perfil/avisos');
  await page.getByRole('heading', { level: 1, name: 'Avisos' }).waitFor();
  await accessible(page, 'the notices');
  const cell = page.getByRole('checkbox', { name: 'Novo na minha fila: Push' });
  expect(await cell.isChecked()).toBe(false);
  await cell.check();
  await page.getByText('Sino').click();
  await page.getByText('Não tocar nem enviar push num horário').click();
  await page.getByLabel('Das').fill('20:30');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Avisos salvos.').waitFor();
  await page.reload();
  await page.getByLabel('Das').waitFor();
  expect(await cell.isChecked()).toBe(true);
  expect(await page.getByLabel('Das').inputValue()).toBe('20:30');

  await page.getByRole('button', { name: 'Testar: Na página' }).click();
  await page.getByText('Teste do Balcão').waitFor();
  await page.getByRole('button', { name: 'Testar: Push' }).click();
  await page.getByRole('status').filter({ hasText: /não está ligado ao push|não tem este tipo|negou a permissão/ }).waitFor();
  await accessible(page, 'the notices, tried');
});
