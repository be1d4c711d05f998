/** A program that came before its migration says so, to whoever asks whether it is ready. */
import { afterEach, it } from 'vitest';

import { call } from '../support/answer.ts';
import { sql } from '../support/database.ts';

afterEach(async () => {
  await sql("UPDATE schema_migrations SET name = substr(name, 2) WHERE name LIKE '!%'");
});

it('an old database is not ready', async () => {
  const newest = await sql('SELECT max(name COLLATE "C") FROM schema_migrations');
  await sql("UPDATE schema_migrations SET name = '!' || name WHERE name = :'newest'", { newest });
  (await call({ method: 'GET', path: '/readyz' })).refused(503, 'migrations_missing', newest);
});
