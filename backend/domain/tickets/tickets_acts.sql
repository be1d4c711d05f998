-- name: ticket_live_other :opt
-- The ticket in which this customer is served on this channel now; and the reader's, if they see it.
-- $1 account  $2 channel  $3 identity
SELECT t.id, t.protocol, coalesce((@visible(t)), false) FROM tickets t
 WHERE t.account_id = $1::bigint AND t.channel_id = $2::bigint AND t.identity_id = $3::bigint
   AND t.state <> 'closed';

-- name: reason_exists :opt
-- $1 account  $2 reason
SELECT id FROM close_reasons WHERE account_id = $1::bigint AND id = $2::bigint AND is_active;

-- name: type_active :opt
-- $1 account  $2 type
SELECT id FROM ticket_types WHERE account_id = $1::bigint AND id = $2::bigint AND is_active;

-- name: type_list :many
-- $1 account
SELECT id, name, is_active FROM ticket_types WHERE account_id = $1::bigint ORDER BY lower(name) LIMIT 200;

-- name: type_add :one
-- $1 account  $2 name
INSERT INTO ticket_types (account_id, name) VALUES ($1::bigint, $2::text) RETURNING id, name, is_active;

-- name: type_lock :one
-- $1 account  $2 type
SELECT name, is_active FROM ticket_types WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE;

-- name: type_save :one
-- $1 account  $2 type  $3 name  $4 active
UPDATE ticket_types SET name = $3::text, is_active = $4::boolean
 WHERE account_id = $1::bigint AND id = $2::bigint RETURNING id, name, is_active;

-- name: favourite_add :exec
-- $1 account  $2 member  $3 ticket  $4 now
INSERT INTO ticket_favourites (account_id, member_id, ticket_id, marked_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::timestamptz) ON CONFLICT DO NOTHING;

-- name: favourite_remove :exec
-- $1 account  $2 member  $3 ticket
DELETE FROM ticket_favourites WHERE account_id = $1::bigint AND member_id = $2::bigint AND ticket_id = $3::bigint;

-- name: favourite_list :many
-- The latest: rows on a screen ask which of them are among these.
-- $1 account  $2 member
SELECT t.id FROM ticket_favourites f JOIN tickets t ON t.account_id = f.account_id AND t.id = f.ticket_id
 WHERE f.account_id = $1::bigint AND f.member_id = $2::bigint AND @visible(t)
 ORDER BY f.marked_at DESC, t.id DESC LIMIT 1000;

-- name: transfer_watchers :many
-- Who of a department wants to know of what is passed to it, but for whoever passes it on.
-- $1 account  $2 department  $3 who transfers
SELECT x.member_id FROM department_members x
  JOIN departments d ON d.account_id = x.account_id AND d.id = x.department_id
  JOIN memberships m ON m.account_id = x.account_id AND m.id = x.member_id AND m.is_active
 WHERE x.account_id = $1::bigint AND x.department_id = $2::bigint AND coalesce(x.notifies_transfer, d.notifies_transfer)
   AND x.member_id IS DISTINCT FROM $3::bigint ORDER BY x.member_id LIMIT 500;

-- name: promise_hearers :many
-- Of a ticket that nobody holds: whoever answers for its department, else everybody in it.
-- $1 account  $2 department
WITH people AS (
    SELECT x.member_id, x.is_responsible FROM department_members x
      JOIN memberships m ON m.account_id = x.account_id AND m.id = x.member_id AND m.is_active
     WHERE x.account_id = $1::bigint AND x.department_id = $2::bigint)
SELECT member_id FROM people
 WHERE is_responsible OR NOT EXISTS (SELECT FROM people WHERE is_responsible) ORDER BY member_id LIMIT 500;

-- name: ticket_prioritize :exec
-- $1 account  $2 ticket  $3 priority
UPDATE tickets SET priority = $3::smallint WHERE account_id = $1::bigint AND id = $2::bigint;
