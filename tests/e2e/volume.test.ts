/** A queue of three hundred and a history of two thousand: both scroll, neither jumps, both are searched. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { list, log, open, row, said, title } from './support/inbox.ts';
import { aScreen, DESK, PHONE } from './support/screens.ts';
import { longThread, manyTickets } from './support/volume.ts';

const QUEUE = 300;
const HISTORY = 2000;
const TOLERANCE_PX = 2;

let account: Account;
let whatsapp: Whatsapp;
let other: Whatsapp;
let rita: Customer;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  other = await aWhatsapp(account);
  const ids = await manyTickets(account, whatsapp.id, QUEUE);
  await longThread(account, ids[0] ?? 0, HISTORY);
  rita = await other.customer({ name: 'Ágata Conceição' });
  await rita.say('Oi');
});

const searchbox = (page: Page) => page.getByRole('searchbox', { name: 'Buscar atendimentos' });

it('finds by a name without its accents, by protocol and by phone, and says when there is nobody', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await searchbox(page).fill('agata conce');
  await row(page, 'Ágata Conceição').waitFor();
  await expect.poll(() => list(page).getByRole('link').count()).toBe(1);
  await searchbox(page).fill('20261101-0042');
  await row(page, 'Fila 042').waitFor();
  await searchbox(page).fill(rita.wa_id?.slice(-8) ?? '');
  await row(page, 'Ágata Conceição').waitFor();
  await searchbox(page).fill('ninguém com este nome');
  await page.getByText('Nada encontrado para “ninguém com este nome”.').waitFor();
  await accessible(page, 'a search without a result', [DESK]);
  await page.getByRole('button', { name: 'Limpar filtros' }).click();
  await row(page, 'Fila 001').waitFor();
  expect(await searchbox(page).inputValue()).toBe('');
});

it('filters by channel and order, and the address knows', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await row(page, 'Fila 001').waitFor();
  await page.getByRole('button', { name: 'Canal' }).click();
  await page.getByRole('menu').getByText(other.channel.name).waitFor();
    await page.getByRole('menu').getByText(other.channel.name).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => list(page).getByRole('link').count()).toBe(1);
  expect(page.url()).toContain('channels');
  await page.reload();
  await row(page, 'Ágata Conceição').waitFor();
  expect(await list(page).getByRole('link').count()).toBe(1);
  await page.getByRole('button', { name: other.channel.name }).click();
  await page.getByRole('menu').getByText('Todos os canais').click();
  await page.keyboard.press('Escape');
  await row(page, 'Fila 001').waitFor();
  await page.getByRole('button', { name: 'Ordem da lista' }).click();
  await page.getByRole('menu').getByText('Esperando há mais tempo primeiro').click();
  await row(page, `Fila ${QUEUE}`).waitFor();
  expect(page.url()).toContain('order=oldest');
});

it('the whole queue comes by scrolling, and whoever opens a ticket finds the list where it was', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await row(page, 'Fila 001').waitFor();
  await list(page).hover();
  await expect.poll(async () => {
    await page.mouse.wheel(0, 3000);
    return row(page, `Fila ${QUEUE}`).count();
  }, { timeout: 30_000 }).toBe(1);
  const rows = await list(page).getByRole('link').count();
  expect(rows).toBeLessThan(40); // what is not on screen is not drawn

  await page.mouse.wheel(0, -4000);
  const top = (): Promise<number> => list(page).evaluate((one) => one.scrollTop);
  await expect.poll(() => row(page, 'Fila 240').count()).toBe(1);
  const link = list(page).getByRole('link').nth(Math.floor(rows / 2));
  const name = (await link.getAttribute('aria-label'))?.split(',')[0] ?? '';
  const before = await top();
  await open(page, name);
  expect(Math.abs(await top() - before)).toBeLessThanOrEqual(84); // at most the one row it was half hidden by
  const [other_rita, offset] = [await other.customer(), await top()];
  await other_rita.say('sou nova');
  await page.getByRole('button', { name: '1 novo' }).waitFor();
  expect(await top()).toBe(offset);
  await title(page, name).waitFor();
});

/** The first message whose top is on screen: its words and where they stand. */
const anchor = (page: Page): Promise<{ text: string; top: number }> =>
  log(page).evaluate((scroller) => {
    const frame = scroller.getBoundingClientRect();
    for (const one of scroller.querySelectorAll('[data-index]')) {
      const text = /linha \d+/.exec(one.textContent ?? '')?.[0];
      const { top } = one.getBoundingClientRect();
      if (text !== undefined && top >= frame.top + 40) return { text, top };
    }
    throw new Error('no message on screen');
  });

/**
 * Scrolls by hand while pages come, and watches the message in the middle: how far it was thrown, in px. A step that
 * met the arrival of a page may be swallowed; then the message stands where it stood, and nobody is thrown.
 */
