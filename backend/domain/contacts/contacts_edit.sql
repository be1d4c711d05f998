-- name: contact_lock :one
-- $1 account  $2 contact
SELECT c.id FROM contacts c WHERE @visible_contact(c) AND c.id = $2::bigint FOR NO KEY UPDATE;

-- name: contacts_seen :one
-- How many of these the member sees.
-- $1 account  $2 contacts
SELECT count(*) FROM contacts c WHERE @visible_contact(c) AND c.id = ANY ($2::bigint[]);

-- name: contact_create :one
-- $1 account  $2 name  $3 e-mail  $4 notes  $5 member  $6 now
INSERT INTO contacts (account_id, name, is_name_edited, email, notes, created_by, created_at, active_at)
VALUES ($1::bigint, $2::text, true, nullif($3::text, ''), coalesce($4::text, ''), $5::bigint, $6::timestamptz, $6)
RETURNING id;

-- name: identity_taken :opt
-- $1 account  $2 kind  $3 key
SELECT i.contact_id, EXISTS (SELECT FROM contacts c WHERE @visible_contact(c) AND c.id = i.contact_id)
  FROM contact_identities i WHERE i.account_id = $1::bigint AND i.kind = $2::text AND i.key = $3::text;

-- name: identity_verify :one
-- $1 account  $2 contact  $3 identity  $4 verified
UPDATE contact_identities SET is_verified = $4::boolean
 WHERE account_id = $1::bigint AND contact_id = $2::bigint AND id = $3::bigint RETURNING address;

-- name: identity_find_one :one
-- $1 account  $2 contact  $3 identity
SELECT i.address,
       EXISTS (SELECT FROM tickets t WHERE t.account_id = i.account_id AND t.identity_id = i.id)
       OR EXISTS (SELECT FROM contact_identities x WHERE x.account_id = i.account_id AND x.contact_id = i.contact_id AND x.alias_of = i.id)
  FROM contact_identities i
 WHERE i.account_id = $1::bigint AND i.contact_id = $2::bigint AND i.id = $3::bigint FOR UPDATE;

-- name: identity_remove :exec
-- $1 account  $2 identity
DELETE FROM contact_identities WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: contact_has_live_ticket :one
-- unscoped: whoever serves them, they are being served
-- $1 account  $2 contact
SELECT EXISTS (SELECT FROM tickets t WHERE t.account_id = $1::bigint AND t.contact_id = $2::bigint AND t.state <> 'closed');

-- name: contact_delete :exec
-- $1 account  $2 contact  $3 member  $4 why  $5 now
UPDATE contacts SET deleted_at = $5::timestamptz, deleted_by = $3::bigint, delete_reason = $4::text
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: contact_block :exec
-- $1 account  $2 contact  $3 member  $4 why  $5 now
UPDATE contacts SET blocked_at = $5::timestamptz, blocked_by = $3::bigint, block_reason = $4::text, blocked_count = 0
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: contact_unblock :exec
-- $1 account  $2 contact
UPDATE contacts SET blocked_at = NULL, blocked_by = NULL, block_reason = '', blocked_count = 0
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: blocked_message_add :exec
-- $1 account  $2 contact  $3 channel  $4 provider's id  $5 kind  $6 text  $7 now
WITH kept AS (INSERT INTO blocked_messages (account_id, contact_id, channel_id, provider_id, kind, body, received_at)
              VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::text, $7::timestamptz)
              ON CONFLICT DO NOTHING RETURNING contact_id)
UPDATE contacts c SET blocked_count = c.blocked_count + 1
  FROM kept WHERE c.account_id = $1 AND c.id = kept.contact_id;

-- name: blocked_message_list :many
-- $1 account  $2 contact
SELECT m.id, m.channel_id, m.kind, m.body, m.received_at FROM contacts c
  JOIN blocked_messages m ON m.account_id = c.account_id AND m.contact_id = c.id
 WHERE @visible_contact(c) AND c.id = $2::bigint ORDER BY m.id DESC LIMIT 50;

-- name: contact_values_list :many
-- $1 account  $2 contact
SELECT field_id, value FROM contact_values WHERE account_id = $1::bigint AND contact_id = $2::bigint ORDER BY field_id LIMIT 200;

-- name: contact_groups_of :many
-- $1 account  $2 contact
SELECT group_id FROM contact_group_members WHERE account_id = $1::bigint AND contact_id = $2::bigint ORDER BY group_id LIMIT 200;
