-- name: demo_account :opt
-- no account: looks for the demo's
SELECT id FROM accounts WHERE slug = 'rede-pinhao';

-- name: demo_passwords :exec
-- $1 account  $2 hash
UPDATE users SET password_hash = $2::text
 WHERE password_hash IS NULL
   AND id IN (SELECT user_id FROM memberships WHERE account_id = $1::bigint);

-- name: demo_channels :many
-- $1 account
SELECT id FROM channels WHERE account_id = $1::bigint AND hook_token LIKE 'demo-%' ORDER BY id;

-- name: demo_base_url :exec
-- $1 account  $2 where the stand-in of the Graph API answers
UPDATE channels SET settings = settings || jsonb_build_object('base_url', $2::text)
 WHERE account_id = $1::bigint AND kind = 'whatsapp_cloud' AND hook_token LIKE 'demo-%';

-- name: demo_has_flows :opt
-- Removed ones too.
-- $1 account
SELECT id FROM flows WHERE account_id = $1::bigint LIMIT 1;

-- name: demo_role :exec
-- no account: for the rest of the transaction
SELECT set_config('role', $1::text, true);
