/** The composer beyond a plain reply: said later, an emoji on a message, a colleague named in a whisper. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, head, open, said } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

it('a message waits for its time above the composer, is changed there and sent now', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await field(page).fill('Até amanhã');
  await page.getByRole('button', { name: 'Agendar' }).click();
  const dialog = page.getByRole('dialog', { name: 'Agendar mensagem' });
  await dialog.getByRole('button', { name: 'Amanhã, 08:00' }).click();
  await accessible(page, 'a message being scheduled');
  await dialog.getByRole('button', { name: 'Agendar' }).click();
  const waiting = page.getByRole('list', { name: 'Mensagens agendadas' }).getByRole('listitem');
  await waiting.getByText('Até amanhã').waitFor();
  await waiting.getByText(/às 08:00$/).waitFor();
  expect(await field(page).inputValue()).toBe('');
  await accessible(page, 'a conversation with a scheduled message');

  await waiting.getByRole('button', { name: 'Mudar' }).click();
  const change = page.getByRole('dialog', { name: 'Mudar agendamento' });
  await change.getByLabel('Texto').fill('Até depois de amanhã');
  await change.getByRole('button', { name: 'Salvar' }).click();
  await waiting.getByText('Até depois de amanhã').waitFor();
  await waiting.getByRole('button', { name: 'Enviar agora' }).click();
  await said(page, 'Até depois de amanhã').waitFor();
  await waiting.waitFor({ state: 'detached' });
  expect(await rita.texts(1)).toEqual(['Até depois de amanhã']);
});

it('what could not go says so in the conversation', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await field(page).fill('Tarde demais');
  await page.getByRole('button', { name: 'Agendar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Agendar' }).click();
  const waiting = page.getByRole('list', { name: 'Mensagens agendadas' }).getByRole('listitem');
  await waiting.waitFor();
  /* The night passes, and with it the window. */
  await sql(
    `WITH s AS (SELECT account_id, id, ticket_id FROM scheduled_messages WHERE account_id = :'a' AND body = 'Tarde demais'),
          t AS (UPDATE tickets SET window_ends_at = now() FROM s WHERE tickets.account_id = s.account_id AND tickets.id = s.ticket_id)
     UPDATE lanes SET run_at = now() FROM jobs j, s WHERE j.kind = 'message.scheduled' AND j.subject_id = s.id AND lanes.queue = j.queue AND lanes.lane = j.lane`,
    { a: account.id },
  );
  await waiting.getByText('Não foi enviada.').waitFor();
  await waiting.getByText('A janela fechou.').or(waiting.getByText(/^A janela fechou/)).first().waitFor();
  await page.getByText('Uma mensagem agendada não foi enviada.').waitFor();
  await waiting.getByRole('button', { name: 'Descartar' }).click();
  await waiting.waitFor({ state: 'detached' });
});

it('an emoji goes on a message; a whisper names a colleague, who is let in when they cannot read', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Obrigada!');
  await sql("DELETE FROM department_members WHERE account_id = :'a' AND member_id = :'m'", { a: account.id, m: account.members.bruno });
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await bubble(page, 'Obrigada!').hover();
  await bubble(page, 'Obrigada!').getByRole('button', { name: 'Reagir' }).click();
  await page.getByRole('menuitem', { name: '❤️' }).click();
  await bubble(page, 'Obrigada!').getByRole('img', { name: /❤️/ }).waitFor();
  await whatsapp.calls(1, ({ request }) => JSON.stringify(request).includes('❤️'));

  await page.getByRole('tab', { name: 'Sussurro' }).click();
  await field(page).pressSequentially('@bru');
  await page.getByRole('listbox', { name: 'Mencionar colega' }).getByRole('option', { name: /Bruno/ }).waitFor();
  await accessible(page, 'colleagues to mention');
  await page.keyboard.press('Enter');
  await field(page).pressSequentially('veja isto');
  foresee(page, /\/tickets\/\d+\/messages\b/); // Bruno cannot read it yet
  await page.getByRole('button', { name: 'Sussurrar' }).click();
  await page.getByRole('button', { name: 'Dar acesso e enviar' }).click();
  await page.getByRole('button', { name: 'Dar acesso e enviar' }).waitFor({ state: 'detached' });
  const bruno = await aScreen(account, 'bruno', `/atendimentos?tab=serving`);
  await open(bruno, rita.name);
  await bruno.getByText('@Bruno de Teste veja isto').first().waitFor();
});
