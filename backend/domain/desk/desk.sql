-- name: first_steps :one
-- A column for each step, in their order; and whether the member wants to see them.
-- $1 account  $2 member
SELECT f.channel, f.departments, f.people, f.hours, f.answers, f.served,
       EXISTS (SELECT FROM first_steps_dismissals d WHERE d.account_id = f.account_id AND d.member_id = $2::bigint)
  FROM first_steps f WHERE f.account_id = $1::bigint;

-- name: first_steps_dismiss :exec
-- $1 account  $2 member  $3 now
INSERT INTO first_steps_dismissals (account_id, member_id, dismissed_at)
VALUES ($1::bigint, $2::bigint, $3::timestamptz) ON CONFLICT DO NOTHING;
