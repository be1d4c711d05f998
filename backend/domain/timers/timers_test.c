#include "domain/testing/fixtures.h"

#include "base/clock.h"
#include "domain/auth/auth.h"
#include "domain/contacts/merge.h"
#include "domain/hours/hours_private.h"
#include "timers_private.h"

#include "timers.sql.h"

/* Somebody speaks in the ticket now. */
static void
speaks(struct cx *cx, struct ticket_id id, const char *direction)
{
    bool is_ours = strcmp(direction, "out") == 0;
    struct message message = { .direction = str_of(direction),
                               .author_kind = is_ours ? STR("member") : STR("contact"),
                               .kind = STR("text"),
                               .text = STR("Olá"),
                               .state = is_ours ? STR("queued") : STR("received") };
    const char *const *bound = cx->bound;
    struct ticket ticket;

    if (is_ours)
        message.author = cx->member;
    cx->bound = access_everything;
    CHECK_OK(tickets_lock(cx, id, &ticket));
    tickets_append(cx, &ticket, &message);
    tickets_save(cx, &ticket, NULL);
    cx->bound = bound;
}

/* The job comes, as the worker would run it, so much later. */
static struct ticket
later(struct cx *cx, struct ticket_id id, int64_t minutes)
{
    const char *const *bound = cx->bound;
    const struct access *access = cx->access;
    struct member_id member = cx->member;
    struct ticket ticket;

    test_advance(cx, minutes * US_PER_MIN);
    cx->bound = access_everything;
    cx->access = NULL;
    cx->member.v = 0;
    CHECK_OK(timers_look(cx, id));
    CHECK_OK(tickets_lock(cx, id, &ticket));
    cx->bound = bound;
    cx->access = access;
    cx->member = member;
    return ticket;
}

static void
transfers(struct cx *cx, int64_t of, int64_t wait_min, int64_t to_department, int64_t to_member)
{
    struct transfer_rule rule = { .department_id = of,
                                  .is_on = true,
                                  .wait_min = wait_min,
                                  .to_department_id = to_department,
                                  .to_member_id = to_member,
                                  .message = STR("Outra pessoa continua.") };

    CHECK_OK(transfer_rules_save(cx, &rule, 1));
}

static void
closes_idle(struct cx *cx, int64_t after_min, int64_t warn_min)
{
    struct idle_rule rule = { .is_on = true,
                              .close_after_min = after_min,
                              .warn_before_min = warn_min,
                              .warn_text = STR("Ainda está aí?"),
                              .reason_id = test_reason(cx, "Sem resposta", "Até logo.").v,
                              .message = STR("") };

    CHECK_OK(idle_rules_save(cx, &rule, 1));
}

/* Promises so many minutes of each kind, warned of at 75 %; valid from now on. */
static void
promises(struct cx *cx, const char *name, const char *departments, int64_t first, int64_t next,
         int64_t resolution)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_policy_add, &row, P_ID(cx->account), P_STR(str_of(name)), P_BOOL(true),
                    P_STR(str_of(departments)), P_STR(STR("{}")), P_STR(STR("{}")), db_p_id(first),
                    db_p_id(next), db_p_id(resolution), P_I64(75), P_NULL, P_TIME(cx->now_us)));
}

/* The department's days are Monday to Friday, 08:00 to 18:36 in São Paulo. */
static void
keeps_hours(struct cx *cx)
{
    static const struct opening day[] = { { 480, 1116 } };
    struct period_draft draft = { .name = STR("Balcão") };
    struct follow follow = { .has_account = true, .account_away_text = STR("") };
    const struct hours_book *book;
    struct db_rows version;

    for (int i = 1; i <= 5; i++)
        draft.week[i] = (struct openings){ day, 1 };
    CHECK_OK(periods_add(cx, &draft));
    hours_ask(cx, &version);
    CHECK_OK(hours_book(cx, &version, &book));
    follow.account_period = book->periods[book->period_count - 1].id;
    CHECK_OK(hours_follow(cx, &follow));
}

