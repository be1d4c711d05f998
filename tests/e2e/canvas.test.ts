/** A bot is drawn with the mouse: cards are pulled out of one another, moved, taken back, copied and looked for. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Browser } from '../http/support/browser.ts';
import { aFlow, type Document, draftOf, type Flow, greeting } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { notice } from './support/inbox.ts';
import { aScreen, HAND, PHONE } from './support/screens.ts';

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

type Placed = { id: string; type: string; position: { x: number; y: number } };
type Line = { from: string; outlet: string; to: string };

const options = [{ id: 'boleto', label: 'Boleto' }, { id: 'suporte', label: 'Suporte' }];
const asking = (): Document => greeting(account, {
  key: 'quadro', name: 'Com quadro', start: 'oi',
  cards: [
    { id: 'oi', type: 'send_message', v: 1, name: 'Boas-vindas', position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Olá!' } },
    { id: 'menu', type: 'question', v: 1, name: 'Assunto', position: { x: 320, y: 0 }, settings: { expect: 'choice', text: 'Como posso ajudar?', options } },
    { id: 'fim', type: 'finish', v: 1, name: 'Tchau', position: { x: 640, y: 320 }, settings: { reason: `reason:${account.reasons['Resolvido']}` } },
  ],
  connectors: [{ from: 'oi', outlet: 'next', to: 'menu' }, { from: 'menu', outlet: 'opt:boleto', to: 'fim' }],
});

const card = (page: Page, name: string): Locator => page.getByRole('group', { name: new RegExp(`^${name}, `) });
const way = (page: Page, said: string): Locator => page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Saída ${said} de` }) });
const dot = (page: Page, said: string): Locator => way(page, said).locator('[data-handleid]');
const saved = (page: Page): Promise<void> => page.getByText(/^salvo /).waitFor();

const middleOf = async (of: Locator): Promise<{ x: number; y: number }> => {
  const { x, y, width, height } = (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
};

/** Pressed here, let go there, as a hand does it: in steps. */
const drag = async (page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
};

const kept = async (flow: Flow): Promise<{ cards: Placed[]; connectors: Line[] }> => (await draftOf(rafael, flow)).document as never;
const placeOf = async (flow: Flow, id: string): Promise<{ x: number; y: number } | undefined> => (await kept(flow)).cards.find((one) => one.id === id)?.position;

