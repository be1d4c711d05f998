#include "base/http.h"
#include "base/testing/http_fake.h"
#include "base/testing/testing.h"

/* What the dispatcher does around a handler's statements, on a real database. */

#define STMT(constant, of_shape, count, sql)                                                       \
    static const struct db_stmt constant = {                                                       \
        .name = #constant, .shape = of_shape, .params = count, .text = sql                         \
    }

STMT(cup_add, DB_EXEC, 1, "INSERT INTO cups (id) VALUES ($1::bigint)");
STMT(cup_count, DB_ONE, 0, "SELECT count(*) FROM cups");
STMT(saucer_add, DB_EXEC, 1, "INSERT INTO saucers (cup_id) VALUES ($1::bigint)");
STMT(stumble, DB_EXEC, 1, "SELECT stumble($1::text)");

static struct err
post_cup(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_exec(cx, &cup_add, NULL, P_I64(id)));
    return res_empty(res, 201);
}

static struct err
post_cup_and_fail(struct cx *cx, struct req *req, struct res *res)
{
    TRY(post_cup(cx, req, res));
    return FAIL(ERR_CONFLICT, "second_thoughts");
}

/* The refusal is the answer, and what was written stays. */
static struct err
post_cup_and_refuse(struct cx *cx, struct req *req, struct res *res)
{
    TRY(post_cup(cx, req, res));
    res_problem(res, FAIL(ERR_UNAUTHENTICATED, "wrong_password"));
    return OK;
}

/* Fails at COMMIT only: the constraint is deferred. */
static struct err
post_saucer(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    db_queue(cx, &saucer_add, P_I64(id));
    res_header(res, "Set-Cookie", STR("saucer=1"));
    return res_empty(res, 201);
}

/* Meets a serialization failure until the third run. */
static struct err
post_stumbling_cup(struct cx *cx, struct req *req, struct res *res)
{
    TRY(post_cup(cx, req, res));
    TRY(db_exec(cx, &stumble, NULL, P_STR(req->attempt < 2 ? STR("40001") : STR("00000"))));
    return OK;
}

static struct err
get_count(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    struct json_out o;

    (void)req;
    TRY(db_one_(cx, &cup_count, &row, NULL, 0));
    o = res_json_begin(res, 200);
    json_put_i64(&o, db_i64(&row, 0));
    return res_json_end(res);
}

static const struct route routes[] = {
    { POST, "/cups/:id", NULL, TX_WRITE, post_cup },
    { POST, "/cups/:id/fail", NULL, TX_WRITE, post_cup_and_fail },
    { POST, "/cups/:id/refuse", NULL, TX_WRITE, post_cup_and_refuse },
    { POST, "/cups/:id/stumble", NULL, TX_WRITE, post_stumbling_cup },
    { POST, "/saucers/:id", NULL, TX_WRITE, post_saucer },
    { GET, "/cups", NULL, TX_READ, get_count },
    { 0 },
};
static const struct route *const tables[] = { routes };

static struct house {
    struct db *db;
    struct router *router;
    const struct http_hooks *hooks; /* NULL: none */
} house;

static void
tear_down(void *unused)
{
    (void)unused;
    (void)db_script(house.db, test_arena(), "DROP TABLE saucers, cups; DROP FUNCTION stumble");
    db_close(house.db);
    router_free(house.router);
}

static void
set_up(void)
{
    const char *why;

    house.hooks = NULL;
    house.router = router_new(tables, 1);
    house.db = db_open(test_conninfo(NULL), "http_tx_test");
    testing_at_end(tear_down, NULL);
    why =
        db_script(house.db, test_arena(),
                  "CREATE TABLE cups (id bigint CONSTRAINT cup_is_new PRIMARY KEY);"
                  "CREATE TABLE saucers (cup_id bigint CONSTRAINT saucer_has_cup"
                  "  REFERENCES cups DEFERRABLE INITIALLY DEFERRED);"
                  "CREATE FUNCTION stumble(code text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                  "  IF code <> '00000' THEN RAISE EXCEPTION 'again' USING ERRCODE = code; END IF;"
                  " END $$");
    CHECK_STR(str_of(why), "");
}