/* What became of the latest promise of this kind; "" for nothing. */
static struct str
outcome(struct cx *cx, struct ticket_id id, const char *kind)
{
    struct str last = STR("");
    struct db_rows rows;

    CHECK_OK(db_many(cx, &SQL_sla_result_list, &rows, P_ID(cx->account), P_ID(id)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        if (str_eq(db_str(&row, 0), str_of(kind)))
            last = db_str(&row, 8);
    }
    return last;
}

/* --- automatic transfer ------------------------------------------------------------------ */

TEST(who_is_not_answered_goes_elsewhere_once_and_is_told)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department_id second = test_department(cx, "Second");
    int64_t said;

    transfers(cx, 0, 15, second.v, 0);
    speaks(cx, ticket.id, "in");
    said = test_messages(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 14);
    CHECK(ticket.department.v != second.v);
    ticket = later(cx, ticket.id, 1);
    CHECK_I64(ticket.department.v, second.v);
    CHECK_I64(ticket.assignee.v, 0);
    CHECK(ticket.state == TICKET_WAITING);
    CHECK_I64(test_messages(cx, ticket.id, "out"), said + 1);
    CHECK_I64(test_audit(cx, "ticket.transferred"), 1);
    CHECK_I64(ticket.unread_count, 1);

    /* The same look again, and much later: it waits there now, and its rule would move it nowhere. */
    ticket = later(cx, ticket.id, 0);
    ticket = later(cx, ticket.id, 600);
    CHECK_I64(test_audit(cx, "ticket.transferred"), 1);
    CHECK_I64(test_messages(cx, ticket.id, "out"), said + 1);
}

TEST(a_timer_that_comes_late_leaves_alone_who_was_answered_meanwhile)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department_id home = ticket.department, second = test_department(cx, "Second");

    transfers(cx, 0, 15, second.v, 0);
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 1);
    test_advance(cx, 10 * US_PER_MIN);
    speaks(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 600);
    CHECK_I64(ticket.department.v, home.v);
    CHECK_I64(test_audit(cx, "ticket.transferred"), 0);
}

TEST(whoever_takes_a_ticket_has_the_whole_time_and_a_sleeping_one_stays)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "waiting");
    struct department_id home = ticket.department, second = test_department(cx, "Second");

    transfers(cx, 0, 15, second.v, 0);
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 14);
    CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    ticket = later(cx, ticket.id, 14);
    CHECK_I64(ticket.department.v, home.v);
    CHECK_OK(tickets_snooze(cx, ticket.id, cx->now_us + 60 * US_PER_MIN, &ticket));
    ticket = later(cx, ticket.id, 59);
    CHECK_I64(ticket.department.v, home.v);
    CHECK_OK(tickets_snooze(cx, ticket.id, 0, &ticket));
    ticket = later(cx, ticket.id, 0);
    ticket = later(cx, ticket.id, 14);
    CHECK_I64(ticket.department.v, home.v);
    ticket = later(cx, ticket.id, 1);
    CHECK_I64(ticket.department.v, second.v);
}

TEST(a_transfer_goes_to_an_agent_or_says_in_the_thread_why_it_could_not)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct member_id ana = test_member(cx, "agent"), rui;
    struct ticket ticket;

    test_join(cx, channel.department);
    rui = test_member(cx, "agent");
    test_join(cx, channel.department);
    ticket = test_ticket_on(cx, &channel, "5549988412077", "serving");
    CHECK_I64(ticket.assignee.v, rui.v);
    transfers(cx, channel.department.v, 5, 0, ana.v);
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 5);
    CHECK_I64(ticket.assignee.v, ana.v);

    transfers(cx, 0, 5, 0, rui.v);
    test_leave(cx, rui);
    speaks(cx, ticket.id, "out");
    test_advance(cx, US_PER_MIN);
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 5);
    CHECK_I64(ticket.assignee.v, ana.v);
    CHECK_I64(test_audit(cx, "ticket.transferred"), 1);
    ticket = later(cx, ticket.id, 60);
    CHECK_I64(test_audit(cx, "ticket.transferred"), 1);
}

