#include "base/testing/testing.h"

#include <sys/wait.h>
#include <unistd.h>

#define STMT(constant, of_shape, count, sql)                                                       \
    static const struct db_stmt constant = {                                                       \
        .name = #constant, .shape = of_shape, .params = count, .text = sql                         \
    }

STMT(sum, DB_ONE, 2, "SELECT $1::bigint + $2::bigint");
STMT(echo, DB_ONE, 1, "SELECT $1::text");
STMT(series, DB_MANY, 1, "SELECT n, repeat('x', 100) FROM generate_series(1, $1::int) n");
STMT(nobody, DB_OPT, 1, "SELECT 1 WHERE $1::bigint < 0");
STMT(pet_add, DB_EXEC, 2, "INSERT INTO pets (id, name) VALUES ($1::bigint, $2::text)");
STMT(pet_count, DB_ONE, 0, "SELECT count(*) FROM pets");
STMT(pet_name, DB_ONE, 0, "SELECT name FROM pets");
STMT(pet_grow, DB_EXEC, 1, "UPDATE pets SET age = age + $1::int");
STMT(own_pid, DB_ONE, 0, "SELECT pg_backend_pid()");
STMT(end_session, DB_ONE, 1, "SELECT pg_terminate_backend($1::int)");
STMT(refuse, DB_ONE, 2, "SELECT gate.refuse($1::text, $2::text)");
STMT(account_now, DB_ONE, 0, "SELECT current_setting('balcao.account')::bigint");
STMT(account_left, DB_ONE, 0, "SELECT current_setting('balcao.account', true)");
STMT(limit_time, DB_EXEC, 1, "SELECT set_config('statement_timeout', $1::text, true)");
STMT(sleepy, DB_ONE, 0, "SELECT pg_sleep(20)");
STMT(kinds, DB_ONE, 7,
     "SELECT $1::bigint, $2::timestamptz, $3::boolean, $4::bytea, $5::bigint[], $6::text[], "
     "$7::double precision, cardinality($5::bigint[]), ($6::text[])[2], ($6::text[])[3] IS NULL");
STMT(pet_later, DB_EXEC, 1, "INSERT INTO toys (pet_id) VALUES ($1::bigint)");

static void
close_db(void *db)
{
    db_close(db);
}

static void
drop_tables(void *cx)
{
    db_rollback(cx);
    (void)db_script(((struct cx *)cx)->db, ((struct cx *)cx)->arena,
                    "DROP TABLE IF EXISTS pets, toys");
}

/* A connection of its own, whose commits are real, and two small tables. */
static struct cx *
pets(void)
{
    struct cx *cx = arena_new_of(test_arena(), struct cx);
    const char *why;

    cx->arena = test_arena();
    cx->now_us = TEST_NOW_US;
    cx->db = db_open(test_conninfo(NULL), "db_test");
    testing_at_end(close_db, cx->db);
    why = db_script(cx->db, cx->arena,
                    "DROP TABLE IF EXISTS pets, toys; "
                    "CREATE TABLE pets (id bigint CONSTRAINT pet_is_new PRIMARY KEY, "
                    "  name text NOT NULL CONSTRAINT pet_has_name CHECK (name <> ''), "
                    "  age int NOT NULL DEFAULT 0); "
                    "CREATE TABLE toys (pet_id bigint CONSTRAINT toy_has_pet REFERENCES pets "
                    "  DEFERRABLE INITIALLY DEFERRED)");
    CHECK_STR(str_of(why), "");
    testing_at_end(drop_tables, cx);
    return cx;
}

static int64_t
count_pets(struct cx *cx)
{
    struct db_row row;

    CHECK_OK(db_one_(cx, &pet_count, &row, NULL, 0));
    return db_i64(&row, 0);
}

/* Seen by the next call: what did not commit is not there. */
static int64_t
pets_kept(struct cx *cx)
{
    int64_t n;

    db_begin(cx, TX_READ);
    n = count_pets(cx);
    CHECK_OK(db_commit(cx));
    return n;
}

#define ADD_PET(cx, id, name) db_queue(cx, &pet_add, P_I64(id), P_STR(STR(name)))

