-- name: transfer_rule_list :many
-- $1 account
SELECT id, coalesce(department_id, 0), is_on, wait_min, to_department_id, to_member_id, message
  FROM transfer_rules WHERE account_id = $1::bigint ORDER BY department_id NULLS FIRST LIMIT 500;

-- name: transfer_rule_of :opt
-- Of a ticket in this department, or of all.
-- $1 account  $2 department
SELECT id, coalesce(department_id, 0), is_on, wait_min, to_department_id, to_member_id, message
  FROM transfer_rules
 WHERE account_id = $1::bigint AND (department_id = $2::bigint OR department_id IS NULL)
 ORDER BY department_id NULLS LAST LIMIT 1;

-- name: transfer_rules_clear :exec
-- $1 account
DELETE FROM transfer_rules WHERE account_id = $1::bigint;

-- name: transfer_rule_add :exec
-- $1 account  $2 department  $3 on  $4 minutes  $5 to department  $6 to member  $7 message
INSERT INTO transfer_rules (account_id, department_id, is_on, wait_min, to_department_id, to_member_id, message)
VALUES ($1::bigint, $2::bigint, $3::boolean, $4::int, $5::bigint, $6::bigint, $7::text);

-- name: idle_rule_list :many
-- $1 account
SELECT id, coalesce(department_id, 0), is_on, close_after_min, warn_before_min, warn_text, reason_id, message
  FROM idle_rules WHERE account_id = $1::bigint ORDER BY department_id NULLS FIRST LIMIT 500;

-- name: idle_rule_of :opt
-- $1 account  $2 department
SELECT id, coalesce(department_id, 0), is_on, close_after_min, warn_before_min, warn_text, reason_id, message
  FROM idle_rules
 WHERE account_id = $1::bigint AND (department_id = $2::bigint OR department_id IS NULL)
 ORDER BY department_id NULLS LAST LIMIT 1;

-- name: idle_rules_clear :exec
-- $1 account
DELETE FROM idle_rules WHERE account_id = $1::bigint;

-- name: idle_rule_add :exec
-- $1 account  $2 department  $3 on  $4 minutes  $5 warns before  $6 warning  $7 reason  $8 message
INSERT INTO idle_rules (account_id, department_id, is_on, close_after_min, warn_before_min, warn_text, reason_id, message)
VALUES ($1::bigint, $2::bigint, $3::boolean, $4::int, $5::int, $6::text, $7::bigint, $8::text);

-- name: timer_targets_unknown :one
-- Whether one of these is not the account's.
-- $1 account  $2 departments  $3 members  $4 reasons
SELECT EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM departments d WHERE d.account_id = $1::bigint AND d.id = x)),
       EXISTS (SELECT FROM unnest($3::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM memberships m WHERE m.account_id = $1 AND m.id = x)),
       EXISTS (SELECT FROM unnest($4::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM close_reasons r WHERE r.account_id = $1 AND r.id = x));

-- name: policy_row :text
p.id, p.name, p.is_active, p.department_ids, p.channel_ids, p.priorities, p.first_answer_min, p.next_answer_min,
p.resolution_min, p.warn_percent, p.warn_min, p.valid_from;

-- name: policy_list :many
-- $1 account
SELECT @policy_row FROM sla_policies p WHERE p.account_id = $1::bigint ORDER BY p.position, p.id LIMIT 200;

-- name: policy_fitting :many
-- Those that a ticket fits, in their order; the first one that was there when a clock began is its.
-- $1 account  $2 department  $3 channel  $4 priority
SELECT @policy_row FROM sla_policies p
 WHERE p.account_id = $1::bigint AND p.is_active
   AND (p.department_ids = '{}' OR $2::bigint = ANY (p.department_ids))
   AND (p.channel_ids = '{}' OR $3::bigint = ANY (p.channel_ids))
   AND (p.priorities = '{}' OR $4::smallint = ANY (p.priorities))
 ORDER BY p.position, p.id LIMIT 200;

-- name: policy_lock :one
-- $1 account  $2 policy
SELECT @policy_row FROM sla_policies p WHERE p.account_id = $1::bigint AND p.id = $2::bigint FOR UPDATE;

