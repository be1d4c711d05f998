-- locks: brief
-- What people do with tickets beside answering them: tags, favourites, snoozing, classifying.
SET ROLE balcao_owner;

-- Words of the house. One that is no longer wanted is archived: what carries it keeps it.
CREATE TABLE tags (
    account_id   bigint NOT NULL REFERENCES accounts,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    name         text NOT NULL,
    color        text NOT NULL CHECK (color IN ('plain', 'accent', 'ok', 'warn', 'bad', 'bot', 'survey', 'note')),
    description  text NOT NULL DEFAULT '',
    is_active    boolean NOT NULL DEFAULT true,
    merged_into  bigint, -- archived for good: what carried it carries that one now
    created_by   bigint, -- member; NULL: a program
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT merged_tag_exists FOREIGN KEY (account_id, merged_into) REFERENCES tags,
    CONSTRAINT merged_is_archived CHECK (merged_into IS NULL OR NOT is_active),
    CONSTRAINT tag_maker_exists FOREIGN KEY (account_id, created_by) REFERENCES memberships
);
-- Whatever the case. The name of one that was merged away is free again.
CREATE UNIQUE INDEX tag_name_is_taken ON tags (account_id, lower(name)) WHERE merged_into IS NULL;
CALL protect('tags', 'SELECT, INSERT, UPDATE');

CREATE TABLE ticket_tags (
    account_id  bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    tag_id      bigint NOT NULL,
    tagged_by   bigint, -- member; NULL: a program
    tagged_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, ticket_id, tag_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    FOREIGN KEY (account_id, tag_id) REFERENCES tags
);
CREATE INDEX tickets_of_tag ON ticket_tags (account_id, tag_id, ticket_id DESC);
CALL protect('ticket_tags');

CREATE TABLE contact_tags (
    account_id  bigint NOT NULL,
    contact_id  bigint NOT NULL,
    tag_id      bigint NOT NULL,
    tagged_by   bigint,
    tagged_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, contact_id, tag_id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (account_id, tag_id) REFERENCES tags
);
CREATE INDEX contacts_of_tag ON contact_tags (account_id, tag_id, contact_id DESC);
CALL protect('contact_tags');

CREATE TABLE message_tags (
    account_id   bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    seq          int NOT NULL,
    tag_id       bigint NOT NULL,
    message_at   timestamptz NOT NULL, -- created_at of the message: finds its partition
    tagged_by    bigint,
    tagged_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, ticket_id, seq, tag_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets, -- not the message: its month may leave
    FOREIGN KEY (account_id, tag_id) REFERENCES tags
);
CREATE INDEX messages_of_tag ON message_tags (account_id, tag_id, ticket_id DESC);
CALL protect('message_tags');

-- What kind of service a ticket was; why it ended is its closing reason.
CREATE TABLE ticket_types (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    name        text NOT NULL,
    is_active   boolean NOT NULL DEFAULT true,
    PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX type_name_is_taken ON ticket_types (account_id, lower(name));
CALL protect('ticket_types', 'SELECT, INSERT, UPDATE');

-- A member's own mark: nobody else is told of it.
CREATE TABLE ticket_favourites (
    account_id  bigint NOT NULL,
    member_id   bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    marked_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, member_id, ticket_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CALL protect('ticket_favourites', 'SELECT, INSERT, DELETE');

ALTER TABLE tickets
    ADD COLUMN tag_ids        bigint[] NOT NULL DEFAULT '{}', -- in the order of ticket_tags, kept by the trigger below
    ADD COLUMN snoozed_until  timestamptz, -- out of the lists until then, or until the customer writes
    ADD COLUMN woken_at       timestamptz, -- it came back, and nobody has read it since
    ADD COLUMN type_id        bigint,
    ADD COLUMN taken_from_id  bigint, -- the member from whom it was taken over; NULL: from nobody
    ADD CONSTRAINT ticket_type_exists FOREIGN KEY (account_id, type_id) REFERENCES ticket_types,
    ADD CONSTRAINT ticket_taken_from_exists FOREIGN KEY (account_id, taken_from_id) REFERENCES memberships;
CREATE INDEX tickets_asleep ON tickets (account_id, snoozed_until) WHERE snoozed_until IS NOT NULL;

ALTER TABLE messages ADD COLUMN tag_ids bigint[]; -- NULL: none; kept by the trigger below

-- The list and the thread show tags without asking for them: a row carries the ids, and whoever changes a
-- link changes them here, in the same transaction.
CREATE FUNCTION ticket_carries_tags() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    link public.ticket_tags := coalesce(NEW, OLD);
BEGIN
    UPDATE public.tickets t
       SET tag_ids = ARRAY(SELECT l.tag_id FROM public.ticket_tags l
                            WHERE l.account_id = link.account_id AND l.ticket_id = link.ticket_id
                            ORDER BY l.tagged_at, l.tag_id)
     WHERE t.account_id = link.account_id AND t.id = link.ticket_id;
    RETURN NULL;
END $$;
CREATE TRIGGER ticket_carries_tags AFTER INSERT OR DELETE ON ticket_tags
    FOR EACH ROW EXECUTE FUNCTION ticket_carries_tags();

CREATE FUNCTION message_carries_tags() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    link public.message_tags := coalesce(NEW, OLD);
BEGIN
    UPDATE public.messages m
       SET tag_ids = nullif(ARRAY(SELECT l.tag_id FROM public.message_tags l
                                   WHERE l.account_id = link.account_id AND l.ticket_id = link.ticket_id
                                     AND l.seq = link.seq ORDER BY l.tagged_at, l.tag_id), '{}')
     WHERE m.account_id = link.account_id AND m.ticket_id = link.ticket_id AND m.seq = link.seq
       AND m.created_at = link.message_at;
    RETURN NULL;
END $$;
CREATE TRIGGER message_carries_tags AFTER INSERT OR DELETE ON message_tags
    FOR EACH ROW EXECUTE FUNCTION message_carries_tags();

-- One act on many tickets: those that were named, or all that a filter shows to whoever asked when it runs. The
-- tickets are written down first and then gone through, so that what the act changes does not change the list
-- that it follows, and whoever is killed in between goes on where it was.
CREATE TABLE bulks (
    account_id   bigint NOT NULL REFERENCES accounts,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    member_id    bigint NOT NULL, -- who asked, with whose rights it runs
    act          text NOT NULL CHECK (act IN ('transfer', 'tag', 'untag', 'close', 'snooze', 'read')),
    wish         json NOT NULL, -- what the act is told: a reason, a tag, a time
    filter       text, -- as the list is asked, tab=waiting&tag=3; NULL: tickets were named
    state        text NOT NULL CHECK (state IN ('collecting', 'running', 'done', 'cancelled', 'access_lost', 'undoing', 'undone')),
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    PRIMARY KEY (account_id, id),
    CONSTRAINT bulk_member_exists FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CALL protect('bulks', 'SELECT, INSERT, UPDATE');

CREATE TABLE bulk_items (
    account_id  bigint NOT NULL,
    bulk_id     bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'refused', 'undone', 'kept')),
    slug        text, -- why it was refused, or kept when the act was undone
    was         text, -- what the act changes, as it was before it: {"assignee_id":7,…}
    became      text, -- the same after it: what is otherwise by now is not undone
    PRIMARY KEY (account_id, bulk_id, ticket_id),
    FOREIGN KEY (account_id, bulk_id) REFERENCES bulks,
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CALL protect('bulk_items', 'SELECT, INSERT, UPDATE');
RESET ROLE;
