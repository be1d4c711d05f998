-- name: chat_group_list :many
-- $1 account
SELECT c.id, c.name, c.is_active, c.last_at, c.last_seq,
       ARRAY(SELECT p.member_id FROM chat_group_people p WHERE p.account_id = $1 AND p.chat_id = c.id ORDER BY 1)::text,
       ARRAY(SELECT d.department_id FROM chat_group_departments d WHERE d.account_id = $1 AND d.chat_id = c.id ORDER BY 1)::text,
       (SELECT count(*) FROM chat_seats s WHERE s.account_id = $1 AND s.chat_id = c.id)
  FROM chats c
 WHERE c.account_id = $1::bigint AND c.member_a IS NULL ORDER BY lower(c.name), c.id LIMIT 500;

-- name: chat_group_add :one
-- $1 account  $2 name  $3 active  $4 now
INSERT INTO chats (account_id, name, is_active, last_at, created_at)
VALUES ($1::bigint, $2::text, $3::boolean, $4::timestamptz, $4) RETURNING id;

-- name: chat_group_get :one
-- $1 account  $2 group
SELECT c.name, c.is_active,
       (SELECT count(*) FROM chat_group_people p WHERE p.account_id = $1 AND p.chat_id = c.id),
       (SELECT count(*) FROM chat_group_departments d WHERE d.account_id = $1 AND d.chat_id = c.id)
  FROM chats c WHERE c.account_id = $1::bigint AND c.id = $2::bigint AND c.member_a IS NULL FOR NO KEY UPDATE;

-- name: chat_group_save :exec
-- $1 account  $2 group  $3 name  $4 active
UPDATE chats SET name = $3::text, is_active = $4::boolean WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: chat_group_people_clear :exec
-- $1 account  $2 group  $3 who stays
DELETE FROM chat_group_people WHERE account_id = $1::bigint AND chat_id = $2::bigint AND member_id <> ALL ($3::bigint[]);

-- name: chat_group_people_add :exec
-- $1 account  $2 group  $3 members
INSERT INTO chat_group_people (account_id, chat_id, member_id)
SELECT $1::bigint, $2::bigint, m.id FROM memberships m WHERE m.account_id = $1 AND m.id = ANY ($3::bigint[])
    ON CONFLICT DO NOTHING;

-- name: chat_group_departments_clear :exec
-- $1 account  $2 group  $3 which stay
DELETE FROM chat_group_departments
 WHERE account_id = $1::bigint AND chat_id = $2::bigint AND department_id <> ALL ($3::bigint[]);

-- name: chat_group_departments_add :exec
-- $1 account  $2 group  $3 departments
INSERT INTO chat_group_departments (account_id, chat_id, department_id)
SELECT $1::bigint, $2::bigint, d.id FROM departments d WHERE d.account_id = $1 AND d.id = ANY ($3::bigint[])
    ON CONFLICT DO NOTHING;

-- name: chat_group_holds :one
-- How many of what was named are of this account.
-- $1 account  $2 members  $3 departments
SELECT (SELECT count(*) FROM memberships m WHERE m.account_id = $1::bigint AND m.id = ANY ($2::bigint[])),
       (SELECT count(*) FROM departments d WHERE d.account_id = $1 AND d.id = ANY ($3::bigint[]));

-- name: chat_group_seat :exec
-- $1 account  $2 group
SELECT chat_seat_group($1::bigint, $2::bigint);

-- name: chat_group_notices :many
-- The latest, each with those who have not read it.
-- $1 account  $2 group  $3 limit
SELECT m.seq, m.author_id, m.body, m.link_kind, m.link_id, m.created_at,
       (SELECT count(*) FROM chat_seats s WHERE s.account_id = $1 AND s.chat_id = c.id AND s.read_seq >= m.seq),
       (SELECT coalesce(json_agg(s.member_id ORDER BY s.member_id), '[]') FROM chat_seats s
         WHERE s.account_id = $1 AND s.chat_id = c.id AND s.read_seq < m.seq)
  FROM chats c JOIN chat_messages m ON m.account_id = c.account_id AND m.chat_id = c.id
 WHERE c.account_id = $1::bigint AND c.id = $2::bigint AND c.member_a IS NULL
   AND m.account_id = $1 AND m.chat_id = $2
 ORDER BY m.seq DESC LIMIT $3::int;

-- name: chat_group_exists :one
-- $1 account  $2 group
SELECT c.id FROM chats c WHERE c.account_id = $1::bigint AND c.id = $2::bigint AND c.member_a IS NULL;
