/** The address book: somebody is written down, described, blocked, merged with their double, and a file becomes people. */
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';
import { stepUp } from './support/step-up.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

it('a contact is created, found, described, blocked and let in again', async () => {
  const page = await aScreen(account, 'olga', '/contatos');
  await page.getByText('Nenhum contato ainda').waitFor();
  await accessible(page, 'an empty address book');
  await page.getByRole('link', { name: 'Novo contato' }).click();
  await page.getByLabel('Nome').fill('Marina Duarte');
  await page.getByLabel('Telefone').fill(`+55 49 9${randomInt(80_000_000, 99_999_999)}`);
  await page.getByLabel('E-mail').fill('marina@exemplo.org');
  await accessible(page, 'a new contact');
  await page.getByRole('button', { name: 'Criar contato' }).click();
  await page.getByRole('heading', { name: 'Marina Duarte' }).waitFor();

  await page.getByLabel('Anotações').fill('Prefere à tarde');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();
  foresee(page, /\/customers\b/); // the wrong document
  await page.getByLabel('CPF ou CNPJ').fill('529.982.247-24');
  await page.getByLabel('Nome ou razão social').fill('Marina Duarte');
  await page.getByRole('button', { name: 'Vincular cadastro' }).click();
  await page.getByText('Este CPF ou CNPJ não confere.').waitFor();
  await page.getByLabel('CPF ou CNPJ').fill('529.982.247-25');
  await page.getByRole('button', { name: 'Vincular cadastro' }).click();
  await page.getByText('Pessoa · 529.982.247-25').waitFor();
  await page.getByRole('button', { name: 'Registrar retirada' }).click();
  await page.getByText('Este contato pediu para não receber mensagens.').first().waitFor();
  await page.getByRole('button', { name: 'Bloquear' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bloquear contato' });
  await accessible(page, 'the question before blocking');
  await dialog.getByLabel('Motivo').fill('ofensas');
  await dialog.getByRole('button', { name: 'Bloquear' }).click();
  await page.getByText('O que este contato escreve fica guardado aqui').waitFor();
  await accessible(page, 'a blocked contact');
  await page.getByRole('button', { name: 'Desbloquear' }).click();
  await page.getByText('O que este contato escreve fica guardado aqui').waitFor({ state: 'detached' });

  await page.getByRole('searchbox', { name: 'Buscar contatos' }).fill('márina');
  await page.getByRole('link', { name: /Marina Duarte/ }).waitFor();
  await page.getByRole('searchbox', { name: 'Buscar contatos' }).fill('ninguém assim');
  await page.getByText('Ninguém encontrado').waitFor();
});

it('a file becomes contacts, one of them is the double of another, and both are taken back', async () => {
  const page = await aScreen(account, 'olga', '/contatos');
  await stepUp(page);
  await page.getByRole('link', { name: 'Importar' }).click();
  await page.getByText('Nenhuma importação ainda').waitFor();
  await accessible(page, 'no imports yet');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Escolher arquivo' }).click();
  await (await chooser).setFiles({
    name: 'contatos.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Nome;Telefone;E-mail\nMarina D.;;marina@exemplo.org\nTia Lúcia;49 98877-1122;\nErrada;12;\nM. Duarte;49 98877-3344;Marina@Exemplo.org\n'),
  });
  await page.getByRole('form', { name: 'O que é cada coluna' }).waitFor();
  await accessible(page, 'the columns of a file');
  await page.getByRole('button', { name: 'Ensaiar' }).click();
  await page.getByRole('button', { name: 'Baixar linhas com erro' }).waitFor();
  await accessible(page, 'a tried import');
  await page.getByRole('button', { name: 'Importar', exact: true }).click();
  await page.getByRole('button', { name: 'Desfazer importação' }).waitFor();

  await page.getByRole('link', { name: 'Duplicados' }).click();
  await page.getByText('Mesmo e-mail').waitFor();
  await accessible(page, 'duplicates');
  await page.getByRole('button', { name: 'Ficar com este: Marina Duarte' }).click();
  await page.getByText('Nenhum duplicado encontrado').waitFor();
  await page.getByRole('link', { name: /Marina Duarte/ }).first().click();
  await page.getByRole('button', { name: 'Desfazer união' }).click();
  await notice(page, 'União desfeita.').waitFor();
});

it('the list becomes a file, and a workbook becomes contacts', async () => {
  const page = await aScreen(account, 'olga', '/contatos');
  await stepUp(page);
  await page.getByRole('link', { name: 'Exportar' }).click();
  await page.getByText('Nenhuma exportação ainda').waitFor();
  await accessible(page, 'no exports yet');
  await page.getByRole('button', { name: 'Exportar contatos' }).click();
  const download = page.getByRole('button', { name: 'Baixar' });
  await download.waitFor();
  await accessible(page, 'an export that is ready');
  const coming = page.waitForEvent('download');
  await download.click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^contatos-.*\.xlsx$/);

  await page.getByRole('link', { name: 'Importar' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Escolher arquivo' }).click();
  await (await chooser).setFiles({ name: 'contatos.xlsx', mimeType: XLSX, buffer: await readFile(await file.path()) });
  await page.getByRole('form', { name: 'O que é cada coluna' }).waitFor();
  await page.getByRole('button', { name: 'Ensaiar' }).click();
  await page.getByText('Já existem (ficam como estão)').waitFor();
});

it('fields and groups of the account are said in the settings', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/campos-de-contato');
  await page.getByLabel('Nome do campo').fill('Plano');
  await page.getByRole('button', { name: 'Criar campo' }).click();
  await page.getByRole('button', { name: 'Excluir Plano' }).waitFor();
  await accessible(page, 'fields of contacts');
  await page.goto(new URL('/configuracoes/grupos-de-contatos', page.url()).href);
  await page.getByLabel('Nome do grupo').fill('Condomínio');
  await page.getByRole('button', { name: 'Criar grupo' }).click();
  await page.getByRole('link', { name: '0 contato' }).waitFor();
  await accessible(page, 'groups of contacts');
});
