/** Pictures, voices, papers, places: each is shown as what it is, and ours arrive as what they are. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { origin } from '../http/support/house.ts';
import { aPdf, aPng } from '../http/support/files.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { drop, paste, pick, slowUploads } from './support/files.ts';
import { bubble, field, head, log, open, said, write } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

/** Rita has written, and Ana has taken it. */
async function inConversation(): Promise<{ rita: Customer; page: Awaited<ReturnType<typeof aScreen>>; first: string }> {
  const rita = await whatsapp.customer();
  const first = await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await field(page).waitFor();
  return { rita, page, first };
}

it('a picture opens large, turns, zooms and closes', async () => {
  const { rita, page } = await inConversation();
  await rita.send({ type: 'image', image: { sample: true, caption: 'a luz está vermelha' } });
  await said(page, 'a luz está vermelha').waitFor();
  await rita.say('e aqui a outra');
  await rita.send({ type: 'image', image: { sample: true } });
  const pictures = log(page).getByRole('button', { name: /^Abrir / });
  await pictures.nth(1).waitFor();
  await expect.poll(() => pictures.first().locator('img').evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(480);

  await pictures.first().focus();
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog', { name: 'Imagens da conversa' });
  await viewer.getByText(/^1 de 2/).waitFor();
  await accessible(page, 'the viewer');
  await viewer.getByRole('button', { name: 'Próxima imagem' }).click();
  await viewer.getByText(/^2 de 2/).waitFor();
  const width = (): Promise<number> => viewer.locator('img').evaluate((one) => one.getBoundingClientRect().width);
  const before = await width();
  await viewer.getByRole('button', { name: 'Aumentar' }).click();
  await expect.poll(width).toBeGreaterThan(before);
  await viewer.getByRole('button', { name: 'Fechar' }).click();
  await viewer.waitFor({ state: 'detached' });
});

it('a voice plays and stops, and every part of its player has a name', async () => {
  const { rita, page } = await inConversation();
  await rita.send({ type: 'audio', audio: { sample: true, voice: true } });
  await log(page).getByRole('slider', { name: 'Posição do áudio' }).waitFor();
  await log(page).getByText('0:03').waitFor();
  await log(page).getByRole('button', { name: 'Velocidade 1 vezes, mudar' }).click();
  await log(page).getByRole('button', { name: 'Velocidade 1,5 vezes, mudar' }).waitFor();
  await log(page).getByRole('button', { name: 'Ouvir' }).click();
  await log(page).getByRole('button', { name: 'Pausar' }).waitFor();
  await expect.poll(async () => Number(await log(page).getByRole('slider').inputValue())).toBeGreaterThan(0);
  await log(page).getByRole('button', { name: 'Pausar' }).click();
  await log(page).getByRole('button', { name: 'Ouvir' }).waitFor();
});

it('a paper, a place, a person, a reaction, a quote, and a kind that nobody knows yet', async () => {
  const { rita, page, first } = await inConversation();
  await rita.send({ type: 'document', document: { sample: true, filename: 'nota fiscal de março.pdf' } });
  await rita.send({ type: 'location', location: { latitude: -27.1004, longitude: -52.6152, name: 'Casa', address: 'Rua das Araucárias, 120' } });
  await rita.send({ type: 'contacts', contacts: [{ name: { formatted_name: 'Bento Sá', first_name: 'Bento' }, phones: [{ phone: '+55 49 98841-2076', wa_id: '5549988412076' }] }] });
  await rita.say('sobre isto', { context: { id: first } });
  await rita.send({ type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }], unsupported: { type: 'poll' } });

  const paper = log(page).getByRole('link', { name: /nota fiscal de março\.pdf/ });
  await paper.waitFor();
  const bytes = await page.context().request.get(origin + (await paper.getAttribute('href') ?? ''));
  expect(bytes.status()).toBe(200);
  expect(bytes.headers()['content-disposition']).toContain(encodeURIComponent('nota fiscal de março.pdf'));
  expect((await bytes.body()).subarray(0, 5).toString()).toBe('%PDF-');

  const place = log(page).getByRole('link', { name: /Casa/ });
  await place.getByText('Rua das Araucárias, 120').waitFor();
  expect(await place.getAttribute('href')).toContain('mlat=-27.1004');
  await bubble(page, 'Bento Sá').getByText('8841-2076').waitFor();
  await bubble(page, 'sobre isto').getByRole('button', { name: /Cliente.*Oi/s }).waitFor();
  await log(page).getByText('Mensagem de um tipo que ainda não mostramos.').waitFor();

  await write(page, 'Recebi tudo');
  const [ours] = await rita.received(1);
  await rita.send({ type: 'reaction', reaction: { message_id: ours?.message_id, emoji: '👍' } });
  await log(page).getByRole('img', { name: 'Cliente reagiu com 👍' }).waitFor();
  await accessible(page, 'a conversation with every kind of message');
});

it('a customer deletes and edits what was written', async () => {
  const { rita, page } = await inConversation();
  const wrong = await rita.say('meu CPF é 111');
  const unclear = await rita.say('amanha as 9');
  await said(page, 'amanha as 9').waitFor();
  await rita.send({ type: 'revoke', revoke: { original_message_id: wrong } });
  await rita.send({ type: 'edit', edit: { original_message_id: unclear, message: { type: 'text', text: { body: 'amanhã às 9h' } } } });
  await log(page).getByText('Mensagem apagada por quem escreveu.').waitFor();
  await bubble(page, 'amanhã às 9h').getByText('editada').waitFor();
  expect(await log(page).getByText('111').count()).toBe(0);
});

it('files go by picker, drop and paste; one sees them going, and they arrive in order', async () => {
  const { rita, page } = await inConversation();
  const files = page.getByRole('list', { name: 'Arquivos para enviar' });

  const fast = await slowUploads(page, 20_000);
  await pick(page.getByRole('button', { name: 'Anexar' }), { name: 'contrato.pdf', mimeType: 'application/pdf', buffer: aPdf('x'.repeat(60_000)) });
  await files.getByRole('progressbar', { name: 'Enviando contrato.pdf' }).waitFor();
  expect(await page.getByRole('button', { name: 'Enviar' }).isDisabled()).toBe(true);
  await accessible(page, 'a file on its way');
  await fast();
  await files.getByText(/^Pronto/).waitFor();

  await drop(page.getByRole('form', { name: 'Responder' }), { name: 'recibo.pdf', mimeType: 'application/pdf', buffer: aPdf('recibo') });
  await paste(field(page), { name: 'tela.png', mimeType: 'image/png', buffer: aPng('tela') });
  await files.getByText(/^Pronto/).nth(2).waitFor();
  await files.getByRole('button', { name: 'Tirar recibo.pdf' }).click();
  await files.getByText('recibo.pdf').waitFor({ state: 'detached' });

  await page.getByPlaceholder('Legenda (opcional)').fill('Segue o contrato');
  await page.getByRole('button', { name: 'Enviar' }).click();
  const received = await rita.received(2);
  expect(received.map(({ type }) => type)).toEqual(['document', 'image']);
  expect(received[0]?.content).toMatchObject({ caption: 'Segue o contrato', filename: 'contrato.pdf' });
  await log(page).getByRole('link', { name: /contrato\.pdf/ }).waitFor();
  await log(page).getByRole('button', { name: 'Abrir tela.png' }).waitFor();
  expect(await log(page).getByText('recibo.pdf').count()).toBe(0);
});
