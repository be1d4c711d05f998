-- name: identity_find :many
-- $1 account  $2 kinds  $3 keys, in order of trust
SELECT coalesce(i.alias_of, i.id), i.contact_id, c.name, c.is_name_edited, i.kind, i.key, i.address,
       c.blocked_at IS NOT NULL, c.deleted_at IS NOT NULL
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS w (kind, key, place)
  JOIN contact_identities i ON i.account_id = $1::bigint AND i.kind = w.kind AND i.key = w.key
  JOIN contacts c ON c.account_id = i.account_id AND c.id = i.contact_id
 ORDER BY w.place;

-- name: contact_add :one
-- $1 account  $2 name  $3 e-mail  $4 now
-- In the address book at once if the account wants that, and never before they agreed to be kept.
INSERT INTO contacts (account_id, name, email, is_saved, asked_at, created_at, active_at)
SELECT $1::bigint, $2::text, $3::text, s.saves_contacts AND (s.contact_restriction = 'none' OR NOT s.asks_consent),
       CASE WHEN s.contact_restriction = 'none' THEN $4::timestamptz END, $4::timestamptz, $4
  FROM account_settings s WHERE s.account_id = $1
RETURNING id;

-- name: contact_revive :exec
-- Who writes again is no longer deleted.
-- $1 account  $2 contact
UPDATE contacts SET deleted_at = NULL, deleted_by = NULL, delete_reason = ''
 WHERE account_id = $1::bigint AND id = $2::bigint AND deleted_at IS NOT NULL AND merged_into IS NULL;

-- name: contact_hold :opt
-- Before it gets another way in: not the one that is being merged away in this moment.
-- $1 account  $2 contact
SELECT id FROM contacts WHERE account_id = $1::bigint AND id = $2::bigint AND merged_into IS NULL FOR KEY SHARE;

-- name: identity_add :one
-- A second entrance may add the same key at the same moment: the unique constraint
-- fails one of the two, whose job or request then runs again and finds the row.
-- $1 account  $2 contact  $3 alias of  $4 kind  $5 key  $6 address  $7 verified  $8 now
INSERT INTO contact_identities (account_id, contact_id, alias_of, kind, key, address, is_verified, created_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::text, $7::boolean, $8::timestamptz)
RETURNING id;

-- name: identity_readdress :exec
-- The network confirmed another spelling of the same key: it is the one to send to.
-- $1 account  $2 kind  $3 key  $4 address
UPDATE contact_identities SET address = $4::text
 WHERE account_id = $1::bigint AND kind = $2::text AND key = $3::text AND address <> $4;

-- name: identity_move :exec
-- $1 account  $2 kind  $3 key  $4 new key  $5 new address
UPDATE contact_identities SET key = $4::text, address = $5::text
 WHERE account_id = $1::bigint AND kind = $2::text AND key = $3::text
   AND NOT EXISTS (SELECT FROM contact_identities taken
                    WHERE taken.account_id = $1 AND taken.kind = $2 AND taken.key = $4);

-- name: contact_rename :exec
-- $1 account  $2 contact  $3 name
UPDATE contacts SET name = $3::text
 WHERE account_id = $1::bigint AND id = $2::bigint AND NOT is_name_edited AND name <> $3;

-- name: contact_describe :exec
-- $1 account  $2 contact  $3 name  $4 e-mail  $5 phone
UPDATE contacts SET name = coalesce($3::text, name), email = coalesce($4::text, email),
       notes = CASE WHEN notes = '' THEN coalesce($5::text, '') ELSE notes END
 WHERE account_id = $1::bigint AND id = $2::bigint AND NOT is_name_edited;

-- name: contact_name(c) :text
-- A name that is only the phone again hides like one.
CASE WHEN @masks::int & 1 = 0 OR c.name !~ '^[+0-9 ().-]{8,}$' THEN c.name ELSE mask_phone(c.name) END;

-- name: contact_row :text
c.id, @contact_name(c), CASE WHEN @masks::int & 2 = 0 THEN c.email ELSE mask_email(c.email) END, c.notes, c.created_at,
c.active_at, c.consent, c.blocked_at, c.blocked_by, c.block_reason, c.blocked_count, c.deleted_at, c.deleted_by,
c.delete_reason, c.merged_into, c.is_saved,
CASE WHEN @masks::int & 8 = 0 THEN c.birth_on::text ELSE '••/••/' || extract(year FROM c.birth_on)::text END;

-- name: contact_get :one
-- $1 account  $2 contact
SELECT @contact_row FROM contacts c WHERE @visible_contact(c) AND c.id = $2::bigint;

-- name: contact_identities_list :many
-- $1 account  $2 contact
SELECT i.id, i.kind,
       CASE WHEN @masks::int & 1 = 0 OR i.kind <> 'phone' THEN i.address ELSE mask_phone(i.address) END, i.is_verified
  FROM contact_identities i
 WHERE i.account_id = $1::bigint AND i.contact_id = $2::bigint ORDER BY i.id LIMIT 50;

-- name: contact_edit :exec
-- $1 account  $2 contact  $3 name  $4 e-mail (empty: forget it)  $5 notes (NULL: as it is)
UPDATE contacts c SET name = coalesce($3::text, c.name), email = nullif(coalesce($4::text, c.email), ''),
       notes = coalesce($5::text, c.notes), is_name_edited = c.is_name_edited OR $3 IS NOT NULL, is_saved = true
 WHERE c.account_id = $1::bigint AND c.id = $2::bigint;

-- name: contact_reveal :opt
-- One field in full, whatever the masks; NULL: there is none.
-- $1 account  $2 contact  $3 field
SELECT CASE $3::text WHEN 'email' THEN c.email WHEN 'name' THEN c.name
            ELSE (SELECT i.address FROM contact_identities i
                   WHERE i.account_id = $1 AND i.contact_id = c.id AND i.kind = 'phone' ORDER BY i.id LIMIT 1) END
  FROM contacts c WHERE @visible_contact(c) AND c.id = $2::bigint;

-- name: reveal_add :one
-- How many it makes within the hour, this one included. The member's row holds two of theirs apart.
-- $1 account  $2 member  $3 contact  $4 field  $5 now
WITH mine AS MATERIALIZED (SELECT id FROM memberships WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE),
     added AS (INSERT INTO contact_reveals (account_id, member_id, contact_id, field, at)
               SELECT $1, mine.id, $3::bigint, $4::text, $5::timestamptz FROM mine RETURNING at)
SELECT (SELECT count(*) FROM added)
     + (SELECT count(*) FROM contact_reveals r
         WHERE r.account_id = $1 AND r.member_id = $2 AND r.at > $5 - interval '1 hour');
