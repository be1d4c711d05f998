-- name: network_list :many
-- $1 account  $2 group
SELECT network::text, note, expires_at FROM networks
 WHERE account_id = $1::bigint AND group_id IS NOT DISTINCT FROM $2::bigint ORDER BY network LIMIT 400;

-- name: network_lock :exec
-- Two who save at once are served in order.
-- $1 account
SELECT FROM account_security WHERE account_id = $1::bigint FOR UPDATE;

-- name: network_remove :exec
-- $1 account  $2 group  $3 networks that stay
DELETE FROM networks
 WHERE account_id = $1::bigint AND group_id IS NOT DISTINCT FROM $2::bigint AND NOT network = ANY ($3::cidr[]);

-- name: network_save :exec
-- $1 account  $2 group  $3 networks  $4 notes
INSERT INTO networks (account_id, group_id, network, note)
SELECT $1::bigint, $2::bigint, x.network, x.note FROM unnest($3::cidr[], $4::text[]) x (network, note)
    ON CONFLICT ON CONSTRAINT network_is_listed_once DO UPDATE SET note = excluded.note, expires_at = NULL
 WHERE (networks.note, networks.expires_at) IS DISTINCT FROM (excluded.note, NULL::timestamptz);

-- name: network_clear :exec
-- $1 account
DELETE FROM networks WHERE account_id = $1::bigint;

-- name: network_allow :many
-- $1 account  $2 network  $3 until
INSERT INTO networks (account_id, group_id, network, note, expires_at)
SELECT DISTINCT $1::bigint, group_id, $2::cidr, 'balcaoctl', $3::timestamptz FROM networks WHERE account_id = $1
    ON CONFLICT ON CONSTRAINT network_is_listed_once DO NOTHING
RETURNING id;

-- name: network_expire :exec
-- $1 account  $2 network  $3 now
DELETE FROM networks WHERE account_id = $1::bigint AND id = $2::bigint AND expires_at <= $3::timestamptz;

-- name: my_group :one
-- $1 account  $2 member
SELECT group_id FROM memberships WHERE account_id = $1::bigint AND id = $2::bigint;
