-- name: flow_start_list :many
-- $1 account
SELECT s.id, s.kind, s.flow_id, s.channel_id, s.department_id, s.first_text, s.ad_id, s.ref FROM flow_starts s
 WHERE s.account_id = $1::bigint
 ORDER BY s.kind, s.channel_id, s.department_id, s.first_text, s.ad_id, s.ref LIMIT 1000;

-- name: flow_starts_lock :one
-- Two who set them at once are served one after the other.
-- $1 account
SELECT a.account_id FROM account_settings a WHERE a.account_id = $1::bigint FOR NO KEY UPDATE;

-- name: flow_start_targets :many
-- What starts name, as far as it is there: flows with what is live of them, channels with their kind, departments.
-- $1 account  $2 flows  $3 channels  $4 departments
SELECT 'flow', f.id, f.key, coalesce(v.document, ''), f.live_number IS NOT NULL AND f.is_enabled
  FROM flows f LEFT JOIN flow_versions v ON v.account_id = f.account_id AND v.flow_id = f.id AND v.number = f.live_number
 WHERE f.account_id = $1::bigint AND f.id = ANY ($2::bigint[]) AND f.removed_at IS NULL
UNION ALL
SELECT 'channel', c.id, c.kind, '', c.is_active FROM channels c WHERE c.account_id = $1 AND c.id = ANY ($3::bigint[])
UNION ALL
SELECT 'department', d.id, d.name, '', d.is_active FROM departments d WHERE d.account_id = $1 AND d.id = ANY ($4::bigint[])
 LIMIT 5000;

-- name: flow_starts_clear :exec
-- $1 account
DELETE FROM flow_starts WHERE account_id = $1::bigint;

-- name: flow_start_add :exec
-- $1 account  $2 flow  $3 kind  $4 channel  $5 department  $6 first text  $7 advertisement  $8 of a link
INSERT INTO flow_starts (account_id, flow_id, kind, channel_id, department_id, first_text, ad_id, ref)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::bigint, $6::text, $7::text, $8::text);
