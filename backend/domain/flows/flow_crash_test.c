/*
 * A step that breaks between any two of its statements: nothing of it is left, and the next try does it all, once. The
 * database itself breaks it, at the n-th statement that writes; transactions here are real ones.
 */
#include "domain/flows/flow_moves.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"
#include "testing.sql.h"

enum { WRITES_MAX = 200 };

#define ANYTHING                                                                                   \
    "'flow_runs', 'flow_run_inputs', 'flow_trace', 'flow_counters', 'messages', "                  \
    "'message_client_keys', 'tickets', 'jobs', 'lanes', 'account_event', 'audit_events', "         \
    "'flow_moves', 'flow_move_items'"

static const struct db_stmt crash_at = {
    .name = "crash_at",
    .shape = DB_EXEC,
    .params = 1,
    .text =
        "SELECT set_config('test.crash_at', $1::text, true), set_config('test.writes', '0', true)",
};

static void
mend(void *cx)
{
    struct flow_house *b = cx;

    db_rollback(b->cx);
    (void)db_script(
        b->cx->db, b->cx->arena,
        "RESET ROLE; DROP FUNCTION IF EXISTS test_crash CASCADE; TRUNCATE jobs, lanes, dead_jobs");
}

/* From here on the n-th statement that writes fails, when test.crash_at says n. */
static void
make_brittle(struct flow_house *b)
{
    CHECK_OK(db_commit(b->cx));
    CHECK(db_script(
              b->cx->db, b->cx->arena,
              "RESET ROLE;"
              "CREATE FUNCTION test_crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
              " PERFORM set_config('test.writes', (coalesce(nullif(current_setting('test.writes', "
              "true), ''), '0')::int + 1)::text, true);"
              " IF current_setting('test.writes') = current_setting('test.crash_at', true) THEN"
              " RAISE EXCEPTION 'crash' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;"
              "DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY[" ANYTHING "] LOOP"
              " EXECUTE format('CREATE TRIGGER test_crash BEFORE INSERT OR UPDATE OR DELETE ON %I"
              " FOR EACH STATEMENT EXECUTE FUNCTION test_crash()', t); END LOOP; END $$") == NULL);
}

static void
begin(struct flow_house *b)
{
    db_begin(b->cx, TX_WRITE);
    db_queue(b->cx, &SQL_test_role, P_STR(STR("balcao_test")));
    test_become(b->cx);
}

static struct err
try_once(struct flow_house *b, const struct job *job, int break_at)
{
    struct job_outcome out = { 0 };
    struct err e;

    begin(b);
    db_queue(b->cx, &crash_at, P_STR(str_fmt(b->cx->arena, "%d", break_at)));
    e = job->kind->step(b->cx, job, NULL, &out);
    if (e.code == ERR_NONE)
        return db_commit(b->cx);
    db_rollback(b->cx);
    return e;
}

/* Grows with everything that a step writes. */
static int64_t
all_there_is(struct flow_house *b)
{
    int64_t n;

    begin(b);
    n = house_number(b, "crash_all",
                     "SELECT (SELECT count(*) FROM flow_run_inputs WHERE account_id = $1)"
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
                     "'pending')");
    db_rollback(b->cx);
    return n;
}

/* A job broken at one statement after the other until it is done; how often it broke. */
static int
break_everywhere(struct flow_house *b, const struct job *job)
{
    int64_t before = all_there_is(b);
    int breaks = 0;

    while (breaks < WRITES_MAX && try_once(b, job, breaks + 1).code != ERR_NONE) {
        breaks++;
        CHECK_I64(all_there_is(b), before);
    }
    return breaks;
}

TEST(broken_between_any_two_statements_nothing_is_left_and_the_next_try_does_it_once)
{
    struct flow_house *b = arena_new_of(test_arena(), struct flow_house);
    struct job job = { .kind = jobs_kind(STR("flow.hear")), .attempt = 1 };
    int64_t before, after;
    int breaks;

    house_opens(b, house_menu);
    testing_at_end(mend, b);
    house_writes(b, "Oi");
    house_arrives(b, "2");
    job.account = b->cx->account;
    job.subject_id = b->ticket.id.v;
    job.arg = str_fmt(test_arena(), "%lld", (long long)house_said(b, "in", 0).seq);
    make_brittle(b);
    before = all_there_is(b);
    breaks = break_everywhere(b, &job);
    CHECK(breaks > 8 && breaks < WRITES_MAX);
    after = all_there_is(b);
    CHECK(after > before);

    /* Done: told once more, it does nothing. */
    CHECK_OK(try_once(b, &job, 0));
    CHECK_I64(all_there_is(b), after);
    begin(b);
    CHECK_OK(tickets_get(b->cx, b->ticket.id, &b->ticket));
    CHECK_I64(b->ticket.state, TICKET_WAITING);
    CHECK_I64(test_messages(b->cx, b->ticket.id, "out"), 3);
    CHECK_I64(test_messages(b->cx, b->ticket.id, "note"), 1);
}

TEST(a_move_that_breaks_between_any_two_statements_moves_once_and_says_nothing)
{
    struct flow_house *b = arena_new_of(test_arena(), struct flow_house);
    struct job job = { .kind = jobs_kind(STR("flow.move")), .attempt = 1 };
    struct flow_move move;
    int64_t after;
    int breaks;

    house_opens(b, house_menu);
    testing_at_end(mend, b);
    house_writes(b, "Oi");
    house_publishes(b, b->flow, house_menu_more);
    CHECK_OK(flow_moves_start(b->cx, b->flow, 2, &move));
    job.account = b->cx->account;
    job.subject_id = move.id.v;
    make_brittle(b);
    breaks = break_everywhere(b, &job);
    CHECK(breaks > 4 && breaks < WRITES_MAX);
    after = all_there_is(b);

    /* Its end, and after it nothing. */
    CHECK_OK(try_once(b, &job, 0));
    CHECK_OK(try_once(b, &job, 0));
    begin(b);
    CHECK_OK(flow_moves_get(b->cx, b->flow, move.id, &move));
    CHECK_STR(move.state, "done");
    CHECK_I64(move.moved, 1);
    CHECK_I64(test_messages(b->cx, b->ticket.id, "out"), 2);
    CHECK_I64(house_number(b, "crash_moved",
                           "SELECT sum(n) FROM flow_counters WHERE account_id = $1 AND what = "
                           "'moved'"),
              1);
    db_rollback(b->cx);
    CHECK(all_there_is(b) >= after);
}
