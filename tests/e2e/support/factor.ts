/** An authenticator in front of a screen: its secret read off, its digits typed, the codes on paper kept. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export async function digits(page: Page, code: string): Promise<void> {
  await page.getByLabel('Número 1 de 6').click();
  await page.keyboard.type(code);
}

export async function shownSecret(page: Page): Promise<string> {
  await page.getByAltText('Código QR para o aplicativo autenticador').waitFor();
  return (await page.locator('code').innerText()).replaceAll(' ', '');
}

/** The first of them. */
export async function keepCodes(page: Page): Promise<string> {
  const list = page.getByRole('list', { name: 'Códigos de reserva' });
  await list.waitFor();
  const codes = await list.getByRole('listitem').allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByLabel('Guardei os códigos').check({ force: true });
  await page.getByRole('button', { name: 'Continuar' }).click();
  return codes[0] ?? '';
}
