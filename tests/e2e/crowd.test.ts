/** Much of everything: hundreds in each tab, names as long as they may be. Nothing overlaps, nothing is cut but words. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { head, list, log, row, tab, title } from './support/inbox.ts';
import { aScreen, DESK, HAND, PHONE } from './support/screens.ts';
import { manyTickets } from './support/volume.ts';

const LONG_NAME = `Maria ${'Aparecida do Nascimento '.repeat(4)}e Albuquerque Cavalcanti`.slice(0, 120);
const LONG_DEPARTMENT = 'Suporte especializado a provedores, redes e telefonia fixa X'.slice(0, 60);
const TABLET = { width: 800, height: 1000 };

let account: Account;
let whatsapp: Whatsapp;
let rita: Customer;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  await sql("UPDATE departments SET name = :'name' WHERE account_id = :'account' AND id = :'department'", {
    name: LONG_DEPARTMENT, account: account.id, department: account.departments['Suporte'] ?? 0,
  });
  await manyTickets(account, whatsapp.id, 360);
  await sql(`
    UPDATE tickets SET state = 'serving', controller = 'user', assignee_id = :'member', assigned_at = now()
     WHERE account_id = :'account' AND right(protocol, 4)::int <= 120;
    UPDATE tickets SET state = 'bot', controller = 'bot', queued_at = NULL
     WHERE account_id = :'account' AND right(protocol, 4)::int BETWEEN 121 AND 240`, { account: account.id, member: account.members.ana });
  rita = await whatsapp.customer({ name: LONG_NAME });
  await rita.say('palavra'.repeat(40));
});

const boxOf = (one: Locator): Promise<DOMRect> => one.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);

const scrollsSideways = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

it('tabs with hundreds in them keep apart and within the list, on every size and in both languages', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting', PHONE);
  await tab(page, 'Bot').getByText('99+').waitFor();
  for (const language of ['Português', 'English']) {
    for (const size of [HAND, { ...HAND, width: 360 }, TABLET, DESK]) {
      await page.setViewportSize(size);
      const tabs = await page.getByRole('navigation', { name: /^(Situação|State)$/ }).getByRole('link').all();
      expect(tabs).toHaveLength(4);
      const boxes = await Promise.all(tabs.map(boxOf));
      const edge = (await boxOf(page.getByRole('region', { name: /^(Lista de atendimentos|List of tickets)$/ }))).right;
      for (const [at, box] of boxes.entries()) {
        expect(box.right, `${language}, ${size.width} px, tab ${at}`).toBeLessThanOrEqual((boxes[at + 1]?.left ?? edge) - 3);
      }
    }
    await page.setViewportSize(HAND);
    if (language === 'English') break;
    await page.getByRole('button', { name: 'Minha conta' }).click();
    await page.getByText('English', { exact: true }).click();
    await page.getByRole('link', { name: /^Waiting/ }).waitFor();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'My account' }).click();
  await page.getByText('Português', { exact: true }).click();
  await page.getByRole('link', { name: /^Aguardando/ }).waitFor();
});

it('what is new has its own place beside the filters', async () => {
  for (const size of [DESK, HAND]) {
    const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting', { viewport: size });
    await list(page).getByRole('link').first().waitFor();
    await (await whatsapp.customer()).say('Oi');
    const pill = page.getByRole('button', { name: '1 novo' });
    await pill.waitFor();
    const under = await pill.evaluate((one) => {
      const { left, right, top, height } = one.getBoundingClientRect();
      return [left + 1, right - 1].flatMap((x) => document.elementsFromPoint(x, top + height / 2)).filter((hit) => hit !== one && hit.tagName === 'BUTTON').length;
    });
    expect(under).toBe(0);
    const last = page.getByRole('button', { name: 'Não lidos' });
    await last.scrollIntoViewIfNeeded();
    expect((await boxOf(last)).right).toBeLessThanOrEqual((await boxOf(pill)).left);
    await page.close();
  }
});

it('a name of a hundred and twenty letters stays on its line, and the sentence has it whole', async () => {
  for (const size of [DESK, TABLET, HAND]) {
    const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting', { viewport: size });
    await row(page, LONG_NAME).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    expect((await boxOf(row(page, LONG_NAME))).height).toBe(84);
    await row(page, LONG_NAME).click();
    await title(page, LONG_NAME).waitFor();
    await log(page).getByText('palavra').waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    const acts = size === HAND ? page.getByRole('button', { name: 'Mais ações' }) : head(page, 'Assumir');
    const box = await boxOf(acts);
    expect(box.right).toBeLessThanOrEqual(size.width);
    await accessible(page, 'a conversation with a long name', [size]);
    await page.close();
  }
});
