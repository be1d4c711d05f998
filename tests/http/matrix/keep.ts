/** Rows as they were: what acts on people, groups and channels made of them is undone after each. */
import { lines, sql, value } from '../support/database.ts';

/** The house works on, and may hold in another order what is put back. */
export async function insist(put: () => Promise<unknown>): Promise<void> {
  try {
    await put();
  } catch (refused) {
    if (!(refused instanceof Error && refused.message.includes('deadlock'))) throw refused;
    await insist(put);
  }
}

type Kept = { table: string; rows: object; statement: string };

/** Those of one account, and how to put them back: changed ones as before, missing ones again. */
async function keepTable(account_id: number, table: string): Promise<Kept> {
  const columns = await lines("SELECT attname FROM pg_attribute WHERE attrelid = :'table'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''", { table });
  const key = await lines("SELECT attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = :'table'::regclass AND i.indisprimary", { table });
  const others = columns.filter((one) => !key.includes(one));
  const conflict = others.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${others.map((one) => `${one} = EXCLUDED.${one}`).join()}`;
  return {
    table,
    rows: await value<object>(`SELECT coalesce(json_agg(t), '[]') FROM ${table} t WHERE account_id = ${account_id}`),
    statement: `INSERT INTO ${table} (${columns.join()}) OVERRIDING SYSTEM VALUE
      SELECT ${columns.join()} FROM json_populate_recordset(NULL::${table}, :'${table}') ON CONFLICT (${key.join()}) ${conflict};`,
  };
}

/** Remembers an account; what comes back puts it there again, its people signed in. */
export async function keep(account_id: number): Promise<() => Promise<void>> {
  const tables = ['companies', 'branches', 'departments', 'close_reasons', 'break_reasons', 'channels', 'groups', 'memberships', 'department_members', 'member_branches', 'invites', 'api_tokens', 'answers', 'tags', 'ticket_types', 'service_periods', 'sla_policies', 'contact_groups', 'contact_fields', 'chats', 'chat_group_people', 'chat_group_departments', 'chat_seats', 'push_subscriptions', 'flows', 'flow_drafts', 'flow_secrets'];
  const kept = await Promise.all(tables.map((table) => keepTable(account_id, table)));
  const people = `SELECT user_id FROM memberships WHERE account_id = ${account_id}`;
  const again = `BEGIN; ${kept.map(({ statement }) => statement).join(' ')}
    UPDATE sessions SET ended_at = NULL, end_reason = NULL WHERE user_id IN (${people}) AND ended_at IS NOT NULL; COMMIT;`;
  return () => insist(() => sql(again, Object.fromEntries(kept.map(({ table, rows }) => [table, JSON.stringify(rows)]))));
}
