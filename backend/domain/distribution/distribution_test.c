#include "base/clock.h"
#include "domain/auth/auth.h"
#include "domain/distribution/distribution_private.h"
#include "domain/hours/hours_private.h"
#include "domain/testing/fixtures.h"
#include "domain/variables/variables.h"

/* A department that gives by itself, its channel, and people who serve in it. */
struct desk {
    struct channel channel;
    struct member_id who[3];
    struct close_reason_id reason;
};

static void
set_rules(struct cx *cx, const struct desk *p, struct distribution rules)
{
    rules.department = p->channel.department;
    if (rules.tell_text.p == NULL)
        rules.tell_text = STR("");
    CHECK_OK(distribution_save(cx, &rules));
}

/* cx acts as an owner; the three agents are online. */
static struct desk
open_desk(struct cx *cx, struct distribution rules)
{
    struct desk p = { .channel = test_channel(cx, "webchat") };

    for (int i = 0; i < 3; i++) {
        p.who[i] = test_member(cx, "agent");
        test_join(cx, p.channel.department);
        test_presence(cx, p.who[i], "online");
    }
    test_member(cx, "owner");
    test_join(cx, p.channel.department);
    p.reason = test_reason(cx, "Resolved", "");
    set_rules(cx, &p, rules);
    return p;
}

/* Everything that was rung for is done. Who rings by the server's clock rings late for one that stands still. */
static void
run(struct cx *cx, const struct desk *p)
{
    struct job job = { .account = cx->account, .subject_id = p->channel.department.v };
    struct member_id member = cx->member;
    struct user_id user = cx->user;
    struct job_outcome out = { 0 };
    const char *const *bound = cx->bound;

    cx->member.v = 0;
    cx->user.v = 0;
    cx->actor = ACTOR_JOB;
    cx->bound = access_everything;
    CHECK_OK(distribution_run_step(cx, &job, NULL, &out));
    cx->member = member;
    cx->user = user;
    cx->bound = bound;
    CHECK_OK(db_hear(cx));
}

static struct ticket
arrives(struct cx *cx, const struct desk *p, const char *phone)
{
    return test_ticket_on(cx, &p->channel, phone, "waiting");
}

static struct ticket
now_is(struct cx *cx, struct ticket_id id)
{
    const char *const *bound = cx->bound;
    struct ticket ticket;

    cx->bound = access_everything;
    CHECK_OK(tickets_get(cx, id, &ticket));
    cx->bound = bound;
    return ticket;
}

static struct ticket
closed(struct cx *cx, const struct desk *p, struct ticket_id id)
{
    struct ticket ticket;

    CHECK_OK(tickets_close(cx, id, p->reason, (struct str){ 0 }, &ticket));
    CHECK_OK(db_hear(cx));
    return ticket;
}

static struct decision
decided(struct cx *cx, struct ticket_id id)
{
    struct decision *v;
    size_t n;

    CHECK_OK(distribution_decisions(cx, id, &v, &n));
    CHECK(n > 0);
    return v[0];
}

static int
index_of(const struct desk *p, struct member_id who)
{
    for (int i = 0; i < 3; i++)
        if (p->who[i].v == who.v)
            return i;
    return -1;
}

TEST(a_new_ticket_rings_and_the_run_gives_it_and_says_why)
{
    struct cx *cx = test_cx();
    struct desk p = open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_ROUND_ROBIN });
    int64_t rung = test_jobs(cx, "distribution.run");
    struct ticket ticket = arrives(cx, &p, "5549988412001");
    struct decision why;

    CHECK_I64(test_jobs(cx, "distribution.run"), rung + 1);
    run(cx, &p);
    ticket = now_is(cx, ticket.id);
    CHECK_I64(ticket.state, TICKET_SERVING);
    CHECK_I64(ticket.assignee.v, p.who[0].v);
    CHECK_I64(test_audit(cx, "ticket.assigned"), 1);
    CHECK_I64(test_events(cx, "ticket.assigned"), 1);
    why = decided(cx, ticket.id);
    CHECK_STR(why.outcome, "round_robin");
    CHECK_I64(why.member.v, p.who[0].v);
    CHECK(str_has(why.why, STR("\"verdict\":\"later_turn\"")));
    /* The owner serves in it too, and is not there. */
    CHECK(str_has(why.why, STR("\"verdict\":\"offline\"")));
}