TEST(a_read_takes_one_round_trip)
{
    struct cx *cx = pets();
    struct db_row row;
    int64_t before = db_round_trips(cx->db);

    db_begin(cx, TX_READ);
    db_set_account(cx, (struct account_id){ 7 });
    CHECK_OK(db_one(cx, &sum, &row, P_I64(2), P_I64(-5)));
    CHECK_OK(db_commit(cx));
    CHECK_I64(db_i64(&row, 0), -3);
    CHECK_I64(db_round_trips(cx->db) - before, 1);
}

TEST(a_write_takes_two_and_carries_its_queue)
{
    struct cx *cx = pets();
    int64_t before = db_round_trips(cx->db), changed = 0;

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "Rex");
    ADD_PET(cx, 2, "Mia");
    CHECK_OK(db_exec(cx, &pet_grow, &changed, P_I64(3)));
    ADD_PET(cx, 3, "Bob");
    CHECK_OK(db_commit(cx));
    CHECK_I64(changed, 2);
    CHECK_I64(db_round_trips(cx->db) - before, 2);
    CHECK_I64(pets_kept(cx), 3);
}

TEST(queued_writes_alone_travel_with_commit)
{
    struct cx *cx = pets();
    int64_t before = db_round_trips(cx->db);

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "Rex");
    ADD_PET(cx, 2, "Mia");
    CHECK_OK(db_commit(cx));
    CHECK_I64(db_round_trips(cx->db) - before, 1);
    CHECK_I64(pets_kept(cx), 2);
}

TEST(questions_asked_together_cost_one_round_trip)
{
    struct cx *cx = pets();
    struct db_rows three, none, later;
    struct db_row row;
    int64_t before = db_round_trips(cx->db);

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "Rex");
    db_ask(cx, &series, &three, P_I64(3));
    db_ask(cx, &nobody, &none, P_I64(1));
    db_ask(cx, &echo, &later, P_STR(STR("later")));
    CHECK(three.result == NULL && none.result == NULL);
    CHECK_OK(db_await(cx, &none));
    CHECK_OK(db_await(cx, &three));
    CHECK_I64(three.count, 3);
    CHECK_I64(none.count, 0);
    row = db_row_at(&later, 0);
    CHECK_STR(db_str(&row, 0), "later");
    CHECK_OK(db_commit(cx));
    CHECK_I64(db_round_trips(cx->db) - before, 2);
}

TEST(who_waits_for_something_else_has_the_answer_too)
{
    struct cx *cx = pets();
    struct db_rows three;
    struct db_row row;

    db_begin(cx, TX_READ);
    db_ask(cx, &series, &three, P_I64(3));
    CHECK_OK(db_one(cx, &sum, &row, P_I64(2), P_I64(2)));
    CHECK_I64(three.count, 3);
    CHECK_I64(db_i64(&row, 0), 4);
    CHECK_OK(db_commit(cx));
}

TEST(a_question_that_fails_fails_whoever_waits)
{
    struct cx *cx = pets();
    struct db_rows refused, after;

    db_begin(cx, TX_WRITE);
    db_ask(cx, &refuse, &refused, P_STR(STR("409")), P_STR(STR("taken")));
    db_ask(cx, &series, &after, P_I64(3));
    CHECK_FAIL(db_await(cx, &after), ERR_CONFLICT, "taken");
    CHECK_FAIL(db_await(cx, &refused), ERR_CONFLICT, "taken");
    CHECK(after.result == NULL);
    db_rollback(cx);

    /* Nobody waits: the answer is nobody's, and the next call begins in order. */
    db_begin(cx, TX_WRITE);
    db_ask(cx, &series, &after, P_I64(3));
    db_rollback(cx);
    CHECK(after.result == NULL);
    CHECK_I64(pets_kept(cx), 0);
}

TEST(a_call_that_asks_nothing_sends_nothing)
{
    struct cx *cx = pets();
    int64_t before = db_round_trips(cx->db);

    db_begin(cx, TX_WRITE);
    CHECK_OK(db_commit(cx));
    db_begin(cx, TX_WRITE);
    db_rollback(cx);
    CHECK_I64(db_round_trips(cx->db), before);
}

