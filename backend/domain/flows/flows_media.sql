-- name: flow_media_row :text
f.sha256, a.filename, a.mime, a.kind, a.size_bytes, f.added_at, f.sound, f.duration_s;

-- name: flow_media_add :one
-- The same bytes again are the same file, under the name that it has. A recording that was not prepared is tried again.
-- $1 account  $2 hash  $3 attachment  $4 member  $5 now  $6 it is a recording
WITH added AS (
    INSERT INTO flow_files AS k (account_id, sha256, attachment_id, added_by, added_at, sound)
    VALUES ($1::bigint, $2::text, $3::bigint, $4::bigint, $5::timestamptz, CASE WHEN $6::boolean THEN 'pending' END)
        ON CONFLICT (account_id, sha256) DO UPDATE SET sound = 'pending' WHERE $6 AND k.sound IS DISTINCT FROM 'ready'
    RETURNING k.*)
SELECT @flow_media_row, f.attachment_id
  FROM (SELECT * FROM added UNION ALL
        SELECT k.* FROM flow_files k WHERE k.account_id = $1 AND k.sha256 = $2 AND NOT EXISTS (SELECT FROM added)) f
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id LIMIT 1;

-- name: flow_media_list :many
-- $1 account
SELECT @flow_media_row FROM flow_files f
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id
 WHERE f.account_id = $1::bigint ORDER BY f.added_at DESC, f.sha256 LIMIT 500;

-- name: flow_media_find :opt
-- $1 account  $2 hash
SELECT f.attachment_id, a.filename, f.voice_id FROM flow_files f
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id
 WHERE f.account_id = $1::bigint AND f.sha256 = $2::text AND a.state = 'ready';

-- name: flow_media_pending :opt
-- Locked: what is added again before it is prepared has two jobs, and one of them ends it.
-- $1 account  $2 attachment
SELECT a.path, a.mime, a.filename FROM flow_files f
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id
 WHERE f.account_id = $1::bigint AND f.attachment_id = $2::bigint AND f.sound = 'pending'
   FOR UPDATE OF f;

-- name: flow_media_prepared :exec
-- $1 account  $2 attachment  $3 what was made of it  $4 seconds
UPDATE flow_files SET sound = 'ready', voice_id = $3::bigint, duration_s = $4::int
 WHERE account_id = $1::bigint AND attachment_id = $2::bigint AND sound = 'pending';

-- name: flow_media_failed :exec
-- $1 account  $2 attachment
UPDATE flow_files SET sound = 'failed' WHERE account_id = $1::bigint AND attachment_id = $2::bigint AND sound = 'pending';
