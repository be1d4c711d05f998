-- name: token_access :opt
-- What a process remembers of a token: the columns of access_find, whose it is, whether it is a bot.
-- $1 account  $2 token
SELECT member_id, epoch, is_active, permissions, scope, departments, branches, pick_departments, channels,
       sees_account, sees_bot, sees_history, sees_contacts, masks, networks, account_state, factor_from, block,
       user_id, is_bot
  FROM gate.token_access($1::bigint, $2::bigint);

-- name: token_gate :one
-- Admits a program's request as `gate` admits a person's: the hash, the end of its life and the epoch of
-- what the process judged by are confirmed in the transaction that uses them.
-- $1 account  $2 token  $3 hash of the secret  $4 now  $5 epoch  $6 verdict
SELECT coalesce(
       (SELECT set_config('balcao.account', $1::bigint::text, true) FROM gate.token t
         WHERE t.account_id = $1 AND t.id = $2::bigint AND t.secret_hash = $3::bytea AND t.is_live
           AND coalesce(t.expires_at > $4::timestamptz, true) AND t.epoch = $5::bigint AND $6::text IS NULL),
       gate.refuse_token($1, $2, $3, $5, $6, $4));

-- name: token_touch :exec
-- $1 account  $2 token  $3 now  $4 address
SELECT gate.token_touch($1::bigint, $2::bigint, $3::timestamptz, $4::text);

-- name: token_row :text
t.id, t.kind, t.name, t.permissions::text, t.departments::text, t.channels::text, t.networks::text, t.masks,
       t.member_id, t.created_by, t.created_at, t.expires_at, t.last_used_at, t.last_address, t.revoked_at;

-- name: token_list :many
-- Living ones first. Revoked ones stay: the trail names them.
-- $1 account
SELECT @token_row FROM api_tokens t WHERE t.account_id = $1::bigint
 ORDER BY t.revoked_at IS NOT NULL, t.id DESC LIMIT 500;

-- name: token_add :one
-- $1 account  $2 kind  $3 name  $4 hash  $5 member  $6 maker  $7 permissions  $8 departments  $9 channels
-- $10 masks  $11 networks  $12 expires  $13 now
INSERT INTO api_tokens AS t (account_id, kind, name, secret_hash, member_id, created_by, permissions, departments,
                             channels, masks, networks, expires_at, created_at)
VALUES ($1::bigint, $2::text, $3::text, $4::bytea, $5::bigint, $6::bigint, $7::text[], $8::bigint[], $9::bigint[],
        $10::int, $11::cidr[], $12::timestamptz, $13::timestamptz)
RETURNING @token_row;

-- name: token_lock :one
-- $1 account  $2 token
SELECT @token_row FROM api_tokens t WHERE t.account_id = $1::bigint AND t.id = $2::bigint FOR UPDATE;

-- name: token_revoke :exec
-- $1 account  $2 token  $3 now  $4 by
UPDATE api_tokens SET revoked_at = $3::timestamptz, revoked_by = $4::bigint
 WHERE account_id = $1::bigint AND id = $2::bigint AND revoked_at IS NULL;

-- name: token_unknown_ids :one
-- Ids that are not this account's, of two lists.
-- $1 account  $2 departments  $3 channels
SELECT (SELECT count(*) FROM unnest($2::bigint[]) x WHERE NOT EXISTS
               (SELECT FROM departments d WHERE d.account_id = $1::bigint AND d.id = x)),
       (SELECT count(*) FROM unnest($3::bigint[]) x WHERE NOT EXISTS
               (SELECT FROM channels c WHERE c.account_id = $1 AND c.id = x));
