-- name: invite_row(i) :text
i.id, i.email, i.display_name, i.group_id, i.departments::text, i.branches::text, i.channels::text, i.is_agent,
       i.invited_by, i.sent_at, i.expires_at;

-- name: invite_list :many
-- $1 account
SELECT @invite_row(i) FROM invites i
 WHERE i.account_id = $1::bigint AND i.accepted_at IS NULL AND i.ended_at IS NULL ORDER BY i.email LIMIT 500;

-- name: invite_lock :one
-- $1 account  $2 invite
SELECT @invite_row(i) FROM invites i
 WHERE i.account_id = $1::bigint AND i.id = $2::bigint AND i.accepted_at IS NULL AND i.ended_at IS NULL FOR UPDATE;

-- name: invite_replace :exec
-- $1 account  $2 e-mail  $3 now
UPDATE invites SET ended_at = $3::timestamptz
 WHERE account_id = $1::bigint AND email = $2::text AND accepted_at IS NULL AND ended_at IS NULL;

-- name: invite_add :one
-- $1 account  $2 e-mail  $3 display name  $4 group  $5 departments  $6 branches  $7 channels  $8 agent
-- $9 hash  $10 by  $11 now  $12 expires
INSERT INTO invites AS i (account_id, email, display_name, group_id, departments, branches, channels, is_agent,
                          token_hash, invited_by, created_at, sent_at, expires_at)
VALUES ($1::bigint, $2::text, $3::text, $4::bigint, $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean,
        $9::bytea, $10::bigint, $11::timestamptz, $11, $12::timestamptz)
RETURNING @invite_row(i);

-- name: invite_renew :one
-- $1 account  $2 invite  $3 hash  $4 by  $5 now  $6 expires
UPDATE invites i SET token_hash = $3::bytea, invited_by = $4::bigint, sent_at = $5::timestamptz, expires_at = $6::timestamptz
 WHERE i.account_id = $1::bigint AND i.id = $2::bigint RETURNING @invite_row(i);

-- name: invite_end :exec
-- $1 account  $2 invite  $3 now
UPDATE invites SET ended_at = $3::timestamptz
 WHERE account_id = $1::bigint AND id = $2::bigint AND accepted_at IS NULL AND ended_at IS NULL;

-- name: invite_take :exec
-- Once: whoever finds it taken already comes too late.
-- $1 account  $2 invite  $3 now
UPDATE invites SET accepted_at = $3::timestamptz
 WHERE account_id = $1::bigint AND id = $2::bigint AND accepted_at IS NULL AND ended_at IS NULL;

-- name: invite_email_is_member :one
-- $1 account  $2 e-mail
SELECT EXISTS (SELECT FROM gate.people_of_account() p JOIN memberships m ON m.account_id = $1::bigint AND m.id = p.member_id
                WHERE p.email = $2::text);

-- name: invite_find :opt
-- no account: whoever holds the token names it
-- $1 hash
SELECT id, email, display_name, group_id, departments, branches, channels, is_agent, NULL, NULL, expires_at,
       account_id, account_name, account_state, group_name, group_builtin, accepted_at, ended_at, inviter_user,
       inviter_name, person
  FROM gate.invite_find($1::bytea);

-- name: person_add :one
-- no account: a person is global
-- $1 e-mail  $2 name  $3 locale  $4 now
SELECT gate.person_add($1::text, $2::text, $3::text, $4::timestamptz);

-- name: invite_password_min :one
-- $1 account
SELECT password_min FROM account_security WHERE account_id = $1::bigint;
