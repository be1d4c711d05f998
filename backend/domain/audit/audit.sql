-- name: audit_add :exec
-- $1 account  $2 now  $3 action  $4 actor kind  $5 actor  $6 session  $7 address
-- $8 request  $9 subject kind  $10 subject  $11 detail
INSERT INTO audit_events (account_id, at, action, actor_kind, actor_id, session_id, address,
                          request_id, subject_kind, subject_id, detail)
VALUES ($1::bigint, $2::timestamptz, $3::text, $4::text, $5::bigint, $6::bigint, $7::text,
        $8::text, $9::text, $10::bigint, $11::text);
