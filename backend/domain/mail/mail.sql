-- name: mail_add :exec
-- no account: letters are to persons
-- $1 to  $2 locale  $3 template  $4 sealed params  $5 lane  $6 now
SELECT gate.mail_add($1::text, $2::text, $3::text, $4::bytea, $5::bigint, $6::timestamptz);

-- name: mail_lock :opt
-- no account: letters are to persons
-- $1 mail
SELECT recipient, locale, template, params, created_at
  FROM mails WHERE id = $1::bigint AND state = 'queued' FOR UPDATE;

-- name: mail_sent :exec
-- no account: letters are to persons
-- $1 mail  $2 now
UPDATE mails SET state = 'sent', sent_at = $2::timestamptz, params = NULL, why = NULL WHERE id = $1::bigint;

-- name: mail_kept :exec
-- no account: letters are to persons
-- $1 mail  $2 state  $3 why
UPDATE mails SET state = $2::text, why = $3::text WHERE id = $1::bigint;

-- name: mail_forget :exec
-- no account: letters are to persons
-- $1 written before  $2 at most
DELETE FROM mails WHERE id = ANY (ARRAY(
    SELECT id FROM mails WHERE state <> 'queued' AND created_at < $1::timestamptz ORDER BY id LIMIT $2::int));

-- name: mail_list :many
-- no account: for the operator's command line
-- $1 at most
SELECT id, recipient, template, state, coalesce(why, ''), created_at
  FROM mails WHERE state <> 'sent' ORDER BY id DESC LIMIT $1::int;

-- name: mail_again :one
-- no account: for the operator's command line
-- $1 mail  $2 now
SELECT gate.mail_again($1::bigint, $2::timestamptz);
