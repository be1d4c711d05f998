-- name: chat_mine(c) :text
-- The one rule: of a pair its two, of a group whoever has a seat in it. No permission and no scope widens it.
c.account_id = $1
AND (c.member_a = @member::bigint OR c.member_b = @member::bigint
     OR (c.member_a IS NULL AND c.is_active
         AND EXISTS (SELECT FROM chat_seats mine
                      WHERE mine.account_id = $1 AND mine.member_id = @member::bigint AND mine.chat_id = c.id)));

-- name: chat_hearers :text
-- Who is told of chat c: those who take part and still use the chat. A seat that a pair should not have hears nothing.
ARRAY(SELECT h.member_id FROM chat_seats h
        JOIN memberships hm ON hm.account_id = h.account_id AND hm.id = h.member_id AND hm.is_active
        JOIN gate.access hx ON hx.account_id = h.account_id AND hx.user_id = hm.user_id
       WHERE h.account_id = $1 AND h.chat_id = c.id
         AND (c.member_a IS NULL OR h.member_id IN (c.member_a, c.member_b))
         AND get_bit(hx.permissions, (SELECT number FROM permissions WHERE name = 'chat.use')) = 1
       ORDER BY h.member_id);

-- name: chat_message :text
m.chat_id, m.seq, m.author_id, m.body, m.link_kind, m.link_id, m.client_key, m.created_at,
f.id, f.state, f.kind, f.mime, f.filename, f.size_bytes, f.error_slug, f.created_at, m.seq;

-- name: chat_row :text
-- Seat s of the asker, chat c, the other o of a pair and their seat os.
c.id, c.name, o.id, o.display_name, o.photo_id, coalesce(o.is_active, c.is_active), c.last_seq, c.last_at, s.read_seq,
os.read_seq, (SELECT count(*) FROM chat_seats n WHERE c.member_a IS NULL AND n.account_id = $1 AND n.chat_id = c.id);

-- name: chat_from :text
  FROM chat_seats s
  JOIN chats c ON c.account_id = s.account_id AND c.id = s.chat_id
  LEFT JOIN memberships o ON o.account_id = $1
        AND o.id = CASE WHEN c.member_a = @member::bigint THEN c.member_b ELSE c.member_a END
  LEFT JOIN chat_seats os ON os.account_id = $1 AND os.member_id = o.id AND os.chat_id = c.id;

-- name: chat_list :many
-- Mine, the latest first. Of two who never said anything neither is shown the other.
-- $1 account  $2 words  $3 before  $4 before id  $5 limit
SELECT @chat_row, '', m.chat_id, m.seq, m.author_id, left(m.body, 200), m.link_kind, m.link_id, NULL, m.created_at,
       f.id, f.state, f.kind, f.mime, f.filename, f.size_bytes, f.error_slug, f.created_at, m.seq
  @chat_from
  LEFT JOIN chat_messages m ON m.account_id = $1 AND m.chat_id = c.id AND m.seq = c.last_seq
  LEFT JOIN attachments f ON f.account_id = $1 AND f.id = m.attachment_id
 WHERE s.account_id = $1::bigint AND s.member_id = @member::bigint AND @chat_mine(c)
   AND (c.last_seq > 0 OR c.member_a IS NULL)
   AND ($2::text IS NULL OR plain(coalesce(c.name, o.display_name)) LIKE (SELECT like_part($2)))
   AND ($3::timestamptz IS NULL OR (c.last_at, c.id) < ($3, $4::bigint))
 ORDER BY c.last_at DESC, c.id DESC LIMIT $5::int;

-- name: chat_get :one
-- $1 account  $2 chat
SELECT @chat_row, @chat_hearers::text
  @chat_from
 WHERE s.account_id = $1::bigint AND s.member_id = @member::bigint AND s.chat_id = $2::bigint AND @chat_mine(c);

-- name: chat_unread :many
-- As far as each of mine with something unread has come, and I in it.
-- $1 account
SELECT c.id, c.last_seq, s.read_seq
  FROM chat_seats s JOIN chats c ON c.account_id = s.account_id AND c.id = s.chat_id
 WHERE s.account_id = $1::bigint AND s.member_id = @member::bigint AND @chat_mine(c) AND c.last_seq > s.read_seq
 ORDER BY c.last_at DESC LIMIT 1000;

