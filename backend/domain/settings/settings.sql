-- name: settings_get :one
-- $1 account
SELECT welcome_text, closing_text, campaign_interval_s, requires_reason
  FROM account_settings WHERE account_id = $1::bigint;

-- name: settings_lock :one
-- $1 account
SELECT welcome_text, closing_text, campaign_interval_s, requires_reason
  FROM account_settings WHERE account_id = $1::bigint FOR UPDATE;

-- name: settings_save :exec
-- $1 account  $2 welcome  $3 closing  $4 interval  $5 reason required
UPDATE account_settings SET welcome_text = $2::text, closing_text = $3::text, campaign_interval_s = $4::int,
       requires_reason = $5::boolean
 WHERE account_id = $1::bigint;

-- name: settings_closing :one
-- Everything that closing a ticket asks, in one question.
-- $1 account  $2 reason, NULL: none
SELECT s.requires_reason, r.id IS NOT NULL, coalesce(nullif(r.message, ''), s.closing_text),
       coalesce(r.forces_message, false)
  FROM account_settings s
  LEFT JOIN close_reasons r ON r.account_id = s.account_id AND r.id = $2::bigint AND r.is_active
 WHERE s.account_id = $1::bigint;

-- name: close_reason_list :many
-- $1 account
SELECT id, name, message, forces_message, is_active FROM close_reasons
 WHERE account_id = $1::bigint ORDER BY position, name LIMIT 500;

-- name: close_reason_lock :one
-- $1 account  $2 reason
SELECT id, name, message, forces_message, is_active FROM close_reasons
 WHERE account_id = $1::bigint AND id = $2::bigint FOR NO KEY UPDATE;

-- name: close_reason_add :one
-- $1 account  $2 name  $3 message  $4 forced  $5 active
INSERT INTO close_reasons (account_id, name, message, forces_message, is_active, position)
VALUES ($1::bigint, $2::text, $3::text, $4::boolean, $5::boolean,
        (SELECT coalesce(max(r.position), 0) + 1 FROM close_reasons r WHERE r.account_id = $1))
RETURNING id, name, message, forces_message, is_active;

-- name: close_reason_save :one
-- $1 account  $2 reason  $3 name  $4 message  $5 forced  $6 active
UPDATE close_reasons SET name = $3::text, message = $4::text, forces_message = $5::boolean, is_active = $6::boolean
 WHERE account_id = $1::bigint AND id = $2::bigint
RETURNING id, name, message, forces_message, is_active;

-- name: close_reason_remove :exec
-- $1 account  $2 reason
DELETE FROM close_reasons WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: close_reason_unknown :one
-- $1 account  $2 reasons
SELECT EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM close_reasons r WHERE r.account_id = $1::bigint AND r.id = x));

-- name: close_reason_order :exec
-- $1 account  $2 reasons, as they are to stand
UPDATE close_reasons r SET position = w.place
  FROM (SELECT id, row_number() OVER (ORDER BY array_position($2::bigint[], id), position, name) AS place
          FROM close_reasons WHERE account_id = $1::bigint) w
 WHERE r.account_id = $1 AND r.id = w.id AND r.position <> w.place;