async function scrollAndWatch(page: Page, by: number): Promise<number> {
  return log(page).evaluate(async (scroller, step) => {
    const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
    const all = (): Map<string, number> => new Map(
      [...scroller.querySelectorAll('[data-index]')].flatMap((one) => {
        const text = /linha \d+/.exec(one.textContent ?? '')?.[0];
        return text === undefined ? [] : [[text, one.getBoundingClientRect().top] as const];
      }),
    );
    let worst = 0;
    for (let turn = 0; turn < 40; turn++) {
      const before = all();
      const from = scroller.scrollTop;
      scroller.scrollTop = from + step;
      const asked = scroller.scrollTop - from;
      for (let rest = 0; rest < 3; rest++) await frame();
      const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 2;
      const kept = [...all()].filter(([text]) => before.has(text)).sort((a, b) => Math.abs(a[1] - middle) - Math.abs(b[1] - middle))[0];
      if (kept === undefined) continue;
      const moved = kept[1] - (before.get(kept[0]) ?? 0);
      worst = Math.max(worst, Math.min(Math.abs(moved + asked), Math.abs(moved)));
    }
    return worst;
  }, by);
}

it('two thousand messages scroll up and down, and what one reads never jumps', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, 'Fila 001');
  await log(page).getByText(`linha ${HISTORY}`).first().waitFor();
  await expect.poll(() => log(page).evaluate((one) => Math.round(one.scrollHeight - one.clientHeight - one.scrollTop))).toBeLessThanOrEqual(TOLERANCE_PX);

  expect(await scrollAndWatch(page, -120)).toBeLessThanOrEqual(TOLERANCE_PX);
  expect(await scrollAndWatch(page, -400)).toBeLessThanOrEqual(TOLERANCE_PX);
  const far = await anchor(page);
  expect(Number(far.text.slice(6))).toBeLessThan(HISTORY - 60);
  expect(await scrollAndWatch(page, 200)).toBeLessThanOrEqual(TOLERANCE_PX);
  expect(await log(page).locator('[data-index]').count()).toBeLessThan(60);

  await page.getByRole('button', { name: 'Ir para a última' }).click();
  await log(page).getByText(`linha ${HISTORY}`).first().waitFor();
});

/** A network with this much delay. */
async function slowly(page: Page, latency: number): Promise<void> {
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 });
}

/**
 * A fling: the thread runs against its top faster than pages come, and rests there. What was the first message on
 * screen when a page was asked for is followed until it stands still again: how far it was thrown, in px.
 */
async function flingToTop(page: Page): Promise<{ thrown: number; at: number }> {
  return log(page).evaluate(async (scroller) => {
    const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
    const lines = (): Map<string, number> => new Map(
      [...scroller.querySelectorAll('[data-index]')].flatMap((one) => {
        const text = /linha \d+/.exec(one.textContent ?? '')?.[0];
        const { top, bottom } = one.getBoundingClientRect();
        const box = scroller.getBoundingClientRect();
        return text === undefined || bottom < box.top || top > box.bottom ? [] : [[text, top] as const];
      }),
    );
    const numberOf = (text: string | undefined): number => Number(text?.slice(6));
    let thrown = 0;
    for (let speed = 900; speed > 4; speed *= 0.9) {
      scroller.scrollTop -= speed;
      await frame();
    }
    /* The hand is off: whatever comes in now, what is on screen stays where it is. */
    let before = lines();
    for (let turn = 0; turn < 120; turn++) {
      await frame();
      const after = lines();
      const kept = [...before].filter(([text]) => after.has(text));
      if (kept.length === 0) return { thrown: 9999, at: numberOf([...after.keys()][0]) };
      thrown = Math.max(thrown, ...kept.map(([text, top]) => Math.abs((after.get(text) ?? 0) - top)));
      before = after;
    }
    return { thrown, at: numberOf([...before.keys()][0]) };
  });
}

it('a fling to the top holds its place while older pages come', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting', PHONE);
  await row(page, 'Fila 001').click();
  await log(page).getByText(`linha ${HISTORY}`).first().waitFor();
  await slowly(page, 150);
  let last = HISTORY;
  for (let turn = 0; turn < 6; turn++) {
    const { thrown, at } = await flingToTop(page);
    expect(thrown, `fling ${turn}, at ${at}`).toBeLessThanOrEqual(TOLERANCE_PX);
    expect(at).toBeLessThan(last);
    last = at;
  }
});

it('a message in the middle of the history opens by its address, and both ways lead on from there', async () => {
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, 'Fila 001');
  await page.goto(`${page.url().split('?')[0]}?tab=waiting&at=1000`);
  await log(page).getByText(/^linha 1000\b/).waitFor();
  expect(await said(page, `linha ${HISTORY}`).count()).toBe(0);
  await log(page).hover();
  await expect.poll(async () => {
    await page.mouse.wheel(0, -300);
    return Number((await anchor(page)).text.slice(6));
  }, { timeout: 30_000 }).toBeLessThan(900);
  await expect.poll(async () => {
    await page.mouse.wheel(0, 300);
    return Number((await anchor(page)).text.slice(6));
  }, { timeout: 30_000 }).toBeGreaterThan(1030);
  /* What came in below is counted as new until one has been at the end. */
  await page.getByRole('button', { name: /Ir para a última|novas mensagens/ }).click();
  await log(page).getByText(`linha ${HISTORY}`).first().waitFor();
});
