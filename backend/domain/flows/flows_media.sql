-- name: flow_media_row :text
f.sha256, a.filename, a.mime, a.kind, a.size_bytes, f.added_at;

-- name: flow_media_add :one
-- The same bytes again are the same file, under the name that it has.
-- $1 account  $2 hash  $3 attachment  $4 member  $5 now
WITH added AS (
    INSERT INTO flow_files (account_id, sha256, attachment_id, added_by, added_at)
    VALUES ($1::bigint, $2::text, $3::bigint, $4::bigint, $5::timestamptz)
        ON CONFLICT (account_id, sha256) DO NOTHING
    RETURNING account_id, sha256, attachment_id, added_at)
SELECT @flow_media_row
  FROM (SELECT * FROM added UNION ALL
        SELECT k.account_id, k.sha256, k.attachment_id, k.added_at FROM flow_files k WHERE k.account_id = $1 AND k.sha256 = $2) f
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id LIMIT 1;

-- name: flow_media_list :many
-- $1 account
SELECT @flow_media_row FROM flow_files f
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id
 WHERE f.account_id = $1::bigint ORDER BY f.added_at DESC, f.sha256 LIMIT 500;

-- name: flow_media_find :opt
-- $1 account  $2 hash
SELECT f.attachment_id, a.filename FROM flow_files f
  JOIN attachments a ON a.account_id = f.account_id AND a.id = f.attachment_id
 WHERE f.account_id = $1::bigint AND f.sha256 = $2::text AND a.state = 'ready';
