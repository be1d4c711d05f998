/** Browsers with people in front of them. Each screen is a browser of its own: cookies, storage, size, light or dark. */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, onTestFinished } from 'vitest';

import type { Account, Who } from '../../http/support/account.ts';
import { house, origin } from '../../http/support/house.ts';
import { aContext, type Kind, launch, signIn } from './browsers.ts';
import { troubleIn } from './guard.ts';

export { aContext, DESK, HAND, PHONE, signIn } from './browsers.ts';

let launched: Promise<Browser> | undefined;
let kind: Kind = 'pages';

/** For files whose people are notified or speak. */
export const inTheWholeBrowser = (): void =>
  beforeAll(() => {
    kind = 'whole';
  });

export function theBrowser(): Promise<Browser> {
  launched ??= launch(kind);
  return launched;
}

export async function closeTheBrowser(): Promise<void> {
  await (await launched)?.close();
  launched = undefined;
  kind = 'pages';
}

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

/** For whoever looks into a failure: `$BALCAO_VAR/e2e/`. */
async function keepPictures(context: BrowserContext, test: string): Promise<void> {
  const folder = `${house.var}/e2e`;
  mkdirSync(folder, { recursive: true });
  const name = test.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 80);
  for (const [at, page] of context.pages().entries()) {
    await page.screenshot({ path: `${folder}/${name}-${at}-${Date.now() % 1e6}.png` }).catch(() => undefined);
  }
}
