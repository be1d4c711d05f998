-- name: export_row :text
x.id, x.state, x.why, x.format, x.filter, x.done_count, coalesce(x.total_count, -1), x.size_bytes, x.created_at, x.expires_at;

-- name: export_add :opt
-- Nothing when there were enough within the hour. The member's row holds two of theirs apart.
-- $1 account  $2 member  $3 format  $4 locale  $5 filter  $6 path  $7 now  $8 most an hour
WITH mine AS MATERIALIZED (SELECT id FROM memberships WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE)
INSERT INTO contact_exports AS x (account_id, state, format, locale, filter, path, member_id, created_at)
SELECT $1, 'running', $3::text, $4::text, $5::text, $6::text, mine.id, $7::timestamptz FROM mine
 WHERE (SELECT count(*) FROM contact_exports l
         WHERE l.account_id = $1 AND l.member_id = $2 AND l.created_at > $7 - interval '1 hour') < $8::int
RETURNING @export_row;

-- name: export_list :many
-- $1 account  $2 member  $3 limit
SELECT @export_row FROM contact_exports x
 WHERE x.account_id = $1::bigint AND x.member_id = $2::bigint ORDER BY x.id DESC LIMIT $3::int;

-- name: export_get :one
-- $1 account  $2 export  $3 member
SELECT @export_row, x.path, x.epoch, x.locale FROM contact_exports x
 WHERE x.account_id = $1::bigint AND x.id = $2::bigint AND x.member_id = $3::bigint;

-- name: export_lock :one
-- $1 account  $2 export
SELECT @export_row, x.locale, x.path, x.field_ids::text, x.epoch, x.after_id, x.sheet_bytes, x.sheet_crc,
       (SELECT m.user_id FROM memberships m WHERE m.account_id = x.account_id AND m.id = x.member_id)
  FROM contact_exports x WHERE x.account_id = $1::bigint AND x.id = $2::bigint FOR UPDATE;

-- name: export_move :exec
-- $1 account  $2 export  $3 state  $4 why  $5 expires
UPDATE contact_exports SET state = $3::text, why = $4::text, expires_at = coalesce($5::timestamptz, expires_at)
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: export_begin :one
-- Once more from the first contact, with the rights and the own columns of now.
-- $1 account  $2 export  $3 epoch  $4 total
UPDATE contact_exports x SET epoch = $3::bigint, total_count = $4::int, done_count = 0, after_id = NULL, size_bytes = 0,
       sheet_bytes = 0, sheet_crc = 0,
       field_ids = ARRAY(SELECT f.id FROM contact_fields f WHERE f.account_id = $1 ORDER BY f.position, f.id LIMIT 100)
 WHERE x.account_id = $1::bigint AND x.id = $2::bigint
RETURNING x.field_ids::text;

-- name: export_save :exec
-- $1 account  $2 export  $3 after  $4 done  $5 size  $6 sheet  $7 crc
UPDATE contact_exports SET after_id = $3::bigint, done_count = $4::int, size_bytes = $5::bigint, sheet_bytes = $6::bigint,
       sheet_crc = $7::bigint
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: export_fields :many
-- $1 account  $2 fields
SELECT coalesce(f.name, ''), coalesce(f.kind, '') FROM unnest($2::bigint[]) WITH ORDINALITY w (id, place)
  LEFT JOIN contact_fields f ON f.account_id = $1::bigint AND f.id = w.id ORDER BY w.place;

-- name: export_contacts :many
-- Everything as the screens show it to whom it is written for; several of a kind with a comma between.
-- $1 account  $2 contacts  $3 fields  $4 shows documents  $5 shows consents
SELECT c.id, CASE WHEN @masks::int & 1 = 0 OR c.name !~ '^[+0-9 ().-]{8,}$' THEN c.name ELSE mask_phone(c.name) END,
       (SELECT string_agg(CASE WHEN @masks::int & 1 = 0 THEN i.address ELSE mask_phone(i.address) END, ',' ORDER BY i.id)
          FROM contact_identities i WHERE i.account_id = c.account_id AND i.contact_id = c.id AND i.kind = 'phone'),
       CASE WHEN @masks::int & 2 = 0 THEN c.email ELSE mask_email(c.email) END,
       (SELECT string_agg(i.address, ', ' ORDER BY i.id)
          FROM contact_identities i
         WHERE i.account_id = c.account_id AND i.contact_id = c.id AND i.kind NOT IN ('phone', 'visitor')),
       (SELECT string_agg(CASE WHEN @masks::int & 4 = 0 THEN k.document ELSE mask_document(k.document) END, ',' ORDER BY l.linked_at, k.id)
          FROM contact_customers l JOIN customers k ON k.account_id = l.account_id AND k.id = l.customer_id
         WHERE $4::boolean AND l.account_id = c.account_id AND l.contact_id = c.id),
       (SELECT string_agg(g.name, ', ' ORDER BY g.name)
          FROM contact_group_members m JOIN contact_groups g ON g.account_id = m.account_id AND g.id = m.group_id
         WHERE m.account_id = c.account_id AND m.contact_id = c.id),
       (SELECT string_agg(t.name, ', ' ORDER BY t.name)
          FROM contact_tags l JOIN tags t ON t.account_id = l.account_id AND t.id = l.tag_id
         WHERE l.account_id = c.account_id AND l.contact_id = c.id),
       c.consent,
       said.marketing, said.terms, said.data_storage,
       CASE WHEN @masks::int & 8 = 0 THEN c.birth_on::text ELSE '••/••/' || extract(year FROM c.birth_on)::text END,
       c.notes, c.blocked_at IS NOT NULL,
       to_char(c.created_at AT TIME ZONE a.time_zone, 'YYYY-MM-DD HH24:MI'),
       to_char(c.active_at AT TIME ZONE a.time_zone, 'YYYY-MM-DD HH24:MI'),
       array_to_json(ARRAY(SELECT coalesce(v.value, '')
                             FROM unnest($3::bigint[]) WITH ORDINALITY f (id, place)
                             LEFT JOIN contact_values v ON v.account_id = c.account_id AND v.contact_id = c.id AND v.field_id = f.id
                            ORDER BY f.place))::text
  FROM unnest($2::bigint[]) WITH ORDINALITY w (id, place)
  JOIN contacts c ON c.account_id = $1::bigint AND c.id = w.id
  JOIN accounts a ON a.id = c.account_id
 CROSS JOIN LATERAL (
       SELECT max(e.act) FILTER (WHERE e.kind = 'marketing') AS marketing, max(e.act) FILTER (WHERE e.kind = 'terms') AS terms,
              max(e.act) FILTER (WHERE e.kind = 'data_storage') AS data_storage
         FROM (SELECT DISTINCT ON (e.kind) e.kind, e.act FROM consent_events e
                WHERE $5::boolean AND e.account_id = c.account_id AND e.contact_id = c.id ORDER BY e.kind, e.id DESC) e) said
 WHERE @visible_contact(c) ORDER BY w.place;
