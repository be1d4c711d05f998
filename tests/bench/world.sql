-- Contacts, tickets and messages of the peers' workload, whole tables at a time. Of every ten tickets
-- three are being served, one waits, six are closed; the people take turns.
-- :account :channel  whose   :tickets  how many   :messages  in each
-- Profiles carry the names that webhook.ts writes: known customers, not ten thousand at once who change theirs.
-- Foreign keys hold by construction, and checking them one by one would take most of the time.
SET session_replication_role = replica;
SET synchronous_commit = off;
BEGIN;

INSERT INTO contacts (account_id, name, created_at)
SELECT :account, 'Cliente ' || lpad((n % 10000)::text, 4, '0'),
       now() - interval '30 days'
  FROM generate_series(1, :tickets) n;

CREATE TEMP TABLE who AS
SELECT id AS contact_id, row_number() OVER (ORDER BY id) AS n,
       '55499' || lpad((10000000 + row_number() OVER (ORDER BY id))::text, 8, '0') AS phone
  FROM contacts WHERE account_id = :account;

INSERT INTO contact_identities (account_id, contact_id, kind, key, address, is_verified, created_at)
SELECT :account, contact_id, 'phone', phone, phone, true, now() - interval '30 days' FROM who ORDER BY n;

CREATE TEMP TABLE agent AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM memberships WHERE account_id = :account;
CREATE TEMP TABLE department AS
SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM departments WHERE account_id = :account;

-- The last line of a conversation is what the list shows; a closed one ended days ago.
CREATE TEMP TABLE plan AS
SELECT w.n, w.contact_id, c.name, w.phone, i.id AS identity_id, d.id AS department_id, a.id AS agent_id,
       CASE WHEN w.n % 10 < 3 THEN 'serving' WHEN w.n % 10 = 3 THEN 'waiting' ELSE 'closed' END AS state,
       now() - w.n * interval '1 second' - CASE WHEN w.n % 10 < 4 THEN interval '1 minute' ELSE interval '2 days' END AS ended_at
  FROM who w
  JOIN contacts c ON c.account_id = :account AND c.id = w.contact_id
  JOIN contact_identities i ON i.account_id = :account AND i.kind = 'phone' AND i.key = w.phone
  JOIN department d ON d.n = w.n % 3
  JOIN agent a ON a.n = (w.n / 10) % (SELECT count(*) FROM agent);

INSERT INTO tickets (account_id, protocol, channel_id, identity_id, contact_id, contact_name, contact_kind,
                     contact_address, department_id, assignee_id, state, controller, last_seq, shown_seq, unread_count,
                     last_kind, last_direction, last_author_kind, last_state, last_preview, last_activity_at, last_inbound_at, last_outbound_at, window_ends_at, opened_at, queued_at,
                     assigned_at, first_reply_at, closed_at, closed_by)
SELECT :account, to_char(ended_at, 'YYYYMMDD') || '-' || lpad(n::text, 7, '0'), :channel, identity_id, contact_id,
       name, 'phone', phone, department_id, CASE WHEN state <> 'waiting' THEN agent_id END, state,
       CASE state WHEN 'serving' THEN 'user' WHEN 'waiting' THEN 'queue' ELSE 'none' END, :messages, :messages,
       CASE WHEN state <> 'closed' THEN n % 4 ELSE 0 END, 'text', 'in', 'contact', 'received',
       'A conexão caiu de novo agora à tarde, a luz do aparelho está vermelha e nada carrega.',
       ended_at, ended_at, ended_at - interval '1 minute',
       CASE WHEN state <> 'closed' THEN now() + interval '1 day' END, ended_at - :messages * interval '1 minute',
       ended_at - :messages * interval '1 minute', CASE WHEN state <> 'waiting' THEN ended_at - interval '10 minutes' END,
       CASE WHEN state <> 'waiting' THEN ended_at - interval '9 minutes' END,
       CASE WHEN state = 'closed' THEN ended_at END, CASE WHEN state = 'closed' THEN agent_id END
  FROM plan ORDER BY n;

INSERT INTO messages (account_id, ticket_id, seq, created_at, provider_at, direction, author_kind, author_id, kind, body, state)
SELECT :account, t.id, s, t.last_activity_at - (:messages - s) * interval '1 minute',
       CASE WHEN is_in THEN t.last_activity_at - (:messages - s) * interval '1 minute' END,
       CASE WHEN is_in THEN 'in' ELSE 'out' END, CASE WHEN is_in THEN 'contact' ELSE 'member' END,
       CASE WHEN NOT is_in THEN p.agent_id END, 'text',
       (ARRAY['Bom dia, a internet está muito lenta desde ontem à noite, podem verificar por favor?',
              'Claro! Vou testar o sinal do seu aparelho agora mesmo, só um instante por gentileza.',
              'Já desliguei e liguei o roteador duas vezes e continua do mesmo jeito, infelizmente.',
              'Encontramos uma oscilação na sua região; a equipe já está a caminho para resolver isso.'])[s % 4 + 1],
       CASE WHEN is_in THEN 'received' ELSE 'read' END
  FROM tickets t
  JOIN plan p ON p.contact_id = t.contact_id
 CROSS JOIN generate_series(1, :messages) s
 CROSS JOIN LATERAL (SELECT (:messages - s) % 2 = 0 AS is_in) side
 WHERE t.account_id = :account
 ORDER BY t.id, s;

INSERT INTO message_provider_ids (account_id, channel_id, provider_id, ticket_id, seq, created_at)
SELECT account_id, :channel, 'wamid.seed.' || ticket_id || '.' || seq, ticket_id, seq, created_at
  FROM messages WHERE account_id = :account;

COMMIT;
RESET session_replication_role;
VACUUM (ANALYZE) contacts;
VACUUM (ANALYZE) contact_identities;
VACUUM (ANALYZE) tickets;
VACUUM (ANALYZE) messages;
VACUUM (ANALYZE) message_provider_ids;
ANALYZE;
CHECKPOINT;