TEST(a_transfer_counts_open_time_and_leaves_unsaid_what_the_channel_takes_no_more)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department_id second = test_department(cx, "Second");

    keeps_hours(cx);
    transfers(cx, 0, 15, second.v, 0);
    test_advance(cx, 390 * US_PER_MIN); /* Wednesday, 18:30: six minutes until they close */
    speaks(cx, ticket.id, "in");
    CHECK_OK(tickets_lock(cx, ticket.id, &ticket));
    ticket.window_ends_at_us = cx->now_us + 60 * US_PER_MIN;
    tickets_save(cx, &ticket, NULL);
    ticket = later(cx, ticket.id, 600);
    CHECK(ticket.state == TICKET_SERVING);
    ticket = later(cx, ticket.id, 218); /* Thursday, 08:08 */
    CHECK(ticket.state == TICKET_SERVING);
    ticket = later(cx, ticket.id, 1);
    CHECK_I64(ticket.department.v, second.v);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 0);
}

TEST(a_department_may_want_none_and_a_rule_must_be_whole)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department_id home = ticket.department, second = test_department(cx, "Second");
    struct transfer_rule rules[2] = {
        { .is_on = true, .wait_min = 5, .to_department_id = second.v, .message = STR("Já vai.") },
        { .department_id = home.v, .is_on = false, .wait_min = 5, .message = STR("") },
    };

    CHECK_OK(transfer_rules_save(cx, rules, 2));
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 60);
    CHECK_I64(ticket.department.v, home.v);

    rules[0].message = STR("");
    CHECK_FAIL(transfer_rules_save(cx, rules, 1), ERR_INVALID, "required");
    rules[0].message = STR("Já vai.");
    rules[0].to_member_id = cx->member.v;
    CHECK_FAIL(transfer_rules_save(cx, rules, 1), ERR_INVALID, "one_target_only");
    rules[0].to_member_id = rules[0].to_department_id = 0;
    CHECK_FAIL(transfer_rules_save(cx, rules, 1), ERR_INVALID, "required");
    rules[0].to_department_id = second.v;
    rules[0].wait_min = 0;
    CHECK_FAIL(transfer_rules_save(cx, rules, 1), ERR_INVALID, "out_of_range");
    rules[0].wait_min = 5;
    rules[1].department_id = 0;
    CHECK_FAIL(transfer_rules_save(cx, rules, 2), ERR_INVALID, "rule_twice");
}

/* --- inactivity ----------------------------------------------------------------------------- */

TEST(who_does_not_come_back_is_warned_and_then_the_ticket_is_closed)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    closes_idle(cx, 4320, 240);
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 10000); /* the customer waits for us: never */
    CHECK(ticket.state == TICKET_SERVING);
    speaks(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 4079);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);
    ticket = later(cx, ticket.id, 1);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 2);
    ticket = later(cx, ticket.id, 0);
    ticket = later(cx, ticket.id, 239);
    CHECK(ticket.state == TICKET_SERVING);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 2);
    ticket = later(cx, ticket.id, 1);
    CHECK(ticket.state == TICKET_CLOSED);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 3); /* the reason's own words */
    ticket = later(cx, ticket.id, 5000);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 3);
    CHECK_I64(test_audit(cx, "ticket.closed"), 1);
}

TEST(a_worker_that_slept_for_days_warns_first_and_closes_as_much_later_as_it_said)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    closes_idle(cx, 600, 60);
    speaks(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 6000);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 2);
    CHECK(ticket.state == TICKET_SERVING);
    ticket = later(cx, ticket.id, 59);
    CHECK(ticket.state == TICKET_SERVING);
    test_advance(cx, 30 * US_PER_S);
    speaks(cx, ticket.id, "in"); /* there they are */
    ticket = later(cx, ticket.id, 1);
    CHECK(ticket.state == TICKET_SERVING);
    ticket = later(cx, ticket.id, 6000);
    CHECK(ticket.state == TICKET_SERVING);
}

