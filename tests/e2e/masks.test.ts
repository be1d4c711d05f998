/** What a mask hides and who lifts it for a moment; and who else may read a ticket out of their reach. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { serving, type Ticket } from '../http/support/desk.ts';
import { origin } from '../http/support/house.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { title } from './support/inbox.ts';
import { aScreen, DESK } from './support/screens.ts';

const EMAIL = 'marina.duarte@casa.exemplo';

let account: Account;
let whatsapp: Whatsapp;
let phone: string;
let ticket: Ticket;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  const customer = await whatsapp.customer({ name: 'Marina Duarte' });
  phone = (customer.wa_id ?? '').slice(-4);
  ticket = await serving(await account.as('ana'), customer);
  (await (await account.as('olga')).patch(`/api/v1/contacts/${ticket.contact.id}`, { email: EMAIL })).ok();
  await sql(`UPDATE groups SET masks = 3, scope = 'account' WHERE account_id = :account AND builtin = 'manager'`, { account: account.id });
  await sql(`UPDATE groups SET scope = 'own' WHERE account_id = :account AND builtin = 'agent'`, { account: account.id });
});

const conversation = () => `/atendimentos/${ticket.id}?tab=serving`;
const panel = (page: Page) => page.getByRole('complementary', { name: 'Dados do contato' });

it('a masked field is shown whole for as long as the panel is open, and the trail says who looked', async () => {
  const page = await aScreen(account, 'camila', conversation());
  const masked = panel(page).getByText('m•••@c•••.exemplo');
  await masked.waitFor();
  await accessible(page, 'a contact with masks');
  await panel(page).getByRole('button', { name: 'Mostrar o e-mail inteiro' }).click();
  await panel(page).getByText(EMAIL).waitFor();
  await panel(page).getByRole('button', { name: 'Mostrar o telefone inteiro' }).click();
  await panel(page).getByText(new RegExp(`^\\+55 \\(49\\) 9 \\d{4}-${phone}$`)).waitFor();
  await page.mouse.move(0, 0); // away from the eye, whose name hangs over it
  await accessible(page, 'a contact whose masks are lifted', [DESK]);

  await panel(page).getByRole('button', { name: 'Esconder o e-mail' }).click();
  await masked.waitFor();
  for (const act of ['Esconder', 'Mostrar']) {
    await page.getByRole('button', { name: 'Mais ações' }).click();
    await page.getByRole('menuitem', { name: `${act} dados do contato` }).click();
  }
  await panel(page).getByRole('button', { name: 'Mostrar o telefone inteiro' }).waitFor();
  expect(await sql(`SELECT string_agg(detail::json -> 'after' ->> 'field', ',' ORDER BY id) FROM audit_events WHERE account_id = :account AND action = 'contact.revealed'`, { account: account.id }))
    .toBe('email,phone');
});

it('who sees a part of an e-mail still renames the person, and the e-mail stays', async () => {
  const page = await aScreen(account, 'camila', conversation());
  await panel(page).getByRole('button', { name: 'Editar contato' }).click();
  const form = panel(page).getByRole('form', { name: 'Editar contato' });
  await form.getByText('Você vê só uma parte; por isso não pode mudar.').waitFor();
  await form.getByLabel('Nome').fill('Marina Duarte Alves');
  await form.getByRole('button', { name: 'Salvar' }).click();
  await title(page, 'Marina Duarte Alves').waitFor();
  expect(await sql('SELECT email FROM contacts WHERE id = :contact', { contact: ticket.contact.id })).toBe(EMAIL);
});

it('the thirty-first look within an hour is refused in words', async () => {
  const camila = await account.as('camila');
  const member = account.members.camila;
  await sql(
    `INSERT INTO contact_reveals (account_id, member_id, contact_id, field, at)
     SELECT :account, :member, :contact, 'phone', now() FROM generate_series(1, 30)`,
    { account: account.id, member, contact: ticket.contact.id },
  );
  (await camila.post(`/api/v1/contacts/${ticket.contact.id}/reveal`, { field: 'phone' })).refused(429, 'too_many_reveals');
  const page = await aScreen(account, 'camila', conversation());
  foresee(page, /\/reveal\b/);
  await panel(page).getByRole('button', { name: 'Mostrar o telefone inteiro' }).click();
  await panel(page).getByRole('alert').filter({ hasText: 'Você revelou dados demais nesta hora.' }).waitFor();
  await page.mouse.move(0, 0);
  await accessible(page, 'a refused look', [DESK]);
});

it('somebody is invited to read a ticket out of their reach, and taken off it again', async () => {
  const bruno = await aScreen(account, 'bruno', conversation());
  foresee(bruno, /404/);
  await bruno.getByText('Isto não existe mais ou você não tem acesso.').waitFor();

  const ana = await aScreen(account, 'ana', conversation());
  const readers = panel(ana).getByRole('group').filter({ hasText: 'Convidados a ler' });
  await readers.getByText('Convidados a ler').click();
  await readers.getByText('Só quem já vê este atendimento.').waitFor();
  const field = readers.getByRole('combobox', { name: 'Convidar alguém' });
  await field.fill('bruno');
  await ana.getByRole('option', { name: 'Bruno de Teste' }).click();
  await readers.getByRole('list').getByText('Bruno de Teste').waitFor();
  await accessible(ana, 'the readers of a ticket', [DESK]);

  await bruno.goto(origin + conversation());
  await title(bruno, 'Marina Duarte').waitFor();

  await readers.getByRole('button', { name: 'Tirar Bruno de Teste deste atendimento' }).click();
  await readers.getByText('Só quem já vê este atendimento.').waitFor();
  await bruno.goto(origin + conversation());
  await title(bruno, 'Marina Duarte').waitFor({ state: 'detached' });
  await bruno.getByRole('main').getByRole('alert').waitFor();
});
