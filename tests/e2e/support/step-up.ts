/** Dangerous things, for journeys that are about something else. */
import type { Page } from 'playwright-core';

import { sql } from '../../http/support/database.ts';

/** Whoever is at this page showed just now that it is them. */
export async function stepUp(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === '__Host-brt')?.value.split('.')[0] ?? '';
  await sql(`UPDATE sessions SET stepped_up_at = now() WHERE id = :'session'::bigint`, { session });
}
