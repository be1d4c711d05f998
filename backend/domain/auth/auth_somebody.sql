-- name: session_alive :opt
-- Whose live session this is; unlike the gate it refuses nobody.
-- no account: a session belongs to the person
-- $1 session  $2 gen  $3 now
SELECT user_id FROM gate.session s
 WHERE s.id = $1::bigint AND $2::int IN (s.gen, s.gen - 1) AND s.end_reason IS NULL
   AND s.expires_at > $3::timestamptz AND s.idles_at > $3;
