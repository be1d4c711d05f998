/** A visitor in front of somebody's site with our webchat on it. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';

import type { Account } from '../../http/support/account.ts';
import type { Schemas } from '../../http/support/answer.ts';
import { house } from '../../http/support/house.ts';
import { writeSecrets } from '../../http/support/secrets.ts';
import { aPage } from './screens.ts';

type Settings = Schemas['ChannelSettings'];

/** Signs visitors with the key that the lab's site signs with. */
export async function aWebchat(account: Account, settings: Settings = {}): Promise<Schemas['Channel']> {
  const { webchat } = JSON.parse(readFileSync(`${house.var}/lab/numbers.json`, 'utf8')) as { webchat: { identity_key: string } };
  const rafael = await account.as('rafael');
  const { id } = (
    await rafael.post('/api/v1/channels', {
      kind: 'webchat',
      name: `Site ${randomBytes(3).toString('hex')}`,
      department_id: account.departments['Suporte'],
      settings: { greeting: 'Olá! Como podemos ajudar?', ...settings },
    })
  ).ok<Schemas['Channel']>(201);
  return writeSecrets(rafael, id, { identity_key: webchat.identity_key });
}

export async function aVisitor(channel: Schemas['Channel'], query = '', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await aPage(options);
  await page.goto(siteOf(channel, query));
  await bubble(page).waitFor();
  return page;
}

export const siteOf = (channel: Schemas['Channel'], query = ''): string => `${house.lab}/site.html?channel=${channel.public_key}${query}`;

export const bubble = (page: Page): Locator => page.getByRole('button', { name: /^Abrir conversa/ });
export const panel = (page: Page): Locator => page.getByRole('dialog');
export const chat = (page: Page): Locator => page.getByRole('log', { name: 'Mensagens' });
export const chatField = (page: Page): Locator => page.getByRole('textbox', { name: 'Escreva sua mensagem' });

/** Open it may be already: it stays as it was left. */
export async function openChat(page: Page): Promise<void> {
  await bubble(page).or(panel(page)).first().waitFor();
  if (await panel(page).count() === 0) await bubble(page).click();
  await panel(page).waitFor();
}

/** The balloon around some words. */
export const balloon = (page: Page, text: string): Locator => chat(page).locator('.row').filter({ hasText: text });

export async function tell(page: Page, text: string): Promise<void> {
  await chatField(page).fill(text);
  await chatField(page).press('Enter');
}
