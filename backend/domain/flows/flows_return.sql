-- name: flow_return_ways :one
-- What a ticket could be given back to: a run that waits for it; the flow it was in last, or one that begins on its channel
-- or in its department; and the one that is wished for ($3; 0: none in particular).
-- unscoped: the ticket was read by whoever sees it
-- $1 account  $2 ticket  $3 flow
SELECT c.consent = 'withdrawn',
       EXISTS (SELECT FROM flow_runs r WHERE r.account_id = t.account_id AND r.ticket_id = t.id AND r.phase <> 'ended'),
       EXISTS (SELECT FROM flows f
                   WHERE f.account_id = t.account_id AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL
                     AND (f.id = (SELECT r.flow_id FROM flow_runs r WHERE r.account_id = t.account_id AND r.ticket_id = t.id
                                   ORDER BY r.id DESC LIMIT 1)
                          OR EXISTS (SELECT FROM flow_starts s WHERE s.account_id = f.account_id AND s.flow_id = f.id
                                        AND ((s.kind = 'channel' AND s.channel_id = t.channel_id)
                                             OR (s.kind = 'department' AND s.department_id = t.department_id))))),
       w.key, w.is_enabled AND w.live_number IS NOT NULL
  FROM tickets t
  JOIN contacts c ON c.account_id = t.account_id AND c.id = t.contact_id
  LEFT JOIN flows w ON w.account_id = t.account_id AND w.id = $3::bigint AND w.removed_at IS NULL
 WHERE t.account_id = $1::bigint AND t.id = $2::bigint;

-- name: flow_return_flows :many
-- Flows that speak, and on its kind of channel.
-- unscoped: the ticket was read by whoever sees it
-- $1 account  $2 ticket
SELECT f.id, f.name
  FROM tickets t
  JOIN channels c ON c.account_id = t.account_id AND c.id = t.channel_id
  JOIN flows f ON f.account_id = t.account_id AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL
   AND CASE WHEN starts_with(c.kind, 'whatsapp') THEN 'whatsapp' ELSE c.kind END = ANY (f.channels)
 WHERE t.account_id = $1::bigint AND t.id = $2::bigint
 ORDER BY f.search_name, f.id LIMIT 500;