TEST(a_queued_failure_fails_the_call_that_waits)
{
    struct cx *cx = pets();
    struct db_row row;

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "Rex");
    ADD_PET(cx, 1, "Rex again");
    CHECK_FAIL(db_one(cx, &sum, &row, P_I64(1), P_I64(1)), ERR_CONFLICT, "pet_is_new");
    /* … and everything after it, commit included. */
    CHECK_FAIL(db_one(cx, &sum, &row, P_I64(1), P_I64(1)), ERR_CONFLICT, "pet_is_new");
    CHECK_FAIL(db_commit(cx), ERR_CONFLICT, "pet_is_new");
    CHECK_I64(pets_kept(cx), 0);
}

TEST(a_queued_failure_fails_the_commit)
{
    struct cx *cx = pets();

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "");
    ADD_PET(cx, 2, "Mia");
    CHECK_FAIL(db_commit(cx), ERR_INVALID, "pet_has_name");
    CHECK_I64(pets_kept(cx), 0);
}

TEST(a_queued_failure_in_a_read_is_reported_at_its_end)
{
    struct cx *cx = pets();

    db_begin(cx, TX_READ);
    db_queue(cx, &refuse, P_STR(STR("403")), P_STR(STR("permission_denied")));
    CHECK_FAIL(db_commit(cx), ERR_FORBIDDEN, "permission_denied");
    CHECK_I64(pets_kept(cx), 0);
}

TEST(a_check_deferred_to_commit_fails_the_commit)
{
    struct cx *cx = pets();

    db_begin(cx, TX_WRITE);
    CHECK_OK(db_exec(cx, &pet_later, NULL, P_I64(9)));
    CHECK_FAIL(db_commit(cx), ERR_INVALID, "toy_has_pet");
    CHECK_I64(pets_kept(cx), 0);
}

TEST(rollback_leaves_nothing_and_the_connection_idle)
{
    struct cx *cx = pets();

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "Rex");
    CHECK_I64(count_pets(cx), 1);
    ADD_PET(cx, 2, "queued, never waited for");
    db_rollback(cx);
    CHECK(!db_in_tx(cx->db));
    CHECK_I64(pets_kept(cx), 0);
}

TEST(the_gate_refuses_before_the_statement_runs)
{
    struct cx *cx = pets();

    db_begin(cx, TX_WRITE);
    db_queue(cx, &refuse, P_STR(STR("409")), P_STR(STR("ticket_closed")));
    CHECK_FAIL(db_exec(cx, &pet_add, NULL, P_I64(1), P_STR(STR("Rex"))), ERR_CONFLICT,
               "ticket_closed");
    db_rollback(cx);
    CHECK_I64(pets_kept(cx), 0);
}

/* The pipeline died before the server saw the second statement: it must be prepared again. */
TEST(a_prepare_behind_a_failure_is_not_taken_for_done)
{
    struct cx *cx = pets();
    struct db_row row;

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "");
    CHECK_FAIL(db_one(cx, &echo, &row, P_STR(STR("x"))), ERR_INVALID, "pet_has_name");
    db_rollback(cx);

    db_begin(cx, TX_READ);
    CHECK_OK(db_one(cx, &echo, &row, P_STR(STR("x"))));
    CHECK_STR(db_str(&row, 0), "x");
    CHECK_OK(db_commit(cx));
}

TEST(a_prepare_survives_rollback)
{
    struct cx *cx = pets();
    struct db_row row;

    for (int round = 0; round < 3; round++) {
        db_begin(cx, TX_WRITE);
        CHECK_OK(db_one(cx, &sum, &row, P_I64(round), P_I64(1)));
        CHECK_I64(db_i64(&row, 0), round + 1);
        db_rollback(cx);
    }
}

TEST(a_read_keeps_its_account_from_statement_to_statement)
{
    struct cx *cx = pets();
    struct db_row row;

    cx->account.v = 7;
    db_begin(cx, TX_READ);
    db_set_account(cx, cx->account);
    CHECK_OK(db_one_(cx, &account_now, &row, NULL, 0));
    CHECK_I64(db_i64(&row, 0), 7);
    CHECK_OK(db_one_(cx, &account_now, &row, NULL, 0));
    CHECK_I64(db_i64(&row, 0), 7);
    CHECK_OK(db_commit(cx));
}

