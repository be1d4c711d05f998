/** Before the first file: the house answers, and forgets the failed sign-ins of an earlier run. */
import { sql } from './database.ts';
import { house } from './house.ts';

export default async function prepare(): Promise<void> {
  const ready = await fetch(`${house.url}/readyz`);
  if (!ready.ok) throw new Error(`${house.url}/readyz → ${ready.status}`);
  await sql('DELETE FROM signin_throttle');
}
