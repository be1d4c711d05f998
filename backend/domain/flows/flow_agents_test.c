/* Agents: starts under one name, switched together, and led elsewhere outside of a period. */
#include "domain/testing/flow_house.h"

#include "base/clock.h"

struct case_ {
    struct flow_house h;
    struct flow_id day, night;
    struct flow_start start;
    struct flow_agent agent;
};

/* Wednesdays 08:00–18:36; it is Wednesday noon. */
static int64_t
a_period(struct flow_house *h)
{
    return house_number(h, "agents_period",
                        "WITH p AS (INSERT INTO service_periods (account_id, name) VALUES "
                        "($1::bigint, 'Balcão') RETURNING id), r AS (INSERT INTO period_ranges "
                        "(account_id, period_id, day, from_min, until_min) SELECT $1, id, 3, 480, "
                        "1116 FROM p) SELECT id FROM p");
}

static void
saves(struct case_ *c)
{
    struct findings findings = { 0 };
    struct flow_id unfit;

    CHECK_OK(flow_agents_save(c->h.cx, &c->agent, 1, &c->start, 1, &unfit, &findings));
}

static void
opens(struct case_ *c)
{
    house_open(&c->h);
    c->day = house_flow(&c->h, house_menu);
    c->night = house_flow(&c->h, house_menu_more);
    c->agent = (struct flow_agent){ .name = STR("Lia"), .is_on = true };
    c->start = (struct flow_start){ .kind = START_CHANNEL,
                                    .flow_id = c->day.v,
                                    .channel_id = c->h.channel.id.v,
                                    .agent = STR("Lia") };
}

static int64_t
begun(struct case_ *c)
{
    return house_number(
        &c->h, "agents_flow",
        "SELECT flow_id FROM flow_runs WHERE account_id = $1 ORDER BY id DESC LIMIT 1");
}

TEST(an_agent_begins_the_flow_of_its_channel_day_and_night)
{
    struct case_ c = { 0 };

    opens(&c);
    saves(&c);
    test_advance(c.h.cx, 7 * US_PER_HOUR);
    house_writes(&c.h, "Oi");
    CHECK_I64(c.h.ticket.state, TICKET_BOT);
    CHECK_I64(begun(&c), c.day.v);
}

TEST(outside_of_its_period_it_begins_the_other_flow)
{
    struct case_ c = { 0 };

    opens(&c);
    c.agent.period_id = a_period(&c.h);
    c.agent.outside_flow_id = c.night.v;
    saves(&c);
    house_writes(&c.h, "Oi");
    CHECK_I64(begun(&c), c.day.v);
    house_writes(&c.h, "1");
    CHECK_I64(c.h.ticket.state, TICKET_CLOSED);
    test_advance(c.h.cx, 7 * US_PER_HOUR);
    house_writes(&c.h, "Oi");
    CHECK_I64(begun(&c), c.night.v);
}

TEST(where_the_other_flow_speaks_no_more_the_usual_one_does)
{
    struct case_ c = { 0 };

    opens(&c);
    c.agent.period_id = a_period(&c.h);
    c.agent.outside_flow_id = c.night.v;
    saves(&c);
    CHECK_OK(flows_enable(c.h.cx, c.night, false));
    test_advance(c.h.cx, 7 * US_PER_HOUR);
    house_writes(&c.h, "Oi");
    CHECK_I64(begun(&c), c.day.v);
}

TEST(switched_off_it_begins_nothing_and_what_goes_on_goes_on)
{
    struct case_ c = { 0 };

    opens(&c);
    saves(&c);
    house_writes(&c.h, "Oi");
    c.agent.is_on = false;
    saves(&c);
    house_writes(&c.h, "1"); /* the question that it asked before */
    CHECK_I64(c.h.ticket.state, TICKET_CLOSED);
    house_writes(&c.h, "Oi");
    CHECK_I64(c.h.ticket.state, TICKET_WAITING);
    c.agent.is_on = true;
    saves(&c);
    CHECK_I64(
        house_number(&c.h, "agents_runs", "SELECT count(*) FROM flow_runs WHERE account_id = $1"),
        1);
}

TEST(who_sets_starts_alone_leaves_agents_as_they_are)
{
    struct case_ c = { 0 };
    struct flow_agent *agents;
    struct flow_start *starts;
    size_t n, agent_count;

    opens(&c);
    saves(&c);
    house_starts(&c.h, &c.start, 1);
    CHECK_OK(flow_agents_list(c.h.cx, &agents, &agent_count));
    CHECK_OK(flow_starts_list(c.h.cx, &starts, &n));
    CHECK_I64((int64_t)agent_count, 1);
    CHECK_I64((int64_t)n, 1);
    CHECK_STR(agents[0].name, "Lia");
    CHECK_STR(starts[0].agent, "Lia");
}

static struct err
refusal(struct case_ *c)
{
    struct findings findings = { 0 };
    struct flow_id unfit;

    return flow_agents_save(c->h.cx, &c->agent, 1, &c->start, 1, &unfit, &findings);
}

TEST(an_agent_says_what_it_has_to)
{
    struct case_ c = { 0 };
    struct err e;

    opens(&c);
    c.start.agent = STR("Bia");
    CHECK_FAIL(refusal(&c), ERR_INVALID, "unknown_value");
    c.start.agent = STR("Lia");
    c.agent.period_id = a_period(&c.h);
    e = refusal(&c);
    CHECK_FAIL(e, ERR_INVALID, "required");
    CHECK_STR(str_of(e.field), "agents[0].outside_flow_id");
    c.agent.outside_flow_id = 900000;
    CHECK_FAIL(refusal(&c), ERR_NOT_FOUND, "flow_unknown");
    c.agent.outside_flow_id = c.night.v;
    c.agent.period_id = 900000;
    CHECK_FAIL(refusal(&c), ERR_NOT_FOUND, "period_unknown");
    c.agent.name = c.start.agent = STR("");
    CHECK_FAIL(refusal(&c), ERR_INVALID, "required");
}

TEST(a_flow_that_an_agent_leads_to_is_not_removed)
{
    struct case_ c = { 0 };

    opens(&c);
    c.agent.period_id = a_period(&c.h);
    c.agent.outside_flow_id = c.night.v;
    saves(&c);
    CHECK_FAIL(flows_remove(c.h.cx, c.night, NULL), ERR_CONFLICT, "flow_is_started");
}
