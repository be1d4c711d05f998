/** Browsers with people in front of them. Each screen is a browser of its own: cookies, storage, size, light or dark. */
import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';

import type { Account, Who } from '../../http/support/account.ts';
import { Browser as Session } from '../../http/support/browser.ts';
import { house, origin } from '../../http/support/house.ts';
import { guard, troubleIn } from './guard.ts';

export const DESK = { width: 1440, height: 900 };
export const HAND = { width: 390, height: 844 };
/** The same size with a finger in front of it. */
export const PHONE = { viewport: HAND, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const PATIENCE_MS = 15_000;
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

let launched: Promise<Browser> | undefined;

export function theBrowser(): Promise<Browser> {
  launched ??= chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  return launched;
}

afterAll(async () => {
  await (await launched)?.close();
  launched = undefined;
});

/** An empty page in a new browser; closed with the test, which fails when the page misbehaved. */
export async function aPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await aContext(await theBrowser(), options);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(context, task.name);
    const trouble = troubleIn(context);
    await context.close();
    if (trouble.length > 0) throw new Error(`the page said:\n${trouble.join('\n')}`);
  });
  return context.newPage();
}

export async function aContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: DESK,
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await guard(context);
  return context;
}

type ScreenOptions = BrowserContextOptions & { isNew?: boolean };

/** Somebody of the account, signed in, at a place. */
export async function aScreen(account: Account, who: Who, path = '/', { isNew = false, ...options }: ScreenOptions = {}): Promise<Page> {
  const page = await aPage(options);
  const session = await signIn(page.context(), account.email(who));
  /* The question about Enter is asked once in a life. */
  if (!isNew) (await session.patch('/api/v1/session/preferences', { enter_sends: true })).ok();
  await page.goto(origin + path);
  return page;
}

export async function signIn(context: BrowserContext, email: string): Promise<Session> {
  const session = new Session();
  (await session.signIn(email)).ok();
  await context.addCookies(
    [...session.cookies].map(([name, value]) => ({
      name, value, domain: new URL(origin).hostname, path: '/', httpOnly: true, secure: true, sameSite: 'Strict' as const,
    })),
  );
  return session;
}

/** For whoever looks into a failure: `$BALCAO_VAR/e2e/`. */
async function keepPictures(context: BrowserContext, test: string): Promise<void> {
  const folder = `${house.var}/e2e`;
  mkdirSync(folder, { recursive: true });
  const name = test.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 80);
  for (const [at, page] of context.pages().entries()) {
    await page.screenshot({ path: `${folder}/${name}-${at}-${Date.now() % 1e6}.png` }).catch(() => undefined);
  }
}
