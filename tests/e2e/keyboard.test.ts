/** A whole shift without a mouse. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { PASSWORD } from '../http/support/browser.ts';
import { origin } from '../http/support/house.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, head, log, notice, row, tabWith, title } from './support/inbox.ts';
import { aPage, aScreen, DESK } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

const hasFocus = (one: Locator): Promise<boolean> => one.evaluate((element) => element === document.activeElement);

const focused = async (one: Locator): Promise<void> => {
  await one.waitFor();
  await expect.poll(() => hasFocus(one)).toBe(true);
};

/** Something around the focused thing tells it from its neighbours. */
const focusShows = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    for (let one: Element | null = document.activeElement; one !== null && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      const isRinged = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
      if (isRinged || style.boxShadow !== 'none') return true;
      if (one.matches('form, section, main')) break;
    }
    return false;
  });

it('enters, walks, answers, whispers, transfers and finds help by keys alone', async () => {
  const people = [await whatsapp.customer({ name: 'Primeira Pessoa' }), await whatsapp.customer({ name: 'Segunda Pessoa' }), await whatsapp.customer({ name: 'Terceira Pessoa' })];
  for (const person of people) await person.say('Oi');
  const page = await aPage();
  foresee(page, /\/api\/v1\/session\b/);
  await page.goto(`${origin}/atendimentos?tab=waiting`);
  await focused(page.getByLabel('E-mail'));
  await page.keyboard.type(account.email('ana'));
  await page.keyboard.press('Tab');
  expect(await focusShows(page)).toBe(true);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await tabWith(page, 'Aguardando', 3).waitFor();

  await row(page, 'Terceira Pessoa').waitFor();
  await page.keyboard.press('j');
  const opened = async (): Promise<string> => (await page.getByRole('main').getByRole('heading', { level: 2 }).first().textContent()) ?? '';
  await log(page).waitFor();
  const order = await page.getByRole('list', { name: 'Lista de atendimentos' }).getByRole('link').evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label')?.split(',')[0] ?? ''));
  expect(await opened()).toBe(order[0]);
  await page.keyboard.press('j');
  await title(page, order[1] ?? '').waitFor();
  await page.keyboard.press('j');
  await title(page, order[2] ?? '').waitFor();
  await page.keyboard.press('k');
  await title(page, order[1] ?? '').waitFor();
  const current = order[1] ?? '';
  const person = people.find(({ name }) => name === current);

  /* Every control of the conversation can be reached, and shows that it was. */
  await head(page, 'Assumir').focus();
  await page.keyboard.press('Enter');
  await notice(page, 'Você assumiu este atendimento.').waitFor();

  await page.locator('body').press('r');
  await focused(page.getByRole('textbox', { name: /^Mensagem para/ }));
  expect(await focusShows(page)).toBe(true);
  await page.keyboard.type('Bom dia, j k t e n ?');
  await page.keyboard.press('Control+Enter');
  await bubble(page, 'Bom dia, j k t e n ?').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => hasFocus(field(page))).toBe(false);

  await page.keyboard.press('n');
  await focused(page.getByRole('textbox', { name: 'Sussurro para a equipe' }));
  await page.keyboard.type('só entre nós');
  await page.keyboard.press('Control+Enter');
  await bubble(page, 'só entre nós').getByText('Sussurro').waitFor();
  await page.keyboard.press('Escape');

  await page.keyboard.press('t');
  const transfer = page.getByRole('dialog', { name: 'Transferir atendimento' });
  await focused(transfer.getByRole('searchbox'));
  await page.keyboard.press('Escape');
  await transfer.waitFor({ state: 'detached' });
  await title(page, current).waitFor(); // Esc closes what is in front, and nothing behind it

  await log(page).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Atalhos do teclado' });
  await sheet.getByText('Próximo atendimento (também ↓)').waitFor();
  await accessible(page, 'the sheet of keys', [DESK]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog').filter({ has: page.getByPlaceholder('Ir para, buscar pessoa ou protocolo, fazer…') });
  await focused(palette.getByPlaceholder('Ir para, buscar pessoa ou protocolo, fazer…'));
  await accessible(page, 'the palette', [DESK]);
  await page.keyboard.type('primeira');
  await palette.getByRole('button', { name: /Primeira Pessoa/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await title(page, 'Primeira Pessoa').waitFor();
  await palette.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  await palette.waitFor();
  await page.keyboard.type('encerrados');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).searchParams.get('tab')).toBe('closed');

  await page.keyboard.press('/');
  await focused(page.getByRole('searchbox', { name: 'Buscar atendimentos' }));
  await page.keyboard.press('Escape');
  expect(await person?.texts(1)).toEqual(['Bom dia, j k t e n ?']);
});

it('each dialog gives the focus back to what opened it, and holds it meanwhile', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await row(page, rita.name).focus();
  await page.keyboard.press('Enter');
  await title(page, rita.name).waitFor();

  for (const [opener, name] of [['Transferir', 'Transferir atendimento'], ['Encerrar', 'Encerrar atendimento']] as const) {
    const button = head(page, opener);
    await button.focus();
    expect(await focusShows(page)).toBe(true);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name });
    await dialog.waitFor();
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab');
      expect(await dialog.evaluate((one) => one.contains(document.activeElement) || document.activeElement?.closest('[role=listbox]') !== null)).toBe(true);
    }
    await dialog.getByRole('button', { name: 'Cancelar' }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await focused(button);
  }
});

it('the skip link and F6 walk the zones, and single keys can be turned off', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await page.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Pular para o conteúdo' });
  await focused(skip);
  expect(await skip.evaluate((one) => one.getBoundingClientRect().top >= 0)).toBe(true);
  await page.keyboard.press('Enter');
  await focused(page.locator('#content'));

  const zones = new Set<string>();
  for (let step = 0; step < 5; step++) {
    await page.keyboard.press('F6');
    zones.add(await page.evaluate(() => document.activeElement?.closest('[data-zone]')?.getAttribute('aria-label') ?? ''));
  }
  expect(zones.has('Lista de atendimentos')).toBe(true);
  expect(zones.has('Principal')).toBe(true);

  const me = page.getByRole('navigation', { name: 'Principal' }).getByRole('button', { name: 'Minha conta' });
  await me.click();
  await page.getByRole('switch', { name: 'Atalhos de uma tecla' }).press('Space');
  await page.keyboard.press('Escape');
  await focused(me);
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Ir para, buscar pessoa ou protocolo, fazer…').waitFor();
  expect(await page.getByRole('dialog', { name: 'Atalhos do teclado' }).count()).toBe(0);
});
