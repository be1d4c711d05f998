/** Years of a busy house in a second: rows that only the database can make. */
import type { Account } from '../../http/support/account.ts';
import { value } from '../../http/support/database.ts';

/** Tickets that wait, the newest first by one minute each: "Fila 001", "Fila 002"… */
export function manyTickets(account: Account, channel_id: number, count: number): Promise<number[]> {
  return value(TICKETS, { account: account.id, channel: channel_id, department: account.departments['Suporte'] ?? 0, count });
}

const TICKETS = `
BEGIN;
CREATE TEMP TABLE made ON COMMIT DROP AS
WITH people AS (
    INSERT INTO contacts (account_id, name)
    SELECT :'account', 'Fila ' || lpad(n::text, 3, '0') FROM generate_series(1, :'count'::int) n
    RETURNING id, name
)
SELECT id, name, substr(name, 6)::int AS n FROM people;

INSERT INTO contact_identities (account_id, contact_id, kind, key, address, is_verified)
SELECT :'account', id, 'phone', '+554930' || lpad(n::text, 6, '0'), '+554930' || lpad(n::text, 6, '0'), true FROM made;

INSERT INTO tickets (account_id, protocol, channel_id, identity_id, contact_id, contact_name, contact_kind, contact_address,
                     department_id, state, controller, last_seq, unread_count, shown_seq,
                     last_kind, last_direction, last_preview, last_activity_at, last_inbound_at,
                     window_ends_at, opened_at, queued_at)
SELECT :'account', '20261101-' || lpad(n::text, 4, '0'), :'channel', i.id, m.id, m.name, i.kind, i.address,
       :'department', 'waiting', 'queue', 1, 1, 1, 'text', 'in', 'mensagem de ' || m.name, t.at, t.at, t.at + interval '24 hours', t.at, t.at
  FROM made m JOIN contact_identities i ON i.account_id = :'account' AND i.contact_id = m.id,
       LATERAL (SELECT now() - n * interval '1 minute' AS at) t;

INSERT INTO messages (account_id, ticket_id, seq, created_at, direction, author_kind, kind, body, state)
SELECT account_id, id, 1, opened_at, 'in', 'contact', 'text', last_preview, 'received'
  FROM tickets WHERE account_id = :'account' AND contact_id IN (SELECT id FROM made);

SELECT json_agg(t.id ORDER BY m.n) FROM tickets t JOIN made m ON m.id = t.contact_id WHERE t.account_id = :'account';
COMMIT;`;

/** A long history: messages of uneven height in turns, numbered "linha 2."… up to `last`. */
export function longThread(account: Account, ticket_id: number, last: number): Promise<number> {
  return value(THREAD, { account: account.id, ticket: ticket_id, last });
}

const THREAD = `
BEGIN;
INSERT INTO messages (account_id, ticket_id, seq, created_at, direction, author_kind, author_id, kind, body, state)
SELECT t.account_id, t.id, n, t.opened_at + n * interval '20 ms', d.direction, d.author_kind, NULL, 'text',
       'linha ' || n || '.' || repeat(' e mais um pouco de conversa', (n * 7919) % 17), d.state
  FROM tickets t, generate_series(2, :'last'::int) n,
       LATERAL (SELECT CASE WHEN n % 3 = 0 THEN 'out' ELSE 'in' END, CASE WHEN n % 3 = 0 THEN 'bot' ELSE 'contact' END,
                       CASE WHEN n % 3 = 0 THEN 'read' ELSE 'received' END) d (direction, author_kind, state)
 WHERE t.account_id = :'account' AND t.id = :'ticket';
UPDATE tickets SET last_seq = :'last', shown_seq = :'last', last_preview = 'linha ' || :'last', unread_count = 0
 WHERE account_id = :'account' AND id = :'ticket';
SELECT last_seq FROM tickets WHERE account_id = :'account' AND id = :'ticket';
COMMIT;`;
