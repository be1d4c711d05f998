-- name: chat_export_pair :one
-- For a duty of law, by whoever holds chat.export: the one statement that looks at a chat without taking part.
-- $1 account  $2 one  $3 other
SELECT c.id, a.display_name, b.display_name
  FROM chats c
  JOIN memberships a ON a.account_id = c.account_id AND a.id = c.member_a
  JOIN memberships b ON b.account_id = c.account_id AND b.id = c.member_b
 WHERE c.account_id = $1::bigint AND c.member_a = least($2::bigint, $3::bigint) AND c.member_b = greatest($2, $3);

-- name: chat_export_messages :many
-- $1 account  $2 chat  $3 after  $4 from  $5 until  $6 limit
SELECT m.seq, m.created_at, p.display_name, m.author_id, m.body, f.filename, f.mime, f.size_bytes
  FROM chat_messages m
  LEFT JOIN memberships p ON p.account_id = m.account_id AND p.id = m.author_id
  LEFT JOIN attachments f ON f.account_id = m.account_id AND f.id = m.attachment_id
 WHERE m.account_id = $1::bigint AND m.chat_id = $2::bigint AND m.seq > $3::int
   AND m.created_at >= $4::timestamptz AND m.created_at < $5::timestamptz
 ORDER BY m.seq LIMIT $6::int;
