-- name: fixture_department :one
-- $1 account  $2 name
WITH c AS (INSERT INTO companies (account_id, name) VALUES ($1::bigint, 'Test') RETURNING id)
INSERT INTO departments (account_id, company_id, name) SELECT $1, id, $2::text FROM c RETURNING id;

-- name: fixture_member :one
-- $1 account  $2 role
WITH u AS (INSERT INTO users (email, name)
           VALUES ('test-' || nextval(pg_get_serial_sequence('users', 'id')) || '@example.org', 'Test Person')
           RETURNING id)
INSERT INTO memberships (account_id, user_id, group_id, display_name)
SELECT $1::bigint, u.id, g.id, 'Ana Lopes' FROM u, groups g
 WHERE g.account_id = $1 AND g.builtin = $2::text RETURNING id, user_id;

-- name: fixture_demote :exec
-- $1 account  $2 member  $3 group
UPDATE memberships SET group_id = (SELECT g.id FROM groups g WHERE g.account_id = $1::bigint AND g.builtin = $3::text)
 WHERE account_id = $1 AND id = $2::bigint;

-- name: fixture_leave :exec
-- $1 account  $2 member
UPDATE memberships SET is_active = false WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: fixture_join :exec
-- $1 account  $2 department  $3 member
INSERT INTO department_members (account_id, department_id, member_id)
VALUES ($1::bigint, $2::bigint, $3::bigint) ON CONFLICT DO NOTHING;

-- name: fixture_answer_for :exec
-- $1 account  $2 department  $3 member
UPDATE department_members SET is_responsible = true
 WHERE account_id = $1::bigint AND department_id = $2::bigint AND member_id = $3::bigint;

-- name: fixture_part :exec
-- $1 account  $2 department  $3 member
DELETE FROM department_members WHERE account_id = $1::bigint AND department_id = $2::bigint AND member_id = $3::bigint;

-- name: fixture_retire :exec
-- $1 account  $2 member
UPDATE memberships SET is_active = false WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: fixture_connect :exec
-- $1 account  $2 member  $3 session
WITH g AS (INSERT INTO live_gateways (alive_until) VALUES (now() + interval '1 hour') RETURNING id)
INSERT INTO presence_connections (account_id, member_id, session_id, gateway_id)
SELECT $1::bigint, $2::bigint, $3::bigint, id FROM g;

-- name: fixture_gateway :exec
-- $1 account  $2 member
WITH g AS (INSERT INTO live_gateways (alive_until) VALUES (now() + interval '1 hour') RETURNING id)
INSERT INTO presence_connections (account_id, member_id, session_id, gateway_id)
SELECT $1::bigint, $2::bigint, 0, id FROM g;

-- name: fixture_presence :exec
-- $1 account  $2 member  $3 state  $4 now
INSERT INTO member_presence (account_id, member_id, state, since)
VALUES ($1::bigint, $2::bigint, $3::text, $4::timestamptz)
    ON CONFLICT (account_id, member_id) DO UPDATE SET state = excluded.state, since = excluded.since;

-- name: fixture_gateways_die :exec
-- no account: gateways serve them all.
UPDATE live_gateways SET alive_until = now() - interval '1 s';

-- name: fixture_channel :one
-- $1 account  $2 kind  $3 department  $4 settings
INSERT INTO channels (account_id, kind, name, department_id, hook_token, public_key, settings)
VALUES ($1::bigint, $2::text, $2, $3::bigint, gen_random_uuid()::text, gen_random_uuid()::text, $4::jsonb)
RETURNING id;

-- name: fixture_reason :one
-- $1 account  $2 name  $3 message
INSERT INTO close_reasons (account_id, name, message) VALUES ($1::bigint, $2::text, $3::text) RETURNING id;

-- name: fixture_events :one
-- $1 account  $2 kind
SELECT count(*) FROM account_event WHERE account_id = $1::bigint AND kind = $2::text;

-- name: fixture_told :one
-- Rows that only one person hears, and all of that kind.
-- $1 account  $2 kind  $3 user
SELECT count(*) FILTER (WHERE user_id = $3::bigint), count(*) FROM account_event WHERE account_id = $1::bigint AND kind = $2::text;

-- name: fixture_audit :one
-- $1 account  $2 action
SELECT count(*) FROM audit_events WHERE account_id = $1::bigint AND action = $2::text;

-- name: fixture_messages :one
-- $1 account  $2 ticket  $3 direction
SELECT count(*) FROM messages WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND direction = $3::text;

-- name: fixture_inbound :one
-- $1 account  $2 state
SELECT count(*) FROM inbound_events WHERE account_id = $1::bigint AND state = $2::text;

-- name: fixture_world :exec
-- An account in which anything may be: people of every scope, tickets in every state and hands. What
-- falls to whom is drawn from the seed, so that a world can be met again.
-- $1 account  $2 seed
WITH company AS (
    INSERT INTO companies (account_id, name) VALUES ($1::bigint, 'World') RETURNING id),
