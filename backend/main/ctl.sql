-- name: person_set_password :opt
-- Ends what is signed in with the old one.
-- no account: passwords belong to the person
-- $1 e-mail  $2 hash  $3 now
WITH person AS (UPDATE users SET password_hash = $2::text WHERE email = $1::text RETURNING id),
     ended AS (UPDATE sessions SET ended_at = $3::timestamptz, end_reason = 'password_changed'
                WHERE user_id IN (SELECT id FROM person) AND ended_at IS NULL RETURNING 1)
SELECT id, (SELECT count(*) FROM ended) FROM person;

-- name: person_accounts :many
-- no account: where the trail has to tell of it
-- $1 person
SELECT account_id FROM memberships WHERE user_id = $1::bigint ORDER BY account_id;

-- name: account_by_slug :opt
-- no account: looks for one
-- $1 slug
SELECT id FROM accounts WHERE slug = $1::text;