/* With a connection of its own: the parent's is not the child's to use. */
static void
ask_for_no_account(void *arg)
{
    struct cx *cx = arg;
    struct db_row row;

    cx->db = db_open(test_conninfo(NULL), "db_test");
    db_begin(cx, TX_READ);
    if (db_one_(cx, &account_now, &row, NULL, 0).code == ERR_NONE)
        _exit(0);
}

TEST(the_account_is_unset_when_the_call_ends)
{
    struct cx *cx = pets();
    struct db_row row;

    for (int tx = TX_READ; tx <= TX_WRITE; tx++) {
        db_begin(cx, (enum db_tx)tx);
        db_set_account(cx, (struct account_id){ 7 });
        CHECK_OK(db_one_(cx, &account_now, &row, NULL, 0));
        CHECK_I64(db_i64(&row, 0), 7);
        CHECK_OK(db_commit(cx));
    }
    db_begin(cx, TX_READ);
    CHECK_OK(db_one_(cx, &account_left, &row, NULL, 0));
    CHECK_STR(db_str(&row, 0), "");
    CHECK_OK(db_commit(cx));
}

TEST(asking_without_an_account_is_our_bug)
{
    CHECK(test_aborts(ask_for_no_account, pets()));
}

STMT(pet_gate, DB_ONE, 0, "SELECT pg_advisory_xact_lock(hashtext('pets')) IS NULL");
STMT(pet_gate_waits, DB_ONE, 0,
     "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
     " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted");

/* Bears a pet behind a closed gate, and opens it once somebody stands before it. */
static void
bear_a_pet_meanwhile(struct cx *cx, int closed)
{
    struct db_row row;
    bool is_good;

    cx->db = db_open(test_conninfo(NULL), "db_test_other");
    db_begin(cx, TX_WRITE);
    is_good = db_one_(cx, &pet_gate, &row, NULL, 0).code == ERR_NONE &&
              db_exec(cx, &pet_add, NULL, P_I64(1), P_STR(STR("Rex"))).code == ERR_NONE &&
              write(closed, "x", 1) == 1;
    do
        is_good = is_good && db_one_(cx, &pet_gate_waits, &row, NULL, 0).code == ERR_NONE;
    while (is_good && db_i64(&row, 0) == 0);
    _exit(is_good && db_commit(cx).code == ERR_NONE ? 0 : 1);
}

TEST(what_a_read_asks_together_is_answered_as_of_one_moment)
{
    struct cx *cx = pets();
    struct db_rows before, gate;
    struct db_row row;
    int closed[2], status;
    char byte;
    pid_t child;

    CHECK(pipe(closed) == 0);
    child = fork();
    if (child == 0)
        bear_a_pet_meanwhile(cx, closed[1]);
    CHECK(child > 0 && read(closed[0], &byte, 1) == 1);

    db_begin(cx, TX_READ);
    db_ask_(cx, &pet_count, &before, NULL, 0);
    db_ask_(cx, &pet_gate, &gate, NULL, 0);
    CHECK_I64(count_pets(cx), 0);
    row = db_row_at(&before, 0);
    CHECK_I64(db_i64(&row, 0), 0);
    CHECK_I64(count_pets(cx), 1);
    CHECK_OK(db_commit(cx));

    CHECK(waitpid(child, &status, 0) == child && status == 0);
    close(closed[0]);
    close(closed[1]);
}

STMT(isolation, DB_ONE, 0, "SELECT current_setting('transaction_isolation')");

TEST(what_writes_goes_by_what_it_meets_and_what_reads_by_one_moment)
{
    struct cx *cx = pets();
    struct db_row row;

    CHECK(db_script(
              cx->db, cx->arena,
              "INSERT INTO pets (id, name) VALUES (1, current_setting('transaction_isolation'));"
              "SELECT 1") == NULL);
    CHECK(db_script(cx->db, cx->arena, "BEGIN; SELECT none") != NULL);
    CHECK(db_script(cx->db, cx->arena, "ROLLBACK") == NULL);

    db_begin(cx, TX_READ);
    CHECK_OK(db_one_(cx, &isolation, &row, NULL, 0));
    CHECK_STR(db_str(&row, 0), "repeatable read");
    CHECK_OK(db_one_(cx, &pet_name, &row, NULL, 0));
    CHECK_STR(db_str(&row, 0), "read committed");
    CHECK_OK(db_commit(cx));

    db_begin(cx, TX_WRITE);
    CHECK_OK(db_one_(cx, &isolation, &row, NULL, 0));
    CHECK_STR(db_str(&row, 0), "read committed");
    CHECK_OK(db_commit(cx));
}

