#include "domain/audit/audit.h"
#include "domain/presence/breaks.h"
#include "domain/testing/fixtures.h"

#include "base/clock.h"

static bool
may_receive(struct cx *cx)
{
    bool may;

    CHECK_OK(presence_hold(cx, cx->member, &may));
    return may;
}

static struct str
state_of(struct cx *cx)
{
    struct presence presence;

    CHECK_OK(presence_get(cx, cx->member, &presence));
    return presence.state;
}

static struct break_reason
a_reason(struct cx *cx, const char *name)
{
    struct break_reason reason = {
        .name = str_of(name), .planned_min = 15, .color = STR("teal"), .is_active = true
    };

    CHECK_OK(break_reasons_save(cx, NULL, &reason, &reason));
    return reason;
}

/* Somebody who is there, in this session: cx acts as them. */
static struct user_id
somebody(struct cx *cx, const char *builtin, int64_t session_id)
{
    test_member(cx, builtin);
    cx->session_id = session_id;
    test_connect(cx, session_id);
    return cx->user;
}

/* --- being there --- */

TEST(whoever_was_never_there_is_offline_and_gets_no_ticket)
{
    struct cx *cx = test_cx();

    test_member(cx, "agent");
    CHECK(!may_receive(cx));
    CHECK_STR(state_of(cx), "offline");
}

TEST(an_open_page_makes_a_member_somebody_tickets_are_given_to)
{
    struct cx *cx = test_cx();

    somebody(cx, "agent", 1);
    CHECK(may_receive(cx));
    CHECK_STR(state_of(cx), "online");
    CHECK_I64(test_events(cx, "presence.changed"), 1);
}

TEST(a_page_through_a_gateway_that_died_counts_for_nothing_even_before_anybody_noticed)
{
    struct cx *cx = test_cx();

    somebody(cx, "agent", 1);
    test_gateways_die(cx);
    CHECK(!may_receive(cx));
    CHECK_STR(state_of(cx), "offline");
}

TEST(a_member_is_away_by_choice_until_they_choose_again)
{
    struct cx *cx = test_cx();

    somebody(cx, "agent", 1);
    CHECK_OK(presence_choose(cx, cx->member, STR("away")));
    CHECK(!may_receive(cx));
    CHECK_STR(state_of(cx), "away");
    CHECK_OK(presence_choose(cx, cx->member, STR("away")));
    CHECK_OK(presence_choose(cx, cx->member, STR("available")));
    CHECK(may_receive(cx));
    CHECK_I64(test_events(cx, "presence.changed"), 3);
    CHECK_FAIL(presence_choose(cx, cx->member, STR("invisible")), ERR_INVALID, "unknown_value");
}

TEST(a_member_is_away_when_nobody_touches_any_of_their_browsers)
{
    struct cx *cx = test_cx();

    somebody(cx, "agent", 1);
    test_connect(cx, 2);
    CHECK_OK(presence_idle(cx, true));
    CHECK_STR(state_of(cx), "online");
    cx->session_id = 2;
    CHECK_OK(presence_idle(cx, true));
    CHECK_STR(state_of(cx), "away");
    CHECK_OK(presence_idle(cx, false));
    CHECK_STR(state_of(cx), "online");
}

/* --- breaks --- */

TEST(a_break_stops_tickets_at_once_and_its_end_lets_them_come_again)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct a_break taken;

    somebody(cx, "agent", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    CHECK(!may_receive(cx));
    CHECK_STR(state_of(cx), "break");
    CHECK_I64(taken.planned_min, 15);
    CHECK_I64(test_jobs(cx, "break.forgotten"), 1);
    test_advance(cx, 20 * US_PER_MIN);
    CHECK_OK(breaks_end(cx));
    CHECK(may_receive(cx));
    CHECK_I64(test_audit(cx, "break.started"), 1);
    CHECK_I64(test_audit(cx, "break.ended"), 1);
    CHECK_FAIL(breaks_end(cx), ERR_CONFLICT, "not_on_break");
}

