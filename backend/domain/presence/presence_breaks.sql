-- name: break_reason_row(r) :text
r.id, r.name, r.planned_min, r.color, r.is_active;

-- name: break_row(b) :text
b.id, b.member_id, b.reason_id, b.planned_min, b.started_at, b.ended_at, b.ended_by;

-- name: break_reason_list :many
-- $1 account
SELECT @break_reason_row(r) FROM break_reasons r WHERE r.account_id = $1::bigint ORDER BY r.position, r.name LIMIT 200;

-- name: break_reason_lock :one
-- $1 account  $2 reason
SELECT @break_reason_row(r) FROM break_reasons r
 WHERE r.account_id = $1::bigint AND r.id = $2::bigint FOR NO KEY UPDATE;

-- name: break_reason_add :one
-- $1 account  $2 name  $3 minutes  $4 color  $5 active
INSERT INTO break_reasons AS r (account_id, name, planned_min, color, is_active, position)
VALUES ($1::bigint, $2::text, $3::int, $4::text, $5::boolean,
        (SELECT coalesce(max(x.position), 0) + 1 FROM break_reasons x WHERE x.account_id = $1))
RETURNING @break_reason_row(r);

-- name: break_reason_save :one
-- $1 account  $2 reason  $3 name  $4 minutes  $5 color  $6 active
UPDATE break_reasons r SET name = $3::text, planned_min = $4::int, color = $5::text, is_active = $6::boolean
 WHERE r.account_id = $1::bigint AND r.id = $2::bigint
RETURNING @break_reason_row(r);

-- name: break_reason_remove :exec
-- $1 account  $2 reason
DELETE FROM break_reasons WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: break_reason_unknown :one
-- $1 account  $2 reasons
SELECT EXISTS (SELECT FROM unnest($2::bigint[]) x WHERE NOT EXISTS (
               SELECT FROM break_reasons r WHERE r.account_id = $1::bigint AND r.id = x));

-- name: break_reason_order :exec
-- $1 account  $2 reasons, as they are to stand
UPDATE break_reasons r SET position = w.place
  FROM (SELECT id, row_number() OVER (ORDER BY array_position($2::bigint[], id), position, name) AS place
          FROM break_reasons WHERE account_id = $1::bigint) w
 WHERE r.account_id = $1 AND r.id = w.id AND r.position <> w.place;

-- name: break_limit_list :many
-- $1 account
SELECT department_id, max_people FROM break_limits WHERE account_id = $1::bigint ORDER BY department_id NULLS FIRST LIMIT 501;

-- name: break_limit_lock :opt
-- $1 account  $2 department, NULL: the account
SELECT max_people FROM break_limits
 WHERE account_id = $1::bigint AND department_id IS NOT DISTINCT FROM $2::bigint FOR UPDATE;

-- name: break_limit_set :exec
-- $1 account  $2 department, NULL: the account  $3 people
INSERT INTO break_limits (account_id, department_id, max_people) VALUES ($1::bigint, $2::bigint, $3::int)
    ON CONFLICT ON CONSTRAINT department_is_limited_once DO UPDATE SET max_people = excluded.max_people;

-- name: break_limit_remove :exec
-- $1 account  $2 department, NULL: the account
DELETE FROM break_limits WHERE account_id = $1::bigint AND department_id IS NOT DISTINCT FROM $2::bigint;

-- name: limits_member(l) :text
-- Limit l of the account concerns member $2.
l.account_id = $1::bigint
AND (l.department_id IS NULL
     OR l.department_id IN (SELECT own.department_id FROM department_members own
                             WHERE own.account_id = $1 AND own.member_id = $2::bigint));

-- name: break_limits_hold :exec
-- Held in one order, so that breaks that start at once are served one after the other.
-- $1 account  $2 member
SELECT FROM break_limits l WHERE @limits_member(l) ORDER BY l.id FOR UPDATE OF l;

-- name: break_limit_full :opt
-- Asked after holding, so it counts what the one before has done. (Those who are on a break already do not wait for a place.)
-- $1 account  $2 member
SELECT l.department_id, l.max_people
  FROM break_limits l
 WHERE @limits_member(l)
   AND l.max_people <= (SELECT count(*) FROM breaks b
                         WHERE b.account_id = $1 AND b.ended_at IS NULL AND b.member_id <> $2::bigint
                           AND (l.department_id IS NULL
                                OR EXISTS (SELECT FROM department_members mate
                                            WHERE mate.account_id = $1 AND mate.department_id = l.department_id
                                              AND mate.member_id = b.member_id)))
 ORDER BY l.id LIMIT 1;