static void
terminate(struct cx *other, int64_t pid)
{
    struct db_row row;

    db_begin(other, TX_READ);
    CHECK_OK(db_one(other, &end_session, &row, P_I64(pid)));
    CHECK_OK(db_commit(other));
}

static int64_t
backend_of(struct cx *cx)
{
    struct db_row row;

    CHECK_OK(db_one_(cx, &own_pid, &row, NULL, 0));
    return db_i64(&row, 0);
}

/* Waits until the server has really closed it, so that the test does not race. */
static void
wait_until_gone(struct cx *other, int64_t pid)
{
    static const struct db_stmt is_there = {
        .name = "is_there",
        .shape = DB_ONE,
        .params = 1,
        .text = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1::int"
    };
    struct db_row row;

    do {
        db_begin(other, TX_READ);
        CHECK_OK(db_one(other, &is_there, &row, P_I64(pid)));
        CHECK_OK(db_commit(other));
    } while (db_i64(&row, 0) > 0);
}

static struct cx *
another(struct cx *cx)
{
    struct cx *other = arena_new_of(test_arena(), struct cx);

    *other = *cx;
    other->db = db_open(test_conninfo(NULL), "db_test_other");
    testing_at_end(close_db, other->db);
    return other;
}

TEST(a_session_ended_between_calls_is_not_noticed)
{
    struct cx *cx = pets(), *other = another(cx);
    int64_t pid;

    db_begin(cx, TX_READ);
    pid = backend_of(cx);
    CHECK_OK(db_commit(cx));
    terminate(other, pid);
    wait_until_gone(other, pid);

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "Rex");
    CHECK(backend_of(cx) != pid);
    CHECK_OK(db_commit(cx));
    CHECK_I64(pets_kept(cx), 1);
}

TEST(a_session_ended_within_a_call_fails_it_and_the_next_succeeds)
{
    struct cx *cx = pets(), *other = another(cx);
    int64_t pid;

    db_begin(cx, TX_WRITE);
    ADD_PET(cx, 1, "Rex");
    pid = backend_of(cx);
    terminate(other, pid);
    wait_until_gone(other, pid);
    CHECK_FAIL(db_exec(cx, &pet_grow, NULL, P_I64(1)), ERR_UNAVAILABLE, "database_away");
    CHECK_FAIL(db_commit(cx), ERR_UNAVAILABLE, "database_away");

    CHECK(db_ready(cx->db));
    CHECK_I64(pets_kept(cx), 0);
}

TEST(a_server_that_is_away_is_a_failure_and_no_delay)
{
    struct cx *cx = arena_new_of(test_arena(), struct cx);
    struct db_row row;

    cx->arena = test_arena();
    cx->db = db_open("host=/nonexistent dbname=balcao", "db_test");
    testing_at_end(close_db, cx->db);
    CHECK(!db_ready(cx->db));
    db_begin(cx, TX_WRITE);
    CHECK_FAIL(db_one(cx, &sum, &row, P_I64(1), P_I64(1)), ERR_UNAVAILABLE, "database_away");
    CHECK_FAIL(db_commit(cx), ERR_UNAVAILABLE, "database_away");
    CHECK(!db_in_tx(cx->db));
}

TEST(a_statement_that_takes_too_long_is_busy)
{
    struct cx *cx = pets();
    struct db_row row;

    db_begin(cx, TX_WRITE);
    CHECK_OK(db_exec(cx, &limit_time, NULL, P_STR(STR("20ms"))));
    CHECK_FAIL(db_one_(cx, &sleepy, &row, NULL, 0), ERR_UNAVAILABLE, "busy");
    db_rollback(cx);
    CHECK_I64(pets_kept(cx), 0);
}

