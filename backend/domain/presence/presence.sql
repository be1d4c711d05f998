-- name: is_connected(p) :text
-- A page of theirs is open, through a gateway that lives.
EXISTS (SELECT FROM presence_connections c JOIN live_gateways g ON g.id = c.gateway_id
         WHERE c.account_id = p.account_id AND c.member_id = p.member_id AND g.alive_until > now());

-- name: presence_row(p) :text
-- What the row says, unless the last gateway died and nobody took note of it yet.
p.member_id, CASE WHEN p.state IN ('online', 'away') AND NOT @is_connected(p) THEN 'offline' ELSE p.state END, p.since, p.chosen;

-- name: presence_hold :opt
-- Of a member who is there; held, so that no break starts before the transaction ends.
-- $1 account  $2 member
SELECT FROM member_presence p
 WHERE p.account_id = $1::bigint AND p.member_id = $2::bigint AND p.state = 'online'
   AND EXISTS (SELECT FROM memberships m
                WHERE m.account_id = p.account_id AND m.id = p.member_id AND m.is_active AND m.is_agent)
   AND @is_connected(p)
   FOR SHARE OF p;

-- name: presence_list :many
-- $1 account
SELECT @presence_row(p) FROM member_presence p WHERE p.account_id = $1::bigint ORDER BY p.member_id LIMIT 2000;

-- name: presence_get :opt
-- $1 account  $2 member
SELECT @presence_row(p) FROM member_presence p WHERE p.account_id = $1::bigint AND p.member_id = $2::bigint;

-- name: presence_idle :exec
-- The first of repeated words counts, and what is so already is not written again.
-- $1 account  $2 member  $3 session  $4 now, NULL: touched again
UPDATE presence_connections SET idle_since = $4::timestamptz
 WHERE account_id = $1::bigint AND member_id = $2::bigint AND session_id = $3::bigint
   AND (idle_since IS NULL) <> ($4::timestamptz IS NULL);

-- name: presence_choose :exec
-- $1 account  $2 member  $3 chosen
INSERT INTO member_presence (account_id, member_id, chosen) VALUES ($1::bigint, $2::bigint, $3::text)
    ON CONFLICT (account_id, member_id) DO UPDATE SET chosen = excluded.chosen
    WHERE member_presence.chosen <> excluded.chosen;

-- name: presence_supervised :opt
-- $1 account  $2 member
SELECT FROM memberships m WHERE @supervised(m) AND m.id = $2::bigint AND m.is_active;

-- name: presence_sweep :exec
-- no account: one gateway serves them all.
SELECT gate.sweep_presence();

-- name: team_list :many
-- $1 account
SELECT m.id, coalesce(CASE WHEN p.state IN ('online', 'away') AND NOT x.is_connected THEN 'offline' ELSE p.state END, 'offline'),
       p.since, coalesce(p.chosen, 'available'), x.is_connected, s.n,
       b.id, b.member_id, b.reason_id, b.planned_min, b.started_at, b.ended_at, b.ended_by
  FROM memberships m
  LEFT JOIN member_presence p ON p.account_id = m.account_id AND p.member_id = m.id
  LEFT JOIN breaks b ON b.account_id = m.account_id AND b.member_id = m.id AND b.ended_at IS NULL
 CROSS JOIN LATERAL (SELECT @is_connected(p) AS is_connected) x
 CROSS JOIN LATERAL (SELECT count(*) AS n FROM (SELECT FROM tickets t
                      WHERE t.account_id = $1::bigint AND t.assignee_id = m.id AND t.state = 'serving' LIMIT 1000) live) s
 WHERE @supervised(m) AND m.is_active
 ORDER BY m.display_name, m.id LIMIT 2000;