TEST(in_turn_everybody_gets_as_many)
{
    struct cx *cx = test_cx();
    struct desk p = open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_ROUND_ROBIN });
    int got[3] = { 0 };

    for (int i = 0; i < 9; i++) {
        struct ticket ticket =
            arrives(cx, &p, str_cstr(cx->arena, str_fmt(cx->arena, "55499884120%02d", i)));

        run(cx, &p);
        got[index_of(&p, now_is(cx, ticket.id).assignee)]++;
    }
    CHECK_I64(got[0], 3);
    CHECK_I64(got[1], 3);
    CHECK_I64(got[2], 3);
}

TEST(nobody_gets_more_than_they_may_hold_and_a_free_hand_gets_the_next)
{
    struct cx *cx = test_cx();
    struct desk p =
        open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_LEAST_BUSY, .agent_limit = 2 });
    struct ticket tickets[6], extra;
    int64_t rung;

    CHECK_OK(distribution_limit(cx, &(struct member_limit){ p.who[2], 1 }, 1));
    for (int i = 0; i < 6; i++) {
        test_advance(cx, US_PER_S);
        tickets[i] = arrives(cx, &p, str_cstr(cx->arena, str_fmt(cx->arena, "55499884121%02d", i)));
    }
    run(cx, &p);
    for (int i = 0; i < 5; i++)
        CHECK_I64(now_is(cx, tickets[i].id).state, TICKET_SERVING);
    extra = now_is(cx, tickets[5].id);
    CHECK_I64(extra.state, TICKET_WAITING);
    CHECK_STR(decided(cx, extra.id).outcome, "full");

    /* A second run changes nothing, and says nothing again. */
    run(cx, &p);
    CHECK_I64(now_is(cx, tickets[5].id).state, TICKET_WAITING);

    rung = test_jobs(cx, "distribution.run");
    tickets[0] = closed(cx, &p, tickets[0].id);
    CHECK_OK(db_hear(cx));
    CHECK_I64(test_jobs(cx, "distribution.run"), rung + 1);
    run(cx, &p);
    extra = now_is(cx, tickets[5].id);
    CHECK_I64(extra.state, TICKET_SERVING);
    CHECK_I64(extra.assignee.v, tickets[0].assignee.v);
}

TEST(what_is_urgent_goes_first_then_who_waits_longest)
{
    struct cx *cx = test_cx();
    struct desk p =
        open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_ROUND_ROBIN, .agent_limit = 1 });
    struct ticket first, second, urgent;

    for (int i = 0; i < 3; i++)
        test_presence(cx, p.who[i], i == 0 ? "online" : "break");
    first = arrives(cx, &p, "5549988412201");
    test_advance(cx, US_PER_S);
    second = arrives(cx, &p, "5549988412202");
    test_advance(cx, US_PER_S);
    urgent = arrives(cx, &p, "5549988412203");
    CHECK_OK(tickets_prioritize(cx, urgent.id, PRIORITY_URGENT, &urgent));
    CHECK_I64(test_audit(cx, "ticket.prioritized"), 1);
    run(cx, &p);
    CHECK_I64(now_is(cx, urgent.id).state, TICKET_SERVING);
    CHECK_I64(now_is(cx, first.id).state, TICKET_WAITING);
    urgent = closed(cx, &p, urgent.id);
    run(cx, &p);
    CHECK_I64(now_is(cx, first.id).state, TICKET_SERVING);
    CHECK_I64(now_is(cx, second.id).state, TICKET_WAITING);
}

