/** Before the first journey: the house and the lab answer, and failed sign-ins of an earlier run are forgotten. */
import { sql } from '../../http/support/database.ts';
import { house } from '../../http/support/house.ts';

export default async function prepare(): Promise<void> {
  for (const address of [`${house.url}/readyz`, `${house.lab}/healthz`]) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address} → ${answer.status}`);
  }
  await sql('DELETE FROM signin_throttle');
}
