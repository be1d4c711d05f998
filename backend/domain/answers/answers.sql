-- name: answer_row :text
n.id, n.scope, n.member_id, n.department_id, n.title, n.shortcut, n.body, n.is_active, n.use_count,
n.last_used_at, n.updated_at;

-- name: answer_seen(n) :text
-- Everybody's, mine, and those of departments in which I serve or which I see anyway.
n.account_id = $1::bigint
AND (n.scope = 'account' OR n.member_id = @member::bigint
     OR (n.scope = 'department'
         AND (@sees_account::boolean
              OR n.department_id = ANY (ARRAY(SELECT serves.department_id FROM department_members serves
                                               WHERE serves.account_id = $1 AND serves.member_id = @member)))));

-- name: answer_list :many
-- $1 account  $2 scope  $3 words  $4 after  $5 limit
SELECT @answer_row FROM answers n
 WHERE @answer_seen(n) AND ($2::text IS NULL OR n.scope = $2)
   AND ($3::text IS NULL OR n.shortcut LIKE (SELECT like_part($3)) OR n.search_title LIKE (SELECT like_part($3))
        OR n.search_body LIKE (SELECT like_part($3)))
   AND ($4::bigint IS NULL OR (n.search_title, n.id) > (SELECT p.search_title, p.id FROM answers p
                                                         WHERE p.account_id = $1 AND p.id = $4))
 ORDER BY n.search_title, n.id LIMIT $5::int;

-- name: answer_suggest :many
-- $1 account  $2 words  $3 limit
SELECT @answer_row FROM answers n
 WHERE @answer_seen(n) AND n.is_active
   AND ($2::text = '' OR n.shortcut LIKE (SELECT like_part($2)) OR n.search_title LIKE (SELECT like_part($2))
        OR n.search_body LIKE (SELECT like_part($2)))
 ORDER BY CASE WHEN $2 = '' THEN 0
               WHEN n.shortcut = (SELECT plain($2)) THEN 0
               WHEN starts_with(n.shortcut, (SELECT plain($2))) THEN 1
               WHEN starts_with(n.search_title, (SELECT plain($2))) THEN 2
               WHEN n.search_title LIKE (SELECT like_part($2)) THEN 3
               ELSE 4 END,
          n.scope = 'account', n.scope = 'department', n.use_count DESC, n.search_title, n.id
 LIMIT $3::int;

-- name: answer_get :one
-- $1 account  $2 answer
SELECT @answer_row FROM answers n WHERE @answer_seen(n) AND n.id = $2::bigint;

-- name: answer_lock :one
-- $1 account  $2 answer
SELECT @answer_row FROM answers n WHERE @answer_seen(n) AND n.id = $2::bigint FOR UPDATE;

-- name: answer_shortcut_is_taken :one
-- Unique within what one person sees; that of a colleague whom I do not see is none of my business.
-- $1 account  $2 shortcut  $3 answer itself
SELECT EXISTS (SELECT FROM answers n
                WHERE @answer_seen(n) AND n.shortcut = $2::text AND n.id IS DISTINCT FROM $3::bigint);

-- name: answer_add :one
-- $1 account  $2 scope  $3 member  $4 department  $5 title  $6 shortcut  $7 body  $8 is active  $9 now
INSERT INTO answers AS n (account_id, scope, member_id, department_id, title, shortcut, body, is_active,
                          created_at, updated_at)
VALUES ($1::bigint, $2::text, $3::bigint, $4::bigint, $5::text, $6::text, $7::text, $8::boolean,
        $9::timestamptz, $9)
RETURNING @answer_row;

-- name: answer_edit :one
-- $1 account  $2 answer  $3 scope  $4 member  $5 department  $6 title  $7 shortcut  $8 body  $9 is active  $10 now
UPDATE answers n SET scope = $3::text, member_id = $4::bigint, department_id = $5::bigint, title = $6::text,
       shortcut = $7::text, body = $8::text, is_active = $9::boolean, updated_at = $10::timestamptz
 WHERE n.account_id = $1::bigint AND n.id = $2::bigint
RETURNING @answer_row;

-- name: answer_remove :exec
-- Its files are uploads again that nobody sends: the daily sweep takes them.
-- $1 account  $2 answer
DELETE FROM answers WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: answer_use :one
-- $1 account  $2 answer  $3 now
UPDATE answers n SET use_count = n.use_count + 1, last_used_at = $3::timestamptz
 WHERE @answer_seen(n) AND n.id = $2::bigint AND n.is_active
RETURNING @answer_row;

-- name: answer_files :many
-- $1 account  $2 answers
SELECT a.id, a.state, a.kind, a.mime, a.filename, a.size_bytes, a.error_slug, a.created_at, 0, f.answer_id
  FROM answer_files f JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id
 WHERE f.account_id = $1::bigint AND f.answer_id = ANY ($2::bigint[])
 ORDER BY f.answer_id, f.position LIMIT 5000;

-- name: answer_files_clear :exec
-- $1 account  $2 answer
DELETE FROM answer_files WHERE account_id = $1::bigint AND answer_id = $2::bigint;

-- name: answer_files_add :exec
-- Uploads of the caller that are nowhere else, and those it had before.
-- $1 account  $2 answer  $3 files in order  $4 files before  $5 member
INSERT INTO answer_files (account_id, answer_id, position, attachment_id)
SELECT $1::bigint, $2::bigint, w.position, a.id
  FROM unnest($3::bigint[]) WITH ORDINALITY w (id, position)
  JOIN attachments a ON a.account_id = $1 AND a.id = w.id
 WHERE a.state = 'ready' AND a.ticket_id IS NULL
   AND (a.id = ANY ($4::bigint[])
        OR (a.member_id = $5::bigint
            AND NOT EXISTS (SELECT FROM answer_files o WHERE o.account_id = $1 AND o.attachment_id = a.id)
            AND NOT EXISTS (SELECT FROM memberships m WHERE m.account_id = $1 AND m.photo_id = a.id)));

-- name: answer_file_serve :opt
-- $1 account  $2 attachment
SELECT a.state, a.mime, a.filename, a.path
  FROM answer_files f
  JOIN answers n ON n.account_id = f.account_id AND n.id = f.answer_id
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id
 WHERE @answer_seen(n) AND f.account_id = $1 AND f.attachment_id = $2::bigint;
