-- locks: brief
-- What the people of an account say among themselves: one to one, and notices that groups of them are told.
SET ROLE balcao_owner;

-- A pair is two members, a group has a name. Nobody else takes part: chat_mine in chat.sql is the one rule.
CREATE TABLE chats (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    member_a    bigint, -- of a pair: whose number is the smaller
    member_b    bigint,
    name        text,   -- of a group
    is_active   boolean NOT NULL DEFAULT true, -- a group that is none any more is told nothing and not shown
    last_seq    int NOT NULL DEFAULT 0,
    last_at     timestamptz NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT chat_is_a_pair_or_a_group CHECK ((member_a IS NULL) = (member_b IS NULL)
        AND (member_a IS NULL) = (name IS NOT NULL)),
    CONSTRAINT chat_pair_is_in_order CHECK (member_a < member_b),
    CONSTRAINT chat_pair_is_one UNIQUE (account_id, member_a, member_b),
    CONSTRAINT internal_group_name_is_taken UNIQUE (account_id, name),
    CONSTRAINT chat_has_member_a FOREIGN KEY (account_id, member_a) REFERENCES memberships,
    CONSTRAINT chat_has_member_b FOREIGN KEY (account_id, member_b) REFERENCES memberships
) WITH (fillfactor = 70);
CALL protect('chats', 'SELECT, INSERT, UPDATE');

-- A conversation's history is a range of this key, however long it is.
CREATE TABLE chat_messages (
    account_id     bigint NOT NULL,
    chat_id        bigint NOT NULL,
    seq            int NOT NULL, -- order within the chat
    author_id      bigint, -- member; NULL: the house itself
    body           text NOT NULL DEFAULT '',
    attachment_id  bigint,
    link_kind      text CHECK (link_kind IN ('ticket', 'channel')), -- what a notice is about
    link_id        bigint,
    client_key     text, -- of the author's screen: the same key is the same message
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, chat_id, seq),
    CONSTRAINT chat_message_is_sent_once UNIQUE (account_id, chat_id, author_id, client_key),
    CONSTRAINT chat_file_is_sent_once UNIQUE (account_id, attachment_id),
    CONSTRAINT chat_message_link_is_whole CHECK ((link_kind IS NULL) = (link_id IS NULL)),
    CONSTRAINT chat_message_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES chats,
    CONSTRAINT chat_message_has_author FOREIGN KEY (account_id, author_id) REFERENCES memberships,
    CONSTRAINT chat_message_has_file FOREIGN KEY (account_id, attachment_id) REFERENCES attachments
);
CALL protect('chat_messages', 'SELECT, INSERT');

-- Whose chats, and how far each has read. What is unread is last_seq - read_seq: nothing is counted twice.
CREATE TABLE chat_seats (
    account_id  bigint NOT NULL,
    member_id   bigint NOT NULL,
    chat_id     bigint NOT NULL,
    read_seq    int NOT NULL DEFAULT 0,
    read_at     timestamptz,
    PRIMARY KEY (account_id, member_id, chat_id),
    CONSTRAINT chat_seat_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES chats,
    CONSTRAINT chat_seat_has_member FOREIGN KEY (account_id, member_id) REFERENCES memberships
) WITH (fillfactor = 70);
CREATE INDEX chat_seats_of_chat ON chat_seats (account_id, chat_id);
CALL protect('chat_seats');

-- Who is in a group: people by name, and whoever serves in a department.
CREATE TABLE chat_group_people (
    account_id  bigint NOT NULL,
    chat_id     bigint NOT NULL,
    member_id   bigint NOT NULL,
    PRIMARY KEY (account_id, chat_id, member_id),
    CONSTRAINT group_person_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES chats,
    CONSTRAINT group_person_has_member FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CALL protect('chat_group_people');

CREATE TABLE chat_group_departments (
    account_id     bigint NOT NULL,
    chat_id        bigint NOT NULL,
    department_id  bigint NOT NULL,
    PRIMARY KEY (account_id, chat_id, department_id),
    CONSTRAINT group_department_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES chats,
    CONSTRAINT group_department_exists FOREIGN KEY (account_id, department_id) REFERENCES departments ON DELETE CASCADE
);
CREATE INDEX chat_groups_of_department ON chat_group_departments (account_id, department_id);
CALL protect('chat_group_departments');

-- The seats of a group are made of both lists, in the transaction that changed one of them. Whoever
-- comes in has nothing unread from before.
CREATE FUNCTION chat_seat_group(account bigint, chat bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO public.chat_seats (account_id, member_id, chat_id, read_seq)
    SELECT account, wanted.member_id, chat, c.last_seq
      FROM public.chats c
     CROSS JOIN LATERAL (
        SELECT p.member_id FROM public.chat_group_people p WHERE p.account_id = account AND p.chat_id = chat
         UNION
        SELECT m.member_id FROM public.chat_group_departments d
          JOIN public.department_members m ON m.account_id = d.account_id AND m.department_id = d.department_id
         WHERE d.account_id = account AND d.chat_id = chat) wanted
     WHERE c.account_id = account AND c.id = chat AND c.member_a IS NULL
        ON CONFLICT DO NOTHING;
    DELETE FROM public.chat_seats s USING public.chats c
     WHERE s.account_id = account AND s.chat_id = chat AND c.account_id = account AND c.id = chat AND c.member_a IS NULL
       AND NOT EXISTS (SELECT FROM public.chat_group_people p
                        WHERE p.account_id = account AND p.chat_id = chat AND p.member_id = s.member_id)
       AND NOT EXISTS (SELECT FROM public.chat_group_departments d
                         JOIN public.department_members m ON m.account_id = d.account_id AND m.department_id = d.department_id
                        WHERE d.account_id = account AND d.chat_id = chat AND m.member_id = s.member_id);
$$;
GRANT EXECUTE ON FUNCTION chat_seat_group(bigint, bigint) TO balcao_api, balcao_worker;

CREATE FUNCTION chat_follow_department() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.chat_seat_group(d.account_id, d.chat_id)
       FROM public.chat_group_departments d
      WHERE d.account_id = coalesce(NEW.account_id, OLD.account_id)
        AND d.department_id = coalesce(NEW.department_id, OLD.department_id);
    RETURN NULL;
END $$;
CREATE TRIGGER chat_follow_department AFTER INSERT OR DELETE ON department_members
    FOR EACH ROW EXECUTE FUNCTION chat_follow_department();

-- Files of a chat are no forgotten uploads either.
CREATE OR REPLACE FUNCTION sweep_uploads(before timestamptz) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM public.attachments WHERE ctid = ANY (ARRAY(
        SELECT a.ctid FROM public.attachments a
         WHERE a.ticket_id IS NULL AND a.created_at < before
           AND NOT EXISTS (SELECT FROM public.memberships m WHERE m.account_id = a.account_id AND m.photo_id = a.id)
           AND NOT EXISTS (SELECT FROM public.answer_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.scheduled_messages s WHERE s.account_id = a.account_id AND s.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.chat_messages m WHERE m.account_id = a.account_id AND m.attachment_id = a.id)
         LIMIT 5000))
    RETURNING path
$$;
RESET ROLE;