TEST(a_break_lasts_while_the_page_is_closed)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct a_break taken;

    somebody(cx, "agent", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    test_gateways_die(cx);
    CHECK_STR(state_of(cx), "break");
}

TEST(nobody_is_on_two_breaks)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct a_break taken;

    somebody(cx, "agent", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    CHECK_FAIL(breaks_start(cx, lunch.id, &taken), ERR_CONFLICT, "already_on_break");
}

TEST(a_reason_out_of_use_is_not_taken)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch"), before = lunch;
    struct a_break taken;

    somebody(cx, "agent", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    CHECK_OK(breaks_end(cx));
    lunch.is_active = false;
    CHECK_OK(break_reasons_save(cx, &before, &lunch, &lunch));
    CHECK_FAIL(breaks_start(cx, lunch.id, &taken), ERR_NOT_FOUND, "break_reason_unknown");
}

TEST(a_reason_that_was_taken_is_not_removed)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch"), unused = a_reason(cx, "Gym");
    struct a_break taken;

    somebody(cx, "agent", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    CHECK_OK(break_reasons_remove(cx, unused.id));
    CHECK_FAIL(break_reasons_remove(cx, lunch.id), ERR_CONFLICT, "break_reason_in_use");
}

TEST(a_reason_is_planned_within_a_shift_and_coloured_by_the_theme)
{
    struct cx *cx = test_cx();
    struct break_reason wrong = {
        .name = STR("x"), .planned_min = 481, .color = STR("sand"), .is_active = true
    };

    CHECK_FAIL(break_reasons_save(cx, NULL, &wrong, &wrong), ERR_INVALID, "out_of_range");
    wrong.planned_min = 10;
    wrong.color = STR("#fff");
    CHECK_FAIL(break_reasons_save(cx, NULL, &wrong, &wrong), ERR_INVALID, "unknown_value");
}

TEST(no_more_than_allowed_are_on_a_break_at_once)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct department_id support = test_department(cx, "Support");
    struct user_id ana, bia;
    struct a_break taken;

    CHECK_OK(break_limits_set(cx, support, 1));
    ana = somebody(cx, "agent", 1);
    test_join(cx, support);
    bia = somebody(cx, "agent", 2);
    test_join(cx, support);
    somebody(cx, "agent", 3); /* of no department */
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    test_act_as(cx, ana);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    test_act_as(cx, bia);
    CHECK_FAIL(breaks_start(cx, lunch.id, &taken), ERR_CONFLICT, "break_limit_reached");
    test_act_as(cx, ana);
    CHECK_OK(breaks_end(cx));
    test_act_as(cx, bia);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
}

TEST(a_limit_of_the_account_counts_everybody_and_none_counts_nobody)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct department_id account = { 0 };
    struct a_break taken;

    CHECK_OK(break_limits_set(cx, account, 1));
    somebody(cx, "agent", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    somebody(cx, "agent", 2);
    CHECK_FAIL(breaks_start(cx, lunch.id, &taken), ERR_CONFLICT, "break_limit_reached");
    CHECK_OK(break_limits_set(cx, account, 0));
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    CHECK_FAIL(break_limits_set(cx, account, 1000), ERR_INVALID, "out_of_range");
}

