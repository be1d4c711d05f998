/** What people change of themselves: how they are seen, and the e-mail they come in with. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { PASSWORD } from '../http/support/browser.ts';
import { origin } from '../http/support/house.ts';
import { type Mail, nextMail } from '../http/support/mails.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { aPage, aScreen } from './support/screens.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

/** A picture larger than any avatar, twice as wide as high, drawn by the browser itself. */
async function aPicture(page: Page): Promise<Buffer> {
  const numbers = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1200, 600);
    const brush = canvas.getContext('2d');
    if (brush === null) throw new Error('no brush');
    brush.fillStyle = '#2c7a4b';
    brush.fillRect(0, 0, 1200, 600);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  });
  return Buffer.from(numbers);
}

const drawn = (page: Page, where: string): Promise<void> => page.waitForFunction((at) => (document.querySelector<HTMLImageElement>(at)?.naturalWidth ?? 0) > 0, where).then(() => undefined);

it('a photo is cut square, seen in the own menu and by colleagues, and taken away', async () => {
  const page = await aScreen(account, 'ana', '/perfil');
  const section = page.getByRole('region', { name: 'Foto' });
  await section.getByRole('button', { name: 'Escolher foto' }).waitFor();
  await accessible(page, 'the own profile');

  foresee(page, /\/api\/v1\/me\/photo/);
  await page.getByLabel('Arquivo da foto').setInputFiles({ name: 'eu.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await section.getByRole('alert').filter({ hasText: 'Escolha uma imagem PNG, JPEG ou WebP.' }).waitFor();
  await page.getByLabel('Arquivo da foto').setInputFiles({ name: 'eu.png', mimeType: 'image/png', buffer: await aPicture(page) });
  await section.getByRole('button', { name: 'Remover' }).waitFor();
  expect(await section.getByRole('alert').count()).toBe(0);
  await drawn(page, 'nav[aria-label="Principal"] img');
  expect(await section.locator('img').evaluate((one) => [(one as HTMLImageElement).naturalWidth, (one as HTMLImageElement).naturalHeight])).toEqual([512, 512]);
  await accessible(page, 'the own profile with a photo');
  await page.getByRole('navigation', { name: 'Principal' }).getByRole('button', { name: 'Minha conta' }).click();
  await page.getByText(account.email('ana')).last().waitFor();
  await accessible(page, 'the own menu with a photo', [{ width: 1440, height: 900 }]);
  await page.keyboard.press('Escape');

  const theirs = await aScreen(account, 'olga', '/configuracoes/usuarios');
  await theirs.getByRole('link', { name: /Ana de Teste/ }).waitFor();
  await drawn(theirs, 'a[href*="/usuarios/"] img');
  expect(await theirs.locator('a[href*="/usuarios/"] img').count()).toBe(1);

  await section.getByRole('button', { name: 'Remover' }).click();
  await section.getByRole('button', { name: 'Escolher foto' }).waitFor();
  expect(await page.locator('nav[aria-label="Principal"] img').count()).toBe(0);
});

async function follow(mail: Mail): Promise<Page> {
  const page = await aPage();
  foresee(page, /\/api\/v1\/(session|email-changes)/); // nobody is in here; a link that is over
  await page.goto(mail.links[0] ?? '');
  return page;
}

it('an e-mail is asked for, confirmed from the new address, and taken back from the old one', async () => {
  const [old, email] = [account.email('bruno'), `bruno@novo-${account.slug}.exemplo`];
  const page = await aScreen(account, 'bruno', '/perfil');
  foresee(page, /status of 40[13]/); // asked to show once more that it is them; later out
  const section = page.getByRole('region', { name: 'E-mail de acesso' });
  await section.getByText(`Você entra com ${old}.`).waitFor();
  await section.getByLabel('E-mail novo').fill(email);
  await section.getByRole('button', { name: 'Enviar link' }).click();
  const sure = page.getByRole('dialog', { name: 'Confirme que é você' });
  await sure.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await section.getByRole('status').filter({ hasText: `Se ${email} estiver livre` }).waitFor();
  await accessible(page, 'the own profile, a link on its way');

  const letter = await nextMail(email);
  const opened = await follow(letter);
  await opened.getByRole('heading', { level: 1, name: 'Confirmar e-mail' }).waitFor();
  expect(new URL(opened.url()).hash).toBe('');
  await accessible(opened, 'the link to a new e-mail');
  await opened.getByRole('button', { name: 'Confirmar' }).click();
  await opened.getByRole('heading', { level: 1, name: 'E-mail confirmado' }).waitFor();
  await accessible(opened, 'a new e-mail, confirmed');
  await opened.getByRole('link', { name: 'Ir para a entrada' }).click();
  await opened.getByLabel('E-mail').fill(email);
  await opened.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  await opened.getByRole('button', { name: 'Entrar' }).click();
  await opened.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
  /* Whoever was in elsewhere is told why not any more. */
  await page.getByText('Seu e-mail de acesso mudou. Entre com o novo.').waitFor();

  const again = await follow(letter);
  await again.getByRole('button', { name: 'Confirmar' }).click();
  await again.getByText('Este link já foi usado.').waitFor();
  await accessible(again, 'a link that was used');

  const warning = await nextMail(old);
  const back = await follow(await nextMail(old, warning));
  await back.getByRole('heading', { level: 1, name: 'Desfazer a troca de e-mail' }).waitFor();
  await accessible(back, 'the link that takes an e-mail back');
  await back.getByRole('button', { name: 'Desfazer' }).click();
  await back.getByRole('heading', { level: 1, name: 'Troca desfeita' }).waitFor();
  expect((await nextMail(old, await nextMail(old, warning))).links[0]).toContain(`${origin}/nova-senha#`);
});
