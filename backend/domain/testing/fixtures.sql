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

-- name: fixture_join :exec
-- $1 account  $2 department  $3 member
INSERT INTO department_members (account_id, department_id, member_id)
VALUES ($1::bigint, $2::bigint, $3::bigint) ON CONFLICT DO NOTHING;

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

-- name: fixture_audit :one
-- $1 account  $2 action
SELECT count(*) FROM audit_events WHERE account_id = $1::bigint AND action = $2::text;

-- name: fixture_messages :one
-- $1 account  $2 ticket  $3 direction
SELECT count(*) FROM messages WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND direction = $3::text;

-- name: fixture_inbound :one
-- $1 account  $2 state
SELECT count(*) FROM inbound_events WHERE account_id = $1::bigint AND state = $2::text;
