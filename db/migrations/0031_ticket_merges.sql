-- locks: brief
-- Two tickets that are one story. Messages never move: a merge is a link from the one that ends to the one that goes
-- on, whose thread shows the other's as a chapter, and taking it back is taking the link away.
SET ROLE balcao_owner;

ALTER TABLE tickets
    ADD COLUMN merged_into  bigint, -- the ticket that goes on in its place
    ADD COLUMN merged_ids   bigint[] NOT NULL DEFAULT '{}', -- its chapters, in the order in which they came
    ADD CONSTRAINT merged_ticket_exists FOREIGN KEY (account_id, merged_into) REFERENCES tickets NOT VALID,
    ADD CONSTRAINT merged_is_closed CHECK (merged_into IS NULL OR state = 'closed') NOT VALID;
-- Where a customer's next word goes: nearly empty, and asked only when they have no live ticket of their own.
CREATE INDEX tickets_merged ON tickets (account_id, channel_id, identity_id, id DESC) WHERE merged_into IS NOT NULL;

-- What was merged, by whom, and how the one that ended was before: undoing gives it back.
CREATE TABLE ticket_merges (
    account_id         bigint NOT NULL,
    id                 bigint GENERATED ALWAYS AS IDENTITY,
    source_id          bigint NOT NULL,
    target_id          bigint NOT NULL,
    merged_by          bigint, -- member; NULL: a program
    merged_at          timestamptz NOT NULL,
    was_state          ticket_state NOT NULL, -- closed: it had ended before, and undoing opens nothing
    was_unread_count   int NOT NULL,
    was_taken_from_id  bigint,
    was_snoozed_until  timestamptz,
    was_away_at        timestamptz, -- out_of_hours_at
    heard_seq          int NOT NULL DEFAULT 0, -- of the target: the last message that came by this link; 0: none
    undone_by          bigint,
    undone_at          timestamptz,
    PRIMARY KEY (account_id, id),
    CONSTRAINT merge_source_exists FOREIGN KEY (account_id, source_id) REFERENCES tickets,
    CONSTRAINT merge_target_exists FOREIGN KEY (account_id, target_id) REFERENCES tickets,
    CONSTRAINT merge_member_exists FOREIGN KEY (account_id, merged_by) REFERENCES memberships
);
CREATE UNIQUE INDEX merged_into_one ON ticket_merges (account_id, source_id) WHERE undone_at IS NULL;
CREATE INDEX merges_of_source ON ticket_merges (account_id, source_id, id DESC);
CALL protect('ticket_merges', 'SELECT, INSERT, UPDATE');
RESET ROLE;
