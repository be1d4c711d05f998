-- locks: brief
-- A file that a program uploads waits for its message as a person's does. A personal token uploads for its member; a service or a
-- chatbot is no member, so nobody could say later whose file it was, and no message could have it.
SET ROLE balcao_owner;
ALTER TABLE attachments
    ADD COLUMN token_id bigint, -- the program that uploaded, where no member did
    ADD CONSTRAINT upload_token_exists FOREIGN KEY (account_id, token_id) REFERENCES api_tokens,
    ADD CONSTRAINT program_is_nobody_else CHECK (token_id IS NULL OR (member_id IS NULL AND identity_id IS NULL));
RESET ROLE;