TEST(nobody_is_dismissed_while_nobody_is_there)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    keeps_hours(cx);
    closes_idle(cx, 600, 0);
    speaks(cx, ticket.id, "out"); /* Wednesday noon: due at 22:00 */
    ticket = later(cx, ticket.id, 700);
    CHECK(ticket.state == TICKET_SERVING);
    ticket = later(cx, ticket.id, 499);
    CHECK(ticket.state == TICKET_SERVING);
    ticket = later(cx, ticket.id, 1); /* Thursday, 08:00 */
    CHECK(ticket.state == TICKET_CLOSED);
}

TEST(a_reason_that_closing_asks_for_is_asked_of_the_rule)
{
    struct cx *cx = test_cx();
    struct idle_rule rule = {
        .is_on = true, .close_after_min = 600, .warn_text = STR(""), .message = STR("")
    };

    CHECK_FAIL(idle_rules_save(cx, &rule, 1), ERR_INVALID, "required");
    rule.reason_id = test_reason(cx, "Sem resposta", "").v;
    CHECK_OK(idle_rules_save(cx, &rule, 1));
    rule.warn_before_min = 600;
    CHECK_FAIL(idle_rules_save(cx, &rule, 1), ERR_INVALID, "out_of_range");
    rule.warn_before_min = 60;
    CHECK_FAIL(idle_rules_save(cx, &rule, 1), ERR_INVALID, "required");
}

/* --- SLA -------------------------------------------------------------------------------------- */

TEST(an_answer_in_time_is_kept_and_a_late_one_is_broken)
{
    struct cx *cx = test_cx();
    struct ticket ticket;
    int64_t began_us = cx->now_us;

    promises(cx, "Ouro", "{}", 30, 60, 0);
    ticket = test_ticket(cx, "waiting");
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, began_us + 30 * US_PER_MIN);
    CHECK_I64(ticket.sla_warn_at_us, began_us + 30 * US_PER_MIN * 75 / 100);
    test_advance(cx, 20 * US_PER_MIN);
    speaks(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 100); /* looked at long after: what counts is when it was said */
    CHECK_STR(outcome(cx, ticket.id, "first_answer"), "met");
    CHECK_I64(ticket.sla_due_at_us, 0);

    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 61);
    CHECK_STR(outcome(cx, ticket.id, "next_answer"), "breached");
    CHECK_I64(test_audit(cx, "ticket.sla_breached"), 1);
    CHECK(ticket.sla_due_at_us != 0); /* late, and still owed */
    ticket = later(cx, ticket.id, 61);
    CHECK_I64(test_audit(cx, "ticket.sla_breached"), 1);
    speaks(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 1);
    CHECK_STR(outcome(cx, ticket.id, "next_answer"), "breached");
    CHECK_I64(ticket.sla_due_at_us, 0);
}

TEST(what_was_broken_and_answered_between_two_looks_is_known)
{
    struct cx *cx = test_cx();
    struct ticket ticket;

    promises(cx, "Ouro", "{}", 30, 60, 0);
    ticket = test_ticket(cx, "waiting");
    speaks(cx, ticket.id, "in");
    test_advance(cx, 40 * US_PER_MIN);
    speaks(cx, ticket.id, "out");
    test_advance(cx, US_PER_MIN);
    speaks(cx, ticket.id, "in");
    test_advance(cx, US_PER_MIN);
    speaks(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 600);
    CHECK_STR(outcome(cx, ticket.id, "first_answer"), "breached");
    CHECK_STR(outcome(cx, ticket.id, "next_answer"), "met");
}

/* What the log says to whom from here on. */
static struct str
noticed_since(struct cx *cx, size_t before)
{
    struct str all = test_noticed(cx);

    return str_trim((struct str){ all.p + before, all.len - before });
}

