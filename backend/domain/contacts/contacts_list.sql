-- The address book. Each way of asking starts from the index that serves it; whatever else is wanted
-- is looked at row by row, and who sees the contact last of all. Parameters are the same for all:
-- $1 account  $2 after: time  $3 after: id  $4 consent  $5 group  $6 blocked only  $7 limit

-- name: contact_line_name(c) :text
CASE WHEN @masks::int & 1 = 0 OR c.name !~ '^[+0-9 ().-]{8,}$' THEN c.name ELSE mask_phone(c.name) END;

-- name: contact_line(c) :text
c.id, @contact_line_name(c), CASE WHEN @masks::int & 2 = 0 THEN c.email ELSE mask_email(c.email) END,
(SELECT CASE WHEN @masks::int & 1 = 0 THEN i.address ELSE mask_phone(i.address) END
   FROM contact_identities i WHERE i.account_id = c.account_id AND i.contact_id = c.id AND i.kind = 'phone'
  ORDER BY i.id LIMIT 1),
c.consent, c.blocked_at IS NOT NULL, c.deleted_at IS NOT NULL, c.active_at, c.created_at, c.is_saved;

-- name: contact_wanted(c) :text
($4::text IS NULL OR c.consent = $4)
AND ($5::bigint IS NULL OR EXISTS (SELECT FROM contact_group_members g
                                    WHERE g.account_id = $1 AND g.group_id = $5 AND g.contact_id = c.id))
AND (NOT $6::boolean OR c.blocked_at IS NOT NULL) AND @visible_contact(c);

-- name: contact_all :text
FROM contacts c WHERE c.account_id = $1::bigint AND c.deleted_at IS NULL AND c.is_saved AND @contact_wanted(c);

-- name: contact_of_consent :text
FROM contacts c WHERE c.account_id = $1::bigint AND c.deleted_at IS NULL AND c.is_saved AND c.consent = $4::text AND @contact_wanted(c);

-- name: contact_of_blocked :text
FROM contacts c WHERE c.account_id = $1::bigint AND c.deleted_at IS NULL AND c.is_saved AND c.blocked_at IS NOT NULL AND @contact_wanted(c);

-- name: contact_of_deleted :text
FROM contacts c WHERE c.account_id = $1::bigint AND c.deleted_at IS NOT NULL AND @contact_wanted(c);

-- name: contact_of_unsaved :text
-- Who wrote and is in conversations only.
FROM contacts c WHERE c.account_id = $1::bigint AND c.deleted_at IS NULL AND NOT c.is_saved AND @contact_wanted(c);

-- name: contact_of_group :text
FROM contact_group_members m JOIN contacts c ON c.account_id = m.account_id AND c.id = m.contact_id
WHERE m.account_id = $1::bigint AND m.group_id = $5::bigint AND c.deleted_at IS NULL AND c.is_saved AND @contact_wanted(c);

-- name: contact_of_mine :text
-- Who sees only what is theirs: their own tickets lead to the contacts, however many others there are.
FROM (SELECT t.contact_id AS id FROM tickets t WHERE t.account_id = $1::bigint AND t.assignee_id = @member::bigint
      UNION SELECT t.contact_id FROM unnest(@pick_departments::bigint[]) AS d (id)
        JOIN tickets t ON t.account_id = $1 AND t.department_id = d.id AND t.state = 'waiting' AND t.assignee_id IS NULL
      UNION SELECT t.contact_id FROM tickets t
       WHERE t.account_id = $1 AND t.state = 'bot' AND (@is_bot::boolean OR (@sees_bot::boolean AND t.department_id IS NULL))
      UNION SELECT t.contact_id FROM ticket_readers r JOIN tickets t ON t.account_id = r.account_id AND t.id = r.ticket_id
       WHERE r.account_id = $1 AND r.member_id = @member::bigint
      UNION SELECT own.id FROM contacts own WHERE own.account_id = $1 AND own.created_by = @member::bigint) mine
JOIN contacts c ON c.account_id = $1 AND c.id = mine.id
WHERE c.deleted_at IS NULL AND c.is_saved AND @contact_wanted(c);

-- name: contact_by_activity(c) :text
AND ($2::timestamptz IS NULL OR (c.active_at, c.id) < ($2, $3::bigint))
ORDER BY c.active_at DESC, c.id DESC LIMIT $7::int;