static struct res
ask(const char *first_line)
{
    struct cx *cx = arena_new_of(test_arena(), struct cx);
    struct req req;
    struct res res;

    cx->arena = test_arena();
    cx->db = house.db;
    http_fake(cx, first_line, NULL, (struct str){ 0 }, &req, &res);
    http_dispatch(house.router, house.hooks, cx, &req, &res);
    return res;
}

static void
check_cups(const char *expected)
{
    struct res res = ask("GET /cups");

    CHECK_STR(buf_str(&res.body), expected);
}

static void
check_answer(const char *first_line, int status, const char *slug)
{
    struct res res = ask(first_line);

    CHECK_I64(res.status, status);
    CHECK(str_has(buf_str(&res.body), str_of(slug)));
}

TEST(a_success_is_committed)
{
    set_up();
    check_answer("POST /cups/1", 201, "");
    check_cups("1");
}

TEST(a_refusal_undoes_what_the_handler_wrote)
{
    set_up();
    check_answer("POST /cups/1/fail", 409, "second_thoughts");
    check_cups("0");
}

TEST(a_refusal_that_the_handler_answers_itself_keeps_it)
{
    set_up();
    check_answer("POST /cups/1/refuse", 401, "wrong_password");
    check_cups("1");
}

TEST(a_broken_constraint_is_named)
{
    set_up();
    check_answer("POST /cups/1", 201, "");
    check_answer("POST /cups/1", 409, "cup_is_new");
    check_cups("1");
}

TEST(a_commit_that_fails_takes_the_answer_back)
{
    struct res res;

    set_up();
    res = ask("POST /saucers/7");
    CHECK_I64(res.status, 400);
    CHECK(str_has(buf_str(&res.body), STR("saucer_has_cup")));
    CHECK_I64((int64_t)res.headers.len, 0);
}

TEST(a_serialization_failure_runs_the_handler_again_from_nothing)
{
    set_up();
    check_answer("POST /cups/1/stumble", 201, "");
    check_cups("1");
}

TEST(the_connection_serves_the_next_request_after_any_failure)
{
    set_up();
    check_answer("POST /saucers/7", 400, "saucer_has_cup");
    check_answer("POST /cups/1/fail", 409, "second_thoughts");
    check_answer("POST /cups/0", 404, "not_found");
    check_answer("POST /cups/2", 201, "");
    check_cups("1");
}

/* The gate of the product is such a statement: queued, and heard with the handler's first. */
static struct err
enter_nobody(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    (void)res;
    db_queue(cx, &stumble, P_STR(STR("BA403")));
    return OK;
}

TEST(who_may_not_come_in_hears_that_before_what_else_is_wrong)
{
    static const struct http_hooks hooks = { .enter = enter_nobody };

    set_up();
    check_answer("POST /cups/x", 404, "not_found");
    house.hooks = &hooks;
    check_answer("POST /cups/x", 403, "again");
    check_answer("POST /cups/1", 403, "again");
    check_answer("GET /cups", 403, "again");
}

/* X140: where the database should be and what it said stays in our log. */
TEST(a_database_that_is_away_tells_strangers_a_word_and_the_number_of_the_request)
{
    static const char *const secrets[] = { "nowhere", "socket", "connection", "cups" };
    struct res res;

    set_up();
    db_close(house.db);
    house.db = db_open("host=/nowhere dbname=none", "http_tx_test");
    res = ask("GET /cups");
    db_close(house.db);
    house.db = db_open(test_conninfo(NULL), "http_tx_test");

    CHECK_I64(res.status, 503);
    CHECK(str_has(buf_str(&res.body), STR("\"slug\":\"database_away\"")));
    CHECK(str_has(buf_str(&res.body), STR("\"request_id\"")));
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        CHECK(!str_has(buf_str(&res.body), str_of(secrets[i])));
}
