-- name: flows_naming :many
-- $1 account  $2 ref
SELECT DISTINCT f.id, f.key, f.name
  FROM flow_refs r JOIN flows f ON f.account_id = r.account_id AND f.id = r.flow_id AND f.removed_at IS NULL
 WHERE r.account_id = $1::bigint AND r.ref = $2::text
 ORDER BY f.name, f.id LIMIT 20;