TEST(a_break_from_which_nobody_came_back_is_ended_once)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct job_outcome out = { 0 };
    struct a_break taken, now;
    struct job job = { 0 };
    bool found;

    somebody(cx, "agent", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    job.subject_id = taken.id.v;
    test_advance(cx, 12 * US_PER_HOUR);
    CHECK_OK(breaks_forgotten_step(cx, &job, NULL, &out));
    CHECK_OK(breaks_forgotten_step(cx, &job, NULL, &out));
    CHECK_I64(test_audit(cx, "break.ended"), 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    CHECK_OK(breaks_forgotten_step(cx, &job, NULL, &out)); /* of the one before */
    CHECK_OK(breaks_current(cx, cx->member, &found, &now));
    CHECK(found);
}

/* --- supervision --- */

static bool
sees(struct cx *cx, struct member_id member)
{
    struct db_rows rows;

    CHECK_OK(team_list(cx, &rows));
    for (int i = 0; i < rows.count; i++)
        if (team_at(&rows, i).presence.member.v == member.v)
            return true;
    return false;
}

TEST(a_supervisor_sees_and_ends_the_breaks_of_their_departments_only)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct department_id support = test_department(cx, "Support");
    struct a_break near, far, ended;
    struct db_rows rows;

    somebody(cx, "agent", 1);
    test_join(cx, support);
    CHECK_OK(breaks_start(cx, lunch.id, &near));
    somebody(cx, "agent", 2);
    CHECK_OK(breaks_start(cx, lunch.id, &far));

    somebody(cx, "manager", 3);
    test_join(cx, support);
    CHECK(sees(cx, near.member));
    CHECK(!sees(cx, far.member));
    CHECK_OK(breaks_find(cx, &(struct break_query){ .limit = 10 }, &rows));
    CHECK_I64(rows.count, 1);
    CHECK_OK(breaks_total(cx, &(struct break_query){ 0 }, &rows));
    CHECK_I64(rows.count, 1);
    CHECK_FAIL(presence_require(cx, far.member), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(breaks_end_of(cx, far.id, &ended), ERR_NOT_FOUND, "not_found");
    CHECK_OK(breaks_end_of(cx, near.id, &ended));
    CHECK_I64(ended.ended_by.v, cx->member.v);
    CHECK_FAIL(breaks_end_of(cx, near.id, &ended), ERR_CONFLICT, "break_ended");

    somebody(cx, "administrator", 4);
    CHECK(sees(cx, far.member));
}

TEST(totals_count_breaks_and_what_went_over_their_plan)
{
    struct cx *cx = test_cx();
    struct break_reason lunch = a_reason(cx, "Lunch");
    struct a_break taken;
    struct db_rows rows;
    struct db_row row;

    somebody(cx, "administrator", 1);
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    test_advance(cx, 10 * US_PER_MIN);
    CHECK_OK(breaks_end(cx));
    CHECK_OK(breaks_start(cx, lunch.id, &taken));
    test_advance(cx, 20 * US_PER_MIN); /* it lasts, and is five minutes over */
    CHECK_OK(breaks_total(cx, &(struct break_query){ 0 }, &rows));
    CHECK_I64(rows.count, 1);
    row = db_row_at(&rows, 0);
    CHECK_I64(db_i64(&row, 1), 2);
    CHECK_I64(db_i64(&row, 2), 1800);
    CHECK_I64(db_i64(&row, 3), 1);
    CHECK_I64(db_i64(&row, 4), 300);
}

TEST(another_accounts_breaks_and_reasons_do_not_exist)
{
    struct cx *theirs = test_cx();
    struct break_reason lunch = a_reason(theirs, "Lunch"), reason;
    struct member_id stranger = test_member(theirs, "agent");
    struct cx *ours;
    struct a_break foreign, taken;
    int64_t wanted[] = { lunch.id.v };

    CHECK_OK(breaks_start(theirs, lunch.id, &foreign));
    ours = test_cx();
    somebody(ours, "administrator", 1);
    CHECK_FAIL(breaks_start(ours, lunch.id, &taken), ERR_NOT_FOUND, "break_reason_unknown");
    CHECK_FAIL(breaks_end_of(ours, foreign.id, &taken), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(break_reasons_lock(ours, lunch.id, &reason), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(break_reasons_remove(ours, lunch.id), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(break_reasons_order(ours, (struct json_ids){ wanted, 1 }), ERR_NOT_FOUND,
               "break_reason_unknown");
    CHECK_FAIL(presence_require(ours, stranger), ERR_NOT_FOUND, "not_found");
    CHECK(!sees(ours, stranger));
}
