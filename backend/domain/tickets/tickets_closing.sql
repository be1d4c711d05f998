-- name: ticket_survey_follows :one
-- Whether its customer is asked something once a person has closed it: by the flow it came through, or by a satisfaction
-- flow of its department.
-- unscoped: the ticket was locked by whoever closes it
-- $1 account  $2 ticket  $3 department
SELECT (EXISTS (SELECT FROM flow_runs r WHERE r.account_id = $1::bigint AND r.ticket_id = $2::bigint AND r.phase = 'held' AND r.awaits_end)
        OR EXISTS (SELECT FROM flow_starts s JOIN flows f ON f.account_id = s.account_id AND f.id = s.flow_id
                    WHERE s.account_id = $1 AND s.kind = 'survey' AND (s.department_id IS NULL OR s.department_id = $3::bigint)
                      AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL))
       AND NOT EXISTS (SELECT FROM tickets t JOIN contacts c ON c.account_id = t.account_id AND c.id = t.contact_id
                        WHERE t.account_id = $1 AND t.id = $2 AND c.consent = 'withdrawn');