TEST(a_promise_tells_its_holder_once_when_it_is_short_and_once_when_it_is_broken)
{
    struct cx *cx = test_cx();
    struct ticket ticket;
    struct str expected;
    size_t before;

    promises(cx, "Ouro", "{}", 20, 20, 0);
    ticket = test_ticket(cx, "serving");
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 14);
    before = test_noticed(cx).len;
    ticket = later(cx, ticket.id, 1);
    expected = str_fmt(test_arena(), "sla:%lld", (long long)cx->member.v);
    CHECK(str_eq(noticed_since(cx, before), expected));
    ticket = later(cx, ticket.id, 4);
    CHECK(str_eq(noticed_since(cx, before), expected));
    ticket = later(cx, ticket.id, 1);
    expected =
        str_fmt(test_arena(), "%.*s sla_late:%lld", STR_ARG(expected), (long long)cx->member.v);
    CHECK(str_eq(noticed_since(cx, before), expected));
    ticket = later(cx, ticket.id, 600);
    CHECK(str_eq(noticed_since(cx, before), expected));
}

TEST(a_broken_promise_that_was_answered_before_anybody_looked_alarms_nobody)
{
    struct cx *cx = test_cx();
    struct ticket ticket;
    size_t before;

    promises(cx, "Ouro", "{}", 20, 20, 0);
    ticket = test_ticket(cx, "serving");
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 0);
    before = test_noticed(cx).len;
    test_advance(cx, 30 * US_PER_MIN);
    speaks(cx, ticket.id, "out");
    ticket = later(cx, ticket.id, 1);
    CHECK_STR(outcome(cx, ticket.id, "first_answer"), "breached");
    CHECK_I64((int64_t)noticed_since(cx, before).len, 0);
}

TEST(of_a_ticket_that_nobody_holds_its_people_are_told_and_whoever_answers_for_them_instead)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct member_id ana = test_member(cx, "agent"), rui;
    struct ticket ticket;
    size_t before;

    promises(cx, "Ouro", "{}", 20, 20, 0);
    test_join(cx, channel.department);
    rui = test_member(cx, "agent");
    test_join(cx, channel.department);
    ticket = test_ticket_on(cx, &channel, "5549988412077", "waiting");
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 14);
    before = test_noticed(cx).len;
    ticket = later(cx, ticket.id, 1);
    CHECK(str_eq(noticed_since(cx, before),
                 str_fmt(test_arena(), "sla:%lld sla:%lld", (long long)ana.v, (long long)rui.v)));

    test_answer_for(cx, channel.department, ana);
    before = test_noticed(cx).len;
    ticket = later(cx, ticket.id, 5);
    CHECK(str_eq(noticed_since(cx, before),
                 str_fmt(test_arena(), "sla_late:%lld", (long long)ana.v)));
}

TEST(the_resolution_pauses_while_we_wait_for_the_customer_and_while_it_sleeps)
{
    struct cx *cx = test_cx();
    struct ticket ticket;

    promises(cx, "Ouro", "{}", 0, 0, 100);
    ticket = test_ticket(cx, "serving");
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 40);
    speaks(cx, ticket.id, "out"); /* 40 spent */
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, 0);
    ticket = later(cx, ticket.id, 1000);
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, cx->now_us + 60 * US_PER_MIN);
    ticket = later(cx, ticket.id, 30); /* 70 spent */
    CHECK_OK(tickets_snooze(cx, ticket.id, cx->now_us + 300 * US_PER_MIN, &ticket));
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, 0);
    test_advance(cx, 200 * US_PER_MIN);
    CHECK_OK(tickets_snooze(cx, ticket.id, 0, &ticket));
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, cx->now_us + 30 * US_PER_MIN);
    CHECK_OK(tickets_close(cx, ticket.id, test_reason(cx, "Done", ""), (struct str){ 0 }, &ticket));
    ticket = later(cx, ticket.id, 10);
    CHECK_STR(outcome(cx, ticket.id, "resolution"), "met");
}

