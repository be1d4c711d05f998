-- Which rows a member sees: the one text behind list, search, count, direct address, media and every
-- act on a row, so an invisible row does not exist for any of them. What it asks for is bound by the
-- gate (access.h), never by a caller. live/sees.c says the same about events.
-- bound: member channels sees_account departments branches pick_departments sees_bot sees_history sees_contacts masks is_bot

-- name: visible(t) :text
-- Ticket t. Arms in the order in which they usually decide; the two that ask further are asked once
-- for a statement, and only when the others said no.
t.account_id = $1
AND (@channels::bigint[] IS NULL OR t.channel_id = ANY (@channels::bigint[]))
AND (@sees_account::boolean
     OR t.assignee_id = @member::bigint
     OR t.department_id = ANY (@departments::bigint[])
     OR t.branch_id = ANY (@branches::bigint[])
     OR (t.state = 'waiting' AND t.assignee_id IS NULL AND t.department_id = ANY (@pick_departments::bigint[]))
     OR (t.state = 'bot' AND t.department_id IS NULL AND @sees_bot::boolean)
     OR (t.state = 'bot' AND @is_bot::boolean)
     OR (t.state = 'closed' AND NOT t.is_confidential AND @sees_history::boolean
         AND t.contact_id = ANY (ARRAY(SELECT mine.contact_id FROM tickets mine
                                        WHERE mine.account_id = $1 AND mine.assignee_id = @member::bigint
                                          AND mine.state IN ('serving', 'surveying'))))
     OR t.id = ANY (ARRAY(SELECT invited.ticket_id FROM ticket_readers invited
                           WHERE invited.account_id = $1 AND invited.member_id = @member::bigint)));

-- name: visible_contact(c) :text
-- Contact c: of whom I see a ticket, or whom I wrote down myself, or all of them.
c.account_id = $1
AND (@sees_contacts::boolean OR c.created_by = @member::bigint
     OR EXISTS (SELECT FROM tickets seen WHERE seen.account_id = $1 AND seen.contact_id = c.id AND @visible(seen)));

-- name: supervised(m) :text
-- Member m: of one of my departments, or anybody for whom the whole account is in sight.
m.account_id = $1
AND (@sees_account::boolean OR m.id = @member::bigint
     OR m.id = ANY (ARRAY(SELECT mate.member_id FROM department_members mate
                           WHERE mate.account_id = $1 AND mate.department_id = ANY (@departments::bigint[]))));

-- name: shown_address(t) :text
-- A phone loses its middle under a mask; other addresses name nobody.
CASE WHEN @masks::int & 1 = 0 OR t.contact_kind <> 'phone' THEN t.contact_address ELSE mask_phone(t.contact_address) END;

-- name: shown_name(t) :text
-- A name that is only the phone again hides like one.
CASE WHEN @masks::int & 1 = 0 OR t.contact_name !~ '^[+0-9 ().-]{8,}$' THEN t.contact_name ELSE mask_phone(t.contact_name) END;
