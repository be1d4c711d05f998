-- name: department_add :opt
-- None: the account has no such company.
-- $1 account  $2 company  $3 name  $4 description  $5 color  $6 welcome  $7 away  $8 serves
-- $9 confidential  $10 notifies  $11 active  $12 now
INSERT INTO departments (account_id, company_id, name, description, color, welcome_text, away_text, serves,
                         is_confidential, notifies_transfer, is_active, created_at, position)
SELECT c.account_id, c.id, $3::text, $4::text, $5::text, $6::text, $7::text, $8::boolean, $9::boolean,
       $10::boolean, $11::boolean, $12::timestamptz,
       (SELECT coalesce(max(d.position), 0) + 1 FROM departments d WHERE d.account_id = c.account_id)
  FROM companies c WHERE c.account_id = $1::bigint AND c.id = $2::bigint
RETURNING id;

-- name: department_save :exec
-- None: the account has no such company.
-- $1 account  $2 department  $3 company  $4 name  $5 description  $6 color  $7 welcome  $8 away
-- $9 serves  $10 confidential  $11 notifies  $12 active
UPDATE departments d
   SET company_id = c.id, name = $4::text, description = $5::text, color = $6::text, welcome_text = $7::text,
       away_text = $8::text, serves = $9::boolean, is_confidential = $10::boolean,
       notifies_transfer = $11::boolean, is_active = $12::boolean
  FROM companies c
 WHERE d.account_id = $1::bigint AND d.id = $2::bigint AND c.account_id = d.account_id AND c.id = $3::bigint;

-- name: department_close :exec
-- Waits for whoever is putting something into it, and keeps others out until the transaction ends.
-- $1 account  $2 department
SELECT FROM departments WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE;

-- name: department_held :one
-- unscoped: nobody's customer is left in a closed department, whoever sees them
-- $1 account  $2 department
SELECT (SELECT count(*) FROM (SELECT FROM tickets t WHERE t.account_id = $1::bigint AND t.department_id = $2::bigint
           AND t.state IN ('bot', 'waiting', 'serving', 'surveying') LIMIT 1000) x),
       EXISTS (SELECT FROM channels c WHERE c.account_id = $1 AND c.department_id = $2);

-- name: department_hide :exec
-- What is open follows its department; what was closed stays as it was told then.
-- unscoped: the department changed for everybody
-- $1 account  $2 department  $3 confidential
UPDATE tickets SET is_confidential = $3::boolean
 WHERE account_id = $1::bigint AND department_id = $2::bigint
   AND state IN ('bot', 'waiting', 'serving', 'surveying') AND is_confidential <> $3;

-- name: department_empty :exec
-- $1 account  $2 department
DELETE FROM department_members WHERE account_id = $1::bigint AND department_id = $2::bigint;

-- name: department_remove :exec
-- $1 account  $2 department
DELETE FROM departments WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: department_unknown :one
-- $1 account  $2 departments
SELECT EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM departments d WHERE d.account_id = $1::bigint AND d.id = x));

-- name: department_order :exec
-- $1 account  $2 departments, as they are to stand
UPDATE departments d SET position = w.place
  FROM (SELECT id, row_number() OVER (ORDER BY array_position($2::bigint[], id), position, name) AS place
          FROM departments WHERE account_id = $1::bigint) w
 WHERE d.account_id = $1 AND d.id = w.id AND d.position <> w.place;

-- name: department_people :many
-- $1 account  $2 department
SELECT x.member_id, x.is_responsible, x.notifies_transfer, m.user_id
  FROM department_members x JOIN memberships m ON m.account_id = x.account_id AND m.id = x.member_id
 WHERE x.account_id = $1::bigint AND x.department_id = $2::bigint ORDER BY m.display_name, m.id LIMIT 2000;

-- name: department_newcomers :many
-- $1 account  $2 department  $3 members
SELECT m.id, m.user_id FROM memberships m
 WHERE m.account_id = $1::bigint AND m.id = ANY ($3::bigint[])
   AND NOT EXISTS (SELECT FROM department_members x
                    WHERE x.account_id = m.account_id AND x.department_id = $2::bigint AND x.member_id = m.id)
 ORDER BY m.id;

-- name: department_leave :exec
-- $1 account  $2 department  $3 members who stay
DELETE FROM department_members
 WHERE account_id = $1::bigint AND department_id = $2::bigint AND NOT member_id = ANY ($3::bigint[]);

-- name: department_join :exec
-- $1 account  $2 department  $3 member  $4 responsible  $5 notified
INSERT INTO department_members AS x (account_id, department_id, member_id, is_responsible, notifies_transfer)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::boolean, $5::boolean)
    ON CONFLICT (account_id, department_id, member_id) DO UPDATE
   SET is_responsible = EXCLUDED.is_responsible, notifies_transfer = EXCLUDED.notifies_transfer
 WHERE (x.is_responsible, x.notifies_transfer) IS DISTINCT FROM (EXCLUDED.is_responsible, EXCLUDED.notifies_transfer);
