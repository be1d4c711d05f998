/** What makes the counter comfortable: the first steps, keys of one's own, density, when to come back, and nothing lost at the door. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { serving } from '../http/support/desk.ts';
import { origin } from '../http/support/house.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, list, row, title, write } from './support/inbox.ts';
import { aScreen, PHONE } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
});

const steps = (page: Page) => page.getByRole('region', { name: 'Primeiros passos' });

it('whoever keeps the settings of a new account sees what is missing, goes there, and puts the list away', async () => {
  const page = await aScreen(account, 'rafael', '/atendimentos?tab=serving');
  await steps(page).getByText('2 de 6').waitFor();
  await accessible(page, 'the first steps');
  await steps(page).getByRole('link', { name: 'Conectar um canal' }).click();
  await page.getByRole('link', { name: 'Conectar o primeiro canal' }).waitFor();
  await accessible(page, 'no channel yet');
  whatsapp = await aWhatsapp(account);
  await page.goto(`${origin}/atendimentos?tab=serving`);
  await steps(page).getByText('3 de 6').waitFor();
  await steps(page).getByRole('link', { name: 'Conectar um canal (feito)' }).waitFor();

  const phone = await aScreen(account, 'rafael', '/atendimentos?tab=serving', PHONE);
  await steps(phone).getByText('3 de 6').waitFor();
  await accessible(phone, 'the first steps in a hand');
  await steps(phone).getByRole('button', { name: 'Não mostrar mais' }).click();
  await steps(phone).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('Escolha um atendimento ao lado.').waitFor();
  expect(await steps(page).count()).toBe(0);
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  await ana.getByText('Escolha um atendimento ao lado.').waitFor();
  expect(await steps(ana).count()).toBe(0);
});

it('an empty list says what it is for and leads on', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  await page.getByText('Os que estão com você aparecem aqui.').waitFor();
  await page.getByRole('link', { name: 'Ver a fila' }).click();
  await page.getByText('Quem escreve espera aqui até alguém assumir.').waitFor();
  await accessible(page, 'an empty queue');
});

const keyOf = (page: Page, action: string) => page.getByRole('button', { name: new RegExp(`^${action}: .*Mudar$`) });

it('a key is changed, holds at once in another tab, is refused where it would not do, and goes back', async () => {
  const customer = await whatsapp.customer();
  const { id } = await serving(await account.as('ana'), customer);
  const page = await aScreen(account, 'ana', '/perfil/atalhos');
  await page.getByRole('heading', { level: 1, name: 'Atalhos do teclado' }).waitFor();
  await accessible(page, 'the keys');
  const other = await page.context().newPage();
  await other.goto(`${origin}/atendimentos/${id}?tab=serving`);
  await title(other, customer.name).waitFor();

  await keyOf(page, 'Transferir').click();
  await page.getByText('Pressione a tecla…').waitFor();
  await page.keyboard.press('e');
  await page.getByRole('alert').filter({ hasText: 'Esta tecla já é de Encerrar (E).' }).waitFor();
  await accessible(page, 'a key that is taken');
  await keyOf(page, 'Transferir').click();
  await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Dead' })));
  await page.getByRole('alert').filter({ hasText: 'tecla de acento' }).waitFor();
  await keyOf(page, 'Transferir').click();
  await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?', modifierAltGraph: true })));
  await page.getByRole('alert').filter({ hasText: 'AltGr' }).waitFor();

  await keyOf(page, 'Transferir').click();
  await page.keyboard.press('q');
  await page.getByRole('status').filter({ hasText: 'Atalho salvo.' }).waitFor();
  await page.getByRole('button', { name: 'Transferir: Q. Mudar' }).waitFor();

  await other.bringToFront();
  await other.keyboard.press('t');
  await other.keyboard.press('q');
  await other.getByRole('dialog', { name: /Transferir/ }).waitFor();
  await other.keyboard.press('Escape');
  await other.getByRole('dialog').waitFor({ state: 'hidden' });
  await other.keyboard.press('?');
  await other.getByRole('dialog', { name: 'Atalhos do teclado' }).getByRole('listitem').filter({ hasText: /^TransferirQ$/ }).waitFor();

  const elsewhere = await aScreen(account, 'ana', '/perfil/atalhos');
  await elsewhere.getByRole('button', { name: 'Transferir: Q. Mudar' }).waitFor();
  await keyOf(elsewhere, 'Ir para os atendimentos').click();
  await elsewhere.keyboard.press('g');
  await elsewhere.keyboard.press('a');
  await elsewhere.getByRole('button', { name: 'Ir para os atendimentos: G A. Mudar' }).waitFor();
  await elsewhere.getByRole('button', { name: 'Voltar ao original: Transferir' }).click();
  await elsewhere.getByRole('button', { name: 'Transferir: T. Mudar' }).waitFor();
  await elsewhere.getByRole('button', { name: 'Voltar tudo ao original' }).click();
  await elsewhere.getByRole('button', { name: 'Ir para os atendimentos: G I. Mudar' }).waitFor();
  await elsewhere.reload();
  await elsewhere.getByRole('button', { name: 'Ir para os atendimentos: G I. Mudar' }).waitFor();
});

it('an act chosen in the palette is done, whatever its key is', async () => {
  const customer = await whatsapp.customer();
  const { id } = await serving(await account.as('ana'), customer);
  const page = await aScreen(account, 'ana', `/atendimentos/${id}?tab=serving`);
  await field(page).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Transferir');
  await page.getByRole('dialog').getByRole('button', { name: /^Transferir/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /^Transferir/ }).waitFor();
});

const heightOf = async (page: Page, name: string): Promise<number> => (await row(page, name).boundingBox())?.height ?? 0;

it('rows and messages come closer, at once, in every tab, and never under a finger', async () => {
  const customer = await whatsapp.customer();
  const { id } = await serving(await account.as('ana'), customer);
  const page = await aScreen(account, 'ana', `/atendimentos/${id}?tab=serving`);
  await row(page, customer.name).waitFor();
  expect(await heightOf(page, customer.name)).toBe(84);
  const other = await page.context().newPage();
  await other.goto(`${origin}/atendimentos?tab=serving`);
  await row(other, customer.name).waitFor();

  await page.getByRole('button', { name: 'Minha conta' }).first().click();
  await page.getByText('Compacta', { exact: true }).click();
  await expect.poll(() => heightOf(page, customer.name)).toBe(56);
  await expect.poll(() => heightOf(other, customer.name)).toBe(56);
  await page.keyboard.press('Escape');
  await accessible(page, 'a compact inbox');
  expect(await list(page).evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);

  const phone = await aScreen(account, 'ana', '/atendimentos?tab=serving', PHONE);
  await row(phone, customer.name).waitFor();
  expect(await heightOf(phone, customer.name)).toBe(84);
  await (await account.as('ana')).patch('/api/v1/session/preferences', { density: 'comfortable' });
});

it('a ticket sleeps until its department opens', async () => {
  const olga = await account.as('olga');
  const customer = await whatsapp.customer();
  const ticket = await serving(await account.as('ana'), customer);
  const tomorrow = new Date(Date.now() + 21 * 3_600_000); // of São Paulo
  const { periods } = (await olga.post('/api/v1/hours/periods', {
    name: 'Só amanhã', keeps_holidays: false, exceptions: [], week: [{ day: tomorrow.getUTCDay(), from_min: 510, until_min: 1080 }],
  })).ok<{ periods: { id: number }[] }>(201);
  (await olga.put('/api/v1/hours/followers', { departments: [{ id: ticket.department_id, period_id: periods.at(-1)?.id }] })).ok();
  const page = await aScreen(account, 'ana', `/atendimentos/${ticket.id}?tab=serving`);
  await field(page).waitFor();
  await title(page, customer.name).click();
  await page.keyboard.press('s');
  await page.getByRole('button', { name: /Na próxima abertura.*08:30/ }).waitFor();
  await accessible(page, 'when to come back');
  await page.getByRole('button', { name: /Na próxima abertura/ }).click();
  await page.getByText(/^Adiado até .*08:30/).waitFor();
});

it('who signs out with something unsent is asked first', async () => {
  const customer = await whatsapp.customer();
  const { id } = await serving(await account.as('ana'), customer);
  const page = await aScreen(account, 'ana', `/atendimentos/${id}?tab=serving`);
  foresee(page, /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|\/live\b/);
  await field(page).waitFor();
  await page.getByRole('button', { name: 'Minha conta' }).first().click();
  await page.getByText('Sair', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.context().setOffline(true);
  await write(page, 'ainda vai');
  await page.getByRole('button', { name: 'Minha conta' }).first().click();
  await page.getByRole('button', { name: 'Sair' }).click();
  await page.getByText('Uma mensagem ainda não foi enviada.').waitFor();
  await page.getByRole('button', { name: 'Ficar' }).click();
  const out = page.getByRole('button', { name: 'Sair' });
  await expect.poll(() => out.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.context().setOffline(false);
  expect(await customer.texts(1)).toEqual(['ainda vai']);
  await bubble(page, 'ainda vai').waitFor();
  await out.click();
  await page.getByRole('button', { name: 'Entrar' }).waitFor();
});

it('the internal chat shows who is there, in words too', async () => {
  const ana = await aScreen(account, 'ana', '/chat');
  const colleague = ana.getByRole('list', { name: 'Falar com' }).getByRole('button', { name: /Bruno de Teste/ });
  await colleague.getByText('Offline').waitFor();
  const bruno = await aScreen(account, 'bruno', '/chat');
  await bruno.getByRole('heading', { level: 1, name: 'Chat interno' }).waitFor();
  (await (await account.as('bruno')).put('/api/v1/me/presence', { chosen: 'available' })).ok();
  await colleague.getByText('Online').waitFor();
  await accessible(ana, 'colleagues and their state');
  (await (await account.as('bruno')).put('/api/v1/me/presence', { chosen: 'away' })).ok();
  await colleague.getByText('Ausente').waitFor();
});
