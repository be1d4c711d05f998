/** Writing first, from the inbox, the address book and by a key; and what the channel says when it may not be. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { serving, type Ticket } from '../http/support/desk.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { field, log } from './support/inbox.ts';
import { aScreen, HAND } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Nova conversa' });

async function served(): Promise<{ customer: Customer; past: Ticket }> {
  const ana = await account.as('ana');
  const customer = await whatsapp.customer();
  const past = await serving(ana, customer);
  (await ana.post(`/api/v1/tickets/${past.id}/close`, { reason_id: account.reasons['Engano'], message: '' })).ok();
  return { customer, past };
}

it('a known person is written to first, by the keyboard alone', async () => {
  const { customer } = await served();
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  await ana.getByRole('button', { name: 'Nova conversa' }).waitFor();
  await ana.keyboard.press('c');
  await dialog(ana).getByRole('searchbox').fill(customer.name);
  await dialog(ana).getByRole('button', { name: customer.name }).press('Enter');
  const way = dialog(ana).getByRole('radio', { name: /Pode escrever até/ });
  await way.waitFor();
  await accessible(ana, 'a new conversation');
  await way.press('Enter');
  await dialog(ana).getByLabel('Primeira mensagem (opcional)').fill('Bom dia! Voltei com a resposta.');
  await dialog(ana).getByRole('button', { name: 'Iniciar' }).press('Enter');
  await log(ana).getByText('Bom dia! Voltei com a resposta.').waitFor();
  await log(ana).getByText(/Você iniciou a conversa, protocolo/).waitFor();
  await field(ana).waitFor();
  expect((await customer.texts(1)).at(-1)).toBe('Bom dia! Voltei com a resposta.');

  await ana.keyboard.press('Escape');
  await ana.keyboard.press('c');
  await dialog(ana).getByRole('searchbox').fill(customer.name);
  await dialog(ana).getByRole('button', { name: customer.name }).click();
  await dialog(ana).getByRole('radio', { name: /Já há um atendimento aberto/ }).click();
  await dialog(ana).getByRole('button', { name: /Abrir o atendimento/ }).click();
  await log(ana).getByText('Bom dia! Voltei com a resposta.').waitFor();
});

it('past the customer’s day the way says so, on a phone too', async () => {
  const { past } = await served();
  await sql("UPDATE tickets SET window_ends_at = now() - interval '1 second' WHERE id = :'id'", { id: past.id });
  const ana = await aScreen(account, 'ana', `/contatos/${past.contact.id}`, { viewport: HAND });
  await ana.getByRole('button', { name: 'Nova conversa' }).click();
  await dialog(ana).getByRole('radio', { name: /Fora das 24 horas/ }).click();
  await dialog(ana).getByText(/modelo aprovado pela Meta/).waitFor();
  await dialog(ana).getByRole('button', { name: 'Iniciar', disabled: true }).waitFor();
  await accessible(ana, 'a conversation that only a template begins');
});

it('a number that nobody wrote from is told what it takes', async () => {
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  await ana.getByRole('button', { name: 'Nova conversa' }).click();
  await dialog(ana).getByRole('searchbox').fill('11 91234-5678');
  await dialog(ana).getByRole('button', { name: /Novo número/ }).click();
  await dialog(ana).getByRole('radio').first().click();
  foresee(ana, /409.*\/api\/v1\/tickets/);
  await dialog(ana).getByRole('button', { name: 'Iniciar' }).click();
  await dialog(ana).getByRole('alert').getByText(/Neste canal só um modelo aprovado/).waitFor();
});