-- name: break_start :opt
-- Never before the end of the last one: the clocks of two hosts differ a little.
-- $1 account  $2 member  $3 reason  $4 now
INSERT INTO breaks AS b (account_id, member_id, reason_id, planned_min, started_at)
SELECT r.account_id, $2::bigint, r.id, r.planned_min,
       greatest($4::timestamptz, (SELECT max(last.ended_at) FROM breaks last
                                   WHERE last.account_id = $1 AND last.member_id = $2
                                     AND last.started_at > $4::timestamptz - interval '1 day'))
  FROM break_reasons r WHERE r.account_id = $1::bigint AND r.id = $3::bigint AND r.is_active
RETURNING @break_row(b);

-- name: break_end :opt
-- $1 account  $2 member  $3 now  $4 by whom
UPDATE breaks b SET ended_at = greatest($3::timestamptz, b.started_at), ended_by = $4::bigint
 WHERE b.account_id = $1::bigint AND b.member_id = $2::bigint AND b.ended_at IS NULL
RETURNING @break_row(b);

-- name: break_current :opt
-- $1 account  $2 member
SELECT @break_row(b) FROM breaks b
 WHERE b.account_id = $1::bigint AND b.member_id = $2::bigint AND b.ended_at IS NULL;

-- name: break_get :one
-- $1 account  $2 break
SELECT @break_row(b) FROM breaks b JOIN memberships m ON m.account_id = b.account_id AND m.id = b.member_id
 WHERE @supervised(m) AND b.id = $2::bigint;

-- name: break_end_of :opt
-- $1 account  $2 break  $3 now  $4 by whom, NULL: nobody
UPDATE breaks b SET ended_at = greatest($3::timestamptz, b.started_at), ended_by = $4::bigint
 WHERE b.account_id = $1::bigint AND b.id = $2::bigint AND b.ended_at IS NULL
RETURNING @break_row(b);

-- name: breaks_asked(b) :text
-- Break b of those one supervises.  $2 member  $3 reason  $4 department  $5 from  $6 to; NULL: any
b.account_id = $1::bigint
AND ($2::bigint IS NULL OR b.member_id = $2) AND ($3::bigint IS NULL OR b.reason_id = $3)
AND ($5::timestamptz IS NULL OR b.started_at >= $5) AND ($6::timestamptz IS NULL OR b.started_at < $6)
AND ($4::bigint IS NULL OR EXISTS (SELECT FROM department_members serves WHERE serves.account_id = $1
                                      AND serves.department_id = $4 AND serves.member_id = b.member_id))
AND EXISTS (SELECT FROM memberships m WHERE @supervised(m) AND m.id = b.member_id);

-- name: break_find :many
-- $1 account  $2 … $6 see above  $7 after  $8 after, its number  $9 how many
SELECT @break_row(b) FROM breaks b
 WHERE @breaks_asked(b)
   AND ($7::timestamptz IS NULL OR (b.started_at, b.id) < ($7, $8::bigint))
 ORDER BY b.started_at DESC, b.id DESC LIMIT $9::int;

-- name: break_find_of_member :many
-- The same, led by the member.
-- $1 account  $2 … $6 see above  $7 after  $8 after, its number  $9 how many
SELECT @break_row(b) FROM breaks b
 WHERE @breaks_asked(b) AND b.member_id = $2::bigint
   AND ($7::timestamptz IS NULL OR (b.started_at, b.id) < ($7, $8::bigint))
 ORDER BY b.started_at DESC, b.id DESC LIMIT $9::int;

-- name: break_find_of_reason :many
-- The same, led by the reason.
-- $1 account  $2 … $6 see above  $7 after  $8 after, its number  $9 how many
SELECT @break_row(b) FROM breaks b
 WHERE @breaks_asked(b) AND b.reason_id = $3::bigint
   AND ($7::timestamptz IS NULL OR (b.started_at, b.id) < ($7, $8::bigint))
 ORDER BY b.started_at DESC, b.id DESC LIMIT $9::int;

-- name: break_total :many
-- One that lasts counts until now.
-- $1 account  $2 … $6 see above  $7 now
SELECT x.reason_id, count(*), sum(x.s)::bigint, count(*) FILTER (WHERE x.s > x.planned_s),
       sum(greatest(x.s - x.planned_s, 0))::bigint
  FROM (SELECT b.reason_id, b.planned_min * 60 AS planned_s,
               extract(epoch FROM greatest(coalesce(b.ended_at, $7::timestamptz), b.started_at) - b.started_at)::bigint AS s
          FROM breaks b WHERE @breaks_asked(b)) x
 GROUP BY x.reason_id ORDER BY 3 DESC LIMIT 200;
