/** Hours: a week is written by hand, copied, saved; who follows it; what a holiday does; what a transfer says of who is closed. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { head, notice, open } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

it('the counter of 08:00 to 18:36 is written, followed and tried', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/horarios');
  await page.getByText('Sem nenhum horário, tudo fica sempre aberto.').waitFor();
  await accessible(page, 'no hours yet');
  await page.getByRole('link', { name: 'Novo', exact: true }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Balcão');
  const end = page.getByLabel('Segunda-feira: fim da faixa 1');
  await end.fill('18:36');
  await page.getByRole('button', { name: 'Segunda-feira: copiar para outros dias' }).click();
  await page.getByRole('menuitem', { name: 'Segunda a sexta' }).click();
  await page.getByRole('button', { name: 'Sábado: adicionar faixa' }).click();
  await page.getByLabel('Sábado: fim da faixa 1').fill('12:00');
  await page.getByRole('img', { name: /Sexta-feira: 08:00–18:36\. Sábado: 08:00–12:00\. Domingo: Fechado/ }).waitFor();
  await page.getByRole('button', { name: 'Domingo: adicionar faixa' }).click();
  await page.getByLabel('Domingo: início da faixa 1').fill('22:00');
  await page.getByLabel('Domingo: fim da faixa 1').fill('02:00');
  await page.getByText('Termina no dia seguinte').waitFor();
  await page.getByRole('button', { name: 'Domingo: remover a faixa 1' }).click();
  await accessible(page, 'a week');
  expect(await page.getByRole('combobox', { name: 'Onde', exact: true }).inputValue()).toContain('Horário Padrão de Brasília');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 2, name: 'Balcão' }).waitFor();
  await page.getByRole('main').getByText('Horário Padrão de Brasília', { exact: true }).waitFor();

  await page.getByRole('link', { name: /^Quem segue o quê/ }).click();
  const followers = page.getByRole('region', { name: 'Setores' });
  await followers.getByRole('combobox', { name: 'Vendas' }).or(followers.getByLabel('Vendas')).first().click();
  await page.getByRole('option', { name: 'Balcão' }).click();
  await accessible(page, 'who follows what');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Horários salvos.').waitFor();

  await page.getByRole('link', { name: 'Testar horários' }).click();
  await page.getByLabel('Quem', { exact: true }).first().click();
  await page.getByRole('option', { name: 'Vendas' }).click();
  await page.getByLabel('Data e hora no local').fill('2026-11-27T18:36');
  await page.getByRole('heading', { level: 3, name: 'Fechado' }).waitFor();
  await page.getByText('Abre amanhã, às 08:00.').waitFor();
  await page.getByRole('definition').getByText('Horário Padrão de Brasília').waitFor();
  await page.getByText('O setor, com o horário Balcão').waitFor();
  await page.getByLabel('Data e hora no local').fill('2026-12-25T10:00');
  await page.getByText('Feriado: Natal').waitFor();
  await accessible(page, 'a trial');
});

it('a holiday is switched, a city’s is typed, and the year shows both', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/feriados');
  const carnival = page.getByRole('switch', { name: /Segunda-feira de Carnaval/ });
  await carnival.waitFor();
  expect(await carnival.isChecked()).toBe(false);
  await carnival.check({ force: true });
  await page.getByRole('button', { name: 'Adicionar feriado' }).click();
  await page.getByLabel('Data do feriado 1', { exact: true }).fill('2026-08-25');
  await page.getByLabel('Nome do feriado 1', { exact: true }).fill('Aniversário da cidade');
  await accessible(page, 'the holidays');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Horários salvos.').waitFor();
  await page.reload();
  await carnival.waitFor();
  expect(await carnival.isChecked()).toBe(true);
  expect(await page.getByLabel('Nome do feriado 1', { exact: true }).inputValue()).toBe('Aniversário da cidade');
});

it('shifts are named on a phone', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/turnos');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Adicionar turno' }).click();
  await page.getByLabel('Nome do turno 1').fill('Manhã');
  await accessible(page, 'shifts');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Horários salvos.').waitFor();
});

it('who is closed says when it opens, and who writes then is told once', async () => {
  const rafael = await account.as('rafael');
  const never = (await rafael.post('/api/v1/hours/periods', { name: 'Fechado', keeps_holidays: false, week: [], exceptions: [] })).ok<{ periods: { id: number; name: string }[] }>(201);
  const period_id = never.periods.find(({ name }) => name === 'Fechado')?.id ?? 0;
  (await rafael.put('/api/v1/hours/followers', {
    account: { period_id: null, away_text: 'Agora estamos fechados. Sua mensagem fica na fila.' },
    departments: [{ id: account.departments['Suporte'], period_id }, { id: account.departments['Vendas'], period_id }],
  })).ok();
  const whatsapp = await aWhatsapp(account);
  const rita = await whatsapp.customer();
  await rita.say('Tem alguém aí?');
  expect(await rita.texts(1)).toContain('Agora estamos fechados. Sua mensagem fica na fila.');

  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await page.getByRole('button', { name: 'Fora do horário' }).click();
  await page.getByRole('link', { name: new RegExp(`${rita.name}.*fora do horário`) }).waitFor();
  await accessible(page, 'what came out of hours');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await head(page, 'Transferir').click();
  const dialog = page.getByRole('dialog', { name: 'Transferir atendimento' });
  await dialog.getByRole('radio', { name: /^Vendas/ }).click();
  await dialog.getByText('O setor Vendas está fechado. Deixar na fila mesmo assim?').waitFor();
  await accessible(page, 'a transfer to who is closed');
  await dialog.getByRole('button', { name: 'Deixar na fila' }).click();
  await notice(page, 'Transferido para Vendas.').waitFor();
});
