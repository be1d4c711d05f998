-- locks: none
-- What a team says often: quick answers with files and variables. And what is said later: scheduled messages.
SET ROLE balcao_owner;

-- Texts of accounts hold variables, as {{contact.first_name}}; what used to say {name} says that now.
UPDATE close_reasons SET message = replace(replace(message, '{name}', '{{contact.first_name}}'), '{protocol}', '{{ticket.protocol}}')
 WHERE message ~ '(^|[^{])[{](name|protocol)[}]';
UPDATE channels SET welcome_text = replace(replace(welcome_text, '{name}', '{{contact.first_name}}'), '{protocol}', '{{ticket.protocol}}')
 WHERE welcome_text ~ '(^|[^{])[{](name|protocol)[}]';

-- Words as a part of something, for LIKE.
CREATE FUNCTION like_part(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT '%' || replace(replace(replace(public.plain(words), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;
GRANT EXECUTE ON FUNCTION like_part(text) TO balcao_api, balcao_worker;

CREATE TABLE answers (
    account_id     bigint NOT NULL REFERENCES accounts,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    scope          text NOT NULL CHECK (scope IN ('own', 'department', 'account')),
    member_id      bigint, -- whose, of scope own
    department_id  bigint, -- of scope department
    title          text NOT NULL,
    shortcut       text NOT NULL, -- what is typed behind "/"
    body           text NOT NULL DEFAULT '', -- with variables
    is_active      boolean NOT NULL DEFAULT true,
    use_count      bigint NOT NULL DEFAULT 0,
    last_used_at   timestamptz,
    search_title   text GENERATED ALWAYS AS (plain(title)) STORED,
    search_body    text GENERATED ALWAYS AS (plain(body)) STORED,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    CONSTRAINT answer_scope_has_owner CHECK ((scope = 'own') = (member_id IS NOT NULL)
        AND (scope = 'department') = (department_id IS NOT NULL)),
    CONSTRAINT answer_shortcut_is_plain CHECK (shortcut ~ '^[a-z0-9][a-z0-9_-]{0,29}$'),
    CONSTRAINT answer_has_member FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT answer_has_department FOREIGN KEY (account_id, department_id) REFERENCES departments
);
-- Within one owner here; what one person sees of several owners is looked at when it is saved.
CREATE UNIQUE INDEX shortcut_is_taken ON answers (account_id, shortcut, scope, coalesce(member_id, department_id, 0));
CREATE INDEX answers_by_title ON answers (account_id, search_title, id);
CREATE INDEX answers_by_part ON answers USING gin (search_title ext.gin_trgm_ops, search_body ext.gin_trgm_ops);
CALL protect('answers');

-- Files of an answer: uploads that are kept as long as it lives. Whoever uses it gets copies.
CREATE TABLE answer_files (
    account_id     bigint NOT NULL,
    answer_id      bigint NOT NULL,
    position       int NOT NULL,
    attachment_id  bigint NOT NULL,
    PRIMARY KEY (account_id, answer_id, position),
    CONSTRAINT answer_file_is_of_one UNIQUE (account_id, attachment_id),
    CONSTRAINT file_has_answer FOREIGN KEY (account_id, answer_id) REFERENCES answers ON DELETE CASCADE,
    CONSTRAINT file_has_attachment FOREIGN KEY (account_id, attachment_id) REFERENCES attachments
);
CALL protect('answer_files');

-- What is said later. The job that says it carries the version: whatever changed meanwhile stops it.
CREATE TABLE scheduled_messages (
    account_id     bigint NOT NULL,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    ticket_id      bigint NOT NULL,
    member_id      bigint NOT NULL, -- in whose name
    client_key     text NOT NULL,
    body           text NOT NULL,
    attachment_id  bigint,
    send_at        timestamptz NOT NULL,
    version        int NOT NULL DEFAULT 1,
    state          text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'cancelled', 'failed')),
    error_slug     text, -- why it was not sent
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT scheduled_once UNIQUE (account_id, ticket_id, client_key),
    CONSTRAINT scheduled_failed_has_error CHECK ((state = 'failed') = (error_slug IS NOT NULL)),
    CONSTRAINT scheduled_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT scheduled_has_member FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT scheduled_has_attachment FOREIGN KEY (account_id, attachment_id) REFERENCES attachments
);
CREATE INDEX scheduled_of_ticket ON scheduled_messages (account_id, ticket_id, send_at) WHERE state IN ('pending', 'failed');
CREATE INDEX scheduled_of_attachment ON scheduled_messages (account_id, attachment_id) WHERE attachment_id IS NOT NULL;
CALL protect('scheduled_messages');

-- Photos, files of answers and of what is said later are no forgotten uploads.
CREATE OR REPLACE FUNCTION sweep_uploads(before timestamptz) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM public.attachments WHERE ctid = ANY (ARRAY(
        SELECT a.ctid FROM public.attachments a
         WHERE a.ticket_id IS NULL AND a.created_at < before
           AND NOT EXISTS (SELECT FROM public.memberships m WHERE m.account_id = a.account_id AND m.photo_id = a.id)
           AND NOT EXISTS (SELECT FROM public.answer_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.scheduled_messages s WHERE s.account_id = a.account_id AND s.attachment_id = a.id)
         LIMIT 5000))
    RETURNING path
$$;
RESET ROLE;
