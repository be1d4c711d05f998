-- name: department_find :opt
-- $1 account  $2 department
SELECT id, name, description, is_active, is_confidential FROM departments
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: department_list :many
-- $1 account
SELECT id, name, description, is_active, is_confidential FROM departments
 WHERE account_id = $1::bigint ORDER BY position, name LIMIT 500;

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