TEST(the_first_policy_that_fits_is_taken_and_a_changed_one_holds_for_new_clocks)
{
    struct cx *cx = test_cx();
    struct department_id other = test_department(cx, "Other");
    struct policy here;
    struct ticket ticket;
    struct db_rows rows;
    struct db_row row;
    int64_t began_us;

    promises(cx, "Elsewhere", str_cstr(cx->arena, str_fmt(cx->arena, "{%lld}", (long long)other.v)),
             5, 5, 0);
    promises(cx, "Here", "{}", 30, 45, 0);
    promises(cx, "Behind", "{}", 10, 10, 0);
    ticket = test_ticket(cx, "waiting");
    began_us = cx->now_us;
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, began_us + 30 * US_PER_MIN);

    test_advance(cx, US_PER_MIN);
    CHECK_OK(policies_list(cx, &rows));
    here = policies_at(&rows, 1);
    CHECK_OK(db_one(cx, &SQL_policy_save, &row, P_ID(cx->account), P_STR(here.name), P_BOOL(true),
                    P_STR(STR("{}")), P_STR(STR("{}")), P_STR(STR("{}")), P_I64(15), P_I64(22),
                    P_NULL, P_I64(75), P_NULL, P_TIME(cx->now_us), P_I64(here.id)));
    ticket = later(cx, ticket.id, 1);
    CHECK_I64(ticket.sla_due_at_us, began_us + 30 * US_PER_MIN);
    speaks(cx, ticket.id, "out");
    test_advance(cx, US_PER_MIN);
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, cx->now_us + 22 * US_PER_MIN);
}

TEST(a_friday_evening_promise_is_due_on_monday_morning)
{
    struct cx *cx = test_cx();
    struct ticket ticket;
    int64_t friday_us = TEST_NOW_US + 2 * US_PER_DAY + 360 * US_PER_MIN; /* 18:00 */

    keeps_hours(cx);
    promises(cx, "Ouro", "{}", 78, 0, 0);
    test_advance(cx, friday_us - cx->now_us);
    ticket = test_ticket(cx, "waiting");
    speaks(cx, ticket.id, "in");
    ticket = later(cx, ticket.id, 0);
    CHECK_I64(ticket.sla_due_at_us, friday_us + (62 * 60 + 42) * US_PER_MIN); /* Monday 08:42 */
    CHECK(strstr(str_cstr(cx->arena, ticket.sla), "\"time_zone\":\"America/Sao_Paulo\"") != NULL);
    CHECK(strstr(str_cstr(cx->arena, ticket.sla), "T21:36:00") !=
          NULL); /* the range until they close */
}

TEST(another_accounts_ticket_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct ticket ticket = test_ticket(theirs, "serving");

    ours->bound = access_everything;
    CHECK_FAIL(timers_look(ours, ticket.id), ERR_NOT_FOUND, "not_found");
}

/* --- merging ---------------------------------------------------------------------------------- */

TEST(a_merged_ticket_is_waited_for_by_no_timer_and_promised_again_when_it_is_parted)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct department_id elsewhere = test_department(cx, "Plantão");
    struct ticket here, other, live;
    struct ticket_pair pair;
    int64_t merge, began_us;

    test_member(cx, "manager");
    promises(cx, "Ouro", "{}", 30, 60, 120);
    transfers(cx, 0, 20, elsewhere.v, 0);
    closes_idle(cx, 600, 60);
    here = test_ticket_on(cx, &channel, "5549988412076", "serving");
    other = test_ticket_on(cx, &channel, "5549988770011", "waiting");
    CHECK_OK(contacts_merge(cx, here.contact, other.contact, &merge));
    began_us = cx->now_us;
    speaks(cx, other.id, "in");
    other = later(cx, other.id, 0);
    CHECK_I64(other.sla_due_at_us, began_us + 30 * US_PER_MIN);

    CHECK_OK(tickets_merge(cx, other.id, here.id, &pair));
    other = later(cx, other.id, 1000);
    CHECK_I64(other.state, TICKET_CLOSED);
    CHECK_I64(other.department.v, channel.department.v);
    CHECK_I64(other.sla_due_at_us, 0);
    CHECK_I64(test_messages(cx, other.id, "out"), 0);
    CHECK_STR(outcome(cx, other.id, "first_answer"), "dropped");
    CHECK_STR(outcome(cx, other.id, "resolution"), "dropped");

    CHECK_OK(tickets_unmerge(cx, other.id, &live, &pair));
    other = later(cx, other.id, 0);
    CHECK_STR(outcome(cx, other.id, "first_answer"), "breached"); /* nobody has answered since */
    CHECK(other.sla_due_at_us != 0);
}