TEST(text_with_a_nul_or_broken_utf8_is_refused)
{
    struct cx *cx = pets();
    struct db_row row;

    db_begin(cx, TX_WRITE);
    CHECK_FAIL(db_one(cx, &echo, &row, P_STR(((struct str){ "a\0b", 3 }))), ERR_INVALID,
               "invalid_text");
    db_rollback(cx);
    db_begin(cx, TX_WRITE);
    CHECK_FAIL(db_one(cx, &echo, &row, P_STR(STR("\xc3("))), ERR_INVALID, "invalid_text");
    db_rollback(cx);
    db_begin(cx, TX_WRITE);
    db_queue(cx, &echo, P_STR(((struct str){ "\0", 1 })));
    CHECK_FAIL(db_commit(cx), ERR_INVALID, "invalid_text");
    CHECK_I64(pets_kept(cx), 0);
}

TEST(every_kind_of_value_comes_back_as_it_went)
{
    static const int64_t ids[] = { INT64_MIN, 0, INT64_MAX };
    const struct str words[] = { STR("a,b"), STR("say \"hi\" \\ {x}"), { NULL, 0 }, STR("") };
    struct cx *cx = pets();
    struct db_row row;

    db_begin(cx, TX_READ);
    CHECK_OK(db_one(cx, &kinds, &row, P_I64(INT64_MIN), P_TIME(TEST_NOW_US + 123456), P_BOOL(true),
                    db_p_bytes(cx->arena, STR("\x01\xff")), db_p_i64s(cx->arena, ids, 3),
                    db_p_strs(cx->arena, words, 4), db_p_double(0.1)));
    CHECK(db_i64(&row, 0) == INT64_MIN);
    CHECK_I64(db_time(&row, 1), TEST_NOW_US + 123456);
    CHECK(db_bool(&row, 2));
    CHECK_STR(db_bytes(cx, &row, 3), "\x01\xff");
    CHECK(db_double(&row, 6) == 0.1);
    CHECK_I64(db_i64(&row, 7), 3);
    CHECK_STR(db_str(&row, 8), "say \"hi\" \\ {x}");
    CHECK(db_bool(&row, 9));

    CHECK_OK(db_one(cx, &kinds, &row, P_NULL, P_TIME(0), P_NULL, P_NULL, P_NULL, P_NULL, P_NULL));
    CHECK(db_is_null(&row, 0) && db_is_null(&row, 1) && db_is_null(&row, 3));
    CHECK_I64(db_i64(&row, 0), 0);
    CHECK_I64(db_time(&row, 1), 0);
    CHECK(db_str(&row, 3).p == NULL);
    CHECK_OK(db_commit(cx));
}

TEST(many_rows_and_none)
{
    struct cx *cx = pets();
    struct db_rows rows;
    struct db_row row;
    bool found = true;

    db_begin(cx, TX_READ);
    CHECK_OK(db_many(cx, &series, &rows, P_I64(50000)));
    CHECK_I64(rows.count, 50000);
    row = db_row_at(&rows, 49999);
    CHECK_I64(db_i64(&row, 0), 50000);
    CHECK_OK(db_opt(cx, &nobody, &found, &row, P_I64(1)));
    CHECK(!found);
    CHECK_OK(db_commit(cx));
}

/* More than any socket buffer holds, both ways: neither side may wait for the other. */
TEST(a_long_queue_does_not_block)
{
    struct cx *cx = pets();
    struct str big = { arena_alloc(cx->arena, 20000), 20000 };

    memset((char *)big.p, 'x', big.len);
    db_begin(cx, TX_WRITE);
    for (int i = 0; i < 200; i++)
        db_queue(cx, &echo, P_STR(big));
    ADD_PET(cx, 1, "Rex");
    CHECK_OK(db_commit(cx));
    CHECK_I64(pets_kept(cx), 1);
}

TEST(a_statement_the_server_refuses_is_explained)
{
    static const struct db_stmt wrong = { .name = "wrong",
                                          .shape = DB_ONE,
                                          .text = "SELECT no_such" };
    struct cx *cx = pets();

    CHECK(db_prepare_check(cx->db, cx->arena, &sum) == NULL);
    CHECK(strstr(db_prepare_check(cx->db, cx->arena, &wrong), "no_such") != NULL);
    CHECK(strstr(db_script(cx->db, cx->arena, "SELECT 1; SELEC"), "SELEC") != NULL);
    CHECK_I64(pets_kept(cx), 0);
}
