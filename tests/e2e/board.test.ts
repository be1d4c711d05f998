/** The board under other hands: a line is taken elsewhere, notes, a card of another type; and fingers on a tablet. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Browser } from '../http/support/browser.ts';
import { aFlow, type Document, draftOf, type Flow, greeting } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { aScreen, DESK } from './support/screens.ts';

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

type Place = { x: number; y: number };
type Kept = {
  cards: { id: string; type: string; position: Place; settings: Record<string, unknown> }[];
  connectors: { from: string; outlet: string; to: string }[];
  notes: { text: string; position: Place }[];
};

const asking = (): Document => greeting(account, {
  key: 'mesa', name: 'Com mesa', start: 'oi',
  cards: [
    { id: 'oi', type: 'send_message', v: 1, name: 'Boas-vindas', position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Olá!' } },
    { id: 'menu', type: 'question', v: 1, name: 'Assunto', position: { x: 320, y: 0 }, settings: {
      expect: 'choice', text: 'Como posso ajudar?', options: [{ id: 'boleto', label: 'Boleto' }, { id: 'suporte', label: 'Suporte' }],
    } },
    { id: 'fim', type: 'finish', v: 1, name: 'Tchau', position: { x: 640, y: 240 }, settings: { reason: `reason:${account.reasons['Resolvido']}` } },
  ],
  connectors: [{ from: 'oi', outlet: 'next', to: 'menu' }, { from: 'menu', outlet: 'opt:boleto', to: 'fim' }],
});

const kept = async (flow: Flow): Promise<Kept> => (await draftOf(rafael, flow)).document as never;
const leadsTo = async (flow: Flow, from: string, outlet: string): Promise<string | undefined> =>
  (await kept(flow)).connectors.find((one) => one.from === from && one.outlet === outlet)?.to;
const placeOf = async (flow: Flow, id: string): Promise<Place | undefined> => (await kept(flow)).cards.find((one) => one.id === id)?.position;

const card = (page: Page, name: string): Locator => page.getByRole('group', { name: new RegExp(`^${name}, `) });
const cornerOf = async (of: Locator): Promise<Place> => {
  const { x, y } = (await of.boundingBox()) ?? { x: 0, y: 0 };
  return { x: x + 16, y: y + 12 };
};

const drag = async (page: Page, from: Place, to: Place): Promise<void> => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
};

it('the end of a line is taken to another card, a note is written and moved', async () => {
  const flow = await aFlow(rafael, asking());
  const page = await aScreen(account, 'rafael', `/fluxos/${flow.id}`);
  await card(page, 'Boas-vindas').waitFor();

  /* Where the line of Boas-vindas comes into Assunto, a little before the card. */
  const { x, y } = await cornerOf(card(page, 'Assunto'));
  await drag(page, { x: x - 16 - 8, y: y - 12 + 22 }, await cornerOf(card(page, 'Tchau')));
  await expect.poll(() => leadsTo(flow, 'oi', 'next')).toBe('fim');
  await page.keyboard.press('Control+z');
  await expect.poll(() => leadsTo(flow, 'oi', 'next')).toBe('menu');

  await page.getByRole('button', { name: 'Nova nota' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Rever com o financeiro');
  await page.getByRole('dialog').getByRole('button', { name: 'Salvar' }).click();
  const note = page.getByRole('group', { name: 'Nota, Rever com o financeiro' });
  await note.waitFor();
  await expect.poll(async () => (await kept(flow)).notes.length).toBe(1);
  const [before] = (await kept(flow)).notes;
  const at = await cornerOf(note);
  await drag(page, at, { x: at.x + 64, y: at.y + 96 });
  await expect.poll(async () => (await kept(flow)).notes[0]?.position).not.toEqual(before?.position);
  await note.dblclick();
  await page.getByRole('dialog').getByRole('textbox').fill('Revista');
  await page.getByRole('dialog').getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('group', { name: /^Nota, Revista/ }).waitFor();
});