-- name: chat_people :many
-- Whom one can talk to: who uses the chat, and the chat that we have, if any.
-- $1 account
SELECT m.id, m.display_name, m.photo_id, c.id
  FROM memberships m
  JOIN gate.access x ON x.account_id = m.account_id AND x.user_id = m.user_id
  LEFT JOIN chats c ON c.account_id = m.account_id AND c.member_a = least(m.id, @member::bigint)
                   AND c.member_b = greatest(m.id, @member::bigint) AND c.last_seq > 0
 WHERE m.account_id = $1::bigint AND m.is_active AND m.id <> @member::bigint
   AND get_bit(x.permissions, (SELECT number FROM permissions WHERE name = 'chat.use')) = 1
 ORDER BY m.display_name, m.id LIMIT 2000;

-- name: chat_partner :opt
-- $1 account  $2 member
SELECT m.id
  FROM memberships m JOIN gate.access x ON x.account_id = m.account_id AND x.user_id = m.user_id
 WHERE m.account_id = $1::bigint AND m.id = $2::bigint AND m.is_active AND m.id <> @member::bigint
   AND get_bit(x.permissions, (SELECT number FROM permissions WHERE name = 'chat.use')) = 1;

-- name: chat_pair_add :exec
-- $1 account  $2 one  $3 other  $4 now
INSERT INTO chats (account_id, member_a, member_b, last_at, created_at)
VALUES ($1::bigint, least($2::bigint, $3::bigint), greatest($2, $3), $4::timestamptz, $4)
    ON CONFLICT ON CONSTRAINT chat_pair_is_one DO NOTHING;

-- name: chat_pair_seat :exec
-- $1 account  $2 one  $3 other
INSERT INTO chat_seats (account_id, member_id, chat_id)
SELECT c.account_id, seated.id, c.id FROM chats c CROSS JOIN unnest(ARRAY[c.member_a, c.member_b]) seated (id)
 WHERE c.account_id = $1::bigint AND c.member_a = least($2::bigint, $3::bigint) AND c.member_b = greatest($2, $3)
    ON CONFLICT DO NOTHING;

-- name: chat_pair_find :one
-- $1 account  $2 one  $3 other
SELECT c.id FROM chats c
 WHERE c.account_id = $1::bigint AND c.member_a = least($2::bigint, $3::bigint) AND c.member_b = greatest($2, $3);

-- name: chat_lock :one
-- Two who speak at once are served in order. Not the key: a seat taken meanwhile need not wait.
-- $1 account  $2 chat
SELECT c.id FROM chats c WHERE @chat_mine(c) AND c.id = $2::bigint FOR NO KEY UPDATE;

-- name: chat_group_lock :opt
-- $1 account  $2 group
SELECT c.last_seq, c.is_active, @chat_hearers::text
  FROM chats c WHERE c.account_id = $1::bigint AND c.id = $2::bigint AND c.member_a IS NULL FOR NO KEY UPDATE;

-- name: chat_posted :opt
-- What was said under this key before; asked once the chat is locked.
-- $1 account  $2 chat  $3 author  $4 key
SELECT @chat_message
  FROM chat_messages m LEFT JOIN attachments f ON f.account_id = $1 AND f.id = m.attachment_id
 WHERE m.account_id = $1::bigint AND m.chat_id = $2::bigint AND m.author_id IS NOT DISTINCT FROM $3::bigint
   AND m.client_key = $4::text;

-- name: chat_add :one
-- Its place is the chat's next; whoever wrote it has read so far.
-- $1 account  $2 chat  $3 author  $4 text  $5 file  $6 link kind  $7 link  $8 key  $9 now
WITH told AS (
    UPDATE chats SET last_seq = last_seq + 1, last_at = $9::timestamptz
     WHERE account_id = $1::bigint AND id = $2::bigint RETURNING last_seq),
