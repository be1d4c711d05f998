/** A conversation of 20 thousand messages in a real browser: how soon it is there, and whether it scrolls as fast as the screen is drawn. */
import type { CDPSession, Page } from 'playwright-core';

import { DESK, aContext, launch, signIn } from '../e2e/support/browsers.ts';
import { log, said } from '../e2e/support/inbox.ts';
import { longThread, manyTickets } from '../e2e/support/volume.ts';
import { anAccount } from '../http/support/account.ts';
import { value } from '../http/support/database.ts';
import { origin } from '../http/support/house.ts';
import { figure, percentile, remark } from './report.ts';

const MESSAGES = 20_000;
const SECONDS = 10;
/** A brisk hand at the wheel. */
const PIXELS_PER_FRAME = 60;

/** Milliseconds between the frames drawn while the thread moves towards its beginning. */
const scrolled = (page: Page): Promise<number[]> =>
  log(page).evaluate(
    (thread, { seconds, pixels }) =>
      new Promise<number[]>((done) => {
        const scroller = [thread, ...thread.querySelectorAll('*')].find((one) => one.scrollHeight > one.clientHeight + 100) ?? thread.parentElement;
        if (scroller === null) throw new Error('nothing scrolls here');
        const gaps: number[] = [];
        const end = performance.now() + seconds * 1000;
        let before = performance.now();
        const frame = (now: number): void => {
          gaps.push(now - before);
          before = now;
          scroller.scrollTop -= pixels;
          if (now < end) requestAnimationFrame(frame);
          else done(gaps.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    { seconds: SECONDS, pixels: PIXELS_PER_FRAME },
  );

const WORK = { ScriptDuration: 'script', LayoutDuration: 'layout', RecalcStyleDuration: 'style', TaskDuration: 'all tasks' };

async function worked(session: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value: seconds }) => [name, seconds]));
}

export async function scroll(): Promise<void> {
  const account = await anAccount();
  const channel = await value<number>(
    `INSERT INTO channels (account_id, kind, name, department_id, hook_token, public_key)
     VALUES (:'account', 'webchat', 'Site', :'department', gen_random_uuid()::text, gen_random_uuid()::text) RETURNING id`,
    { account: account.id, department: account.departments['Suporte'] ?? 0 },
  );
  const [ticket = 0] = await manyTickets(account, channel, 1);
  await longThread(account, ticket, MESSAGES);

  const browser = await launch('whole', { isMeasured: true });
  const context = await aContext(browser, { viewport: DESK });
  await signIn(context, account.email('ana'));
  const page = await context.newPage();
  await page.goto(`${origin}/atendimentos?tab=waiting`);
  const row = page.getByRole('link', { name: /^Fila 001/ });
  await row.waitFor();
  const began = performance.now();
  await row.click();
  await said(page, new RegExp(`^linha ${MESSAGES}\\.`)).waitFor();
  figure('thread_open_ms', performance.now() - began, 'ms');

  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const before = await worked(session);
  const gaps = await scrolled(page);
  const after = await worked(session);
  figure('thread_scroll_fps', gaps.length / SECONDS, '1/s');
  figure('thread_scroll_p95_ms', percentile(gaps, 95), 'ms');
  figure('thread_scroll_late_frames', gaps.filter((gap) => gap > 34).length, 'frames');
  const shares = Object.entries(WORK).map(([name, word]) => `${word} ${((((after.get(name) ?? 0) - (before.get(name) ?? 0)) / SECONDS) * 100).toFixed(0)} %`);
  remark(`of ${SECONDS} s of scrolling at ${PIXELS_PER_FRAME} px a frame: ${shares.join(', ')}; the worst frame took ${Math.max(...gaps).toFixed(0)} ms`);
  remark(`now at ${await log(page).locator('[data-look]').first().innerText()}`.replaceAll(/\s+/g, ' ').slice(0, 80));
  await browser.close();
}
