-- name: run_of_ticket :one
-- The run that a ticket is in, if any, and whether one of its runs was told this before.
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket  $3 input
SELECT r.id, r.pins::text, r.state,
       EXISTS (SELECT FROM flow_runs x JOIN flow_run_inputs i ON i.account_id = x.account_id AND i.run_id = x.id
                WHERE x.account_id = $1::bigint AND x.ticket_id = $2::bigint AND i.input_id = $3::text),
       r.started_at
  FROM (SELECT 1) one
  LEFT JOIN flow_runs r ON r.account_id = $1 AND r.ticket_id = $2 AND r.phase <> 'ended';

-- name: run_start :opt
-- The flow that these first words (folded) begin on a channel, in a department, of whoever was brought by this: the nearest
-- start wins. And what speaks outside of which period in its place.
-- $1 account  $2 channel  $3 first words  $4 department  $5 what brought them
SELECT f.key, s.kind, g.period_id, o.key FROM flow_starts s
  JOIN flows f ON f.account_id = s.account_id AND f.id = s.flow_id
  LEFT JOIN flow_agents g ON g.account_id = s.account_id AND g.id = s.agent_id
  LEFT JOIN flows o ON o.account_id = g.account_id AND o.id = g.outside_flow_id
   AND o.is_enabled AND o.live_number IS NOT NULL AND o.removed_at IS NULL
 WHERE g.is_on IS NOT false AND s.account_id = $1::bigint AND (s.channel_id IS NULL OR s.channel_id = $2::bigint)
   AND (s.kind = 'channel' OR (s.kind = 'first_text' AND s.first_text = $3::text)
        OR (s.kind = 'ad' AND s.ad_id = $5::text::json ->> 'ad_id')
        OR (s.kind = 'link' AND lower(s.ref COLLATE "C") = lower(($5::text::json ->> 'ref') COLLATE "C"))
        OR (s.kind = 'department' AND s.department_id = $4::bigint))
   AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL
 ORDER BY array_position('{ad, link, first_text, channel, department}', s.kind), s.channel_id IS NULL LIMIT 1;

-- name: run_start_department :opt
-- $1 account  $2 department
SELECT f.key FROM flow_starts s JOIN flows f ON f.account_id = s.account_id AND f.id = s.flow_id
 WHERE s.account_id = $1::bigint AND s.kind = 'department' AND s.department_id = $2::bigint
   AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL;

-- name: run_last_flow :opt
-- The flow that a ticket was in last, if it still speaks.
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket
SELECT f.key FROM (SELECT r.account_id, r.flow_id FROM flow_runs r
                    WHERE r.account_id = $1::bigint AND r.ticket_id = $2::bigint ORDER BY r.id DESC LIMIT 1) last
  JOIN flows f ON f.account_id = last.account_id AND f.id = last.flow_id
 WHERE f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL;

-- name: run_survey :opt
-- The satisfaction flow of a department, else the one of all that have none.
-- $1 account  $2 department
SELECT f.key FROM flow_starts s
  JOIN flows f ON f.account_id = s.account_id AND f.id = s.flow_id
 WHERE s.account_id = $1::bigint AND s.kind = 'survey' AND (s.department_id IS NULL OR s.department_id = $2::bigint)
   AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL
 ORDER BY s.department_id IS NULL LIMIT 1;

-- name: run_first_words :opt
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket  $3 opened
SELECT m.body FROM messages m
 WHERE m.account_id = $1::bigint AND m.ticket_id = $2::bigint AND m.created_at >= $3::timestamptz AND m.direction = 'in'
 ORDER BY m.seq LIMIT 1;

-- name: run_add :one
-- And whether it is the first that began on its day, in the account's zone, and when that day ends.
-- $1 account  $2 flow  $3 number  $4 ticket  $5 channel  $6 cause  $7 pins  $8 now  $9 changes of control
INSERT INTO flow_runs (account_id, flow_id, number, ticket_id, channel_id, cause, pins, epoch, state, started_at, stepped_at)
VALUES ($1::bigint, $2::bigint, $3::int, $4::bigint, $5::bigint, $6::text, $7::json, $9::bigint, '{}', $8::timestamptz, $8)
RETURNING id,
    (SELECT NOT EXISTS (SELECT FROM flow_runs r WHERE r.account_id = $1 AND r.started_at >= day.on_day::timestamp AT TIME ZONE a.time_zone
                           AND r.started_at < (day.on_day + 1)::timestamp AT TIME ZONE a.time_zone)
       FROM accounts a CROSS JOIN LATERAL (SELECT ($8 AT TIME ZONE a.time_zone)::date AS on_day) day WHERE a.id = $1),
    (SELECT ($8 AT TIME ZONE a.time_zone)::date::text FROM accounts a WHERE a.id = $1),
    (SELECT (($8 AT TIME ZONE a.time_zone)::date + 1)::timestamp AT TIME ZONE a.time_zone FROM accounts a WHERE a.id = $1);

