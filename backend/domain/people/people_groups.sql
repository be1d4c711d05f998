-- name: group_row(g) :text
g.id, g.builtin, g.name, g.description, gate.group_permissions(g)::text, g.scope, g.channels::text, g.masks,
       g.factor_from, (SELECT count(*) FROM memberships m WHERE m.account_id = g.account_id AND m.group_id = g.id);

-- name: group_find :opt
-- $1 account  $2 group
SELECT @group_row(g) FROM groups g WHERE g.account_id = $1::bigint AND g.id = $2::bigint;

-- name: group_lock :one
-- $1 account  $2 group
SELECT @group_row(g) FROM groups g WHERE g.account_id = $1::bigint AND g.id = $2::bigint FOR UPDATE;

-- name: group_list :many
-- $1 account
SELECT @group_row(g) FROM groups g WHERE g.account_id = $1::bigint
 ORDER BY g.builtin IS NULL, array_position(ARRAY['owner', 'administrator', 'manager', 'agent', 'finance', 'integrator'], g.builtin),
          g.name LIMIT 500;

-- name: group_add :one
-- $1 account  $2 name  $3 description  $4 permissions  $5 scope  $6 channels  $7 masks  $8 factor from  $9 now
INSERT INTO groups (account_id, name, description, permissions, scope, channels, masks, factor_from, created_at)
VALUES ($1::bigint, $2::text, $3::text, $4::text[], $5::text, $6::bigint[], $7::int, $8::timestamptz, $9::timestamptz)
RETURNING id;

-- name: group_save :exec
-- $1 account  $2 group  $3 name  $4 description  $5 permissions  $6 scope  $7 channels  $8 masks  $9 factor from
UPDATE groups SET name = $3::text, description = $4::text, permissions = $5::text[], scope = $6::text,
       channels = $7::bigint[], masks = $8::int, factor_from = $9::timestamptz
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: group_demand_factor :exec
-- $1 account  $2 group  $3 factor from
UPDATE groups SET factor_from = $3::timestamptz WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: group_remove :exec
-- Its invitations that are over go with it.
-- $1 account  $2 group
WITH old AS (DELETE FROM networks WHERE account_id = $1::bigint AND group_id = $2::bigint)
DELETE FROM groups WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: group_invited :one
-- $1 account  $2 group
SELECT EXISTS (SELECT FROM invites WHERE account_id = $1::bigint AND group_id = $2::bigint);

-- name: group_users :many
-- $1 account  $2 group
SELECT user_id FROM memberships WHERE account_id = $1::bigint AND group_id = $2::bigint AND is_active LIMIT 2000;

-- name: channels_unknown :one
-- Whether one of these is no channel of the account.
-- $1 account  $2 channels
SELECT EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM channels c WHERE c.account_id = $1::bigint AND c.id = x));
