-- name: consent_add :exec
-- $1 account  $2 contact  $3 kind  $4 act  $5 source  $6 channel  $7 wording  $8 note  $9 ticket  $10 seq
-- $11 member  $12 now  $13 the channel's name of the message
INSERT INTO consent_events (account_id, contact_id, kind, act, source, channel_id, wording, note, ticket_id, seq, member_id, at, provider_id)
VALUES ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::bigint, $7::text, $8::text, $9::bigint, $10::int,
        $11::bigint, $12::timestamptz, $13::text);

-- name: consent_set :exec
-- What the contact says of itself, for lists and for whoever sends.
-- $1 account  $2 contact  $3 act
UPDATE contacts SET consent = $3::text WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: consent_set_terms :exec
-- Of the terms: those that stand now, or none.
-- $1 account  $2 contact  $3 act
UPDATE contacts c SET terms_version = CASE WHEN $3::text = 'granted' THEN s.terms_version ELSE 0 END
  FROM account_settings s WHERE s.account_id = $1::bigint AND c.account_id = $1 AND c.id = $2::bigint;

-- name: consent_list :many
-- Of whoever was merged into it too: the ledger is never rewritten.
-- $1 account  $2 contact  $3 before: id  $4 limit
SELECT e.id, e.kind, e.act, e.source, e.channel_id, e.wording, e.note, e.ticket_id, e.seq, e.member_id, e.at, e.provider_id
  FROM consent_events e
 WHERE e.account_id = $1::bigint
   AND e.contact_id = ANY (ARRAY(SELECT c.id FROM contacts c WHERE @visible_contact(c) AND c.id = $2::bigint
                                 UNION ALL SELECT m.id FROM contacts m WHERE m.account_id = $1 AND m.merged_into = $2
                                    AND EXISTS (SELECT FROM contacts c WHERE @visible_contact(c) AND c.id = $2)))
   AND ($3::bigint IS NULL OR e.id < $3)
 ORDER BY e.id DESC LIMIT $4::int;

-- name: consent_proof :opt
-- A message of theirs, in a ticket that the member sees.
-- $1 account  $2 contact  $3 ticket  $4 seq
SELECT m.seq FROM tickets t JOIN messages m ON m.account_id = t.account_id AND m.ticket_id = t.id
   AND m.created_at >= t.opened_at
 WHERE @visible(t) AND t.id = $3::bigint AND t.contact_id = $2::bigint AND m.seq = $4::int AND m.direction = 'in';

-- name: consent_channel :opt
-- $1 account  $2 channel
SELECT id FROM channels WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: consent_of :one
-- unscoped: whether a message may leave does not depend on who sees whom
-- $1 account  $2 contact
SELECT consent = 'withdrawn' FROM contacts WHERE account_id = $1::bigint AND id = $2::bigint;
