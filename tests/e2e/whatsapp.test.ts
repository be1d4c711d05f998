/** What pays the bills: a customer writes, somebody answers, the customer has it in the hand. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { bubble, field, head, log, notice, open, row, said, tab, tabWith, title, write } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;
/** A number that says nothing by itself. */
let quiet: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  quiet = await aWhatsapp(account);
  whatsapp = await aWhatsapp(account, { welcome_text: 'Olá, {{contact.first_name}}! Seu protocolo é {{ticket.protocol}}.' });
});

it('a customer writes and is there, counted; what comes later waits behind a pill', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await page.getByText('Fila vazia. Bom trabalho.').waitFor();
  await accessible(page, 'the empty queue');

  const rita = await quiet.customer();
  await rita.say('Minha internet caiu');
  await row(page, rita.name, '1 não lida', 'Suporte', 'última: Minha internet caiu').waitFor();
  await tabWith(page, 'Aguardando', 1).waitFor();

  const [bento, dora] = [await quiet.customer({ name: 'Bento Sá' }), await quiet.customer({ name: 'Dora Luz' })];
  await bento.say('Oi');
  await dora.say('Olá');
  await tabWith(page, 'Aguardando', 3).waitFor();
  const pill = page.getByRole('button', { name: '2 novos' });
  await pill.waitFor();
  expect(await row(page, 'Bento Sá').count()).toBe(0);
  await pill.click();
  await row(page, 'Bento Sá').waitFor();
  await row(page, 'Dora Luz').waitFor();
  await pill.waitFor({ state: 'detached' });
});

it('the customer hears the protocol, the agent takes, answers, and the ticks go on to read', async () => {
  const rita = await whatsapp.customer();
  await rita.say('A fatura veio em dobro');
  const [welcome] = await rita.texts(1);
  const page = await aScreen(account, 'camila', '/atendimentos?tab=waiting', { isNew: true });
  await open(page, rita.name);
  const protocol = /protocolo é (\S+)\.$/.exec(welcome ?? '')?.[1] ?? 'none';
  expect(welcome).toContain('Olá, Rita!');
  await page.getByRole('button', { name: `Copiar protocolo ${protocol}` }).waitFor();
  await page.getByText(`${rita.name.split(' ')[0]} está na fila. Assuma para responder.`).waitFor();
  await accessible(page, 'a conversation that waits');

  await head(page, 'Assumir').click();
  await notice(page, 'Você assumiu este atendimento.').waitFor();
  await tabWith(page, 'Atendendo', 1).waitFor();
  await write(page, 'Já vejo isso para você.');
  await page.getByText(/Enviando em \d s/).waitFor();
  await accessible(page, 'a message that can be taken back');
  await bubble(page, 'Já vejo isso').getByText('entregue').waitFor({ state: 'attached' });
  expect(await rita.texts(2)).toContain('Já vejo isso para você.');
  await rita.read();
  await bubble(page, 'Já vejo isso').getByText('lida', { exact: true }).waitFor({ state: 'attached' });
  await page.getByText('Enter envia ou quebra linha?').waitFor();
  await accessible(page, 'a conversation with a question about Enter');
  await page.getByRole('button', { name: 'Enter quebra linha' }).click();
  await page.getByText('Ctrl+Enter envia').waitFor();
  await field(page).press('Enter');
  await field(page).press('x');
  expect(await field(page).inputValue()).toBe('\nx');
});

it('what is sent by mistake comes back to the field, and never leaves', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  await rita.received(1);
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await write(page, 'isto era para outra pessoa');
  await page.getByRole('button', { name: 'Desfazer' }).click();
  expect(await field(page).inputValue()).toBe('isto era para outra pessoa');
  await write(page, 'Pronto!');
  await rita.received(2);
  expect(await rita.texts(0)).not.toContain('isto era para outra pessoa');
  await said(page, 'isto era para outra pessoa').waitFor({ state: 'detached' });
});

it('a whisper is amber, says who sees it, and never reaches the phone', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Posso pagar na sexta?');
  await rita.received(1);
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await page.getByRole('tab', { name: 'Sussurro' }).click();
  await page.getByPlaceholder('Só a equipe vai ver').waitFor();
  await accessible(page, 'the composer that whispers');
  const composer = await page.getByRole('form', { name: 'Sussurro' }).evaluate((form) => getComputedStyle(form).backgroundColor);
  await write(page, 'Cliente antiga, pode');
  const whisper = bubble(page, 'Cliente antiga, pode');
  await whisper.getByText('Sussurro · só a equipe vê').waitFor();
  const colours = [composer, await whisper.locator('> :first-child').evaluate((one) => getComputedStyle(one).backgroundColor)];
  for (const colour of colours) {
    const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
    expect(red > green && green > blue, `${colour} is amber`).toBe(true);
  }
  await page.getByRole('tab', { name: 'Responder' }).click();
  await write(page, 'Pode sim');
  await rita.received(2);
  expect(await rita.texts(0)).not.toContain('Cliente antiga, pode');
});

