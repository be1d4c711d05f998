-- name: flow_row :text
f.id, f.key, f.name, to_json(f.channels)::text, f.is_enabled, f.live_number, v.published_at, v.published_by,
d.revision, d.content_hash IS DISTINCT FROM v.content_hash, d.error_count, d.warning_count, d.saved_at, d.saved_by,
(SELECT count(*) FROM flow_starts s WHERE s.account_id = f.account_id AND s.flow_id = f.id)
  + (SELECT count(*) FROM flow_agents g WHERE g.account_id = f.account_id AND g.outside_flow_id = f.id),
(SELECT count(*) FROM flow_runs r WHERE r.account_id = f.account_id AND r.flow_id = f.id AND r.phase <> 'ended');

-- name: flow_and_its :text
flows f
  JOIN flow_drafts d ON d.account_id = f.account_id AND d.flow_id = f.id
  LEFT JOIN flow_versions v ON v.account_id = f.account_id AND v.flow_id = f.id AND v.number = f.live_number;

-- name: flow_list :many
-- $1 account  $2 words  $3 after  $4 limit
SELECT @flow_row FROM @flow_and_its
 WHERE f.account_id = $1::bigint AND f.removed_at IS NULL
   AND ($2::text IS NULL OR f.search_name LIKE (SELECT like_part($2)) OR f.key LIKE (SELECT like_part($2)))
   AND ($3::bigint IS NULL OR (f.search_name, f.id) > (SELECT p.search_name, p.id FROM flows p
                                                        WHERE p.account_id = $1 AND p.id = $3))
 ORDER BY f.search_name, f.id LIMIT $4::int;

-- name: flow_get :one
-- $1 account  $2 flow
SELECT @flow_row FROM @flow_and_its
 WHERE f.account_id = $1::bigint AND f.id = $2::bigint AND f.removed_at IS NULL;

-- name: flow_lock :one
-- Whoever writes, publishes or removes is served one after the other.
-- $1 account  $2 flow
SELECT f.id FROM flows f
 WHERE f.account_id = $1::bigint AND f.id = $2::bigint AND f.removed_at IS NULL FOR NO KEY UPDATE;

-- name: flow_keys_taken :many
-- Of an account, one after the other: who looks for a free key must not be overtaken.
-- $1 account
SELECT f.key FROM flows f WHERE f.account_id = $1::bigint AND f.removed_at IS NULL LIMIT 5000;

-- name: flow_add :one
-- None: the account has as many as it may have.
-- $1 account  $2 key  $3 name  $4 channels  $5 now  $6 member  $7 most
INSERT INTO flows (account_id, key, name, channels, created_at, created_by)
SELECT $1::bigint, $2::text, $3::text, $4::text[], $5::timestamptz, $6::bigint
 WHERE (SELECT count(*) FROM flows f WHERE f.account_id = $1 AND f.removed_at IS NULL) < $7::int
RETURNING id;

-- name: flow_enable :exec
-- $1 account  $2 flow  $3 on
UPDATE flows SET is_enabled = $3::boolean WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: flow_users :many
-- Other flows that name it, in what speaks or in what is being written.
-- $1 account  $2 flow
SELECT DISTINCT u.id, u.key, u.name
  FROM flows f
  JOIN flow_refs r ON r.account_id = f.account_id AND r.ref = 'flow:' || f.key AND r.flow_id <> f.id
  JOIN flows u ON u.account_id = r.account_id AND u.id = r.flow_id AND u.removed_at IS NULL
 WHERE f.account_id = $1::bigint AND f.id = $2::bigint
 ORDER BY u.name, u.id LIMIT 20;

-- name: flow_remove :exec
-- $1 account  $2 flow  $3 now
UPDATE flows SET removed_at = $3::timestamptz WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: flow_refs_forget :exec
-- $1 account  $2 flow
DELETE FROM flow_refs WHERE account_id = $1::bigint AND flow_id = $2::bigint;

-- name: flow_kinds :one
-- Kinds of channels that the account has: what a new flow is for.
-- $1 account
SELECT coalesce(string_agg(DISTINCT c.kind, ' '), '') FROM channels c WHERE c.account_id = $1::bigint AND c.is_active;