b AS (
    INSERT INTO branches (account_id, company_id, name)
    SELECT $1, company.id, 'branch ' || n FROM company, generate_series(1, 3) n RETURNING id),
d AS (
    INSERT INTO departments (account_id, company_id, name, is_confidential)
    SELECT $1, company.id, 'department ' || n, n = 4 FROM company, generate_series(1, 4) n RETURNING id),
h AS (
    INSERT INTO channels (account_id, kind, name, department_id, hook_token, public_key)
    SELECT $1, 'webchat', 'channel ' || n, (SELECT min(id) FROM d), gen_random_uuid()::text, gen_random_uuid()::text
      FROM generate_series(1, 3) n RETURNING id),
pool AS (SELECT (SELECT array_agg(id) FROM b) AS b, (SELECT array_agg(id) FROM d) AS d, (SELECT array_agg(id) FROM h) AS h),
g AS (
    INSERT INTO groups (account_id, name, scope, permissions, channels)
    SELECT $1, 'group ' || n, (ARRAY['own', 'department', 'branch', 'account'])[1 + n % 4],
           ARRAY(SELECT p FROM unnest(ARRAY['tickets.view', 'tickets.pick', 'tickets.view_bot', 'tickets.view_history']) p
                  WHERE abs(hashtext(p || n || ' ' || $2::bigint)) % 2 = 0),
           CASE WHEN abs(hashtext('narrow ' || n || ' ' || $2)) % 3 = 0
                THEN ARRAY(SELECT x FROM unnest(pool.h) x WHERE abs(hashtext(x || ' of ' || n || ' ' || $2)) % 2 = 0) END
      FROM pool, generate_series(1, 24) n RETURNING id, name),
u AS (
    INSERT INTO users (email, name) SELECT gen_random_uuid() || '@example.org', g.name FROM g RETURNING id, name),
m AS (
    INSERT INTO memberships (account_id, user_id, group_id, display_name)
    SELECT $1, u.id, g.id, u.name FROM u JOIN g ON g.name = u.name RETURNING id, display_name),
placed AS (
    INSERT INTO department_members (account_id, department_id, member_id)
    SELECT $1, x, m.id FROM pool, m, unnest(pool.d) x
     WHERE abs(hashtext(x || ' serves ' || m.display_name || $2)) % 3 = 0),
branched AS (
    INSERT INTO member_branches (account_id, branch_id, member_id)
    SELECT $1, x, m.id FROM pool, m, unnest(pool.b) x
     WHERE abs(hashtext(x || ' reaches ' || m.display_name || $2)) % 3 = 0),
c AS (
    INSERT INTO contacts (account_id, name) SELECT $1, 'Person ' || n FROM generate_series(1, 300) n RETURNING id),
i AS (
    INSERT INTO contact_identities (account_id, contact_id, kind, key, address)
    SELECT $1, c.id, 'external', c.id::text, c.id::text FROM c RETURNING id, contact_id),
drawn AS (
    SELECT i.*, (ARRAY['bot', 'waiting', 'serving', 'surveying', 'closed'])[1 + abs(hashtext('state ' || i.id || ' ' || $2)) % 5] AS state,
           abs(hashtext('a ' || i.id || ' ' || $2)) AS x, abs(hashtext('b ' || i.id || ' ' || $2)) AS y,
           abs(hashtext('c ' || i.id || ' ' || $2)) AS z FROM i),
t AS (
    INSERT INTO tickets (account_id, protocol, channel_id, branch_id, identity_id, contact_id, contact_name, contact_kind,
                         contact_address, department_id, assignee_id, state, controller, last_activity_at, opened_at, closed_at)
    SELECT $1, 'w' || drawn.id, pool.h[1 + x % 3], CASE WHEN y % 3 > 0 THEN pool.b[1 + x % 7 % 3] END, drawn.id, contact_id,
           'Person', 'external', contact_id::text, CASE WHEN z % 4 > 0 THEN pool.d[1 + y % 4] END,
           CASE WHEN state = 'serving' OR (state IN ('surveying', 'closed') AND z % 3 > 0)
                THEN (SELECT array_agg(m.id ORDER BY m.id) FROM m)[1 + z % 24] END,
           state, CASE state WHEN 'bot' THEN 'bot' WHEN 'waiting' THEN 'queue' WHEN 'serving' THEN 'user' ELSE 'none' END,
           now(), now(), CASE WHEN state = 'closed' THEN now() END
      FROM drawn, pool RETURNING id)
INSERT INTO ticket_readers (account_id, ticket_id, member_id, invited_by, invited_at)
SELECT $1, t.id, m.id, m.id, now() FROM t, m WHERE abs(hashtext(t.id || ' invites ' || m.id || ' ' || $2)) % 40 = 0;

-- name: fixture_people :many
-- $1 account
SELECT user_id FROM memberships WHERE account_id = $1::bigint AND display_name LIKE 'group %' ORDER BY id;

-- name: fixture_seen :many
-- $1 account  $2 state
SELECT t.id FROM tickets t WHERE @visible(t) AND t.state = $2::text ORDER BY t.id;