it('goes to a department with a note, to a person, and each has it live', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Quero outro plano');
  await rita.received(1);
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  const bruno = await aScreen(account, 'bruno');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await said(page, 'Quero outro plano').waitFor();

  await head(page, 'Transferir').click();
  const dialog = page.getByRole('dialog', { name: 'Transferir atendimento' });
  await dialog.getByRole('searchbox').waitFor();
  await accessible(page, 'the dialog of transfers');
  await dialog.getByRole('searchbox').fill('antigo');
  expect(await dialog.getByRole('radio', { name: /Antigo/ }).isDisabled()).toBe(true);
  await dialog.getByRole('searchbox').fill('SUPÓRTE');
  await dialog.getByRole('radio', { name: /^Suporte/ }).waitFor();
  await dialog.getByRole('searchbox').fill('');
  await dialog.getByRole('radio', { name: /^Vendas/ }).click();
  await dialog.getByLabel('Nota para quem vai atender').fill('Quer 500 mega');
  await dialog.getByLabel('Mensagem ao cliente').fill('Vou passar você para Vendas.');
  await dialog.getByRole('button', { name: 'Transferir' }).click();
  await notice(page, 'Transferido para Vendas.').waitFor();
  await dialog.waitFor({ state: 'detached' });
  expect(await rita.texts(2)).toContain('Vou passar você para Vendas.');
  await log(page).getByText(/Você transferiu para Vendas/).waitFor();
  await log(page).getByText('Quer 500 mega').waitFor();
  expect(await rita.texts(0)).not.toContain('Quer 500 mega');

  await head(page, 'Assumir').click();
  await head(page, 'Transferir').click();
  await dialog.getByRole('searchbox').fill('bruno');
  await dialog.getByRole('searchbox').press('Enter');
  await notice(page, 'Transferido para Bruno de Teste.').waitFor();
  await log(page).getByText(/Você transferiu para Bruno de Teste/).waitFor();
  await bruno.getByRole('button', { name: '1 novo' }).click();
  await open(bruno, rita.name);
  await write(bruno, 'Aqui é o Bruno');
  expect(await rita.texts(3)).toContain('Aqui é o Bruno');
});

it('closes with a reason and a goodbye that can be taken back; the closed one is found in its tab', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Era só isso, obrigada');
  await rita.received(1);
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await notice(page, 'Você assumiu').waitFor();

  await head(page, 'Encerrar').click();
  const dialog = page.getByRole('dialog', { name: 'Encerrar atendimento' });
  await dialog.getByRole('button', { name: 'Encerrar' }).click();
  await dialog.getByText('Escolha um motivo para encerrar.').waitFor();
  await accessible(page, 'the dialog of closing, with its fault');
  const reason = dialog.getByRole('combobox', { name: 'Motivo' }).or(dialog.getByRole('textbox', { name: 'Motivo' }));
  await reason.fill('resol');
  await page.getByRole('option', { name: 'Resolvido' }).click();
  const goodbye = dialog.getByLabel('Mensagem de encerramento');
  expect(await goodbye.inputValue()).toContain(`Até logo, ${rita.name}! Protocolo `);
  await goodbye.fill('Até logo, Rita! Bom descanso.');
  await dialog.getByRole('button', { name: 'Encerrar' }).click();
  await notice(page, 'Atendimento encerrado.').getByRole('button', { name: 'Desfazer' }).click();
  await notice(page, 'Atendimento encerrado.').waitFor({ state: 'detached' });
  await field(page).waitFor();

  await head(page, 'Encerrar').click();
  await reason.fill('resol');
  await page.getByRole('option', { name: 'Resolvido' }).click();
  await goodbye.fill('Até logo, Rita! Bom descanso.');
  await dialog.getByRole('button', { name: 'Encerrar' }).click();
  await page.getByText('Escolha um atendimento ao lado.').waitFor();
  expect(await rita.texts(2)).toContain('Até logo, Rita! Bom descanso.');

  await tab(page, 'Encerrados').click();
  await open(page, rita.name);
  await log(page).getByText(/Você encerrou · Resolvido/).waitFor();
  await page.getByText('Este atendimento foi encerrado. Uma nova mensagem do cliente abre outro.').waitFor();
  expect(await field(page).count()).toBe(0);
  await accessible(page, 'a closed conversation');

  await rita.say('Só mais uma coisa');
  await rita.received(3);
  await tab(page, 'Aguardando').click();
  await page.reload();
  await row(page, rita.name).waitFor();
  await title(page, rita.name).waitFor();
});
