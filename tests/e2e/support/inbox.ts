/** The inbox as people find their way in it: by the roles and the words on screen. */
import type { Locator, Page } from 'playwright-core';

export type Tab = 'Atendendo' | 'Aguardando' | 'Bot' | 'Encerrados';

export const list = (page: Page): Locator => page.getByRole('list', { name: 'Lista de atendimentos' });

/** A row says the name first, then the rest. */
export const row = (page: Page, name: string, ...says: string[]): Locator =>
  says.reduce(
    (found, words) => found.and(page.getByRole('link', { name: words })),
    list(page).getByRole('link', { name: new RegExp(`^${name},`) }),
  );

/** Visitors without a name are told apart by what they said. */
export const rowSaying = (page: Page, words: string): Locator => list(page).getByRole('link', { name: `última: ${words}` });

export const tab = (page: Page, name: Tab): Locator =>
  page.getByRole('navigation', { name: 'Situação' }).getByRole('link', { name });

/** A tab that says how many are in it. */
export const tabWith = (page: Page, name: Tab, count: number): Locator =>
  page.getByRole('navigation', { name: 'Situação' }).getByRole('link', { name: new RegExp(`^${name} ?${count}$`) });

export const log = (page: Page): Locator => page.getByRole('log', { name: 'Mensagens' });

export const said = (page: Page, text: string | RegExp): Locator => log(page).getByText(text, { exact: true });

/** The bubble around some words. */
export const bubble = (page: Page, text: string): Locator =>
  log(page).locator('[data-look]').filter({ hasText: text });

export const title = (page: Page, name: string): Locator => page.getByRole('main').getByRole('heading', { level: 2, name });

export const field = (page: Page): Locator => page.getByRole('textbox', { name: /^Mensagem para|^Sussurro para/ });

export const head = (page: Page, act: 'Assumir' | 'Transferir' | 'Encerrar'): Locator =>
  page.getByRole('main').locator('header').getByRole('button', { name: act });

/** What is said in passing (status) or cannot be missed (alert). */
export const notice = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('status').or(page.getByRole('alert')).filter({ hasText: text }).last();

/** Opens a row and waits for the conversation. */
export async function open(page: Page, name: string): Promise<void> {
  await row(page, name).click();
  await title(page, name).waitFor();
  await log(page).waitFor();
}

/** Writes and sends. The message leaves when its seconds of grace are over. */
export async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.getByRole('button', { name: /^(Enviar|Sussurrar)$/ }).click();
}
