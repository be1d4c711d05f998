-- name: department_row(d) :text
d.id, d.company_id, d.name, d.description, d.color, d.welcome_text, d.away_text,
(SELECT count(*) FROM department_members x WHERE x.account_id = d.account_id AND x.department_id = d.id),
d.is_active, d.serves, d.is_confidential, d.notifies_transfer;

-- name: department_find :opt
-- Whoever is about to put something into it keeps it from being closed meanwhile (department_close waits).
-- $1 account  $2 department
SELECT @department_row(d) FROM departments d
 WHERE d.account_id = $1::bigint AND d.id = $2::bigint FOR KEY SHARE OF d;

-- name: department_get :one
-- $1 account  $2 department
SELECT @department_row(d) FROM departments d WHERE d.account_id = $1::bigint AND d.id = $2::bigint;

-- name: department_list :many
-- $1 account
SELECT @department_row(d) FROM departments d
 WHERE d.account_id = $1::bigint ORDER BY d.position, d.name LIMIT 500;

-- name: department_lock :one
-- $1 account  $2 department
SELECT @department_row(d) FROM departments d
 WHERE d.account_id = $1::bigint AND d.id = $2::bigint FOR NO KEY UPDATE OF d;

-- name: member_find :opt
-- $1 account  $2 member
SELECT id, display_name, is_agent, is_active, '[]', photo_id FROM memberships
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: member_has_channel :one
-- $1 account  $2 member  $3 channel
SELECT EXISTS (SELECT FROM gate.access a
                WHERE a.account_id = $1::bigint AND a.member_id = $2::bigint
                  AND (a.channels IS NULL OR $3::bigint = ANY (a.channels)));

-- name: member_list :many
-- $1 account
SELECT m.id, m.display_name, m.is_agent, m.is_active,
       (SELECT coalesce(json_agg(d.department_id ORDER BY d.department_id), '[]')
          FROM department_members d WHERE d.account_id = m.account_id AND d.member_id = m.id),
       m.photo_id
  FROM memberships m
 WHERE m.account_id = $1::bigint ORDER BY m.display_name, m.id LIMIT 2000;
