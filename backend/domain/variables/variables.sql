-- name: variables_of_ticket :one
-- What a text may name, each part read only when the text does ($4: a bit for each, see variables.c).
-- $1 account  $2 ticket  $3 now  $4 parts  $5 who speaks when nobody serves
SELECT t.protocol,
       to_char(t.opened_at AT TIME ZONE a.time_zone, 'YYYY-MM-DD"T"HH24:MI:SS'),
       @shown_name(t),
       CASE WHEN t.contact_kind = 'phone' THEN @shown_address(t) END,
       CASE WHEN @masks::int & 2 = 0 THEN c.email ELSE mask_email(c.email) END,
       coalesce(o.name, a.name), b.name, d.name, m.display_name, h.name, h.kind,
       to_char($3::timestamptz AT TIME ZONE a.time_zone, 'YYYY-MM-DD"T"HH24:MI:SS'),
       t.department_id, t.channel_id, q.place, ceil(q.place * queue_place_seconds(t.account_id, t.department_id, $3))::bigint
  FROM tickets t
  JOIN accounts a ON a.id = t.account_id
  LEFT JOIN contacts c ON $4::int & 1 <> 0 AND c.account_id = t.account_id AND c.id = t.contact_id
  LEFT JOIN departments d ON $4 & 2 <> 0 AND d.account_id = t.account_id AND d.id = t.department_id
  LEFT JOIN companies o ON o.account_id = d.account_id AND o.id = d.company_id
  LEFT JOIN branches b ON $4 & 4 <> 0 AND b.account_id = t.account_id AND b.id = t.branch_id
  LEFT JOIN memberships m ON $4 & 8 <> 0 AND m.account_id = t.account_id
                         AND m.id = coalesce(t.assignee_id, $5::bigint)
  LEFT JOIN channels h ON $4 & 16 <> 0 AND h.account_id = t.account_id AND h.id = t.channel_id
  LEFT JOIN LATERAL (
       SELECT count(*) AS place
         FROM (SELECT FROM tickets x
                WHERE x.account_id = t.account_id AND x.department_id = t.department_id AND x.state = 'waiting'
                  AND x.assignee_id IS NULL AND x.snoozed_until IS NULL
                  AND (x.priority, x.queued_at, x.id) <= (t.priority, t.queued_at, t.id) LIMIT 1000) before) q
    ON $4 & 128 <> 0 AND t.state = 'waiting' AND t.assignee_id IS NULL
 WHERE @visible(t) AND t.id = $2::bigint;
