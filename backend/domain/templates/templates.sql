-- name: template_row :text
t.id, t.waba_id, t.name, t.language, t.category, t.status, t.quality, t.shape, t.changed_at, t.gone_at,
(SELECT count(DISTINCT r.flow_id) FROM flow_refs r
   JOIN flows f ON f.account_id = r.account_id AND f.id = r.flow_id AND f.removed_at IS NULL
  WHERE r.account_id = t.account_id AND r.ref = 'template:' || t.id),
coalesce((SELECT string_agg('channel:' || c.id, ' ' ORDER BY c.id) FROM channels c
           WHERE c.account_id = t.account_id AND c.is_active AND c.settings ->> 'waba_id' = t.waba_id), '');

-- name: template_list :many
-- $1 account  $2 channel  $3 status  $4 words  $5 after  $6 limit
SELECT @template_row FROM message_templates t
 WHERE t.account_id = $1::bigint
   AND ($2::bigint IS NULL OR t.waba_id = (SELECT c.settings ->> 'waba_id' FROM channels c WHERE c.account_id = $1 AND c.id = $2))
   AND CASE WHEN $3::text IS NULL THEN true
            WHEN $3 = 'sendable' THEN t.gone_at IS NULL AND t.status = 'approved' AND t.shape::json ->> 'unfit' IS NULL
            WHEN $3 = 'gone' THEN t.gone_at IS NOT NULL
            ELSE t.gone_at IS NULL AND t.status = $3 END
   AND ($4::text IS NULL OR t.search_name LIKE (SELECT like_part($4)))
   AND ($5::bigint IS NULL OR (t.search_name, t.id) > (SELECT p.search_name, p.id FROM message_templates p
                                                        WHERE p.account_id = $1 AND p.id = $5))
 ORDER BY t.search_name, t.id LIMIT $6::int;

-- name: template_get :opt
-- $1 account  $2 template
SELECT @template_row FROM message_templates t WHERE t.account_id = $1::bigint AND t.id = $2::bigint;

-- name: templates_of :many
-- $1 account  $2 ids
SELECT @template_row FROM message_templates t
 WHERE t.account_id = $1::bigint AND t.id = ANY ($2::bigint[]) LIMIT 1000;

-- name: template_users :many
-- $1 account  $2 template
SELECT DISTINCT f.id, f.key, f.name
  FROM flow_refs r JOIN flows f ON f.account_id = r.account_id AND f.id = r.flow_id AND f.removed_at IS NULL
 WHERE r.account_id = $1::bigint AND r.ref = 'template:' || $2::bigint
 ORDER BY f.name, f.id LIMIT 20;

-- name: template_books :many
-- $1 account  $2 channel
SELECT b.waba_id, b.wanted_at, b.read_at, b.failed_at, b.why FROM template_books b
 WHERE b.account_id = $1::bigint
   AND EXISTS (SELECT FROM channels c WHERE c.account_id = $1 AND c.settings ->> 'waba_id' = b.waba_id
                  AND ($2::bigint IS NULL OR c.id = $2))
 ORDER BY b.waba_id LIMIT 200;

-- name: template_book_want :opt
-- None: a reading is queued already. One that was lost on its way counts for ten minutes.
-- $1 account  $2 waba  $3 now
INSERT INTO template_books AS b (account_id, waba_id, wanted_at) VALUES ($1::bigint, $2::text, $3::timestamptz)
    ON CONFLICT (account_id, waba_id) DO UPDATE SET wanted_at = $3
 WHERE b.wanted_at IS NULL OR b.wanted_at < $3 - interval '10 minutes'
RETURNING b.xmax = 0;

-- name: template_book_get :opt
-- $1 account  $2 waba
SELECT b.waba_id, b.wanted_at, b.read_at, b.failed_at, b.why FROM template_books b
 WHERE b.account_id = $1::bigint AND b.waba_id = $2::text;

-- name: template_book_begin :exec
-- From here on whoever asks is not asking for this reading.
-- $1 account  $2 waba
UPDATE template_books SET wanted_at = NULL WHERE account_id = $1::bigint AND waba_id = $2::text;

-- name: template_book_read :exec
-- $1 account  $2 waba  $3 now
UPDATE template_books SET read_at = $3::timestamptz, failed_at = NULL, why = NULL
 WHERE account_id = $1::bigint AND waba_id = $2::text;

-- name: template_book_failed :exec
-- $1 account  $2 waba  $3 now  $4 why
UPDATE template_books SET failed_at = $3::timestamptz, why = $4::text
 WHERE account_id = $1::bigint AND waba_id = $2::text;

-- name: template_reader :opt
-- A channel of this account that may read its book: one that works, rather than one that does not.
-- $1 account  $2 waba
SELECT c.id FROM channels c
 WHERE c.account_id = $1::bigint AND c.is_active AND c.settings ->> 'waba_id' = $2::text
 ORDER BY c.state <> 'connected', c.id LIMIT 1;

-- name: templates_keep :exec
-- $1 account  $2 waba  $3 now  $4 JSON array of what was read
INSERT INTO message_templates AS t (account_id, waba_id, name, language, provider_id, category, status, quality, shape, changed_at)
SELECT DISTINCT ON (x.name, x.language)
       $1::bigint, $2::text, x.name, x.language, x.provider_id, x.category, x.status, x.quality, x.shape, $3::timestamptz
  FROM json_to_recordset($4::json) AS x (provider_id text, name text, language text, category text, status text, quality text, shape text)
 ORDER BY x.name, x.language
    ON CONFLICT (account_id, waba_id, name, language) DO UPDATE
   SET provider_id = EXCLUDED.provider_id, category = EXCLUDED.category, status = EXCLUDED.status, quality = EXCLUDED.quality,
       shape = EXCLUDED.shape, changed_at = EXCLUDED.changed_at, gone_at = NULL
 WHERE t.gone_at IS NOT NULL
    OR (t.provider_id, t.category, t.status, t.quality, t.shape)
       IS DISTINCT FROM (EXCLUDED.provider_id, EXCLUDED.category, EXCLUDED.status, EXCLUDED.quality, EXCLUDED.shape);

-- name: templates_lose :many
-- What the network knows no more; and of each whether a flow names it.
-- $1 account  $2 waba  $3 now  $4 JSON array of what was read
UPDATE message_templates t SET gone_at = $3::timestamptz
 WHERE t.account_id = $1::bigint AND t.waba_id = $2::text AND t.gone_at IS NULL
   AND NOT EXISTS (SELECT FROM json_to_recordset($4::json) AS x (name text, language text)
                    WHERE x.name = t.name AND x.language = t.language)
RETURNING t.id, EXISTS (SELECT FROM flow_refs r WHERE r.account_id = t.account_id AND r.ref = 'template:' || t.id);
