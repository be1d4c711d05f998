/** What a team says often: written once with a picture and a variable, inserted by a slash, read by the customer as previewed. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aPng } from '../http/support/files.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { field, head, notice, open } from './support/inbox.ts';
import { aScreen, PHONE } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

it('an answer is written in the settings and arrives filled, with its picture', async () => {
  const settings = await aScreen(account, 'rafael', '/configuracoes/respostas');
  await settings.getByText('Nenhuma resposta ainda').waitFor();
  await accessible(settings, 'no answers yet');
  await settings.getByRole('link', { name: 'Nova' }).click();
  await settings.getByLabel('Título', { exact: true }).fill('Tabela de planos');
  await settings.getByLabel('Atalho', { exact: true }).fill('Planos');
  await settings.getByRole('combobox', { name: 'De quem é' }).click();
  await settings.getByRole('option', { name: 'Da conta' }).click();
  await settings.getByLabel('Texto', { exact: true }).fill('Olá, ');
  await settings.getByRole('button', { name: 'Inserir variável' }).click();
  await settings.getByRole('menuitem', { name: /^Primeiro nome do contato/ }).click();
  await settings.getByLabel('Texto', { exact: true }).pressSequentially('! Segue a tabela. {{contact.email}} Até, {{nome}}.');
  const preview = settings.getByRole('region', { name: 'Prévia com dados de exemplo' });
  await preview.getByText('{{nome}} Esta variável não está bem escrita.').waitFor();
  foresee(settings, /\/api\/v1\/answers\b/); // the mistake is the server's to refuse
  await settings.getByRole('button', { name: 'Salvar' }).click();
  await settings.getByText('Esta variável não está bem escrita.').first().waitFor();
  await settings.getByLabel('Texto', { exact: true }).fill('Olá, {{contact.first_name}}! Segue a tabela. {{contact.email}} Até logo.');
  await preview.getByText('Olá, Marina! Segue a tabela. marina@exemplo.com.br Até logo.').waitFor();
  const [chooser] = await Promise.all([
    settings.waitForEvent('filechooser'),
    settings.getByRole('button', { name: 'Adicionar arquivo' }).click(),
  ]);
  await chooser.setFiles({ name: 'planos.png', mimeType: 'image/png', buffer: aPng('planos') });
  await settings.getByRole('list', { name: 'Arquivos' }).getByText('planos.png').waitFor();
  await accessible(settings, 'an answer being written');
  await settings.getByRole('button', { name: 'Salvar' }).click();
  await settings.getByRole('heading', { name: 'Tabela de planos' }).waitFor();
  await settings.getByRole('link', { name: /^Tabela de planos/ }).waitFor();

  const rita = await whatsapp.customer({ name: 'Rita Lima' });
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, 'Rita Lima');
  await head(page, 'Assumir').click();
  await field(page).pressSequentially('e/ou ');
  expect(await page.getByRole('listbox', { name: 'Respostas rápidas' }).count()).toBe(0);
  await field(page).pressSequentially('/plá');
  const menu = page.getByRole('listbox', { name: 'Respostas rápidas' });
  const option = menu.getByRole('option', { name: /Tabela de planos/ });
  await option.waitFor();
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
  await accessible(page, 'the list of answers in the composer');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  expect(await field(page).inputValue()).toBe('e/ou /plá');

  await field(page).fill('');
  await page.getByRole('button', { name: 'Respostas rápidas' }).click();
  await option.waitFor();
  await page.keyboard.press('Enter');
  /* The caret waits in the gap that the missing address left. */
  await expect.poll(() => field(page).inputValue()).toBe('Olá, Rita! Segue a tabela. Até logo.');
  await page.getByRole('list', { name: 'Arquivos para enviar' }).getByText('planos.png').waitFor();
  await expect.poll(() => field(page).evaluate((one: HTMLTextAreaElement) => one.selectionStart)).toBe('Olá, Rita! Segue a tabela. '.length);
  await page.keyboard.type('Com desconto. ');
  await page.keyboard.press('Enter');
  const [message] = await rita.received(1);
  expect(JSON.stringify(message)).toContain('Olá, Rita! Segue a tabela. Com desconto. Até logo.');

  await settings.reload();
  await settings.getByText(/usada 1 vez/).first().waitFor();
  await settings.getByRole('button', { name: 'Excluir' }).click();
  await settings.getByRole('dialog').getByRole('button', { name: 'Excluir' }).click();
  await settings.getByText('Nenhuma resposta ainda').waitFor();
});

it('an agent keeps answers of their own, on a phone too', async () => {
  const page = await aScreen(account, 'ana', '/configuracoes/respostas/nova', PHONE);
  await page.getByLabel('Título', { exact: true }).fill('Volto já');
  await page.getByLabel('Atalho', { exact: true }).fill('ja');
  await page.getByLabel('Texto', { exact: true }).fill('Volto já.');
  await accessible(page, 'an own answer on a phone');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('heading', { name: 'Volto já' }).waitFor();
  await page.getByLabel('Texto', { exact: true }).fill('Volto em cinco minutos.');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Resposta salva.').waitFor();
});
