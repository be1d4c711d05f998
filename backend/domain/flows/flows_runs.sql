-- name: flow_run_row :text
r.id, r.flow_id, r.number, f.name, r.cause, r.phase, r.started_at, r.stepped_at, r.ended_at, r.end_reason;

-- name: flow_run_list :many
-- Newest first; of those that go on, the card that they stand on, since when, and when it last asked.
-- unscoped: the ticket was read by whoever sees it
-- $1 account  $2 ticket  $3 before  $4 limit
SELECT @flow_run_row, at.flow_id, at.number, at.card, at.type, at.name, at.entered_at, at.asked_at
  FROM flow_runs r
  JOIN flows f ON f.account_id = r.account_id AND f.id = r.flow_id
  LEFT JOIN LATERAL (
       SELECT e.flow_id, e.number, e.card, e.type, e.at AS entered_at,
              (SELECT max(q.at) FROM flow_trace q
                WHERE q.account_id = e.account_id AND q.run_id = e.run_id AND q.at >= e.at AND q.visit = e.visit AND q.event = 'ask') AS asked_at,
              (SELECT c->>'name' FROM flow_versions v CROSS JOIN json_array_elements(v.document::json->'cards') c
                WHERE v.account_id = e.account_id AND v.flow_id = e.flow_id AND v.number = e.number AND c->>'id' = e.card) AS name
         FROM flow_trace e
        WHERE e.account_id = r.account_id AND e.run_id = r.id AND e.at >= r.started_at AND e.event = 'enter'
        ORDER BY e.seq DESC, e.n DESC LIMIT 1) at ON r.phase <> 'ended'
 WHERE r.account_id = $1::bigint AND r.ticket_id = $2::bigint AND ($3::bigint IS NULL OR r.id < $3)
 ORDER BY r.id DESC LIMIT $4::int;

-- name: flow_run_get :one
-- unscoped: the ticket was read by whoever sees it
-- $1 account  $2 ticket  $3 run
SELECT @flow_run_row FROM flow_runs r
  JOIN flows f ON f.account_id = r.account_id AND f.id = r.flow_id
 WHERE r.account_id = $1::bigint AND r.ticket_id = $2::bigint AND r.id = $3::bigint;

-- name: flow_run_entries :many
-- Latest first.
-- $1 account  $2 run  $3 begun  $4 limit
SELECT b.seq, b.at, b.flow_id, b.number, b.card, b.type, b.visit, b.event, b.via, b.outlet, b.reason, b.matched_by,
       b.attempt, b.answered_ms, b.skipped, b.error
  FROM flow_trace b
 WHERE b.account_id = $1::bigint AND b.run_id = $2::bigint AND b.at >= $3::timestamptz
 ORDER BY b.seq DESC, b.n DESC LIMIT $4::int;

-- name: flow_run_inputs :many
-- What it was told, and of messages what the conversation shows. Latest first.
-- unscoped: the ticket was read by whoever sees it
-- $1 account  $2 run  $3 ticket  $4 ticket's beginning  $5 limit
SELECT i.seq, i.at, split_part(i.input_id, ':', 1), m.seq, m.kind, left(m.body, 1000), m.deleted_at IS NOT NULL
  FROM flow_run_inputs i
  LEFT JOIN messages m ON m.account_id = i.account_id AND m.ticket_id = $3::bigint AND m.created_at >= $4::timestamptz
       AND m.seq = CASE WHEN starts_with(i.input_id, 'msg:') THEN substr(i.input_id, 5)::int END
 WHERE i.account_id = $1::bigint AND i.run_id = $2::bigint
 ORDER BY i.seq DESC, i.at DESC LIMIT $5::int;

-- name: flow_run_cards :many
-- The cards of the versions that it came by: what their author calls them, and whose answers nobody may read.
-- $1 account  $2 run  $3 begun
SELECT v.flow_id, v.number, c->>'id', coalesce(c->>'name', ''), coalesce(c->'settings'->>'sensitive', '') = 'true'
  FROM (SELECT DISTINCT b.flow_id, b.number FROM flow_trace b
         WHERE b.account_id = $1::bigint AND b.run_id = $2::bigint AND b.at >= $3::timestamptz) w
  JOIN flow_versions v ON v.account_id = $1 AND v.flow_id = w.flow_id AND v.number = w.number
 CROSS JOIN json_array_elements(v.document::json->'cards') c;

-- name: flow_run_values :many
-- What it knows by name, and what was answered at which card and moment, as people may look back at it: what names a
-- person is masked for everybody, what is sealed stays away.
-- $1 account  $2 run
SELECT x.is_answer, x.name, x.type, x.at_us,
       CASE WHEN x.label <> '' THEN x.label
            ELSE CASE x.type WHEN 'document' THEN mask_document(x.value)
                             WHEN 'phone' THEN mask_phone(x.value)
                             WHEN 'email' THEN mask_email(x.value)
                             WHEN 'date' THEN '••/••/' || left(x.value, 4)
                             WHEN 'file' THEN NULL
                             WHEN 'location' THEN NULL
                             ELSE left(x.value, 200) END END
  FROM flow_runs r
 CROSS JOIN LATERAL (
       SELECT false AS is_answer, v->>'name' AS name, coalesce(v->>'type', 'text') AS type, 0::bigint AS at_us, '' AS label,
              CASE WHEN v->>'is_sealed' = 'true' THEN NULL ELSE v->>'value' END AS value
         FROM json_array_elements(coalesce(r.state::json->'variables', '[]')) v
        UNION ALL
       SELECT true, a->>'card', coalesce(a->>'type', 'text'), coalesce((a->>'at_us')::bigint, 0),
              CASE WHEN a->>'option' IS NOT NULL THEN coalesce(a->>'label', '') ELSE '' END, a->>'value'
         FROM json_array_elements(coalesce(r.state::json->'answers', '[]')) a) x
 WHERE r.account_id = $1::bigint AND r.id = $2::bigint;

-- name: flow_run_world :one
-- The versions that it stays on, and how it rests.
-- unscoped: the ticket was read by whoever sees it
-- $1 account  $2 ticket  $3 run
SELECT r.pins, r.state FROM flow_runs r
 WHERE r.account_id = $1::bigint AND r.ticket_id = $2::bigint AND r.id = $3::bigint;