-- name: contact_by_name(c) :text
AND $2::timestamptz IS NULL
AND ($3::bigint IS NULL OR (c.search_name, c.id) > (SELECT b.search_name, b.id FROM contacts b WHERE b.account_id = $1 AND b.id = $3))
ORDER BY c.search_name, c.id LIMIT $7::int;

-- name: contact_by_age(c) :text
AND $2::timestamptz IS NULL AND c.id < coalesce($3::bigint, 9223372036854775807) ORDER BY c.id DESC LIMIT $7::int;

-- name: contact_uncut :text
AND $2::timestamptz IS NULL AND $3::bigint IS NULL LIMIT $7::int;

-- name: contact_list_activity :many
-- $1 account
SELECT @contact_line(c) @contact_all @contact_by_activity(c);

-- name: contact_list_name :many
-- $1 account
SELECT @contact_line(c) @contact_all @contact_by_name(c);

-- name: contact_list_newest :many
-- $1 account
SELECT @contact_line(c) @contact_all @contact_by_age(c);

-- name: contact_list_consent :many
-- $1 account
SELECT @contact_line(c) @contact_of_consent @contact_by_age(c);

-- name: contact_list_blocked :many
-- $1 account
SELECT @contact_line(c) @contact_of_blocked @contact_by_age(c);

-- name: contact_list_deleted :many
-- $1 account
SELECT @contact_line(c) @contact_of_deleted @contact_by_age(c);

-- name: contact_list_unsaved :many
-- $1 account
SELECT @contact_line(c) @contact_of_unsaved @contact_by_age(c);

-- name: contact_list_group :many
-- $1 account
SELECT @contact_line(c) @contact_of_group @contact_by_age(c);

-- name: contact_list_mine :many
-- $1 account
SELECT @contact_line(c) @contact_of_mine @contact_by_activity(c);

-- name: contact_list_mine_name :many
-- $1 account
SELECT @contact_line(c) @contact_of_mine @contact_by_name(c);

-- name: contact_list_mine_newest :many
-- $1 account
SELECT @contact_line(c) @contact_of_mine @contact_by_age(c);

-- name: contact_count_all :one
-- $1 account
SELECT count(*) FROM (SELECT @contact_all @contact_uncut) x;

-- name: contact_count_consent :one
-- $1 account
SELECT count(*) FROM (SELECT @contact_of_consent @contact_uncut) x;

-- name: contact_count_blocked :one
-- $1 account
SELECT count(*) FROM (SELECT @contact_of_blocked @contact_uncut) x;

-- name: contact_count_deleted :one
-- $1 account
SELECT count(*) FROM (SELECT @contact_of_deleted @contact_uncut) x;

-- name: contact_count_unsaved :one
-- $1 account
SELECT count(*) FROM (SELECT @contact_of_unsaved @contact_uncut) x;

-- name: contact_count_group :one
-- $1 account
SELECT count(*) FROM (SELECT @contact_of_group @contact_uncut) x;

-- name: contact_count_mine :one
-- $1 account
SELECT count(*) FROM (SELECT @contact_of_mine @contact_uncut) x;

-- name: contact_search :many
-- Part of a name, accents ignored; a phone by a part of it or, however it is written, by all of it; e-mail
-- and document only by all of them.
-- $1 account  $2 what was typed  $3 phone key  $4 e-mail  $5 document  $6 limit
SELECT @contact_line(c) FROM contacts c
 WHERE c.account_id = $1::bigint AND c.deleted_at IS NULL AND c.is_saved
   AND c.id = ANY (ARRAY(
       SELECT contact_id FROM gate.search_contacts($2::text, 200, @masks::int & 1 = 0)
       UNION SELECT i.contact_id FROM contact_identities i WHERE i.account_id = $1 AND i.kind = 'phone' AND i.key = $3::text
       UNION (SELECT e.id FROM contacts e WHERE e.account_id = $1 AND e.email_key = $4::text LIMIT 50)
       UNION (SELECT l.contact_id FROM customers k JOIN contact_customers l ON l.account_id = k.account_id AND l.customer_id = k.id
               WHERE k.account_id = $1 AND k.document = $5::text LIMIT 50)))
   AND @visible_contact(c)
 ORDER BY c.active_at DESC, c.id DESC LIMIT $6::int;
