/** The browser that people sit at, whoever drives it: journeys, pictures, measurements. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

import { Browser as Session } from '../../http/support/browser.ts';
import { origin } from '../../http/support/house.ts';
import { guard } from './guard.ts';

export const DESK = { width: 1440, height: 900 };
export const HAND = { width: 390, height: 844 };
/** The same size with a finger in front of it. */
export const PHONE = { viewport: HAND, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Pages alone, at a third of the work; or the whole of it, which also notifies, asks for leave and records. */
const PROGRAMS = { pages: '/usr/bin/chromium-headless-shell', whole: '/usr/bin/chromium' };
export type Kind = keyof typeof PROGRAMS;
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
  /* A microphone that beeps, for whoever is let near it: see `permissions` of a context. */
  '--use-fake-device-for-media-stream',
];

/*
 * A page of a journey lives for seconds: its scripts end before an optimizing compiler has paid for itself, there is room
 * enough not to be swept meanwhile, and the browser itself draws. A third of the processor.
 */
const SHORT_LIVES = [
  '--js-flags=--min-semi-space-size=32 --max-semi-space-size=32 --no-opt --no-maglev --single-threaded',
  '--in-process-gpu',
];

/** `isMeasured`: as people's own browsers run, for whoever looks at the clock. */
export const launch = (kind: Kind, { isMeasured = false } = {}): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? PROGRAMS[kind], args: isMeasured ? ARGS : [...ARGS, ...SHORT_LIVES] });

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