-- name: run_save :exec
-- $1 account  $2 run  $3 steps  $4 phase  $5 state  $6 now  $7 why it ended  $8 changes of control  $9 goes on when its ticket was served
-- $10 nobody is to read what it is answered next
UPDATE flow_runs SET seq = $3::bigint, phase = $4::text, state = $5::text, stepped_at = $6::timestamptz,
       ended_at = CASE WHEN $7::text IS NOT NULL THEN $6 END, end_reason = $7, epoch = $8::bigint,
       awaits_end = $9::boolean, hides_answer = $10::boolean
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: run_break :exec
-- Ends the run that a ticket is in without reading its state, which may be what is wrong with it: its row, the end of the
-- visit that is open, and the figure of it. A visit that a person interrupted is over already.
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket  $3 now  $4 what happened
WITH broken AS (
    UPDATE flow_runs SET phase = 'ended', seq = seq + 1, stepped_at = $3::timestamptz, ended_at = $3, end_reason = 'error'
     WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND phase <> 'ended'
    RETURNING *
), last AS (
    SELECT b.id, b.seq AS step, b.started_at, e.*
      FROM broken b CROSS JOIN LATERAL (
           SELECT t.flow_id, t.number, t.card, t.type, t.visit, t.event, t.reason FROM flow_trace t
            WHERE t.account_id = b.account_id AND t.run_id = b.id AND t.at >= b.started_at AND t.visit > 0
            ORDER BY t.seq DESC, t.n DESC LIMIT 1) e
     WHERE e.event NOT IN ('leave', 'end') AND (e.event, e.reason) IS DISTINCT FROM ('interrupt', 'taken')
), told AS (
    INSERT INTO flow_trace (account_id, run_id, seq, n, at, flow_id, number, card, type, visit, event, reason, error)
    SELECT $1, l.id, l.step, 1, $3, l.flow_id, l.number, l.card, l.type, l.visit, 'end', 'error', $4::text FROM last l
)
INSERT INTO flow_counters AS t (account_id, flow_id, number, card, began_on, what, outlet, place, n)
SELECT a.id, l.flow_id, l.number, l.card, (l.started_at AT TIME ZONE a.time_zone)::date, 'abandoned', 'error',
       flow_counters_place($1), 1
  FROM last l JOIN accounts a ON a.id = $1
    ON CONFLICT (account_id, flow_id, number, card, began_on, what, outlet, place) DO UPDATE SET n = t.n + 1;

-- name: run_input_add :exec
-- $1 account  $2 run  $3 input  $4 step  $5 now
INSERT INTO flow_run_inputs (account_id, run_id, input_id, seq, at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::timestamptz);

-- name: run_trace_add :exec
-- $1 account  $2 run  $3 step  $4 now  $5 entries
INSERT INTO flow_trace (account_id, run_id, seq, n, at, flow_id, number, card, type, visit, event, via, outlet, reason,
                        matched_by, attempt, answered_ms, skipped, error, detail)
SELECT $1::bigint, $2::bigint, $3::bigint, e.n, $4::timestamptz, e.flow_id, e.number, coalesce(e.card, ''),
       coalesce(e.type, ''), coalesce(e.visit, 0), e.event, e.via, e.outlet, e.reason, e.matched_by,
       coalesce(e.attempt, 0), e.answered_ms, e.skipped, e.error, e.detail
  FROM json_to_recordset($5::json) AS e (n int, flow_id bigint, number int, card text, type text, visit int, event text,
       via text, outlet text, reason text, matched_by text, attempt int, answered_ms bigint, skipped text, error text,
       detail json);

