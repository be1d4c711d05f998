-- name: event_add :exec
-- $1 account  $2 now  $3 kind  $4 audience  $5 ticket  $6 identity  $7 facts  $8 facts before  $9 payload
INSERT INTO account_event (account_id, at, kind, audience, ticket_id, identity_id, facts, was, payload)
VALUES ($1::bigint, $2::timestamptz, $3::text, $4::text, $5::bigint, $6::bigint, $7::text, $8::text, $9::text);

-- name: event_add_of_tickets :exec
-- $1 account  $2 now  $3 kind  $4 tickets  $5 facts  $6 facts before  $7 payloads
INSERT INTO account_event (account_id, at, kind, audience, ticket_id, facts, was, payload)
SELECT $1::bigint, $2::timestamptz, $3::text, 'members', e.ticket_id, e.facts, e.was, e.payload
  FROM unnest($4::bigint[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY e (ticket_id, facts, was, payload, n)
 ORDER BY e.n;

-- name: event_add_to_people :exec
-- A row for each of them, so that a stream is looked at by whose it is and nothing else.
-- $1 account  $2 now  $3 kind  $4 members  $5 payload
INSERT INTO account_event (account_id, at, kind, audience, user_id, payload)
SELECT $1::bigint, $2::timestamptz, $3::text, 'members', m.user_id, $5::text
  FROM memberships m WHERE m.account_id = $1 AND m.id = ANY ($4::bigint[]) AND m.is_active;
