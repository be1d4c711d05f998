/** Who did what, and what programs may: a finding in the trail with its difference, a token from dialog to use to end. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { call } from '../http/support/answer.ts';
import { serving } from '../http/support/desk.ts';
import { aWhatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { aScreen } from './support/screens.ts';
import { stepUp } from './support/step-up.ts';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

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

it('what the trail says of a contact is sealed until somebody opens it', async () => {
  const ana = await account.as('ana');
  const { contact } = await serving(ana, await (await aWhatsapp(account)).customer({ name: 'Rita Prado' }));
  (await ana.patch(`/api/v1/contacts/${contact.id}`, { email: 'rita@exemplo.org', name: 'Rita Silva' })).ok();

  const page = await aScreen(account, 'olga', `/configuracoes/auditoria?subject_kind=contact&subject_id=${contact.id}`);
  await stepUp(page);
  await page.getByRole('button', { name: /Contato editado/ }).click();
  await expect.poll(async () => {
    await page.reload(); // the row is in the address, so it is open again
    await page.getByRole('row', { name: 'Nome selado selado' }).waitFor();
    return page.getByRole('button', { name: 'Revelar' }).count();
  }).toBe(1);
  await accessible(page, 'a sealed row of the trail');
  await page.getByRole('button', { name: 'Revelar' }).click();
  await page.getByRole('row', { name: 'Nome Rita Prado Rita Silva' }).waitFor();
  await page.getByRole('row', { name: 'E-mail — rita@exemplo.org' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Guardada por 5 anos' }).click();
  const dialog = page.getByRole('dialog', { name: 'Por quanto tempo guardar a auditoria' });
  await dialog.getByRole('combobox', { name: 'Guardar por' }).or(dialog.getByRole('textbox', { name: 'Guardar por' })).click();
  await page.getByRole('option', { name: '2 anos' }).click();
  await dialog.getByText('Guardar menos apaga o que for mais antigo. Não há volta.').waitFor();
  await accessible(page, 'how long the trail is kept');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('button', { name: 'Guardada por 2 anos' }).waitFor();
});

it('a token is made, shown once, used by a program and revoked', async () => {
  const page = await aScreen(account, 'olga', '/configuracoes/tokens');
  await stepUp(page);
  await page.getByText('Nenhum token').waitFor();
  await page.getByRole('button', { name: 'Gerar token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Gerar token' });
  await dialog.getByLabel('Nome').fill('Integração do ERP');
  /* By keyboard: a field that holds several choices keeps its input under them. */
  await dialog.getByRole('combobox', { name: 'Setores' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Suporte' }).click();
  await page.keyboard.press('Tab');
  await accessible(page, 'the dialog of a new token');
  await dialog.getByRole('button', { name: 'Gerar' }).click();
  const secret = (await dialog.getByRole('note', { name: 'Token' }).textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Já copiei' }).click();

  const asked = () => call({ method: 'GET', path: '/api/v1/tickets?tab=waiting', headers: { Authorization: `Bearer ${secret.trim()}` } });
  (await asked()).ok();
  await page.getByText('Integração do ERP').waitFor();
  await page.getByText('Setores: Suporte').waitFor();
  await accessible(page, 'the list of tokens');
  await page.getByRole('button', { name: 'Revogar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revogar' }).click();
  await page.getByText('Revogado', { exact: true }).waitFor();
  (await asked()).refused(401, 'token_revoked');
});