-- name: run_counters_add :exec
-- Where no other transaction counts meanwhile, so that conversations do not wait for one another; should all places be taken,
-- in one order. A card is run once, however often it is visited; the trace of the steps before tells.
-- $1 account  $2 run  $3 step  $4 counts
INSERT INTO flow_counters AS t (account_id, flow_id, number, card, began_on, what, outlet, place, n)
SELECT r.account_id, c.flow_id, c.number, c.card, (r.started_at AT TIME ZONE a.time_zone)::date, c.what,
       coalesce(c.outlet, ''), here.place, CASE c.what WHEN 'run' THEN 1 ELSE sum(c.n) END
  FROM flow_runs r JOIN accounts a ON a.id = r.account_id
 CROSS JOIN (SELECT flow_counters_place($1::bigint) AS place OFFSET 0) here
 CROSS JOIN json_to_recordset($4::json) AS c (flow_id bigint, number int, card text, what text, outlet text, n bigint)
 WHERE r.account_id = $1::bigint AND r.id = $2::bigint
   AND (c.what <> 'run'
        OR NOT EXISTS (SELECT FROM flow_trace b WHERE b.account_id = r.account_id AND b.run_id = r.id AND b.seq < $3::bigint
                          AND b.at >= r.started_at AND b.event = 'enter' AND b.flow_id = c.flow_id AND b.card = c.card))
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
    ON CONFLICT (account_id, flow_id, number, card, began_on, what, outlet, place) DO UPDATE SET n = t.n + excluded.n;

-- name: run_path :many
-- Cards that a run came by, in its order.
-- $1 account  $2 run
SELECT b.flow_id, b.card FROM flow_runs r
  JOIN flow_trace b ON b.account_id = r.account_id AND b.run_id = r.id AND b.at >= r.started_at AND b.event = 'enter'
 WHERE r.account_id = $1::bigint AND r.id = $2::bigint
 ORDER BY b.seq DESC, b.n DESC LIMIT 30;

-- name: run_documents :many
-- $1 account  $2 flows  $3 numbers, in the same order
SELECT v.flow_id, v.number, v.document FROM unnest($2::bigint[], $3::int[]) AS w (flow_id, number)
  JOIN flow_versions v ON v.account_id = $1::bigint AND v.flow_id = w.flow_id AND v.number = w.number;

-- name: run_facts :one
-- What a step may know of its ticket.
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket  $3 now  $4 answered since
SELECT extract(epoch FROM ($3::timestamptz AT TIME ZONE z.name) - ($3 AT TIME ZONE 'UTC'))::bigint,
       to_char(t.opened_at AT TIME ZONE z.name, 'YYYY-MM-DD"T"HH24:MI:SS'),
       c.email, c.birth_on::text, c.consent = 'withdrawn', y.wording, y.at,
       coalesce(o.name, a.name), e.terms_url, b.name, d.name, h.name, h.kind, q.name,
       (SELECT string_agg(g.tag_id::text, ' ') FROM contact_tags g WHERE g.account_id = t.account_id AND g.contact_id = t.contact_id),
       (SELECT x.assignee_id FROM tickets x WHERE x.account_id = t.account_id AND x.contact_id = t.contact_id
           AND x.assignee_id IS NOT NULL ORDER BY x.id DESC LIMIT 1),
       (SELECT count(*) FROM flow_runs r JOIN flow_run_inputs i ON i.account_id = r.account_id AND i.run_id = r.id
         WHERE r.account_id = t.account_id AND r.ticket_id = t.id AND i.at > $4::timestamptz AND starts_with(i.input_id, 'msg:')),
       m.display_name
  FROM tickets t
  JOIN accounts a ON a.id = t.account_id
  JOIN account_settings e ON e.account_id = t.account_id
  JOIN contacts c ON c.account_id = t.account_id AND c.id = t.contact_id
  JOIN channels h ON h.account_id = t.account_id AND h.id = t.channel_id
  LEFT JOIN branches b ON b.account_id = t.account_id AND b.id = t.branch_id
  LEFT JOIN departments d ON d.account_id = t.account_id AND d.id = t.department_id
  LEFT JOIN companies o ON o.account_id = d.account_id AND o.id = d.company_id
  LEFT JOIN close_reasons q ON q.account_id = t.account_id AND q.id = t.reason_id
  LEFT JOIN memberships m ON m.account_id = t.account_id AND m.id = t.assignee_id
  LEFT JOIN LATERAL (SELECT e.wording, e.at FROM consent_events e
                      WHERE e.account_id = t.account_id AND e.contact_id = t.contact_id AND e.act = 'granted' AND e.wording <> ''
                        AND c.consent IS DISTINCT FROM 'withdrawn'
                      ORDER BY e.id DESC LIMIT 1) y ON true
 CROSS JOIN LATERAL (SELECT coalesce(b.time_zone, a.time_zone) AS name) z
 WHERE t.account_id = $1::bigint AND t.id = $2::bigint;

