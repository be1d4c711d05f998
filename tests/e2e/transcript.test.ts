/** A conversation is taken along as text and on paper; who is passed a ticket notices. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { reply, serving, take, type Ticket, whisper } from '../http/support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { log, notice } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;
let ticket: Ticket;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  const camila = await account.as('camila');
  ticket = await serving(camila, await whatsapp.customer());
  await reply(camila, ticket.id, 'Olá, João! Às ordens 👋');
  await whisper(camila, ticket.id, 'cliente antigo');
});

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Exportar conversa' });

async function opened(page: Page): Promise<void> {
  await log(page).getByText('Olá, João! Às ordens 👋').waitFor();
  await page.getByRole('button', { name: 'Mais ações' }).first().click();
  await page.getByRole('menuitem', { name: 'Exportar conversa' }).click();
  await dialog(page).getByRole('button', { name: 'Baixar texto' }).waitFor();
}

it('as text, with letters and emoji whole and without the whispers; on paper with them', async () => {
  const camila = await aScreen(account, 'camila', `/atendimentos/${ticket.id}?tab=serving`);
  await opened(camila);
  await accessible(camila, 'exporting a conversation');
  const [download] = await Promise.all([camila.waitForEvent('download'), dialog(camila).getByRole('button', { name: 'Baixar texto' }).click()]);
  expect(download.suggestedFilename()).toBe(`${ticket.protocol}.txt`);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toContain(`Protocolo: ${ticket.protocol}`);
  expect(text).toContain('Fuso: Horário Padrão de Brasília.');
  expect(text).not.toContain('America/Sao_Paulo');
  expect(text).toContain('Camila de Teste: Olá, João! Às ordens 👋');
  expect(text).not.toContain('cliente antigo');

  await opened(camila);
  await dialog(camila).getByText('Com os sussurros da equipe').click();
  await camila.evaluate(() => { window.print = () => undefined; });
  await dialog(camila).getByRole('button', { name: 'Imprimir ou PDF' }).click();
  await camila.locator('[data-paper]').waitFor({ state: 'attached' });
  await camila.emulateMedia({ media: 'print' });
  await camila.locator('[data-paper]').getByText('cliente antigo').waitFor();
  expect(await log(camila).isVisible()).toBe(false);
  expect((await camila.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
});

it('whoever is given a ticket is told so, wherever they are', async () => {
  const bruno = await aScreen(account, 'bruno', '/atendimentos?tab=waiting');
  await bruno.getByRole('searchbox', { name: /Buscar/ }).first().waitFor();
  const ana = await account.as('ana');
  const { id, protocol } = await serving(ana, await whatsapp.customer());
  (await ana.post(`/api/v1/tickets/${id}/transfer`, { assignee_id: account.members.bruno })).ok();
  await notice(bruno, new RegExp(`Ana de Teste transferiu ${protocol} para você`)).waitFor();
  await take(await account.as('bruno'), id);
});
