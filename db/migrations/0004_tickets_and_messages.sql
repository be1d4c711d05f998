-- locks: none
-- The conversation: tickets, messages by month, files, drafts.
SET ROLE balcao_owner;

-- Words with a fixed meaning are domains: a CHECK in a table is parsed again by every
-- statement that writes it, a domain's once in a session.
CREATE DOMAIN ticket_state AS text CHECK (VALUE IN ('bot', 'waiting', 'serving', 'surveying', 'closed'));
CREATE DOMAIN ticket_controller AS text CHECK (VALUE IN ('bot', 'queue', 'user', 'none'));
CREATE DOMAIN message_direction AS text CHECK (VALUE IN ('in', 'out', 'note', 'system'));
CREATE DOMAIN message_author AS text CHECK (VALUE IN ('contact', 'member', 'bot', 'system'));
CREATE DOMAIN message_state AS text CHECK (VALUE IN ('received', 'queued', 'sending', 'accepted',
    'delivered', 'read', 'failed', 'unknown', 'internal'));

CREATE TABLE close_reasons (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    name        text NOT NULL,
    message     text NOT NULL DEFAULT '', -- told to the customer; empty: nothing
    position    int NOT NULL DEFAULT 0,
    is_active   boolean NOT NULL DEFAULT true,
    PRIMARY KEY (account_id, id),
    CONSTRAINT reason_name_is_taken UNIQUE (account_id, name)
);
CALL protect('close_reasons');

-- Protocol numbers: one counter per account and day.
CREATE TABLE protocol_counters (
    account_id  bigint NOT NULL REFERENCES accounts,
    counted_on  date NOT NULL,
    n           int NOT NULL,
    PRIMARY KEY (account_id, counted_on)
) WITH (fillfactor = 50);
CALL protect('protocol_counters');

-- One row is all the inbox needs: what the list shows is kept here, in the
-- transaction of the message that changed it.
CREATE TABLE tickets (
    account_id        bigint NOT NULL,
    id                bigint GENERATED ALWAYS AS IDENTITY,
    protocol          text NOT NULL, -- 20261120-0417
    channel_id        bigint NOT NULL,
    identity_id       bigint NOT NULL, -- whom we answer
    contact_id        bigint NOT NULL,
    contact_name      text NOT NULL, -- what the list shows of the person, kept up by triggers below
    contact_kind      text NOT NULL,
    contact_address   text NOT NULL,
    department_id     bigint,
    assignee_id       bigint, -- member
    state             ticket_state NOT NULL,
    controller        ticket_controller NOT NULL,
    last_seq          int NOT NULL DEFAULT 0, -- of its messages
    unread_count      int NOT NULL DEFAULT 0, -- inbound since somebody read it
    shown_seq         int NOT NULL DEFAULT 0, -- of the message that the list shows
    last_kind         text, -- of the last message shown in the list
    last_direction    text,
    last_state        text, -- delivery of the last one of ours
    last_preview      text NOT NULL DEFAULT '',
    last_author_kind  text, -- contact, member, bot, system
    last_author_id    bigint, -- member
    last_activity_at  timestamptz NOT NULL,
    last_inbound_at   timestamptz,
    last_outbound_at  timestamptz,
    window_ends_at    timestamptz, -- free messages until then; NULL: the channel has no window
    opened_at         timestamptz NOT NULL,
    queued_at         timestamptz,
    assigned_at       timestamptz,
    first_reply_at    timestamptz, -- the first by a person
    closed_at         timestamptz,
    closed_by         bigint, -- member
    reason_id         bigint,
    PRIMARY KEY (account_id, id),
    CONSTRAINT protocol_is_taken UNIQUE (account_id, protocol),
    CONSTRAINT ticket_has_channel FOREIGN KEY (account_id, channel_id) REFERENCES channels,
    CONSTRAINT ticket_has_identity FOREIGN KEY (account_id, identity_id) REFERENCES contact_identities,
    CONSTRAINT ticket_has_contact FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
    CONSTRAINT ticket_department_exists FOREIGN KEY (account_id, department_id) REFERENCES departments,
    CONSTRAINT ticket_assignee_exists FOREIGN KEY (account_id, assignee_id) REFERENCES memberships,
    CONSTRAINT ticket_reason_exists FOREIGN KEY (account_id, reason_id) REFERENCES close_reasons,
    CONSTRAINT closed_has_closed_at CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT serving_has_assignee CHECK (state <> 'serving' OR assignee_id IS NOT NULL),
    CONSTRAINT controller_fits_state CHECK ((state, controller) IN (('bot', 'bot'), ('waiting', 'queue'),
        ('serving', 'user'), ('surveying', 'bot'), ('surveying', 'none'), ('closed', 'none')))
) WITH (fillfactor = 70);
-- The promise of the whole table: one live ticket per customer and channel.
CREATE UNIQUE INDEX one_live_ticket ON tickets (account_id, channel_id, identity_id) WHERE state <> 'closed';
CREATE INDEX tickets_by_state ON tickets (account_id, state, last_activity_at DESC, id DESC);
CREATE INDEX tickets_of_assignee ON tickets (account_id, assignee_id, state, last_activity_at DESC, id DESC);
CREATE INDEX tickets_of_department ON tickets (account_id, department_id, state, last_activity_at DESC, id DESC);
CREATE INDEX tickets_of_contact ON tickets (account_id, contact_id, id DESC);
CREATE INDEX tickets_of_identity ON tickets (account_id, identity_id, id DESC);
CALL protect('tickets');

