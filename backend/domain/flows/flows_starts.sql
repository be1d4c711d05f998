-- name: flow_start_list :many
-- $1 account
SELECT s.id, s.kind, s.flow_id, s.channel_id, s.department_id, s.first_text, s.ad_id, s.ref, g.name
  FROM flow_starts s LEFT JOIN flow_agents g ON g.account_id = s.account_id AND g.id = s.agent_id
 WHERE s.account_id = $1::bigint
 ORDER BY s.kind, s.channel_id, s.department_id, s.first_text, s.ad_id, s.ref LIMIT 1000;

-- name: flow_starts_lock :one
-- Two who set them at once are served one after the other.
-- $1 account
SELECT a.account_id FROM account_settings a WHERE a.account_id = $1::bigint FOR NO KEY UPDATE;

-- name: flow_start_targets :many
-- What starts name, as far as it is there: flows with what is live of them, channels with their kind, departments, periods.
-- $1 account  $2 flows  $3 channels  $4 departments  $5 periods
SELECT 'flow', f.id, f.key, coalesce(v.document, ''), f.live_number IS NOT NULL AND f.is_enabled
  FROM flows f LEFT JOIN flow_versions v ON v.account_id = f.account_id AND v.flow_id = f.id AND v.number = f.live_number
 WHERE f.account_id = $1::bigint AND f.id = ANY ($2::bigint[]) AND f.removed_at IS NULL
UNION ALL
SELECT 'channel', c.id, c.kind, '', c.is_active FROM channels c WHERE c.account_id = $1 AND c.id = ANY ($3::bigint[])
UNION ALL
SELECT 'department', d.id, d.name, '', d.is_active FROM departments d WHERE d.account_id = $1 AND d.id = ANY ($4::bigint[])
UNION ALL
SELECT 'period', p.id, p.name, '', true FROM service_periods p WHERE p.account_id = $1 AND p.id = ANY ($5::bigint[])
 LIMIT 5000;

-- name: flow_starts_clear :exec
-- $1 account
DELETE FROM flow_starts WHERE account_id = $1::bigint;

-- name: flow_start_add :exec
-- $1 account  $2 flow  $3 kind  $4 channel  $5 department  $6 first text  $7 advertisement  $8 of a link
-- $9 name of an agent
INSERT INTO flow_starts (account_id, flow_id, kind, channel_id, department_id, first_text, ad_id, ref, agent_id)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::bigint, $6::text, $7::text, $8::text,
        (SELECT g.id FROM flow_agents g WHERE g.account_id = $1 AND g.name = $9::text));

-- name: flow_agent_list :many
-- $1 account
SELECT g.name, g.is_on, g.period_id, g.outside_flow_id FROM flow_agents g
 WHERE g.account_id = $1::bigint ORDER BY g.id LIMIT 1000;

-- name: flow_agents_clear :exec
-- $1 account
DELETE FROM flow_agents WHERE account_id = $1::bigint;

-- name: flow_agent_add :exec
-- $1 account  $2 name  $3 on  $4 period  $5 flow outside of it
INSERT INTO flow_agents (account_id, name, is_on, period_id, outside_flow_id)
VALUES ($1::bigint, $2::text, $3::boolean, $4::bigint, $5::bigint);
