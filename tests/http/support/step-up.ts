/** Somebody who showed just now that it is them, as routes with consequences demand. */
import type { Browser } from './browser.ts';
import { sql } from './database.ts';

export async function steppedUp(browser: Browser): Promise<Browser> {
  const session = browser.cookies.get('__Host-brt')?.split('.')[0] ?? '';
  await sql(`UPDATE sessions SET stepped_up_at = now() WHERE id = :'session'::bigint`, { session });
  return browser;
}
