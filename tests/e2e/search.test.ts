/** Looking for what somebody said: words, a phrase, a file; and back to the place where it was said. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Schemas } from '../http/support/answer.ts';
import { sql } from '../http/support/database.ts';
import { serving, type Ticket } from '../http/support/desk.ts';
import { until } from '../http/support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { log, row, said, title } from './support/inbox.ts';
import { aScreen, DESK, HAND, PHONE } from './support/screens.ts';
import { longThread } from './support/volume.ts';

let account: Account;
let whatsapp: Whatsapp;
let rita: Customer;
let ticket: Ticket;

const searchbox = (page: Page): Locator => page.getByRole('searchbox', { name: 'Buscar atendimentos' });
const results = (page: Page): Locator => page.getByRole('list', { name: 'Mensagens encontradas' });
const result = (page: Page, text: string | RegExp): Locator => results(page).getByRole('link').filter({ hasText: text });

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  const ana = await account.as('ana');
  rita = await whatsapp.customer();
  ticket = await serving(ana, rita);
  await longThread(account, ticket.id, 2000);
  await sql('SELECT gate.search_again()');
  await rita.say('O boleto de maio não chegou');
  await rita.send({ type: 'document', document: { sample: true, filename: 'contrato-assinado-2026.pdf', caption: 'segue o contrato' } });
  await until('both are found', async () => {
    const found = (await ana.get('/api/v1/search?q=contrato')).ok<{ data: Schemas['MessageFound'][]; is_whole: boolean }>();
    return found.is_whole && found.data.length === 1 ? true : undefined;
  });
});

it('finds what was said without its accents, shows it where it was said, and walks on by key', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  await row(page, rita.name).waitFor();
  await searchbox(page).fill('nao chegou');
  await page.getByRole('link', { name: 'Mensagens', exact: true }).click();
  await result(page, 'O boleto de maio não chegou').waitFor();
  expect(await results(page).locator('mark').allTextContents()).toEqual(['não', 'chegou']);
  await page.getByText('1 mensagem encontrada').waitFor();
  const where = page.getByRole('navigation', { name: 'Onde procurar' }).locator('[aria-current]');
  expect(await where.allTextContents()).toEqual(['Mensagens']);
  await accessible(page, 'messages found', [DESK]);
  await result(page, 'não chegou').click();
  await title(page, rita.name).waitFor();
  await said(page, 'O boleto de maio não chegou').waitFor();
  expect(page.url()).toContain('find=messages');

  await searchbox(page).fill('"linha 12"');
  await result(page, 'linha 12').first().waitFor();
  await page.keyboard.press('Tab');
  await page.locator('body').press('j');
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).not.toBe(null);
  await log(page).getByText(/linha 12\b/).first().waitFor();
});

it('finds a file by its name, narrows by time, and says when there is nothing', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=serving&q=assinado&find=messages');
  await result(page, 'contrato-assinado-2026.pdf').waitFor();
  await page.getByRole('button', { name: 'Qualquer data' }).click();
  await page.getByRole('menuitemradio', { name: 'Últimos 7 dias' }).click();
  await result(page, 'contrato-assinado-2026.pdf').waitFor();
  expect(page.url()).toContain('days=7');
  await searchbox(page).fill('inexistente');
  await page.getByText('Nada encontrado para “inexistente” nas mensagens.').waitFor();
  await accessible(page, 'nothing found in messages', [DESK, HAND]);
  await page.getByRole('link', { name: 'Pessoas e protocolos' }).click();
  await page.getByText('Nada encontrado para “inexistente”.').waitFor();
});

it('pages back by a button, and works under a thumb', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=serving&q=linha&find=messages', PHONE);
  await result(page, 'linha').first().waitFor();
  const before = await results(page).getByRole('link').count();
  await page.getByRole('button', { name: 'Procurar mais antigas' }).tap();
  await expect.poll(() => results(page).getByRole('link').count()).toBeGreaterThan(before);
  await accessible(page, 'messages found on a phone', [HAND]);
  await results(page).getByRole('link').first().tap();
  await title(page, rita.name).waitFor();
  await page.goBack();
  await result(page, 'linha').first().waitFor();
});
