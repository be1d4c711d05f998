/** Credentials of a channel, as an administrator writes them who showed just now that it is them. */
import type { Schemas } from './answer.ts';
import type { Browser } from './browser.ts';
import { steppedUp } from './step-up.ts';

export async function writeSecrets(
  administrator: Browser,
  channel_id: number,
  secrets: Schemas['ChannelSecrets'],
): Promise<Schemas['Channel']> {
  await steppedUp(administrator);
  return (await administrator.put(`/api/v1/channels/${channel_id}/secrets`, secrets)).ok();
}
