/** Breaks, between two browsers: who takes one is told what it means, who supervises sees it as it happens and ends it. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { accessible } from './support/axe.ts';
import { notice } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

const row = (page: Page, name: string) => page.getByRole('list', { name: 'Pessoas' }).getByRole('listitem').filter({ hasText: name });

it('a reason is made, an agent takes a break for it, the supervisor sees it live and ends it', async () => {
  const olga = await aScreen(account, 'olga', '/configuracoes/pausas');
  await olga.getByText('Nenhum motivo ainda.').waitFor();
  await olga.getByRole('button', { name: 'Novo motivo' }).click();
  const dialog = olga.getByRole('dialog', { name: 'Novo motivo' });
  await dialog.getByLabel('Nome').fill('Almoço');
  await dialog.getByLabel('Minutos previstos').fill('60');
  await accessible(olga, 'the dialog of a reason');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await notice(olga, 'Salvo.').waitFor();
  await olga.getByRole('list', { name: 'Motivos' }).getByText('Almoço').waitFor();
  await olga.getByLabel('Suporte').fill('1');
  await olga.getByRole('button', { name: 'Salvar limites' }).click();
  await expect.poll(() => sql("SELECT max_people FROM break_limits WHERE account_id = :'a'", { a: account.id })).toBe('1');
  await accessible(olga, 'the settings of breaks');

  const camila = await aScreen(account, 'camila', '/equipe');
  const ana = await aScreen(account, 'ana', '/atendimentos');
  await row(camila, 'Ana de Teste').getByText('Online').waitFor();
  await accessible(camila, 'the team');

  await ana.getByRole('button', { name: 'Minha conta' }).click();
  await accessible(ana, 'my status');
  await ana.getByRole('button', { name: /^Almoço/ }).click();
  await ana.getByText(/Você não recebe novos atendimentos/).waitFor();
  await ana.getByRole('timer').getByText(/faltam/).waitFor();
  await row(camila, 'Ana de Teste').getByText('Em pausa').waitFor();
  await row(camila, 'Ana de Teste').getByText(/Almoço, .* de 60 min/).waitFor();

  /* The clock goes beyond the plan. */
  await sql("UPDATE breaks SET started_at = started_at - interval '61 minutes' WHERE account_id = :'a'", { a: account.id });
  await ana.reload();
  await ana.getByRole('timer').getByText(/além do previsto/).waitFor();
  await accessible(ana, 'an inbox on a break');

  await camila.getByRole('button', { name: 'Encerrar pausa de Ana de Teste' }).click();
  await row(camila, 'Ana de Teste').getByText('Online').waitFor();
  await ana.getByText(/Você não recebe novos atendimentos/).waitFor({ state: 'detached' });

  await camila.getByText('Pausas', { exact: true }).click();
  await camila.getByRole('table', { name: 'Por motivo' }).getByRole('row', { name: /Almoço/ }).waitFor();
  await camila.getByText('encerrada por Camila de Teste').waitFor();
  await accessible(camila, 'the history of breaks');
}, 90_000);

it('whoever is away by hand reads so, and is back with one press', async () => {
  const bruno = await aScreen(account, 'bruno', '/atendimentos');
  await bruno.getByRole('button', { name: 'Minha conta' }).click();
  await bruno.getByRole('radiogroup', { name: 'Estou' }).getByText('Ausente').click();
  await bruno.keyboard.press('Escape');
  await bruno.getByText('Você está ausente e não recebe novos atendimentos.').waitFor();
  await bruno.getByRole('button', { name: 'Ficar disponível' }).click();
  await bruno.getByText('Você está ausente e não recebe novos atendimentos.').waitFor({ state: 'detached' });
  expect(await sql("SELECT chosen FROM member_presence WHERE account_id = :'a' AND member_id = :'m'", { a: account.id, m: account.members.bruno })).toBe('available');
}, 60_000);

it('whoever supervises nobody is told so', async () => {
  const ana = await aScreen(account, 'ana', '/equipe');
  await ana.getByText('Você não acompanha a equipe.').waitFor();
  expect(await ana.getByRole('link', { name: 'Equipe' }).count()).toBe(0);
}, 60_000);
