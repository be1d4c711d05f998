/** Who did what, and what programs may: a finding in the trail with its difference, a token from dialog to use to end. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { call } from '../http/support/answer.ts';
import { sql } from '../http/support/database.ts';
import { serving } from '../http/support/desk.ts';
import { aWhatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

/** Whoever is at this page showed just now that it is them. */
async function stepUp(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === '__Host-brt')?.value.split('.')[0] ?? '';
  await sql(`UPDATE sessions SET stepped_up_at = now() WHERE id = :'session'::bigint`, { session });
}

it('somebody looks for who closed a ticket, sees what changed, and takes the trail home', async () => {
  const ana = await account.as('ana');
  const { id } = await serving(ana, await (await aWhatsapp(account)).customer());
  (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'] })).ok();

  const page = await aScreen(account, 'olga', '/configuracoes/auditoria');
  await stepUp(page);
  await page.getByRole('button', { name: /Atendimento encerrado/ }).waitFor();
  await page.getByText(/^Selado até/).waitFor();
  await accessible(page, 'the trail');

  const action = page.getByRole('combobox', { name: 'Ação' });
  await action.fill('encerrado');
  await page.getByRole('option', { name: 'Atendimento encerrado' }).click();
  await page.getByRole('button', { name: /Atendimento assumido/ }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('action')).toBe('ticket.closed');

  await page.getByRole('button', { name: /Atendimento encerrado.*Ana de Teste/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Atendimento encerrado' });
  await dialog.getByRole('row', { name: 'Situação serving closed' }).waitFor();
  await accessible(page, 'a row of the trail');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Exportar CSV' }).click()]);
  expect(file.suggestedFilename()).toBe('audit.csv');
});

it('a token is made, shown once, used by a program and revoked', async () => {
  const page = await aScreen(account, 'olga', '/configuracoes/tokens');
  await stepUp(page);
  await page.getByText('Nenhum token').waitFor();
  await page.getByRole('button', { name: 'Gerar token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Gerar token' });
  await dialog.getByLabel('Nome').fill('Integração do ERP');
  await accessible(page, 'the dialog of a new token');
  await dialog.getByRole('button', { name: 'Gerar' }).click();
  const secret = (await dialog.getByRole('note', { name: 'Token' }).textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Já copiei' }).click();

  const asked = () => call({ method: 'GET', path: '/api/v1/tickets?tab=waiting', headers: { Authorization: `Bearer ${secret.trim()}` } });
  (await asked()).ok();
  await page.getByText('Integração do ERP').waitFor();
  await accessible(page, 'the list of tokens');
  await page.getByRole('button', { name: 'Revogar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revogar' }).click();
  await page.getByText('Revogado', { exact: true }).waitFor();
  (await asked()).refused(401, 'token_revoked');
});
