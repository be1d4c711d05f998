-- locks: brief
-- What brings somebody to us: an advertisement that they tapped, a link with a name. A ticket keeps what it came by, and either may
-- begin a flow of its own.
SET ROLE balcao_owner;

-- As the network, or the page, said with the first message: {"kind":"ad","ad_id":…,"headline":…,"campaign":…,"ref":…}, of which
-- there is what was said.
ALTER TABLE tickets ADD COLUMN origin text; -- NULL: by itself

-- Of several that fit the nearest wins: the advertisement, the link, the first text, each at its channel before anywhere,
-- then the channel; a department's is asked for by itself.
ALTER TABLE flow_starts ADD COLUMN ad_id text CHECK (ad_id <> ''), -- as its network knows the advertisement
    ADD COLUMN ref text CHECK (ref <> ''), -- what links say of themselves, in whatever case
    DROP CONSTRAINT flow_starts_kind_check, DROP CONSTRAINT start_says_what,
    ADD CONSTRAINT flow_starts_kind_check CHECK (kind IN ('channel', 'first_text', 'ad', 'link', 'department', 'survey')),
    ADD CONSTRAINT start_says_what CHECK ((kind = 'first_text') = (first_text IS NOT NULL) AND first_text <> ''
        AND (kind = 'ad') = (ad_id IS NOT NULL) AND (kind = 'link') = (ref IS NOT NULL)
        AND CASE kind WHEN 'channel' THEN channel_id IS NOT NULL AND department_id IS NULL
                      WHEN 'department' THEN channel_id IS NULL AND department_id IS NOT NULL
                      WHEN 'survey' THEN channel_id IS NULL
                      ELSE department_id IS NULL END);
DROP INDEX start_is_of_one_flow;
CREATE UNIQUE INDEX start_is_of_one_flow ON flow_starts
    (account_id, kind, coalesce(channel_id, department_id, 0), coalesce(first_text, ad_id, lower(ref COLLATE "C"), ''));
RESET ROLE;
