/** What is half written waits for its writer, wherever they sit down next. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { field, head, open, row, tab, write } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

it('a draft survives a reload and another browser, and the list shows it', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await tab(page, 'Atendendo').click();
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/draft'));
  await field(page).fill('Passamos aí amanhã');
  expect((await kept).ok()).toBe(true);
  await row(page, rita.name, 'rascunho: Passamos aí amanhã').waitFor();

  await page.reload();
  await field(page).waitFor();
  await expect.poll(() => field(page).inputValue()).toBe('Passamos aí amanhã');

  const home = await aScreen(account, 'ana');
  await row(home, rita.name, 'rascunho: Passamos aí amanhã').waitFor();
  await open(home, rita.name);
  await expect.poll(() => field(home).inputValue()).toBe('Passamos aí amanhã');
  await home.getByRole('button', { name: 'Enviar' }).click();
  await rita.received(1);
  await page.reload();
  await field(page).waitFor();
  expect(await field(page).inputValue()).toBe('');
});

it('reply and whisper have each their own draft, and so has each conversation', async () => {
  const [rita, dora] = [await whatsapp.customer(), await whatsapp.customer({ name: 'Dora Luz' })];
  await rita.say('Oi');
  await dora.say('Olá');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await field(page).fill('para a Rita');
  await page.getByRole('tab', { name: 'Sussurro' }).click();
  await expect.poll(() => field(page).inputValue()).toBe('');
  await field(page).fill('para a equipe');
  await open(page, 'Dora Luz');
  await head(page, 'Assumir').click();
  await field(page).waitFor();
  expect(await field(page).inputValue()).toBe('');
  await write(page, 'Olá, Dora');
  await tab(page, 'Atendendo').click();
  await open(page, rita.name);
  await expect.poll(() => field(page).inputValue()).toBe('para a Rita');
  await page.getByRole('tab', { name: 'Sussurro' }).click();
  await expect.poll(() => field(page).inputValue()).toBe('para a equipe');
  expect(await dora.texts(1)).toEqual(['Olá, Dora']);
});
