/** One person at two counters: from one account into the other without signing in again, and nothing of one shows in the other. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { aWhatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { row, tab } from './support/inbox.ts';
import { aScreen, DESK } from './support/screens.ts';

let mine: Account;
let other: Account;

beforeAll(async () => {
  [mine, other] = await Promise.all([anAccount(), anAccount()]);
  await sql(
    `INSERT INTO memberships (account_id, user_id, group_id, display_name)
     SELECT g.account_id, u.id, g.id, 'Ana na outra casa' FROM groups g, users u
      WHERE g.account_id = :account AND g.builtin = 'manager' AND u.email = :'email'`,
    { account: other.id, email: mine.email('ana') },
  );
  await sql("UPDATE groups SET scope = 'account' WHERE account_id = :account AND builtin = 'manager'", { account: other.id });
  await (await (await aWhatsapp(mine)).customer({ name: 'Rita Daqui' })).say('Oi');
  await (await (await aWhatsapp(other)).customer({ name: 'Bento Dali' })).say('Oi');
});

const me = (page: Page) => page.getByRole('navigation', { name: 'Principal' }).getByRole('button', { name: 'Minha conta' });
const choices = (page: Page) => page.getByRole('navigation', { name: 'Contas' });

async function queueOf(page: Page, somebody: string, stranger: string): Promise<void> {
  await tab(page, 'Aguardando').click();
  await row(page, somebody).waitFor();
  expect(await row(page, stranger).count()).toBe(0);
}

it('goes from one account to the other and back, and each address stays where it was', async () => {
  const page = await aScreen(mine, 'ana', `/atendimentos?conta=${mine.slug}`);
  await queueOf(page, 'Rita Daqui', 'Bento Dali');
  await me(page).click();
  expect(await choices(page).locator('[aria-current=true]').innerText()).toBe(`Casa ${mine.slug}`);
  await accessible(page, 'the choice of accounts', [DESK]);
  await choices(page).getByRole('link', { name: `Casa ${other.slug}` }).click();

  await queueOf(page, 'Bento Dali', 'Rita Daqui');
  expect(new URL(page.url()).searchParams.get('conta')).toBe(other.slug);
  await page.reload();
  await row(page, 'Bento Dali').waitFor();
  await me(page).click();
  await page.getByText(`Casa ${other.slug}`).first().waitFor();
  await page.keyboard.press('Escape');

  /* A second tab in the first account: neither pulls the other along. */
  const second = await page.context().newPage();
  await second.goto(`${new URL(page.url()).origin}/atendimentos?conta=${mine.slug}&tab=waiting`);
  await row(second, 'Rita Daqui').waitFor();
  expect(await row(second, 'Bento Dali').count()).toBe(0);
  await row(page, 'Bento Dali').waitFor();
});
