-- locks: brief
-- Files that are converted before they are what they have to be, and what messages said before
-- they were changed or taken back.
SET ROLE balcao_owner;

ALTER TABLE attachments
    ADD COLUMN becomes   text CHECK (becomes <> ''), -- the type it is converted to, pending until then; NULL: it stays what it is
    ADD COLUMN is_hidden boolean NOT NULL DEFAULT false; -- its message was taken back

-- Sealed, and only ever added to: the thread shows what is said now, this what was said before.
CREATE TABLE message_originals (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    ticket_id   bigint NOT NULL,
    seq         int NOT NULL, -- of the message
    body        bytea NOT NULL, -- sealed
    until       timestamptz NOT NULL, -- it said so until then
    member_id   bigint, -- who changed it or took it back; NULL: the customer
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT original_author_exists FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CREATE INDEX message_originals_of ON message_originals (account_id, ticket_id, seq, id);
CALL protect('message_originals', 'SELECT, INSERT');
RESET ROLE;