-- The list is one index scan because a ticket carries the name and address it shows; whoever
-- changes them changes them here too, in the same transaction.
CREATE FUNCTION tickets_follow_contact() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.tickets SET contact_name = NEW.name
     WHERE account_id = NEW.account_id AND contact_id = NEW.id AND contact_name <> NEW.name;
    RETURN NULL;
END $$;
CREATE TRIGGER tickets_follow_contact AFTER UPDATE OF name ON contacts
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION tickets_follow_contact();

CREATE FUNCTION tickets_follow_identity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.tickets SET contact_address = NEW.address
     WHERE account_id = NEW.account_id AND identity_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER tickets_follow_identity AFTER UPDATE OF address ON contact_identities
    FOR EACH ROW WHEN (OLD.address <> NEW.address) EXECUTE FUNCTION tickets_follow_identity();

-- Partitioned by month of created_at. Readers name the ticket and bound created_at
-- by its opened_at, so that years of partitions are pruned.
CREATE TABLE messages (
    account_id      bigint NOT NULL,
    ticket_id       bigint NOT NULL,
    seq             int NOT NULL, -- order within the ticket
    created_at      timestamptz NOT NULL,
    provider_at     timestamptz, -- what the provider's clock said
    direction       message_direction NOT NULL,
    author_kind     message_author NOT NULL,
    author_id       bigint, -- member
    kind            text NOT NULL, -- text image audio video document sticker location contacts choice reaction system unknown
    body            text NOT NULL DEFAULT '',
    detail          json, -- structure of its kind: location, contacts, choice, system event
    reactions       json, -- [{"emoji":"👍","by":"contact"}]
    quoted_seq      int,
    client_key      text, -- of the sender's screen: matches its optimistic copy
    attachments     smallint NOT NULL DEFAULT 0, -- how many rows in attachments
    state           message_state NOT NULL,
    error_code      text, -- provider's, with a prefix: WA-131047
    error_slug      text, -- what the screen explains
    edited_at       timestamptz,
    deleted_at      timestamptz,
    PRIMARY KEY (account_id, ticket_id, seq, created_at),
    CONSTRAINT message_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT failed_has_error CHECK (state <> 'failed' OR error_slug IS NOT NULL)
) PARTITION BY RANGE (created_at);
CALL protect('messages');
CREATE TABLE messages_default PARTITION OF messages DEFAULT;

-- Uniqueness that partitions cannot give.
CREATE TABLE message_provider_ids (
    account_id   bigint NOT NULL,
    channel_id   bigint NOT NULL,
    provider_id  text NOT NULL,
    ticket_id    bigint NOT NULL,
    seq          int NOT NULL,
    created_at   timestamptz NOT NULL, -- of the message: finds its partition
    PRIMARY KEY (account_id, channel_id, provider_id)
);
CREATE INDEX message_provider_ids_of_message ON message_provider_ids (account_id, ticket_id, seq);
CALL protect('message_provider_ids');

CREATE TABLE message_client_keys (
    account_id  bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    client_key  text NOT NULL,
    seq         int NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, ticket_id, client_key)
);
CALL protect('message_client_keys');

-- A provider's status that came before we knew the message's provider id.
CREATE TABLE early_statuses (
    account_id   bigint NOT NULL,
    channel_id   bigint NOT NULL,
    provider_id  text NOT NULL,
    state        text NOT NULL,
    error_code   text,
    error_slug   text,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, channel_id, provider_id, state)
);
CALL protect('early_statuses');

-- Files. Bytes live in the media store under `path`; serving asks for the ticket first.
CREATE TABLE attachments (
    account_id         bigint NOT NULL,
    id                 bigint GENERATED ALWAYS AS IDENTITY,
    ticket_id          bigint, -- NULL: uploaded, not sent yet
    seq                int,    -- of the message
    member_id          bigint, -- who uploaded; NULL: came from outside
    identity_id        bigint, -- the visitor who uploaded
    state              text NOT NULL CHECK (state IN ('pending', 'ready', 'failed', 'expired')),
    kind               text NOT NULL CHECK (kind IN ('image', 'audio', 'video', 'document', 'sticker')),
    mime               text NOT NULL, -- sniffed; while pending, as declared
    filename           text NOT NULL DEFAULT '',
    size_bytes         bigint NOT NULL DEFAULT 0,
    sha256             bytea,
    path               text, -- relative to the media store
    provider_media_id  text, -- to fetch from, or already uploaded to
    error_slug         text,
    expires_at         timestamptz,
    created_at         timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT ready_has_path CHECK (state <> 'ready' OR path IS NOT NULL)
);
CREATE INDEX attachments_of_message ON attachments (account_id, ticket_id, seq);
CREATE INDEX attachments_unsent ON attachments (account_id, created_at) WHERE ticket_id IS NULL;
CALL protect('attachments');

CREATE TABLE drafts (
    account_id  bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    member_id   bigint NOT NULL,
    mode        text NOT NULL CHECK (mode IN ('reply', 'whisper')),
    body        text NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, ticket_id, member_id, mode),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CREATE INDEX drafts_of_member ON drafts (account_id, member_id);
CALL protect('drafts');
RESET ROLE;
