-- name: import_file :opt
-- A file that the member uploaded and sent nowhere.
-- $1 account  $2 attachment  $3 member
SELECT path, filename, size_bytes FROM attachments
 WHERE account_id = $1::bigint AND id = $2::bigint AND member_id = $3::bigint AND ticket_id IS NULL AND state = 'ready';

-- name: import_row :text
m.id, m.filename, m.state, m.why, array_to_json(m.header)::text, array_to_json(m.mapping)::text, m.group_id, m.read_bytes,
m.size_bytes, m.line_count, m.done_count, m.new_count, m.same_count, m.wrong_count, m.kept_count, m.member_id, m.created_at, m.path, m.divider,
m.is_unpacked;

-- name: import_add :one
-- $1 account  $2 filename  $3 path  $4 size  $5 member  $6 now
INSERT INTO contact_imports AS m (account_id, filename, path, state, size_bytes, member_id, created_at)
VALUES ($1::bigint, $2::text, $3::text, 'reading', $4::bigint, $5::bigint, $6::timestamptz)
RETURNING @import_row;

-- name: import_list :many
-- $1 account
SELECT @import_row FROM contact_imports m WHERE m.account_id = $1::bigint ORDER BY m.id DESC LIMIT 50;

-- name: import_get :one
-- $1 account  $2 import
SELECT @import_row FROM contact_imports m WHERE m.account_id = $1::bigint AND m.id = $2::bigint;

-- name: import_lock :one
-- $1 account  $2 import
SELECT @import_row FROM contact_imports m WHERE m.account_id = $1::bigint AND m.id = $2::bigint FOR UPDATE;

-- name: import_samples :many
-- The first lines as they stand in the file.
-- $1 account  $2 import
SELECT array_to_json(cells)::text FROM contact_import_lines
 WHERE account_id = $1::bigint AND import_id = $2::bigint ORDER BY line LIMIT 3;

-- name: import_set_state :exec
-- $1 account  $2 import  $3 state  $4 why
UPDATE contact_imports SET state = $3::text, why = $4::text, done_count = 0
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: import_map :exec
-- $1 account  $2 import  $3 mapping  $4 group
WITH untried AS (UPDATE contact_import_lines SET outcome = NULL, why = '', column_no = 0
                  WHERE account_id = $1::bigint AND import_id = $2::bigint AND outcome IS NOT NULL)
UPDATE contact_imports SET mapping = $3::text[], group_id = $4::bigint, state = 'trying', done_count = 0, new_count = 0,
       same_count = 0, wrong_count = 0
 WHERE account_id = $1 AND id = $2;

-- name: import_group :opt
-- $1 account  $2 group
SELECT id FROM contact_groups WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: import_line_add :exec
-- $1 account  $2 import  $3 first line  $4 cells of each, as JSON arrays
INSERT INTO contact_import_lines (account_id, import_id, line, cells)
SELECT $1::bigint, $2::bigint, $3::int + place::int - 1, ARRAY(SELECT json_array_elements_text(cells::json))
  FROM unnest($4::text[]) WITH ORDINALITY AS c (cells, place);

-- name: import_read :exec
-- $1 account  $2 import  $3 read so far  $4 lines so far  $5 header (NULL: as it is)  $6 divider
UPDATE contact_imports SET read_bytes = $3::bigint, line_count = $4::int, done_count = $4,
       header = coalesce($5::text[], header), divider = $6::text
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: import_unpacked :exec
-- $1 account  $2 import  $3 size of its rows  $4 divider
UPDATE contact_imports SET is_unpacked = true, size_bytes = $3::bigint, divider = $4::text
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: import_untried :many
-- $1 account  $2 import  $3 limit
SELECT line, array_to_json(cells)::text FROM contact_import_lines
 WHERE account_id = $1::bigint AND import_id = $2::bigint AND outcome IS NULL ORDER BY line LIMIT $3::int;

