/** A voice note from the microphone to the customer's phone; the microphone is Chromium's own, which beeps. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { serving } from '../http/support/desk.ts';
import { soundOf } from '../http/support/files.ts';
import { house } from '../http/support/house.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { bubble, field, head, log, write } from './support/inbox.ts';
import { aPage, aScreen, DESK, HAND, inTheWholeBrowser, PHONE } from './support/screens.ts';
import { aVisitor, aWebchat, bubble as opener, chat, tell } from './support/webchat.ts';

inTheWholeBrowser();

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

const HEARING = { permissions: ['microphone'] };

async function inConversation(options = {}): Promise<{ rita: Customer; page: Page }> {
  const rita = await whatsapp.customer();
  const ana = await account.as('ana');
  const { id } = await serving(ana, rita);
  const page = await aScreen(account, 'ana', `/atendimentos/${id}?tab=serving`, options);
  await field(page).waitFor();
  return { rita, page };
}

const recorder = (page: Page) => page.getByRole('group', { name: 'Gravação de áudio' });
const press = (page: Page, name: string): Promise<void> => recorder(page).getByRole('button', { name, exact: true }).click();
/** The clock, once something is on the tape. */
const running = (page: Page): Promise<void> =>
  recorder(page).getByRole('timer', { name: 'Tempo gravado' }).getByText(/^0:(0[1-9]|[1-5]\d)$/).waitFor();

