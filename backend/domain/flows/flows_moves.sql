-- name: move_candidates :many
-- Conversations that go on with a flow in another version than the one that is live, and what they stay on.
-- unscoped: they are counted, and nothing of them is shown
-- $1 account  $2 flow  $3 live version  $4 after  $5 limit
SELECT r.id, r.pins::text, r.state FROM flow_runs r
 WHERE r.account_id = $1::bigint AND r.phase <> 'ended' AND r.id > $4::bigint
   AND EXISTS (SELECT FROM json_array_elements(r.pins) p (pin)
                WHERE (p.pin->>'id')::bigint = $2::bigint AND (p.pin->>'version')::bigint <> $3::bigint)
 ORDER BY r.id LIMIT $5::int;

-- name: move_running :opt
-- $1 account  $2 flow
SELECT m.id FROM flow_moves m WHERE m.account_id = $1::bigint AND m.flow_id = $2::bigint AND m.state = 'running';

-- name: move_add :one
-- With all that it is about.
-- $1 account  $2 flow  $3 version  $4 member  $5 now  $6 most
WITH added AS (
    INSERT INTO flow_moves (account_id, flow_id, number, member_id, started_at)
    VALUES ($1::bigint, $2::bigint, $3::int, $4::bigint, $5::timestamptz) RETURNING account_id, id
), items AS (
    INSERT INTO flow_move_items (account_id, move_id, run_id, look_at)
    SELECT a.account_id, a.id, r.id, $5
      FROM added a JOIN flow_runs r ON r.account_id = a.account_id AND r.phase <> 'ended'
     WHERE EXISTS (SELECT FROM json_array_elements(r.pins) p (pin)
                    WHERE (p.pin->>'id')::bigint = $2 AND (p.pin->>'version')::bigint <> $3)
     ORDER BY r.id LIMIT $6::int
)
SELECT id FROM added;

-- name: move_get :one
-- $1 account  $2 flow  $3 move
SELECT m.id, m.flow_id, m.number, m.state, m.member_id, m.started_at, m.finished_at
  FROM flow_moves m WHERE m.account_id = $1::bigint AND m.flow_id = $2::bigint AND m.id = $3::bigint;

-- name: move_progress :many
-- $1 account  $2 move
SELECT i.state, i.reason, count(*) FROM flow_move_items i
 WHERE i.account_id = $1::bigint AND i.move_id = $2::bigint GROUP BY i.state, i.reason;

-- name: move_lock :one
-- With the flow's key and the version that is live by now.
-- $1 account  $2 move
SELECT m.flow_id, m.number, m.state, m.started_at, f.key, f.live_number
  FROM flow_moves m JOIN flows f ON f.account_id = m.account_id AND f.id = m.flow_id
 WHERE m.account_id = $1::bigint AND m.id = $2::bigint FOR NO KEY UPDATE OF m;

-- name: move_end :exec
-- $1 account  $2 move  $3 state  $4 now
UPDATE flow_moves SET state = $3::text, finished_at = $4::timestamptz
 WHERE account_id = $1::bigint AND id = $2::bigint AND state = 'running';

-- name: move_next :opt
-- The one to be looked at first, of those that wait for nothing.
-- unscoped: what was decided is done, whoever sees the ticket
-- $1 account  $2 move
SELECT i.run_id, r.ticket_id, i.look_at FROM flow_move_items i
  JOIN flow_runs r ON r.account_id = i.account_id AND r.id = i.run_id
 WHERE i.account_id = $1::bigint AND i.move_id = $2::bigint AND i.state = 'pending'
 ORDER BY i.look_at, i.run_id LIMIT 1;

-- name: move_item_save :exec
-- $1 account  $2 move  $3 run  $4 state  $5 why it stayed  $6 not to be looked at before
UPDATE flow_move_items SET state = $4::text, reason = $5::text, look_at = $6::timestamptz
 WHERE account_id = $1::bigint AND move_id = $2::bigint AND run_id = $3::bigint;

-- name: move_run_save :exec
-- No step of it: when it was stepped last stays.
-- $1 account  $2 run  $3 steps  $4 state  $5 pins
UPDATE flow_runs SET seq = $3::bigint, state = $4::text, pins = $5::json
 WHERE account_id = $1::bigint AND id = $2::bigint;