-- name: import_tried :one
-- $1 account  $2 import  $3 lines  $4 why  $5 columns  $6 names  $7 keys  $8 e-mails  $9 notes  $10 fields
WITH said AS (
    SELECT * FROM unnest($3::int[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
               AS s (line, why, column_no, name, key, email, notes, fields)),
tried AS (
    UPDATE contact_import_lines l
       SET why = s.why, column_no = s.column_no, name = s.name, key = s.key, email = s.email, notes = s.notes,
           fields = s.fields::json,
           outcome = CASE WHEN s.why <> '' THEN 'wrong'
                          WHEN EXISTS (SELECT FROM contact_identities i
                                        WHERE i.account_id = $1 AND i.kind = 'phone' AND i.key = s.key AND s.key <> '')
                            OR EXISTS (SELECT FROM contacts c
                                        WHERE c.account_id = $1 AND c.email_key = lower(s.email) AND s.email <> ''
                                          AND s.key = '' AND c.deleted_at IS NULL)
                          THEN 'same' ELSE 'new' END
      FROM said s WHERE l.account_id = $1::bigint AND l.import_id = $2::bigint AND l.line = s.line
    RETURNING l.outcome),
counted AS (SELECT count(*) AS n, count(*) FILTER (WHERE outcome = 'new') AS n_new,
                   count(*) FILTER (WHERE outcome = 'same') AS n_same, count(*) FILTER (WHERE outcome = 'wrong') AS n_wrong FROM tried)
UPDATE contact_imports m SET done_count = m.done_count + c.n, new_count = m.new_count + c.n_new,
       same_count = m.same_count + c.n_same, wrong_count = m.wrong_count + c.n_wrong
  FROM counted c WHERE m.account_id = $1 AND m.id = $2
RETURNING m.done_count;

-- name: import_find_repeats :exec
-- A phone that stands twice in the file is one contact: the first line makes it.
-- $1 account  $2 import
WITH again AS (
    UPDATE contact_import_lines l SET outcome = 'same'
     WHERE l.account_id = $1::bigint AND l.import_id = $2::bigint AND l.outcome = 'new' AND l.key <> ''
       AND EXISTS (SELECT FROM contact_import_lines e
                    WHERE e.account_id = $1 AND e.import_id = $2 AND e.key = l.key AND e.key <> '' AND e.line < l.line
                      AND e.outcome = 'new')
    RETURNING 1),
counted AS (SELECT count(*) AS n FROM again)
UPDATE contact_imports m SET new_count = m.new_count - c.n, same_count = m.same_count + c.n
  FROM counted c WHERE m.account_id = $1 AND m.id = $2;

-- name: import_run :one
-- The next lines become contacts, all of it in one statement with the note that they did.
-- $1 account  $2 import  $3 limit  $4 member  $5 group  $6 now
WITH batch AS MATERIALIZED (
    SELECT l.* FROM contact_import_lines l
     WHERE l.account_id = $1::bigint AND l.import_id = $2::bigint AND l.outcome IN ('new', 'same') AND NOT l.is_done
     ORDER BY l.line LIMIT $3::int),
fresh AS MATERIALIZED (
    SELECT b.*, nextval('contacts_id_seq') AS id
      FROM (SELECT DISTINCT ON (CASE WHEN key = '' THEN line::text ELSE key END) * FROM batch WHERE outcome = 'new'
             ORDER BY CASE WHEN key = '' THEN line::text ELSE key END, line) b
     WHERE b.key = '' OR NOT EXISTS (SELECT FROM contact_identities i
                                      WHERE i.account_id = $1 AND i.kind = 'phone' AND i.key = b.key)),
made AS (
    INSERT INTO contacts (account_id, id, name, is_name_edited, email, notes, created_by, created_at, active_at)
    OVERRIDING SYSTEM VALUE
    SELECT $1, id, name, true, nullif(email, ''), notes, $4::bigint, $6::timestamptz, $6 FROM fresh),
ways AS (
    INSERT INTO contact_identities (account_id, contact_id, kind, key, address, created_at)
    SELECT $1, id, 'phone', key, key, $6 FROM fresh WHERE key <> ''),
described AS (
    INSERT INTO contact_values (account_id, contact_id, field_id, value)
    SELECT $1, f.id, v.key::bigint, v.value FROM fresh f CROSS JOIN LATERAL json_each_text(f.fields) v
     WHERE EXISTS (SELECT FROM contact_fields d WHERE d.account_id = $1 AND d.id = v.key::bigint)),
joined AS (
    INSERT INTO contact_group_members (account_id, group_id, contact_id, added_at)
    SELECT DISTINCT $1, $5::bigint, x.id, $6 FROM (
           SELECT id FROM fresh UNION
           SELECT i.contact_id FROM batch b JOIN contact_identities i ON i.account_id = $1 AND i.kind = 'phone' AND i.key = b.key
            WHERE b.key <> '') x
     WHERE $5 IS NOT NULL ON CONFLICT DO NOTHING),
done AS (
    UPDATE contact_import_lines l SET is_done = true, contact_id = f.id, outcome = CASE WHEN f.id IS NULL THEN 'same' ELSE 'new' END
      FROM batch b LEFT JOIN fresh f ON f.line = b.line
     WHERE l.account_id = $1 AND l.import_id = $2 AND l.line = b.line
    RETURNING b.outcome = 'new' AND f.id IS NULL AS is_late),
counted AS (SELECT count(*) AS n, count(*) FILTER (WHERE is_late) AS late FROM done)
UPDATE contact_imports m SET done_count = m.done_count + c.n, new_count = m.new_count - c.late, same_count = m.same_count + c.late
  FROM counted c WHERE m.account_id = $1 AND m.id = $2
RETURNING c.n;

-- name: import_undo :one
-- The next of those that it made: gone, and their phones free again, unless somebody talked to them since.
-- $1 account  $2 import  $3 limit  $4 member  $5 now
WITH batch AS MATERIALIZED (
    SELECT l.line, l.contact_id FROM contact_import_lines l
     WHERE l.account_id = $1::bigint AND l.import_id = $2::bigint AND l.contact_id IS NOT NULL ORDER BY l.line LIMIT $3::int),
unused AS MATERIALIZED (
    SELECT b.contact_id AS id FROM batch b
     WHERE NOT EXISTS (SELECT FROM tickets t WHERE t.account_id = $1 AND t.contact_id = b.contact_id)
       AND NOT EXISTS (SELECT FROM consent_events e WHERE e.account_id = $1 AND e.contact_id = b.contact_id)
       AND NOT EXISTS (SELECT FROM contact_merges g WHERE g.account_id = $1 AND b.contact_id IN (g.kept_id, g.gone_id))),
gone AS (
    UPDATE contacts c SET deleted_at = $5::timestamptz, deleted_by = $4::bigint, delete_reason = 'import'
      FROM unused u WHERE c.account_id = $1 AND c.id = u.id AND c.deleted_at IS NULL),
free AS (DELETE FROM contact_identities i USING unused u WHERE i.account_id = $1 AND i.contact_id = u.id),
parted AS (DELETE FROM contact_group_members g USING unused u WHERE g.account_id = $1 AND g.contact_id = u.id),
done AS (
    UPDATE contact_import_lines l SET contact_id = NULL FROM batch b
     WHERE l.account_id = $1 AND l.import_id = $2 AND l.line = b.line RETURNING l.line),
counted AS (SELECT (SELECT count(*) FROM done) AS n, (SELECT count(*) FROM unused) AS n_unused)
UPDATE contact_imports m SET done_count = m.done_count + c.n, kept_count = m.kept_count + c.n - c.n_unused
  FROM counted c WHERE m.account_id = $1 AND m.id = $2
RETURNING c.n;

-- name: import_wrong :many
-- $1 account  $2 import
SELECT line, column_no, why, array_to_json(cells)::text FROM contact_import_lines
 WHERE account_id = $1::bigint AND import_id = $2::bigint AND outcome = 'wrong' ORDER BY line LIMIT 20000;