it('is recorded by keyboard, paused, heard, taken back, sent, and on the phone as voice', async () => {
  const { rita, page } = await inConversation(HEARING);
  await field(page).fill('um rascunho que espera');
  await page.getByRole('button', { name: 'Gravar áudio' }).focus();
  await page.keyboard.press('Enter');
  await running(page);
  await accessible(page, 'a recording', [DESK, HAND]);
  await press(page, 'Pausar');
  await recorder(page).getByText('em pausa', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Contatos', exact: true }).click();
  const asks = page.getByRole('dialog', { name: 'Sair desta conversa?' });
  await accessible(page, 'leaving a recording');
  await asks.getByRole('button', { name: 'Ficar' }).click();
  await asks.waitFor({ state: 'detached' });
  await press(page, 'Continuar gravando');
  await recorder(page).getByRole('button', { name: 'Pausar' }).waitFor();
  await recorder(page).getByRole('button', { name: 'Parar e ouvir' }).focus();
  await page.keyboard.press('Enter');

  await recorder(page).getByRole('button', { name: 'Ouvir', exact: true }).click();
  await recorder(page).getByRole('button', { name: 'Pausar', exact: true }).waitFor();
  await accessible(page, 'a recording before it is sent', [DESK, HAND]);
  await press(page, 'Enviar');
  await page.getByRole('status').getByRole('button', { name: 'Desfazer' }).click();
  await recorder(page).getByRole('slider', { name: 'Posição do áudio' }).waitFor();
  expect(await rita.received(0)).toEqual([]);

  await press(page, 'Enviar');
  await expect.poll(() => field(page).inputValue()).toBe('um rascunho que espera');
  const [note] = await rita.received();
  expect(note).toMatchObject({ type: 'audio', content: { voice: true } });
  const bytes = Buffer.from(await (await fetch(`${house.lab}/lab/api/media/${String(note?.content['id'])}`)).arrayBuffer());
  expect(soundOf(bytes)).toMatchObject({ codec: 'opus', channels: 1 });
  expect(soundOf(bytes).seconds).toBeGreaterThan(0.9);

  const sent = log(page).locator('[data-look=out]');
  await sent.getByText('entregue', { exact: true }).waitFor({ state: 'attached' });
  await sent.getByRole('button', { name: 'Ouvir', exact: true }).click();
  await sent.getByRole('button', { name: 'Pausar', exact: true }).waitFor();

  const phone = await aPage();
  await phone.goto(`${house.lab}/?pessoa=${rita.id}&numero=${whatsapp.number}`);
  await phone.getByRole('group', { name: 'mensagem de voz' }).getByRole('button', { name: 'Ouvir' }).waitFor();
});

it('is discarded without a trace, and recorded with a finger', async () => {
  const { page } = await inConversation({ ...PHONE, ...HEARING });
  await page.getByRole('button', { name: 'Gravar áudio' }).tap();
  await running(page);
  await accessible(page, 'a recording on a phone');
  await recorder(page).getByRole('button', { name: 'Descartar gravação' }).tap();
  await field(page).waitFor();
  expect(await log(page).locator('[data-look=out]').count()).toBe(0);
});

it('without leave for the microphone says what to do, and gives the text back', async () => {
  const { page } = await inConversation({ permissions: [] });
  await page.getByRole('button', { name: 'Gravar áudio' }).click();
  await page.getByRole('alert').getByText('O navegador não liberou o microfone.').waitFor();
  await accessible(page, 'a microphone that is refused', [DESK, HAND]);
  await page.getByRole('button', { name: 'Voltar ao texto' }).click();
  await expect.poll(() => field(page).evaluate((one) => one === document.activeElement)).toBe(true);
});

it('plays on the site of whoever hears it', async () => {
  const channel = await aWebchat(account);
  const visitor = await aVisitor(channel);
  await opener(visitor).click();
  await tell(visitor, 'Como reinicio o roteador?');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting', HEARING);
  await ana.getByRole('list', { name: 'Lista de atendimentos' }).getByRole('link', { name: 'última: Como reinicio o roteador?' }).click();
  await head(ana, 'Assumir').click();
  await ana.getByRole('button', { name: 'Gravar áudio' }).click();
  await running(ana);
  await press(ana, 'Enviar');
  const sound = chat(visitor).locator('audio');
  await sound.waitFor();
  await expect.poll(() => sound.evaluate(async (one) => {
    const audio = one as HTMLAudioElement;
    await audio.play().catch(() => undefined);
    return audio.currentTime;
  })).toBeGreaterThan(0);
});

it('words on the site are changed and taken back; the visitor follows, and who may sees what they were', async () => {
  const channel = await aWebchat(account);
  const visitor = await aVisitor(channel);
  await opener(visitor).click();
  await tell(visitor, 'Até quando pago?');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await ana.getByRole('list', { name: 'Lista de atendimentos' }).getByRole('link', { name: 'última: Até quando pago?' }).click();
  await head(ana, 'Assumir').click();
  await write(ana, 'Até dia 10');
  await write(ana, 'A senha é 1234');
  await chat(visitor).getByText('A senha é 1234').waitFor();

  const acts = (text: string) => bubble(ana, text).getByRole('button', { name: 'Ações da mensagem' });
  await bubble(ana, 'Até dia 10').hover();
  await acts('Até dia 10').click();
  await ana.getByRole('menuitem', { name: 'Editar…' }).click();
  const dialog = ana.getByRole('dialog', { name: 'Editar mensagem' });
  await dialog.getByRole('textbox', { name: 'Mensagem' }).fill('Até dia 20');
  await accessible(ana, 'changing a message', [DESK, HAND]);
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await chat(visitor).getByText('Até dia 20').waitFor();
  await chat(visitor).getByText('editada').waitFor();
  await bubble(ana, 'Até dia 20').getByText('editada').waitFor();

  await bubble(ana, 'A senha é 1234').hover();
  await acts('A senha é 1234').click();
  await ana.getByRole('menuitem', { name: 'Apagar para todos' }).click();
  await ana.getByRole('dialog', { name: 'Apagar mensagem' }).getByRole('button', { name: 'Apagar para todos' }).click();
  await chat(visitor).getByText('Mensagem apagada.').waitFor();
  expect(await chat(visitor).getByText('1234').count()).toBe(0);
  await log(ana).getByText('Mensagem apagada por quem escreveu.').waitFor();
  await visitor.reload();
  await chat(visitor).getByText('Mensagem apagada.').waitFor();
  await chat(visitor).getByText('Até dia 20').waitFor();
  await accessible(visitor, 'a chat with what was changed', [DESK, HAND]);

  const olga = await aScreen(account, 'olga', new URL(ana.url()).pathname);
  await log(olga).getByText('Mensagem apagada por quem escreveu.').hover();
  await bubble(olga, 'Mensagem apagada').getByRole('button', { name: 'Ações da mensagem' }).click();
  await olga.getByRole('menuitem', { name: 'Ver o que dizia' }).click();
  const past = olga.getByRole('dialog', { name: 'O que a mensagem dizia' });
  await past.getByText('A senha é 1234').waitFor();
  await accessible(olga, 'what a message said before', [DESK, HAND]);
});