TEST(a_break_stops_new_ones_and_its_end_rings)
{
    struct cx *cx = test_cx();
    struct desk p = open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_ROUND_ROBIN });
    struct ticket ticket;
    int64_t rung;

    for (int i = 0; i < 3; i++)
        test_presence(cx, p.who[i], "break");
    ticket = arrives(cx, &p, "5549988412301");
    run(cx, &p);
    CHECK_I64(now_is(cx, ticket.id).state, TICKET_WAITING);
    CHECK_STR(decided(cx, ticket.id).outcome, "on_break");
    CHECK(str_has(decided(cx, ticket.id).why, STR("\"verdict\":\"on_break\"")));

    rung = test_jobs(cx, "distribution.run");
    test_presence(cx, p.who[1], "online");
    CHECK_I64(test_jobs(cx, "distribution.run"), rung + 1);
    run(cx, &p);
    CHECK_I64(now_is(cx, ticket.id).assignee.v, p.who[1].v);
}

TEST(a_returning_customer_goes_to_whom_they_know_for_as_long_as_was_said)
{
    struct cx *cx = test_cx();
    struct desk p =
        open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_ROUND_ROBIN, .returns_days = 7 });
    struct ticket ticket = arrives(cx, &p, "5549988412401");
    struct member_id first;

    run(cx, &p);
    first = now_is(cx, ticket.id).assignee;
    ticket = closed(cx, &p, ticket.id);
    test_advance(cx, 6 * US_PER_DAY);
    ticket = arrives(cx, &p, "5549988412401");
    run(cx, &p);
    CHECK_I64(now_is(cx, ticket.id).assignee.v, first.v);
    CHECK_STR(decided(cx, ticket.id).outcome, "last_agent");
    CHECK(str_has(decided(cx, ticket.id).why, STR("\"verdict\":\"not_last_agent\"")));

    ticket = closed(cx, &p, ticket.id);
    test_advance(cx, 8 * US_PER_DAY);
    ticket = arrives(cx, &p, "5549988412401");
    run(cx, &p);
    CHECK(now_is(cx, ticket.id).assignee.v != first.v);
    CHECK_STR(decided(cx, ticket.id).outcome, "round_robin");
}

TEST(outside_of_hours_nothing_is_given_and_the_opening_is_planned_once)
{
    struct cx *cx = test_cx();
    static const struct opening day[] = { { 480, 1080 } };
    struct period_draft draft = { .name = STR("Counter"), .keeps_holidays = false };
    struct desk p = open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_ROUND_ROBIN });
    const struct hours_book *book;
    struct follow follow = { .has_account = true, .account_away_text = STR("") };
    struct ticket ticket, other;
    struct db_rows version;

    for (int d = 0; d < 7; d++)
        draft.week[d] = (struct openings){ day, 1 };
    CHECK_OK(periods_add(cx, &draft));
    hours_ask(cx, &version);
    CHECK_OK(hours_book(cx, &version, &book));
    follow.account_period = book->periods[0].id;
    CHECK_OK(hours_follow(cx, &follow));

    test_advance(cx, 8 * US_PER_HOUR); /* eight in the evening */
    ticket = arrives(cx, &p, "5549988412501");
    run(cx, &p);
    CHECK_I64(now_is(cx, ticket.id).state, TICKET_WAITING);
    CHECK_STR(decided(cx, ticket.id).outcome, "closed");
    CHECK_I64(test_jobs(cx, "distribution.due"), 1);
    other = arrives(cx, &p, "5549988412502");
    run(cx, &p);
    CHECK_I64(test_jobs(cx, "distribution.due"), 1);

    test_advance(cx, 12 * US_PER_HOUR); /* eight in the morning */
    CHECK(jobs_work_once(cx, QUEUE_FLOW) > 0);
    run(cx, &p);
    CHECK_I64(now_is(cx, ticket.id).state, TICKET_SERVING);
    CHECK_I64(now_is(cx, other.id).state, TICKET_SERVING);
}