read AS (
    UPDATE chat_seats SET read_seq = (SELECT last_seq FROM told), read_at = $9
     WHERE account_id = $1 AND chat_id = $2 AND member_id = $3::bigint),
m AS (
    INSERT INTO chat_messages (account_id, chat_id, seq, author_id, body, attachment_id, link_kind, link_id, client_key,
                               created_at)
    SELECT $1, $2, told.last_seq, $3, $4::text, $5::bigint, $6::text, $7::bigint, $8::text, $9 FROM told
    RETURNING *)
SELECT @chat_message
  FROM m LEFT JOIN attachments f ON f.account_id = $1 AND f.id = m.attachment_id;

-- name: chat_file_find :opt
-- An unsent upload of the author's own.
-- $1 account  $2 attachment  $3 member
SELECT a.id FROM attachments a
 WHERE a.account_id = $1::bigint AND a.id = $2::bigint AND a.member_id = $3::bigint AND a.state = 'ready'
   AND a.ticket_id IS NULL
   AND NOT EXISTS (SELECT FROM chat_messages o WHERE o.account_id = $1 AND o.attachment_id = a.id)
   AND NOT EXISTS (SELECT FROM answer_files o WHERE o.account_id = $1 AND o.attachment_id = a.id)
   AND NOT EXISTS (SELECT FROM memberships o WHERE o.account_id = $1 AND o.photo_id = a.id)
   FOR NO KEY UPDATE;

-- name: chat_file_serve :opt
-- A file of a chat in which I take part.
-- $1 account  $2 attachment
SELECT f.state, f.mime, f.filename, f.path
  FROM chat_messages m
  JOIN chats c ON c.account_id = m.account_id AND c.id = m.chat_id
  JOIN attachments f ON f.account_id = m.account_id AND f.id = m.attachment_id
 WHERE m.account_id = $1::bigint AND m.attachment_id = $2::bigint AND @chat_mine(c);

-- name: chat_older :many
-- The page before a message, or the last one: newest first, a range of the key.
-- $1 account  $2 chat  $3 before  $4 limit
SELECT @chat_message
  FROM chats c JOIN chat_messages m ON m.account_id = c.account_id AND m.chat_id = c.id
  LEFT JOIN attachments f ON f.account_id = $1 AND f.id = m.attachment_id
 WHERE @chat_mine(c) AND c.id = $2::bigint AND m.account_id = $1 AND m.chat_id = $2 AND m.seq < $3::int
 ORDER BY m.seq DESC LIMIT $4::int;

-- name: chat_newer :many
-- $1 account  $2 chat  $3 after  $4 limit
SELECT @chat_message
  FROM chats c JOIN chat_messages m ON m.account_id = c.account_id AND m.chat_id = c.id
  LEFT JOIN attachments f ON f.account_id = $1 AND f.id = m.attachment_id
 WHERE @chat_mine(c) AND c.id = $2::bigint AND m.account_id = $1 AND m.chat_id = $2 AND m.seq > $3::int
 ORDER BY m.seq LIMIT $4::int;

-- name: chat_read :opt
-- Only forward, and never beyond what was said.
-- $1 account  $2 chat  $3 seq  $4 now
UPDATE chat_seats s SET read_seq = least($3::int, c.last_seq), read_at = $4::timestamptz
  FROM chats c
 WHERE s.account_id = $1::bigint AND s.member_id = @member::bigint AND s.chat_id = $2::bigint
   AND c.account_id = s.account_id AND c.id = s.chat_id AND @chat_mine(c) AND s.read_seq < least($3, c.last_seq)
RETURNING s.read_seq;

-- name: chat_readers :many
-- How far each who takes part has come.
-- $1 account  $2 chat
SELECT n.member_id, p.display_name, n.read_seq, n.read_at
  FROM chats c
  JOIN chat_seats n ON n.account_id = c.account_id AND n.chat_id = c.id
  JOIN memberships p ON p.account_id = n.account_id AND p.id = n.member_id
 WHERE @chat_mine(c) AND c.id = $2::bigint ORDER BY p.display_name, p.id LIMIT 2000;
