-- name: intake_get :one
-- Everything that an answer is decided on: the account's wishes and words, and how far this ticket came.
-- $1 account  $2 ticket  $3 now  $4 channel
SELECT a.locale, ($3::timestamptz AT TIME ZONE a.time_zone)::date - date '1970-01-01', s.request_text, s.intake_tries, s.terms_version, s.consent_version,
       (SELECT w.body FROM consent_wordings w WHERE w.account_id = s.account_id AND w.kind = 'terms' AND w.version = s.terms_version),
       (SELECT w.body FROM consent_wordings w WHERE w.account_id = s.account_id AND w.kind = 'data_storage' AND w.version = s.consent_version),
       i.asked, i.needs, i.wrong_count, i.asked_at,
       EXISTS (SELECT FROM flow_starts b WHERE b.account_id = a.id AND b.kind <> 'department'
                  AND (b.channel_id IS NULL OR b.channel_id = $4::bigint))
  FROM accounts a JOIN account_settings s ON s.account_id = a.id
  LEFT JOIN intakes i ON i.account_id = a.id AND i.ticket_id = $2::bigint AND i.state = 'asking'
 WHERE a.id = $1::bigint;

-- name: intake_begin :exec
-- $1 account  $2 ticket  $3 needs  $4 now
INSERT INTO intakes (account_id, ticket_id, state, asked, needs, asked_at, started_at)
VALUES ($1::bigint, $2::bigint, 'asking', $3::int, $3, $4::timestamptz, $4);

-- name: intake_save :exec
-- $1 account  $2 ticket  $3 state  $4 needs  $5 wrong answers  $6 the question was asked now  $7 now
UPDATE intakes SET state = $3::text, needs = $4::int, wrong_count = $5::int,
       asked_at = CASE WHEN $6::boolean THEN $7::timestamptz ELSE asked_at END,
       ended_at = CASE WHEN $3 <> 'asking' THEN $7 END
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND state = 'asking';

-- name: intake_override :exec
-- $1 account  $2 ticket  $3 member  $4 why  $5 now
UPDATE intakes SET state = 'overridden', ended_by = $3::bigint, reason = $4::text, ended_at = $5::timestamptz
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND state = 'asking';

-- name: intake_asking :one
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket
SELECT EXISTS (SELECT FROM intakes WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND state = 'asking');

-- name: intake_show :one
-- $1 account  $2 ticket
SELECT coalesce(i.state, 'none'), i.asked, i.needs, i.wrong_count, s.intake_tries, i.started_at, i.ended_at, i.ended_by, i.reason
  FROM tickets t JOIN account_settings s ON s.account_id = t.account_id
  LEFT JOIN intakes i ON i.account_id = t.account_id AND i.ticket_id = t.id
 WHERE @visible(t) AND t.id = $2::bigint;

-- name: intake_settings :text
s.saves_contacts, s.contact_restriction, s.asks_consent, s.asks_birth_date, s.asks_document, s.request_text, s.intake_tries,
s.consent_version, s.terms_url, s.requires_terms, s.terms_version, a.locale,
(SELECT w.body FROM consent_wordings w WHERE w.account_id = s.account_id AND w.kind = 'terms' AND w.version = s.terms_version),
(SELECT w.body FROM consent_wordings w WHERE w.account_id = s.account_id AND w.kind = 'data_storage' AND w.version = s.consent_version);

-- name: intake_settings_get :one
-- $1 account
SELECT @intake_settings FROM account_settings s JOIN accounts a ON a.id = s.account_id WHERE s.account_id = $1::bigint;

-- name: intake_settings_lock :one
-- $1 account
SELECT @intake_settings FROM account_settings s JOIN accounts a ON a.id = s.account_id WHERE s.account_id = $1::bigint
   FOR UPDATE OF s;

-- name: intake_settings_save :exec
-- $1 account  $2 saves  $3 restriction  $4 consent  $5 birth date  $6 document  $7 request  $8 tries
-- $9 version of the consent  $10 link  $11 terms required  $12 version of the terms
UPDATE account_settings SET saves_contacts = $2::boolean, contact_restriction = $3::text, asks_consent = $4::boolean,
       asks_birth_date = $5::boolean, asks_document = $6::boolean, request_text = $7::text, intake_tries = $8::int,
       consent_version = $9::int, terms_url = $10::text, requires_terms = $11::boolean, terms_version = $12::int
 WHERE account_id = $1::bigint;

-- name: wording_add :exec
-- $1 account  $2 kind  $3 version  $4 words  $5 now
INSERT INTO consent_wordings (account_id, kind, version, body, made_at)
VALUES ($1::bigint, $2::text, $3::int, $4::text, $5::timestamptz);
