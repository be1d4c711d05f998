-- locks: brief
-- What brings somebody to us, an advertisement that they tapped or a link with a name, is kept with the ticket and may begin a
-- flow of its own; and virtual agents, who hold starts together.
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

-- Virtual agents: a named set of starts that is switched on and off together, and outside of a period speaks by another flow.
CREATE TABLE flow_agents (
    account_id       bigint NOT NULL,
    id               bigint GENERATED ALWAYS AS IDENTITY,
    name             text NOT NULL CHECK (name <> ''),
    is_on            boolean NOT NULL, -- false: nothing of it begins
    period_id        bigint, -- NULL: always the flows of its starts
    outside_flow_id  bigint,
    PRIMARY KEY (account_id, id),
    CONSTRAINT agent_is_named_once UNIQUE (account_id, name),
    CONSTRAINT agent_period_exists FOREIGN KEY (account_id, period_id) REFERENCES service_periods,
    CONSTRAINT agent_has_outside_flow FOREIGN KEY (account_id, outside_flow_id) REFERENCES flows,
    CONSTRAINT agent_is_outside_of_something CHECK ((period_id IS NULL) = (outside_flow_id IS NULL))
);
CREATE INDEX flow_agents_by_period ON flow_agents (account_id, period_id) WHERE period_id IS NOT NULL;
CREATE INDEX flow_agents_by_outside_flow ON flow_agents (account_id, outside_flow_id) WHERE outside_flow_id IS NOT NULL;
CALL protect('flow_agents', 'SELECT, INSERT, DELETE');

ALTER TABLE flow_starts ADD COLUMN agent_id bigint, -- NULL: nobody's
    ADD CONSTRAINT start_has_agent FOREIGN KEY (account_id, agent_id) REFERENCES flow_agents,
    ADD CONSTRAINT agents_answer_customers CHECK (agent_id IS NULL OR kind NOT IN ('department', 'survey'));
CREATE INDEX flow_starts_by_agent ON flow_starts (account_id, agent_id) WHERE agent_id IS NOT NULL;
RESET ROLE;
