-- name: member_row(m) :text
m.id, p.user_id, p.email, p.name, p.locale, m.display_name, m.signature, m.group_id,
       ARRAY(SELECT d.department_id FROM department_members d
              WHERE d.account_id = m.account_id AND d.member_id = m.id ORDER BY 1)::text,
       ARRAY(SELECT b.branch_id FROM member_branches b
              WHERE b.account_id = m.account_id AND b.member_id = m.id ORDER BY 1)::text,
       m.channels::text, m.is_agent, m.is_active, p.has_password, p.has_factor, p.last_seen_at, m.created_at,
       m.photo_id;

-- name: member_get :one
-- $1 account  $2 member
SELECT @member_row(m) FROM memberships m JOIN gate.people_of_account() p ON p.member_id = m.id
 WHERE m.account_id = $1::bigint AND m.id = $2::bigint;

-- name: member_lock :one
-- $1 account  $2 member
SELECT @member_row(m) FROM memberships m JOIN gate.people_of_account() p ON p.member_id = m.id
 WHERE m.account_id = $1::bigint AND m.id = $2::bigint FOR UPDATE OF m;

-- name: member_people :many
-- $1 account
SELECT @member_row(m) FROM memberships m JOIN gate.people_of_account() p ON p.member_id = m.id
 WHERE m.account_id = $1::bigint ORDER BY m.display_name, m.id LIMIT 2000;

-- name: member_save :exec
-- $1 account  $2 member  $3 display name  $4 signature  $5 group  $6 channels  $7 agent
UPDATE memberships SET display_name = $3::text, signature = $4::text, group_id = $5::bigint,
       channels = $6::bigint[], is_agent = $7::boolean
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: member_set_active :exec
-- $1 account  $2 member  $3 active
UPDATE memberships SET is_active = $3::boolean WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: member_leave_departments :exec
-- $1 account  $2 member  $3 departments that stay
DELETE FROM department_members WHERE account_id = $1::bigint AND member_id = $2::bigint AND NOT department_id = ANY ($3::bigint[]);

-- name: member_join_departments :exec
-- $1 account  $2 member  $3 departments
INSERT INTO department_members (account_id, department_id, member_id)
SELECT account_id, id, $2::bigint FROM departments WHERE account_id = $1::bigint AND id = ANY ($3::bigint[])
    ON CONFLICT DO NOTHING;

-- name: member_leave_branches :exec
-- $1 account  $2 member  $3 branches that stay
DELETE FROM member_branches WHERE account_id = $1::bigint AND member_id = $2::bigint AND NOT branch_id = ANY ($3::bigint[]);

-- name: member_join_branches :exec
-- $1 account  $2 member  $3 branches
INSERT INTO member_branches (account_id, branch_id, member_id)
SELECT account_id, id, $2::bigint FROM branches WHERE account_id = $1::bigint AND id = ANY ($3::bigint[])
    ON CONFLICT DO NOTHING;

-- name: places_unknown :one
-- The first of these lists that names something the account does not have; NULL: none.
-- $1 account  $2 departments  $3 branches  $4 channels
SELECT CASE
       WHEN EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
                    SELECT FROM departments d WHERE d.account_id = $1::bigint AND d.id = x)) THEN 'department'
       WHEN EXISTS (SELECT FROM unnest($3::bigint[]) x WHERE NOT EXISTS (
                    SELECT FROM branches b WHERE b.account_id = $1::bigint AND b.id = x)) THEN 'branch'
       WHEN EXISTS (SELECT FROM unnest($4::bigint[]) x WHERE NOT EXISTS (
                    SELECT FROM channels c WHERE c.account_id = $1::bigint AND c.id = x)) THEN 'channel' END;

-- name: member_insert :one
-- $1 account  $2 user  $3 group  $4 display name  $5 agent  $6 channels  $7 now
INSERT INTO memberships (account_id, user_id, group_id, display_name, is_agent, channels, created_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::boolean, $6::bigint[], $7::timestamptz)
RETURNING id;
