/** A ticket is tagged, put off, found again and opened anew, by mouse and by key. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, head, list, log, notice, open, row, tab, title } from './support/inbox.ts';
import { aScreen, DESK, HAND } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });
const filter = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Filtros' }).getByRole('button', { name, exact: true });

async function served(page: Page, name: string): Promise<void> {
  await open(page, name);
  await head(page, 'Assumir').click();
  await field(page).waitFor();
  await tab(page, 'Atendendo').click();
  await row(page, name).waitFor();
  await title(page, name).click();
}

it('a new tag is made in the conversation, seen by the colleague, and leads back to the ticket', async () => {
  const [rita, beto] = [await whatsapp.customer(), await whatsapp.customer()];
  for (const one of [rita, beto]) await one.say('Oi');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  const bruno = await aScreen(account, 'bruno', '/atendimentos?tab=serving');
  for (const one of [beto, rita]) {
    await tab(ana, 'Aguardando').click();
    await served(ana, one.name);
  }

  await ana.keyboard.press('l');
  const tags = dialog(ana, 'Etiquetas do atendimento');
  await tags.getByRole('textbox').fill('sem sinal');
  await tags.getByRole('button', { name: 'Criar “sem sinal”' }).click();
  await tags.getByRole('checkbox', { name: 'sem sinal', checked: true }).waitFor();
  await accessible(ana, 'tags of a ticket');
  await tags.getByRole('button', { name: 'Pronto' }).click();
  await log(ana).getByText(/Você pôs a etiqueta sem sinal/).waitFor();
  await row(ana, rita.name, 'etiquetas: sem sinal').waitFor();
  await row(bruno, rita.name, 'etiquetas: sem sinal').waitFor();

  await filter(ana, 'Etiqueta').click();
  await ana.getByRole('menuitemradio', { name: 'sem sinal' }).click();
  await row(ana, beto.name).waitFor({ state: 'detached' });
  await row(ana, rita.name).waitFor();
  await accessible(ana, 'the inbox narrowed to a tag');

  await bubble(ana, 'Oi').hover();
  await log(ana).getByRole('button', { name: 'Etiquetar mensagem' }).first().click();
  await dialog(ana, 'Etiquetas da mensagem').getByRole('checkbox', { name: 'sem sinal' }).click();
  await dialog(ana, 'Etiquetas da mensagem').getByRole('button', { name: 'Pronto' }).click();
  await log(ana).getByRole('group', { name: 'Etiquetas' }).waitFor();
});

it('a ticket is put off from its row, leaves the list, and the customer brings it back', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await served(ana, rita.name);

  await row(ana, rita.name).click({ button: 'right' });
  const menu = ana.getByRole('menu', { name: 'Ações do atendimento' });
  await menu.getByRole('menuitem', { name: /Adiar/ }).waitFor();
  await menu.getByRole('menuitem', { name: /Adiar/ }).click();
  await accessible(ana, 'snoozing');
  await dialog(ana, 'Adiar atendimento').getByRole('button', { name: /Daqui a 1 hora/ }).click();
  await notice(ana, /Adiado até/).waitFor();
  await row(ana, rita.name).waitFor({ state: 'detached' });
  await filter(ana, 'Adiados').click();
  await row(ana, rita.name, 'volta').waitFor();
  await filter(ana, 'Adiados').click();

  await rita.say('mudei de ideia');
  /* Like everything that comes: it pushes no row away from under the pointer. */
  await ana.getByRole('button', { name: '1 novo' }).click();
  await row(ana, rita.name).waitFor();
});

