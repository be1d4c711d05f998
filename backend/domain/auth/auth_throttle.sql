-- name: throttle_closed :opt
-- no account: strangers have none
-- $1 keys  $2 now
SELECT max(closed_until) FROM signin_throttle
 WHERE key = ANY ($1::bigint[]) AND closed_until > $2::timestamptz
HAVING count(*) > 0;

-- name: throttle_fail :one
-- The first failures are free; then the bucket closes, for longer each time where it grows. A window
-- that is over forgets, and so does a lock that was served.
-- no account: strangers have none
-- $1 key  $2 now  $3 window in seconds  $4 failures that are free  $5 longest wait in seconds
-- $6 grows from two seconds on, or is the longest at once  $7 failures that lock, 0: none
-- $8 different names that close it, 0: any number  $9 this name
INSERT INTO signin_throttle AS t (key, fails, since, updated_at, names, closed_until)
VALUES ($1::bigint, 1, $2::timestamptz, $2, array_remove(ARRAY[$9::bigint], NULL),
        CASE WHEN $4::int < 1 THEN $2 + $5::int * interval '1 s' ELSE $2 END)
    ON CONFLICT (key) DO UPDATE SET (fails, since, names, updated_at, closed_until) = (
       SELECT n.fails, n.since, n.names, $2,
              CASE WHEN $7::int > 0 AND n.fails >= $7 THEN $2 + interval '1 day'
                   WHEN $8::int > 0 AND cardinality(n.names) >= $8 THEN $2 + $5 * interval '1 s'
                   WHEN n.fails <= $4 THEN $2
                   WHEN $6::boolean THEN $2 + least(power(2, least(n.fails - $4, 20)), $5) * interval '1 s'
                   ELSE $2 + $5 * interval '1 s' END
         FROM (SELECT t.fails + 1 AS fails, t.since AS since,
                      CASE WHEN $9 IS NULL OR $9 = ANY (t.names) OR cardinality(t.names) >= 20 THEN t.names
                           ELSE t.names || $9 END AS names
                WHERE t.since > $2 - $3::int * interval '1 s' AND ($7 = 0 OR t.fails < $7)
                UNION ALL
               SELECT 1, $2, array_remove(ARRAY[$9], NULL)
                WHERE NOT (t.since > $2 - $3 * interval '1 s' AND ($7 = 0 OR t.fails < $7))) n)
RETURNING fails;

-- name: throttle_forget :exec
-- no account: strangers have none
-- $1 key
DELETE FROM signin_throttle WHERE key = $1::bigint;

-- name: throttle_give_back :exec
-- no account: strangers have none
-- $1 key
UPDATE signin_throttle SET fails = fails - 1 WHERE key = $1::bigint AND fails > 0;