-- name: run_departments :many
-- $1 account  $2 departments
SELECT d.id, d.name, d.is_active AND d.serves,
       (SELECT count(*) FROM department_members x JOIN member_presence p ON p.account_id = x.account_id AND p.member_id = x.member_id
         WHERE x.account_id = d.account_id AND x.department_id = d.id AND p.state = 'online'),
       (SELECT count(*) FROM (SELECT FROM tickets t WHERE t.account_id = d.account_id AND t.department_id = d.id
                                 AND t.state = 'waiting' LIMIT 1000) x)
  FROM departments d WHERE d.account_id = $1::bigint AND d.id = ANY ($2::bigint[]);

-- name: run_shifts :many
-- $1 account  $2 shifts
SELECT s.id, s.name FROM shifts s WHERE s.account_id = $1::bigint AND s.id = ANY ($2::bigint[]);

-- name: run_registrations :many
-- Of the contact, and the one that the ticket is about; whether it is that one.
-- $1 account  $2 contact  $3 ticket
SELECT c.id, c.name, c.document, c.kind, t.customer_id IS NOT NULL
  FROM customers c
  LEFT JOIN contact_customers l ON l.account_id = c.account_id AND l.customer_id = c.id AND l.contact_id = $2::bigint
  LEFT JOIN ticket_customers t ON t.account_id = c.account_id AND t.customer_id = c.id AND t.ticket_id = $3::bigint
 WHERE c.account_id = $1::bigint
   AND c.id IN (SELECT x.customer_id FROM contact_customers x WHERE x.account_id = $1 AND x.contact_id = $2
                 UNION SELECT y.customer_id FROM ticket_customers y WHERE y.account_id = $1 AND y.ticket_id = $3)
 ORDER BY l.linked_at, c.id LIMIT 20;

-- name: run_customers :many
-- By a whole document, or by the number of its holder.
-- $1 account  $2 document  $3 spellings of a number
SELECT c.id, c.document, c.name, c.kind FROM customers c
 WHERE c.account_id = $1::bigint
   AND CASE WHEN $2::text IS NOT NULL THEN c.document = $2
            ELSE regexp_replace(c.phone, '[^0-9]', '', 'g') = ANY ($3::text[]) END
 ORDER BY c.id LIMIT 10;

-- name: run_link_contact :exec
-- $1 account  $2 contact  $3 customer  $4 now
INSERT INTO contact_customers (account_id, contact_id, customer_id, linked_at)
SELECT $1::bigint, $2::bigint, c.id, $4::timestamptz FROM customers c WHERE c.account_id = $1 AND c.id = $3::bigint
    ON CONFLICT DO NOTHING;

-- name: run_link_ticket :exec
-- $1 account  $2 ticket  $3 customer  $4 proof  $5 now
INSERT INTO ticket_customers AS t (account_id, ticket_id, customer_id, proof, linked_at)
SELECT $1::bigint, $2::bigint, c.id, $4::text, $5::timestamptz FROM customers c WHERE c.account_id = $1 AND c.id = $3::bigint
    ON CONFLICT (account_id, ticket_id) DO UPDATE
   SET customer_id = excluded.customer_id, proof = excluded.proof, linked_at = excluded.linked_at;

-- name: run_recipients :many
-- Active members by themselves and by their departments.
-- $1 account  $2 members  $3 departments
SELECT m.id FROM memberships m
 WHERE m.account_id = $1::bigint AND m.is_active
   AND (m.id = ANY ($2::bigint[])
        OR EXISTS (SELECT FROM department_members x WHERE x.account_id = m.account_id AND x.member_id = m.id
                      AND x.department_id = ANY ($3::bigint[])))
 ORDER BY m.id LIMIT 200;