it('F marks a favourite, and what was closed is opened again', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await served(ana, rita.name);
  /* Nobody drew a bot here: there is none to give it back to. */
  const asked = ana.waitForResponse(/\/tickets\/\d+\/return$/);
  await ana.getByRole('main').getByRole('button', { name: 'Mais ações' }).click();
  await asked;
  await ana.getByRole('menuitem', { name: /^Etiquetas/ }).waitFor();
  expect(await ana.getByRole('menuitem', { name: /bot|fluxo/i }).count()).toBe(0);
  await ana.keyboard.press('Escape');
  await ana.keyboard.press('f');
  await row(ana, rita.name, 'favorito').waitFor();
  await filter(ana, 'Favoritos').click();
  await expect.poll(() => list(ana).getByRole('link').count()).toBe(1);
  await filter(ana, 'Favoritos').click();

  const { id } = (await (await account.as('ana')).get('/api/v1/tickets?tab=serving&favourite=true')).ok<{ data: { id: number }[] }>().data[0] ?? { id: 0 };
  (await (await account.as('ana')).post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Resolvido'] })).ok();
  await ana.getByText('encerrado em', { exact: false }).first().waitFor();
  await ana.getByRole('main').getByRole('button', { name: 'Mais ações' }).click();
  await ana.getByRole('menuitem', { name: 'Reabrir' }).click();
  await field(ana).waitFor();
  await log(ana).getByText(/Você reabriu/).waitFor();
});

it('who leads peeks without a trace in the conversation, on a phone too', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await served(ana, rita.name);
  const olga = await aScreen(account, 'olga', '/atendimentos?tab=serving');
  foresee(olga, /\/take\b/);
  await row(olga, rita.name).click({ button: 'right' });
  await olga.getByRole('menuitem', { name: 'Espiar' }).click();
  await notice(olga, /Espiando/).waitFor();
  await accessible(olga, 'peeking');
  await olga.setViewportSize(HAND);
  await notice(olga, /Espiando/).getByRole('button', { name: 'Parar de espiar' }).click();
  await list(olga).waitFor();
});

it('tags are kept in the settings', async () => {
  const olga = await aScreen(account, 'olga', '/configuracoes/etiquetas');
  await olga.getByRole('button', { name: 'Nova etiqueta' }).click();
  const form = dialog(olga, 'Nova etiqueta');
  await form.getByLabel('Nome').fill('Boleto');
  await accessible(olga, 'a new tag');
  await form.getByRole('button', { name: 'Salvar' }).click();
  await olga.getByRole('list', { name: 'Etiquetas' }).getByText('Boleto').waitFor();
  await olga.getByLabel('Novo tipo').fill('Dúvida');
  await olga.getByRole('button', { name: 'Adicionar' }).click();
  await olga.getByRole('textbox', { name: 'Nome do tipo Dúvida' }).waitFor();
  await accessible(olga, 'tags and types');
});

it('several rows are chosen and acted on together, and it is taken back', async () => {
  const people = [await whatsapp.customer(), await whatsapp.customer(), await whatsapp.customer()];
  for (const one of people) await one.say('Oi');
  const olga = await aScreen(account, 'olga', '/atendimentos?tab=waiting');
  const [first, , last] = people.map(({ name }) => row(olga, name));
  await row(olga, people[1]?.name ?? '').waitFor();
  await last?.click({ modifiers: ['Control'] });
  await first?.click({ modifiers: ['Shift'] });
  const bar = olga.getByRole('toolbar', { name: 'Ações em massa' });
  await bar.getByText(/selecionados$/).waitFor();
  await accessible(olga, 'rows chosen', [DESK]);
  await bar.getByRole('button', { name: 'Adiar' }).click();
  const form = dialog(olga, 'Adiar');
  await form.getByLabel('Até quando').click();
  await olga.getByRole('option', { name: /Daqui a 1 hora/ }).click();
  await accessible(olga, 'snoozing many', [DESK]);
  await form.getByRole('button', { name: 'Adiar' }).click();
  const said = notice(olga, /\d feitos/);
  await said.waitFor();
  await row(olga, people[0]?.name ?? '').waitFor({ state: 'detached' });
  await said.getByRole('button', { name: 'Desfazer' }).click();
  await notice(olga, /\d desfeitos/).waitFor();
  await row(olga, people[0]?.name ?? '').waitFor();
});