it('a selected card becomes another of its kind, once it is seen what goes with it', async () => {
  const flow = await aFlow(rafael, asking());
  const page = await aScreen(account, 'rafael', `/fluxos/${flow.id}`);
  const typeOf = async (): Promise<string | undefined> => (await kept(flow)).cards.find(({ id }) => id === 'menu')?.type;
  await card(page, 'Assunto').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Trocar tipo' }).click();
  const dialog = page.getByRole('dialog', { name: 'Trocar o tipo de “Assunto”' });
  await dialog.getByRole('button', { name: /^Enviar mensagem/ }).click();
  await dialog.getByText('Boleto, que leva a Tchau').waitFor();
  await accessible(page, 'what goes with a change of type', [DESK]);
  await dialog.getByRole('button', { name: 'Trocar tipo' }).click();
  await expect.poll(typeOf).toBe('send_message');
  expect((await kept(flow)).connectors).toEqual([{ from: 'oi', outlet: 'next', to: 'menu' }]);
  await page.keyboard.press('Control+z');
  await expect.poll(typeOf).toBe('question');
  expect(await leadsTo(flow, 'menu', 'opt:boleto')).toBe('fim');
});

/** Fingers, each at its place along the way. */
async function touch(page: Page, ...moves: Place[][]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const [first = []] = moves;
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: first });
  for (const touchPoints of moves.slice(1)) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}
const along = (from: Place, to: Place): Place[][] =>
  Array.from({ length: 9 }, (_, step) => [{ x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 }]);

it('on a tablet fingers pan, pinch, move and connect', async () => {
  const viewport = { width: 820, height: 1180 };
  const flow = await aFlow(rafael, asking());
  const page = await aScreen(account, 'rafael', `/fluxos/${flow.id}`, { viewport, hasTouch: true, isMobile: true });
  await card(page, 'Boas-vindas').waitFor();
  await accessible(page, 'a board on a tablet', [viewport]);
  const pane = (await page.locator('.react-flow__pane').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const free = { x: pane.x + pane.width * 0.6, y: pane.y + pane.height * 0.75 };

  const start = await cornerOf(card(page, 'Boas-vindas'));
  await touch(page, ...along(free, { x: free.x - 60, y: free.y - 80 }));
  await expect.poll(async () => (await cornerOf(card(page, 'Boas-vindas'))).y).toBeCloseTo(start.y - 80, -1);

  const widthOf = async (): Promise<number> => (await card(page, 'Boas-vindas').boundingBox())?.width ?? 0;
  const wide = await widthOf();
  await touch(page, ...[120, 100, 80, 60].map((half) => [{ x: free.x - half, y: free.y }, { x: free.x + half, y: free.y }]));
  await expect.poll(widthOf).toBeLessThan(wide * 0.8);
  await page.getByRole('button', { name: 'Ver tudo' }).tap();

  await expect.poll(widthOf).toBeGreaterThan(0);
  const from = await cornerOf(card(page, 'Tchau'));
  const before = await placeOf(flow, 'fim');
  await touch(page, ...along(from, { x: from.x - 40, y: from.y + 80 }));
  await expect.poll(() => placeOf(flow, 'fim')).not.toEqual(before);

  /* A way out is tapped at its word or at its dot, and then the card that it leads to. */
  await page.getByRole('button', { name: 'Saída Suporte de Assunto' }).tap();
  await page.getByRole('option', { name: 'Tchau', exact: true }).tap();
  await expect.poll(() => leadsTo(flow, 'menu', 'opt:suporte')).toBe('fim');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await card(page, 'Assunto').locator('[data-handleid="silent"]').tap();
  await page.getByRole('option', { name: 'Tchau', exact: true }).tap();
  await expect.poll(() => leadsTo(flow, 'menu', 'silent')).toBe('fim');
});
