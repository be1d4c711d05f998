#include "brittle.h"

#include "base/testing/testing.h"
#include "testing.sql.h"

static const struct db_stmt break_at = {
    .name = "brittle_break_at",
    .shape = DB_EXEC,
    .params = 1,
    .text =
        "SELECT set_config('test.break_at', $1::text, true), set_config('test.writes', '0', true)",
};

static const char triggers[] =
    "RESET ROLE;"
    "CREATE FUNCTION test_break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " PERFORM set_config('test.writes', (coalesce(nullif(current_setting('test.writes', true), "
    "''), '0')::int + 1)::text, true);"
    " IF current_setting('test.writes') = current_setting('test.break_at', true) THEN"
    " RAISE EXCEPTION 'broken' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;"
    "DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition "
    "LOOP"
    " EXECUTE format('CREATE TRIGGER test_break BEFORE INSERT OR UPDATE OR DELETE ON %s"
    " FOR EACH STATEMENT EXECUTE FUNCTION test_break()', t); END LOOP; END $$";

/* What was committed stays with its account, but work of others must not find it. */
static void
mend(void *arg)
{
    struct cx *cx = arg;

    db_rollback(cx);
    (void)db_script(
        cx->db, cx->arena,
        "RESET ROLE; DROP FUNCTION IF EXISTS test_break CASCADE; TRUNCATE jobs, lanes, dead_jobs");
}

void
brittle_make(struct cx *cx)
{
    testing_at_end(mend, cx);
    CHECK_OK(db_commit(cx));
    CHECK(db_script(cx->db, cx->arena, triggers) == NULL);
}

void
brittle_begin(struct cx *cx)
{
    db_begin(cx, TX_WRITE);
    db_queue(cx, &SQL_test_role, P_STR(STR("balcao_test")));
    test_become(cx);
}

struct err
brittle_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
             struct job_outcome *out, int at)
{
    struct job seen = *job;
    const struct job *alone = &seen;
    struct err e = OK;

    brittle_begin(cx);
    db_queue(cx, &break_at, P_STR(str_fmt(cx->arena, "%d", at)));
    if (answer == NULL && seen.kind->foresee != NULL)
        e = seen.kind->foresee(cx, &alone, 1, &seen.foreseen);
    if (e.code == ERR_NONE)
        e = seen.kind->step(cx, &seen, answer, out);
    if (e.code == ERR_NONE)
        return db_commit(cx);
    db_rollback(cx);
    return e;
}

struct err
brittle_try(struct cx *cx, const struct job *job, int at)
{
    struct job_outcome out = { 0 };

    return brittle_step(cx, job, NULL, &out, at);
}

int64_t
brittle_sum(struct cx *cx, const struct db_stmt *sum)
{
    const struct db_param params[] = { P_ID(cx->account) };
    struct db_row row;
    int64_t n;

    brittle_begin(cx);
    CHECK_OK(db_one_(cx, sum, &row, params, 1));
    n = db_i64(&row, 0);
    db_rollback(cx);
    return n;
}

int
brittle_everywhere(struct cx *cx, const struct job *job, const struct db_stmt *sum)
{
    int64_t before = brittle_sum(cx, sum);
    int breaks = 0;

    while (breaks < BRITTLE_WRITES_MAX && brittle_try(cx, job, breaks + 1).code != ERR_NONE) {
        breaks++;
        CHECK_I64(brittle_sum(cx, sum), before);
    }
    CHECK(breaks < BRITTLE_WRITES_MAX);
    return breaks;
}