-- name: policy_add :one
-- $1 account  $2 name  $3 active  $4 departments  $5 channels  $6 priorities  $7 first answer  $8 next answer
-- $9 resolution  $10 warns at percent  $11 warns minutes before  $12 now
INSERT INTO sla_policies AS p (account_id, name, is_active, department_ids, channel_ids, priorities, first_answer_min,
                               next_answer_min, resolution_min, warn_percent, warn_min, valid_from, position)
VALUES ($1::bigint, $2::text, $3::boolean, $4::bigint[], $5::bigint[], $6::smallint[], $7::int, $8::int, $9::int,
        $10::int, $11::int, $12::timestamptz,
        (SELECT coalesce(max(x.position), 0) + 1 FROM sla_policies x WHERE x.account_id = $1))
RETURNING @policy_row;

-- name: policy_save :one
-- $1 account  $2 name  $3 active  $4 departments  $5 channels  $6 priorities  $7 first answer  $8 next answer
-- $9 resolution  $10 warns at percent  $11 warns minutes before  $12 now  $13 policy
UPDATE sla_policies p
   SET name = $2::text, is_active = $3::boolean, department_ids = $4::bigint[], channel_ids = $5::bigint[],
       priorities = $6::smallint[], first_answer_min = $7::int, next_answer_min = $8::int, resolution_min = $9::int,
       warn_percent = $10::int, warn_min = $11::int, valid_from = $12::timestamptz
 WHERE p.account_id = $1::bigint AND p.id = $13::bigint
RETURNING @policy_row;

-- name: policy_places_unknown :one
-- $1 account  $2 departments  $3 channels
SELECT EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM departments d WHERE d.account_id = $1::bigint AND d.id = x)),
       EXISTS (SELECT FROM unnest($3::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM channels h WHERE h.account_id = $1 AND h.id = x));

-- name: policy_remove :exec
-- $1 account  $2 policy
DELETE FROM sla_policies WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: policy_unknown :one
-- $1 account  $2 policies
SELECT EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM sla_policies p WHERE p.account_id = $1::bigint AND p.id = x));

-- name: policy_order :exec
-- $1 account  $2 policies, as they are to stand
UPDATE sla_policies p SET position = w.place
  FROM (SELECT id, row_number() OVER (ORDER BY array_position($2::bigint[], id), position, id) AS place
          FROM sla_policies WHERE account_id = $1::bigint) w
 WHERE p.account_id = $1 AND p.id = w.id AND p.position <> w.place;

-- name: timer_state :opt
-- $1 account  $2 ticket
SELECT seen_seq, unanswered_since, answered_at, awake_from, is_settled FROM ticket_timers
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint;

-- name: timer_state_save :exec
-- $1 account  $2 ticket  $3 seq  $4 unanswered since  $5 answered  $6 awake from  $7 settled
INSERT INTO ticket_timers (account_id, ticket_id, seen_seq, unanswered_since, answered_at, awake_from, is_settled)
VALUES ($1::bigint, $2::bigint, $3::int, $4::timestamptz, $5::timestamptz, $6::timestamptz, $7::boolean)
    ON CONFLICT (account_id, ticket_id) DO UPDATE
       SET seen_seq = $3, unanswered_since = $4, answered_at = $5, awake_from = $6, is_settled = $7;

-- name: timer_thread :many
-- What was said since, by the customer and by people of ours.
-- $1 account  $2 ticket  $3 behind this seq  $4 opened  $5 limit
SELECT seq, created_at, direction = 'in' FROM messages
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq > $3::int AND created_at >= $4::timestamptz
   AND (direction = 'in' OR (direction = 'out' AND author_kind = 'member'))
 ORDER BY seq LIMIT $5::int;

-- name: clock_list :many
-- $1 account  $2 ticket
SELECT kind, rule_id, stands_for, target_us, lead_us, spent_us, running_since, warn_at, due_at, warned_at, breached_at
  FROM ticket_clocks WHERE account_id = $1::bigint AND ticket_id = $2::bigint;

