/** A seat with a screen: a page in a browser that stands behind a cable. */
import type { Browser, Page } from 'playwright-core';

import { aContext, DESK, signIn } from '../e2e/support/browsers.ts';
import { field, list, log } from '../e2e/support/inbox.ts';
import { house, origin } from '../http/support/house.ts';
import type { Customer } from '../http/support/whatsapp.ts';
import { Cable } from './cable.ts';
import { type Looks, Seat } from './seat.ts';

/** What a screen shows, in words: the rows of the list and the end of the conversation. */
type Shown = { rows: string[]; bubbles: string[] };

/** Moments pass while one looks: “agora” becomes “1 min”. */
const MOMENT = /\b(agora|há \d+ \w+|\d+ (s|min|h))\b/g;
const BUBBLES = 12;
/** As many rows as there are people must fit: what is out of sight is not drawn. */
const TALL = { ...DESK, height: 2400 };
/** Several browsers on a small machine: slow is not lost. */
const PATIENCE_MS = 60_000;

/** A row that is on screen keeps its place when its ticket moves: which ones there are counts, not their order. */
async function shown(page: Page): Promise<Shown> {
  const rows = await list(page).getByRole('link').allInnerTexts();
  const bubbles = await log(page).locator('[data-look]').allInnerTexts();
  const plain = (text: string): string => text.replaceAll(MOMENT, '').replaceAll(/\s+/g, ' ').trim();
  return { rows: rows.map(plain).sort(), bubbles: bubbles.slice(-BUBBLES).map(plain) };
}

export class PageSeat extends Seat {
  readonly page: Page;
  /** The same place, opened only now, with a network that holds. */
  #fresh: Page | undefined;

  static async take(browser: Browser, email: string, ticket: number, customer: Customer): Promise<PageSeat> {
    const cable = await Cable.to(new URL(house.url));
    const context = await aContext(browser, { viewport: TALL, proxy: { server: cable.address, bypass: '<-loopback>' } });
    const session = await signIn(context, email);
    (await session.patch('/api/v1/session/preferences', { enter_sends: true })).ok();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${origin}/atendimentos/${ticket}`);
    await log(page).waitFor();
    return new PageSeat(email, page, cable, customer);
  }

  private constructor(email: string, page: Page, cable: Cable, customer: Customer) {
    super(email, cable, customer);
    this.page = page;
  }

  protected async send(text: string): Promise<void> {
    await field(this.page).fill(text);
    await field(this.page).press('Enter');
  }

  protected async look(): Promise<Looks> {
    this.#fresh ??= await this.#beside();
    const [kept, fresh] = await Promise.all([shown(this.page), shown(this.#fresh)]);
    return { kept, fresh };
  }

  async leave(): Promise<void> {
    await this.#fresh?.context().close();
    await this.page.context().close();
    this.cable.close();
  }

  async #beside(): Promise<Page> {
    const browser = this.page.context().browser();
    if (browser === null) throw new Error('the browser is gone');
    const context = await aContext(browser, { viewport: TALL });
    await signIn(context, this.email);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(this.page.url());
    await log(page).waitFor();
    return page;
  }
}
