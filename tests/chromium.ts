/** How a browser is started, whoever drives it. Needs no house. */
import { type Browser, chromium } from 'playwright-core';

/** Pages alone, at a third of the work; or the whole of it, which also notifies, asks for leave and records. */
const PROGRAMS = { pages: '/usr/bin/chromium-headless-shell', whole: '/usr/bin/chromium' };
export type Kind = keyof typeof PROGRAMS;

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