-- name: fixture_marks :one
-- Marks upon the world: a third of it carries the tag, a fifth is a favourite of each, a sixth sleeps.
-- $1 account  $2 seed
WITH g AS (INSERT INTO tags (account_id, name, color, created_at) VALUES ($1::bigint, 'marked', 'plain', now()) RETURNING id),
links AS (
    INSERT INTO ticket_tags (account_id, ticket_id, tag_id, tagged_at)
    SELECT $1, t.id, g.id, now() FROM tickets t, g
     WHERE t.account_id = $1 AND abs(hashtext('tag ' || t.id || ' ' || $2::bigint)) % 3 = 0),
favourites AS (
    INSERT INTO ticket_favourites (account_id, member_id, ticket_id, marked_at)
    SELECT $1, m.id, t.id, now() FROM tickets t JOIN memberships m ON m.account_id = t.account_id
     WHERE t.account_id = $1 AND abs(hashtext('favourite ' || t.id || ' ' || m.id || ' ' || $2)) % 5 = 0),
asleep AS (
    UPDATE tickets SET snoozed_until = now() + interval '1 day'
     WHERE account_id = $1 AND state <> 'closed' AND abs(hashtext('sleep ' || id || ' ' || $2)) % 6 = 0)
SELECT id FROM g;

-- name: fixture_seen_marked :many
-- $1 account  $2 state  $3 tag  $4 asleep  $5 my favourites
SELECT t.id FROM tickets t
 WHERE @visible(t) AND t.state = $2::text AND (t.snoozed_until IS NOT NULL) = $4::boolean
   AND ($3::bigint IS NULL OR EXISTS (SELECT FROM ticket_tags l
         WHERE l.account_id = $1 AND l.ticket_id = t.id AND l.tag_id = $3))
   AND (NOT $5::boolean OR EXISTS (SELECT FROM ticket_favourites f
         WHERE f.account_id = $1 AND f.ticket_id = t.id AND f.member_id = @member::bigint))
 ORDER BY t.id;

-- name: fixture_sight :many
-- What an event would say of each ticket, and whether the one text lets the member see it.
-- $1 account
SELECT concat_ws(' ', t.id, t.channel_id, coalesce(t.branch_id, 0), coalesce(t.department_id, 0), coalesce(t.assignee_id, 0), t.state),
       coalesce((@visible(t)), false)
  FROM tickets t WHERE t.account_id = $1::bigint ORDER BY t.id;

-- name: fixture_programs :many
-- A token of every sort, and one of each of the people, in the world that was made.
-- $1 account  $2 seed
WITH pool AS (
    SELECT (SELECT array_agg(id ORDER BY id) FROM departments WHERE account_id = $1::bigint) AS d,
           (SELECT array_agg(id ORDER BY id) FROM channels WHERE account_id = $1) AS h,
           (SELECT min(id) FROM memberships WHERE account_id = $1) AS maker)
INSERT INTO api_tokens (account_id, kind, name, secret_hash, member_id, created_by, permissions, departments, channels,
                        masks, created_at)
SELECT $1, x.kind, 'Program', '', x.member, coalesce(x.member, pool.maker),
       '{tickets.view,tickets.view_bot,tickets.view_history,tickets.pick}',
       CASE WHEN x.n % 3 = 1 THEN pool.d[1:2] END,
       CASE WHEN x.kind = 'chatbot' THEN pool.h[1:1]
            WHEN abs(hashtext('program ' || x.n || ' ' || $2::bigint)) % 2 = 0 THEN pool.h[2:3] END,
       0, now()
  FROM pool, (SELECT 'personal' AS kind, id AS member, row_number() OVER () AS n FROM memberships
               WHERE account_id = $1 AND display_name LIKE 'group %'
               UNION ALL SELECT 'service', NULL, n FROM generate_series(1, 6) n
               UNION ALL SELECT 'chatbot', NULL, n FROM generate_series(1, 2) n) x
RETURNING id;

-- name: fixture_fits :one
-- no account: only looks at the texts
-- $1 text  $2 typed
SELECT coalesce(search_words($1::text) @@ search_query($2::text), false);

-- name: fixture_search_again :exec
-- no account: the index is the installation's
SELECT gate.search_again();

-- name: fixture_noticed :one
-- "kind:member" of whatever the account's log says, in its order; of a broken promise "sla_late:member".
-- $1 account
SELECT coalesce(string_agg(w.kind || CASE WHEN w.is_late THEN '_late:' ELSE ':' END || w.member_id, ' ' ORDER BY e.id, w.kind, w.member_id), '')
  FROM account_event e CROSS JOIN LATERAL gate.notices_of(e) w WHERE e.account_id = $1::bigint;

-- name: fixture_notice :one
-- $1 account  $2 member  $3 kind  $4 ticket  $5 now
INSERT INTO notices (account_id, member_id, kind, ticket_id, created_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::timestamptz) RETURNING id;