-- name: clock_save :exec
-- $1 account  $2 ticket  $3 kind  $4 rule  $5 stands for  $6 target  $7 lead  $8 spent  $9 running since  $10 warns
-- $11 due  $12 warned  $13 breached  $14 look at
INSERT INTO ticket_clocks (account_id, ticket_id, kind, rule_id, stands_for, target_us, lead_us, spent_us,
                           running_since, warn_at, due_at, warned_at, breached_at, look_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::timestamptz, $6::bigint, $7::bigint, $8::bigint,
        $9::timestamptz, $10::timestamptz, $11::timestamptz, $12::timestamptz, $13::timestamptz, $14::timestamptz)
    ON CONFLICT (account_id, ticket_id, kind) DO UPDATE
       SET rule_id = $4, stands_for = $5, target_us = $6, lead_us = $7, spent_us = $8, running_since = $9,
           warn_at = $10, due_at = $11, warned_at = $12, breached_at = $13, look_at = $14;

-- name: clock_remove :exec
-- $1 account  $2 ticket  $3 kind
DELETE FROM ticket_clocks WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND kind = $3::text;

-- name: clocks_wait :exec
-- Nobody need look before the ticket moves, or until the instant that each says.
-- $1 account  $2 ticket  $3 kind  $4 look at
UPDATE ticket_clocks SET look_at = $4::timestamptz
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND kind = $3::text AND look_at IS DISTINCT FROM $4;

-- name: timer_act_list :many
-- Where this ticket was when it was transferred by itself, latest first.
-- $1 account  $2 ticket
SELECT stands_for, department_id FROM timer_acts
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND kind = 'transfer'
 ORDER BY stands_for DESC LIMIT 100;

-- name: timer_act_add :exec
-- $1 account  $2 ticket  $3 kind  $4 stands for  $5 department  $6 now  $7 why not
INSERT INTO timer_acts (account_id, ticket_id, kind, stands_for, department_id, done_at, slug)
VALUES ($1::bigint, $2::bigint, $3::text, $4::timestamptz, $5::bigint, $6::timestamptz, $7::text)
    ON CONFLICT DO NOTHING;

-- name: sla_result_save :exec
-- $1 account  $2 ticket  $3 kind  $4 started  $5 policy  $6 department  $7 assignee  $8 target  $9 due
-- $10 breached  $11 ended  $12 spent  $13 outcome
INSERT INTO sla_results (account_id, ticket_id, kind, started_at, policy_id, policy_name, department_id, assignee_id,
                         target_s, due_at, breached_at, ended_at, spent_s, outcome)
VALUES ($1::bigint, $2::bigint, $3::text, $4::timestamptz, $5::bigint,
        coalesce((SELECT p.name FROM sla_policies p WHERE p.account_id = $1 AND p.id = $5), ''),
        $6::bigint, $7::bigint, $8::int, $9::timestamptz, $10::timestamptz, $11::timestamptz, $12::int, $13::text)
    ON CONFLICT (account_id, ticket_id, kind, started_at) DO UPDATE
       SET due_at = $9, breached_at = $10, ended_at = $11, spent_s = $12, outcome = $13;

-- name: sla_result_list :many
-- $1 account  $2 ticket
SELECT r.kind, r.started_at, r.policy_name, r.target_s, r.due_at, r.breached_at, r.ended_at, r.spent_s, r.outcome
  FROM sla_results r
 WHERE r.account_id = $1::bigint AND r.ticket_id = $2::bigint ORDER BY r.started_at, r.kind LIMIT 200;

-- name: clock_promises :many
-- $1 account  $2 ticket
SELECT c.kind, c.stands_for, p.name, c.target_us, c.warn_at, c.due_at, c.breached_at, c.running_since IS NULL
  FROM ticket_clocks c LEFT JOIN sla_policies p ON p.account_id = c.account_id AND p.id = c.rule_id
 WHERE c.account_id = $1::bigint AND c.ticket_id = $2::bigint
   AND c.kind IN ('first_answer', 'next_answer', 'resolution')
 ORDER BY c.due_at NULLS LAST, c.kind;

-- name: timers_due :many
-- no account: the chore serves them all
-- $1 now  $2 how many
SELECT DISTINCT account_id, ticket_id FROM gate.timers_due($1::timestamptz, $2::int);

-- name: timer_tickets :many
-- Live tickets behind one, for rules that were changed.
-- $1 account  $2 behind this id  $3 limit
SELECT id FROM tickets
 WHERE account_id = $1::bigint AND id > $2::bigint AND state <> 'closed' ORDER BY id LIMIT $3::int;
