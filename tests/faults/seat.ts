/** Somebody at a browser of their own, behind a cable of their own, in one conversation. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';

import { aContext, signIn } from '../e2e/support/browsers.ts';
import { field, list, log } from '../e2e/support/inbox.ts';
import { house, origin } from '../http/support/house.ts';
import type { Customer } from '../http/support/whatsapp.ts';
import { Cable } from './cable.ts';
import type { Chance } from './random.ts';

/** What a screen shows, in words: the rows of the list and the end of the conversation. */
export type Shown = { rows: string[]; bubbles: string[] };

/** Moments pass while one looks: “agora” becomes “1 min”. */
const MOMENT = /\b(agora|há \d+ \w+|\d+ (s|min|h))\b/g;
const BUBBLES = 12;
/** Twenty browsers on a small machine: slow is not lost. */
const PATIENCE_MS = 60_000;

/** A row that is on screen keeps its place when its ticket moves: which ones there are counts, not their order. */
export async function shown(page: Page): Promise<Shown> {
  const rows = await list(page).getByRole('link').allInnerTexts();
  const bubbles = await log(page).locator('[data-look]').allInnerTexts();
  const plain = (text: string): string => text.replaceAll(MOMENT, '').replaceAll(/\s+/g, ' ').trim();
  return { rows: rows.map(plain).sort(), bubbles: bubbles.slice(-BUBBLES).map(plain) };
}

export class Seat {
  /** What was sent off with Enter, in order. */
  readonly written: string[] = [];
  cuts = 0;
  readonly email: string;
  readonly page: Page;
  readonly cable: Cable;
  readonly customer: Customer;

  static async take(browser: Browser, email: string, ticket: number, customer: Customer): Promise<Seat> {
    const cable = await Cable.to(new URL(house.url));
    const context = await aContext(browser, { proxy: { server: cable.proxy, bypass: '<-loopback>' } });
    const session = await signIn(context, email);
    (await session.patch('/api/v1/session/preferences', { enter_sends: true })).ok();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${origin}/atendimentos/${ticket}`);
    await log(page).waitFor();
    return new Seat(email, page, cable, customer);
  }

  private constructor(email: string, page: Page, cable: Cable, customer: Customer) {
    this.email = email;
    this.page = page;
    this.cable = cable;
    this.customer = customer;
  }

  async write(text: string): Promise<void> {
    await field(this.page).fill(text);
    await field(this.page).press('Enter');
    this.written.push(text);
  }

  /** One misfortune: the line dies, at times just after a question went out, and comes back. */
  async cut(random: Chance): Promise<void> {
    if (random.below(3) === 0) {
      this.cable.deafen();
      await pause(random.between(50, 1500));
    }
    this.cable.pull();
    await pause(random.between(200, 8000));
    this.cable.plug();
    this.cuts++;
  }

  /** Another browser of the same person, with a network that holds, at the same place. */
  async beside(browser: Browser): Promise<Page> {
    const context = await aContext(browser);
    await signIn(context, this.email);
    const page = await context.newPage();
    await page.goto(this.page.url());
    await log(page).waitFor();
    return page;
  }

  async leave(): Promise<void> {
    await this.page.context().close();
    this.cable.close();
  }
}