it('cards are pulled out of ways, joined, moved and taken back, copied into another flow, and looked for', async () => {
  const flow = await aFlow(rafael, asking());
  const other = await aFlow(rafael, greeting(account));
  const page = await aScreen(account, 'rafael', `/fluxos/${flow.id}`);
  await card(page, 'Boas-vindas').waitFor();
  await accessible(page, 'a flow on its board');

  /* A line that is let go over nothing asks for the card that it leads to. */
  const loose = await middleOf(dot(page, 'Suporte'));
  await drag(page, loose, { x: loose.x + 160, y: loose.y - 40 });
  await page.getByRole('region', { name: 'Novo card' }).getByRole('button', { name: /^Transferir/ }).click();
  await page.getByRole('region', { name: 'Transferir', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await card(page, 'Transferir').waitFor();
  await page.getByRole('button', { name: 'Saída Suporte de Assunto, leva a: Transferir' }).waitFor();

  /* Anywhere on a card is its door; a way that leads somewhere else already is asked about. */
  await drag(page, await middleOf(dot(page, 'sem resposta')), await middleOf(card(page, 'Tchau')));
  await page.getByRole('button', { name: 'Saída sem resposta de Assunto, leva a: Tchau' }).waitFor();
  await drag(page, await middleOf(dot(page, 'sem resposta')), await middleOf(card(page, 'Transferir')));
  await page.getByRole('dialog').getByRole('button', { name: 'Trocar' }).click();
  await page.getByRole('button', { name: 'Saída sem resposta de Assunto, leva a: Transferir' }).waitFor();

  /* A drag is one step, on the grid, and is taken back as one. */
  await expect.poll(async () => (await kept(flow)).connectors.length).toBe(4);
  const before = await placeOf(flow, 'fim');
  const from = await middleOf(card(page, 'Tchau'));
  await drag(page, from, { x: from.x - 120, y: from.y + 70 });
  await expect.poll(() => placeOf(flow, 'fim')).not.toEqual(before);
  const after = await placeOf(flow, 'fim');
  expect([(after?.x ?? 1) % 16, (after?.y ?? 1) % 16]).toEqual([0, 0].map((zero) => expect.closeTo(zero)));
  await page.keyboard.press('Control+z');
  await expect.poll(() => placeOf(flow, 'fim')).toEqual(before);

  await page.getByRole('button', { name: 'Ver tudo' }).click();
  /* From card to card by arrows; what is selected moves instead. */
  await card(page, 'Boas-vindas').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => card(page, 'Assunto').evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await page.getByRole('status').filter({ hasText: '1 selecionado' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => placeOf(flow, 'menu')).toEqual({ x: 320, y: 16 });

  /* Typed and sent off at once: faster than the list marks its first line. */
  for (const name of ['Tchau', 'Assunto', 'Tchau', 'Assunto', 'Tchau']) {
    await page.keyboard.press('Control+f');
    await page.keyboard.insertText(name.toLowerCase());
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(new RegExp(`^${name}, `));
  }

  /* A box around two, a copy, another flow. */
  const [upper, lower] = [await card(page, 'Boas-vindas').boundingBox(), await card(page, 'Assunto').boundingBox()];
  await page.keyboard.down('Shift');
  await drag(page, { x: (upper?.x ?? 0) - 12, y: (upper?.y ?? 0) - 12 }, { x: (lower?.x ?? 0) + 40, y: (lower?.y ?? 0) + 100 });
  await page.keyboard.up('Shift');
  await page.getByRole('status').filter({ hasText: '2 selecionados' }).waitFor();
  await page.keyboard.press('Control+c');
  await notice(page, '2 cards copiados.').waitFor();
  await saved(page);
  await page.getByRole('button', { name: 'Voltar aos fluxos' }).click();
  await page.getByRole('link', { name: /^Saudação/ }).click();
  await page.getByRole('group', { name: /^Enviar mensagem, / }).waitFor();
  await page.keyboard.press('Control+v');
  await card(page, 'Assunto').waitFor();
  await expect.poll(async () => (await kept(other)).cards.length).toBe(4);
  const copied = await kept(other);
  expect(copied.cards.some(({ id }) => id === 'menu')).toBe(false);
  expect(copied.connectors).toHaveLength(2);

  /* The list has the same cards, and is how it is shown from now on. */
  await page.getByText('Lista', { exact: true }).click();
  await page.getByRole('link', { name: /Assunto/ }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: /Assunto/ }).waitFor();
  await page.getByText('Quadro', { exact: true }).click();
  await page.setViewportSize(HAND);
  await accessible(page, 'a board on a phone', [HAND]);
});

it('whoever comes by a card’s address on a phone finds the beginning of the flow behind its sheet', async () => {
  const flow = await aFlow(rafael, { ...asking(), key: 'de-longe', name: 'De longe' });
  const page = await aScreen(account, 'rafael', '/fluxos', PHONE);
  await page.evaluate(() => localStorage.setItem('balcao.flow_view', '"board"'));
  await page.goto(new URL(`/fluxos/${flow.id}/cards/fim`, page.url()).href);
  await page.getByRole('textbox', { name: 'Nome do card' }).waitFor();
  await page.getByRole('region', { name: 'Tchau' }).getByRole('button', { name: 'Fechar' }).tap();
  await card(page, 'Boas-vindas').waitFor();
  const pane = page.getByRole('region', { name: 'Cards do fluxo' });
  await expect.poll(async () => {
    const [of, within] = [await card(page, 'Boas-vindas').boundingBox(), await pane.boundingBox()];
    return of !== null && within !== null && of.y >= within.y && of.y + of.height <= within.y + within.height;
  }).toBe(true);
});
