/** The browser that people sit at, whoever drives it: journeys, pictures, measurements. */
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';

import { Browser as Session } from '../../http/support/browser.ts';
import { origin } from '../../http/support/house.ts';
import { guard } from './guard.ts';

export { type Kind, launch } from '../../chromium.ts';

export const DESK = { width: 1440, height: 900 };
export const HAND = { width: 390, height: 844 };
/** The same size with a finger in front of it. */
export const PHONE = { viewport: HAND, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const PATIENCE_MS = 15_000;

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