TEST(who_waits_is_told_their_place_once_and_again_when_it_improved)
{
    struct cx *cx = test_cx();
    struct desk p =
        open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_ROUND_ROBIN,
                                             .agent_limit = 1,
                                             .tells = true,
                                             .tell_text = STR("Você é o {{queue.position}}º."),
                                             .tell_again_min = 5 });
    struct ticket tickets[5];
    struct message said;

    for (int i = 0; i < 5; i++) {
        test_advance(cx, US_PER_S);
        tickets[i] = arrives(cx, &p, str_cstr(cx->arena, str_fmt(cx->arena, "55499884126%02d", i)));
    }
    run(cx, &p);
    CHECK_I64(test_messages(cx, tickets[0].id, "out"), 0); /* it was given */
    CHECK_I64(test_messages(cx, tickets[4].id, "out"), 1);
    CHECK_OK(tickets_message(cx, tickets[4].id, now_is(cx, tickets[4].id).shown_seq, &said));
    CHECK_STR(said.text, "Você é o 2º.");
    run(cx, &p);
    CHECK_I64(test_messages(cx, tickets[4].id, "out"), 1);

    /* It improves at once, and is told when five minutes are over. */
    tickets[0] = closed(cx, &p, tickets[0].id);
    run(cx, &p);
    CHECK_I64(test_messages(cx, tickets[4].id, "out"), 1);
    CHECK_I64(test_jobs(cx, "distribution.due"), 1);
    test_advance(cx, 5 * US_PER_MIN);
    CHECK(jobs_work_once(cx, QUEUE_FLOW) > 0);
    run(cx, &p);
    CHECK_I64(test_messages(cx, tickets[4].id, "out"), 2);
    CHECK_OK(tickets_message(cx, tickets[4].id, now_is(cx, tickets[4].id).shown_seq, &said));
    CHECK_STR(said.text, "Você é o 1º.");
}

static struct str
filled(struct cx *cx, struct ticket_id id, const char *text)
{
    struct str out;

    CHECK_OK(variables_fill(cx, id, str_of(text), &out));
    return out;
}

TEST(the_wait_is_what_the_last_hour_says_and_nothing_when_it_says_nothing)
{
    struct cx *cx = test_cx();
    struct desk p = open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_MANUAL });
    struct ticket tickets[5];

    for (int i = 0; i < 5; i++)
        tickets[i] = arrives(cx, &p, str_cstr(cx->arena, str_fmt(cx->arena, "55499884127%02d", i)));
    CHECK_STR(filled(cx, tickets[4].id, "{{queue.position}} {{queue.wait}}"), "5 sem previsão");
    test_advance(cx, 4 * US_PER_MIN);
    for (int i = 0; i < 3; i++)
        CHECK_OK(tickets_take(cx, tickets[i].id, &tickets[i]));
    CHECK_OK(db_hear(cx));
    /* Four minutes a place, and they are the second. */
    CHECK_STR(filled(cx, tickets[4].id, "{{queue.position}} {{queue.wait}}"),
              "2 cerca de 10 minutos");
    test_advance(cx, 2 * US_PER_HOUR);
    CHECK_STR(filled(cx, tickets[4].id, "{{queue.wait}}"), "sem previsão");
    CHECK_STR(filled(cx, tickets[0].id, "{{queue.position}}"), "");
}

TEST(by_hand_a_ticket_is_given_once_and_only_to_who_can_open_it)
{
    struct cx *cx = test_cx();
    struct desk p = open_desk(cx, (struct distribution){ .mode = DISTRIBUTION_MANUAL });
    struct ticket ticket = arrives(cx, &p, "5549988412801");

    CHECK_FAIL(tickets_assign(cx, ticket.id, (struct member_id){ 999999999 }, &ticket),
               ERR_NOT_FOUND, "member_unknown");
    CHECK_OK(tickets_assign(cx, ticket.id, p.who[1], &ticket));
    CHECK_OK(tickets_assign(cx, ticket.id, p.who[1], &ticket));
    CHECK_OK(db_hear(cx));
    CHECK_I64(ticket.assignee.v, p.who[1].v);
    CHECK_I64(test_audit(cx, "ticket.assigned"), 1);
    CHECK_I64(test_events(cx, "ticket.assigned"), 1);
}

TEST(another_accounts_department_is_nobodys_to_rule)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct distribution rules = { .department = test_department(theirs, "Theirs"),
                                  .tell_text = STR("") };

    test_member(ours, "owner");
    CHECK_FAIL(distribution_save(ours, &rules), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(distribution_get(ours, rules.department, &rules), ERR_NOT_FOUND, "not_found");
}
