-- name: survey_add :exec
-- unscoped: the ticket was locked by whoever asks
-- $1 account  $2 ticket  $3 run  $4 step  $5 channel  $6 department  $7 holder  $8 opened  $9 counts for  $10 now
INSERT INTO surveys (account_id, ticket_id, run_id, step, channel_id, department_id, member_id, counts_for, asked_at)
SELECT $1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::bigint, served.by,
       CASE WHEN served.by IS NULL THEN 'company' ELSE $9::text END, $10::timestamptz
  FROM (SELECT coalesce($7::bigint, (SELECT m.author_id FROM messages m
                                      WHERE m.account_id = $1 AND m.ticket_id = $2 AND m.created_at >= $8::timestamptz
                                        AND m.direction = 'out' AND m.author_kind = 'member'
                                      ORDER BY m.seq DESC LIMIT 1)) AS by) served
    ON CONFLICT (account_id, run_id, step) DO NOTHING;

-- name: survey_answer :opt
-- The last one that the run asked. A comment comes by itself, after the score.
-- $1 account  $2 run  $3 score  $4 label  $5 comment  $6 now
UPDATE surveys s SET state = 'answered', score = $3::int, label = $4::text, comment = coalesce($5::text, s.comment),
       answered_at = coalesce(s.answered_at, $6::timestamptz)
  FROM (SELECT x.id, x.state FROM surveys x
         WHERE x.account_id = $1::bigint AND x.run_id = $2::bigint ORDER BY x.id DESC LIMIT 1) was
 WHERE s.account_id = $1 AND s.id = was.id
RETURNING s.member_id, s.counts_for, was.state = 'answered';

-- name: survey_give_up :exec
-- $1 account  $2 run
UPDATE surveys SET state = 'unanswered' WHERE account_id = $1::bigint AND run_id = $2::bigint AND state = 'asked';

-- name: survey_fits :text
($2::timestamptz IS NULL OR s.asked_at >= $2) AND ($3::timestamptz IS NULL OR s.asked_at < $3)
AND ($4::bigint IS NULL OR s.department_id = $4) AND ($5::bigint IS NULL OR s.member_id = $5)
AND ($6::text IS NULL OR s.state = $6) AND ($7::int IS NULL OR s.score = $7)
AND ($8::text IS NULL OR s.counts_for IN ($8, 'both')) AND (NOT $9::boolean OR s.comment IS NOT NULL);

-- name: survey_list :many
-- $1 account  $2 from  $3 until  $4 department  $5 member  $6 state  $7 score  $8 counts for  $9 commented  $10 below
-- $11 limit
SELECT s.id, s.ticket_id, t.protocol, s.channel_id, s.department_id, s.member_id, s.counts_for, s.state, s.score, s.label,
       s.comment, s.asked_at, s.answered_at
  FROM surveys s JOIN tickets t ON t.account_id = s.account_id AND t.id = s.ticket_id
 WHERE s.account_id = $1::bigint AND @visible(t) AND @survey_fits AND ($10::bigint IS NULL OR s.id < $10)
 ORDER BY s.id DESC LIMIT $11::int;

-- name: survey_figures :many
-- $1 account  $2 from  $3 until  $4 department  $5 member  $6 state  $7 score  $8 counts for  $9 commented
SELECT s.department_id, s.member_id, s.counts_for, s.score, count(*)
  FROM surveys s JOIN tickets t ON t.account_id = s.account_id AND t.id = s.ticket_id
 WHERE s.account_id = $1::bigint AND @visible(t) AND @survey_fits
 GROUP BY s.department_id, s.member_id, s.counts_for, s.score
 LIMIT 50000;
