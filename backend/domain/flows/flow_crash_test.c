/* A step that breaks between any two of its statements: nothing of it is left, and the next try does it all, once. */
#include "domain/flows/flow_moves.h"
#include "domain/testing/brittle.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

/* Grows with everything that a step writes. */
static const struct db_stmt all_there_is = {
    .name = "crash_all",
    .shape = DB_ONE,
    .params = 1,
    .text = "SELECT (SELECT count(*) FROM flow_run_inputs WHERE account_id = $1)"
            " + (SELECT count(*) FROM flow_trace WHERE account_id = $1)"
            " + (SELECT coalesce(sum(n), 0) FROM flow_counters WHERE account_id = $1)"
            " + (SELECT coalesce(sum(seq), 0) FROM flow_runs WHERE account_id = $1)"
            " + (SELECT coalesce(sum(last_seq + controller_epoch), 0) FROM tickets WHERE "
            "account_id = $1)"
            " + (SELECT count(*) FROM messages WHERE account_id = $1)"
            " + (SELECT count(*) FROM message_client_keys WHERE account_id = $1)"
            " + (SELECT count(*) FROM jobs WHERE account_id = $1)"
            " + (SELECT count(*) FROM account_event WHERE account_id = $1)"
            " + (SELECT count(*) FROM audit_events WHERE account_id = $1)"
            " + (SELECT count(*) FROM flow_move_items WHERE account_id = $1 AND state <> "
            "'pending')",
};

TEST(broken_between_any_two_statements_nothing_is_left_and_the_next_try_does_it_once)
{
    struct flow_house b = { 0 };
    struct job job = { .kind = jobs_kind(STR("flow.hear")), .attempt = 1 };
    int64_t before, after;

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    house_arrives(&b, "2");
    job.account = b.cx->account;
    job.subject_id = b.ticket.id.v;
    job.arg = str_fmt(test_arena(), "%lld", (long long)house_said(&b, "in", 0).seq);
    brittle_make(b.cx);
    before = brittle_sum(b.cx, &all_there_is);
    CHECK(brittle_everywhere(b.cx, &job, &all_there_is) > 8);
    after = brittle_sum(b.cx, &all_there_is);
    CHECK(after > before);

    /* Done: told once more, it does nothing. */
    CHECK_OK(brittle_try(b.cx, &job, 0));
    CHECK_I64(brittle_sum(b.cx, &all_there_is), after);
    brittle_begin(b.cx);
    CHECK_OK(tickets_get(b.cx, b.ticket.id, &b.ticket));
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 3);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "note"), 1);
}

TEST(a_move_that_breaks_between_any_two_statements_moves_once_and_says_nothing)
{
    struct flow_house b = { 0 };
    struct job job = { .kind = jobs_kind(STR("flow.move")), .attempt = 1 };
    struct flow_move move;
    int64_t after;

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    house_publishes(&b, b.flow, house_menu_more);
    CHECK_OK(flow_moves_start(b.cx, b.flow, 2, &move));
    job.account = b.cx->account;
    job.subject_id = move.id.v;
    brittle_make(b.cx);
    CHECK(brittle_everywhere(b.cx, &job, &all_there_is) > 4);
    after = brittle_sum(b.cx, &all_there_is);

    /* Its end, and after it nothing. */
    CHECK_OK(brittle_try(b.cx, &job, 0));
    CHECK_OK(brittle_try(b.cx, &job, 0));
    brittle_begin(b.cx);
    CHECK_OK(flow_moves_get(b.cx, b.flow, move.id, &move));
    CHECK_STR(move.state, "done");
    CHECK_I64(move.moved, 1);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 2);
    CHECK_I64(house_number(&b, "crash_moved",
                           "SELECT sum(n) FROM flow_counters WHERE account_id = $1 AND what = "
                           "'moved'"),
              1);
    db_rollback(b.cx);
    CHECK(brittle_sum(b.cx, &all_there_is) >= after);
}
