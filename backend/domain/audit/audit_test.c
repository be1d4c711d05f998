#include "base/clock.h"
#include "base/testing/testing.h"
#include "domain/audit/audit_private.h"
#include "domain/audit/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/*
 * Sealing follows commits, so these tests commit: with a worker's connection beside the
 * owner's, in an account of their own.
 */
#define STMT(constant, of_shape, count, sql)                                                       \
    static const struct db_stmt constant = {                                                       \
        .name = #constant, .shape = of_shape, .params = count, .text = sql                         \
    }

STMT(new_account, DB_ONE, 0,
     "INSERT INTO accounts (name, slug) VALUES ('Trail', gen_random_uuid()::text) RETURNING id");
STMT(chain_of, DB_MANY, 1,
     "SELECT c.seq, c.hash, c.event_id, e.xid FROM audit_chain c JOIN audit_events e ON e.id = "
     "c.event_id WHERE c.account_id = $1::bigint ORDER BY c.seq");
/* A second pair of hands for the bytes: PostgreSQL's, which knows nothing of chain.c. */
STMT(computed_by_sql, DB_ONE, 2,
     "SELECT sha256(p.hash || '\\x01'::bytea || int8send(e.account_id) || int8send(c.seq) || "
     "int8send(e.id) || int8send((extract(epoch FROM e.at) * 1000000)::bigint) || "
     "t.action || t.actor_kind || t.actor_id || t.session_id || t.token_id || t.address || t.port "
     "|| "
     "t.request_id || t.subject_kind || t.subject_id || t.detail) = c.hash "
     "FROM audit_chain c JOIN audit_events e ON e.id = c.event_id "
     "CROSS JOIN LATERAL (SELECT coalesce((SELECT hash FROM audit_chain b WHERE b.account_id = "
     "c.account_id AND b.seq = c.seq - 1), sha256('balcao-audit-1'::bytea || "
     "int8send(c.account_id))) AS hash) p "
     "CROSS JOIN LATERAL (SELECT bytes(e.action) AS action, bytes(e.actor_kind) AS actor_kind, "
     "number(e.actor_id) AS actor_id, number(e.session_id) AS session_id, number(e.token_id) AS "
     "token_id, bytes(e.address) AS address, number(e.port) AS port, "
     "CASE WHEN e.request_id ~ '^[0-9a-f]{32}$' THEN int4send(16) || decode(e.request_id, 'hex') "
     "ELSE bytes(e.request_id) END AS request_id, bytes(e.subject_kind) AS subject_kind, "
     "number(e.subject_id) AS subject_id, bytes(e.detail) AS detail) t "
     "WHERE c.account_id = $1::bigint AND c.seq = $2::bigint");
STMT(checkpoints_of, DB_MANY, 1,
     "SELECT statement, public_key, signature FROM audit_checkpoints WHERE account_id = "
     "$1::bigint ORDER BY seq");

static const char prepare[] =
    "CREATE FUNCTION pg_temp.x() RETURNS int LANGUAGE sql AS 'SELECT 1';"
    "CREATE OR REPLACE FUNCTION pg_catalog.bytes(t text) RETURNS bytea LANGUAGE sql AS $$ SELECT "
    "coalesce(int4send(octet_length(t)) || convert_to(t, 'UTF8'), '\\xffffffff') $$;"
    "CREATE OR REPLACE FUNCTION pg_catalog.number(n bigint) RETURNS bytea LANGUAGE sql AS $$ "
    "SELECT "
    "coalesce(int4send(8) || int8send(n), '\\xffffffff') $$";

struct place {
    struct cx owner, worker;
    struct account_id account;
};

static void
close_place(void *arg)
{
    struct place *p = arg;

    db_rollback(&p->owner);
    db_rollback(&p->worker);
    (void)db_script(
        p->owner.db, test_arena(),
        "TRUNCATE audit_chain, audit_heads, audit_checkpoints, audit_starts, audit_events,"
        " account_retention;"
        "UPDATE audit_cursor SET base_id = 0");
    db_close(p->owner.db);
    db_close(p->worker.db);
}

static struct cx
connected(const struct conf *conf, const char *role, enum actor_kind actor)
{
    return (struct cx){ .arena = test_arena(),
                        .db = db_open(test_conninfo(role), "audit_test"),
                        .conf = conf,
                        .now_us = TEST_NOW_US,
                        .actor = actor,
                        .address = STR("2001:db8::7"),
                        .port = 40112,
                        .request_id = STR("0123456789abcdef0123456789abcdef") };
}

static struct place *
place(void)
{
    struct place *p = arena_new_of(test_arena(), struct place);
    const struct conf *conf = test_conf();
    struct db_row row;

    p->owner = connected(conf, NULL, ACTOR_CTL);
    p->worker = connected(conf, "balcao_worker", ACTOR_JOB);
    testing_at_end(close_place, p);
    db_begin(&p->owner, TX_WRITE);
    CHECK_OK(db_one_(&p->owner, &new_account, &row, NULL, 0));
    p->account.v = db_i64(&row, 0);
    CHECK_OK(db_commit(&p->owner));
    p->owner.account = p->account;
    return p;
}

static void
script(struct place *p, const char *sql)
{
    const char *refused = db_script(p->owner.db, test_arena(), sql);

    if (refused != NULL)
        printf("# %s\n", refused);
    CHECK(refused == NULL);
}

/* n rows in a transaction of their own. */
static void
act(struct place *p, int n)
{
    db_begin(&p->owner, TX_WRITE);
    for (int i = 0; i < n; i++)
        audit_add(&p->owner, "ticket.taken", "ticket", 7 + i,
                  STR("{\"after\":{\"name\":\"Ação\"},\"before\":{}}"));
    CHECK_OK(db_commit(&p->owner));
}

static void
seal(struct place *p)
{
    struct job_outcome outcome = { 0 };

    db_begin(&p->worker, TX_WRITE);
    CHECK_OK(audit_seal_step(&p->worker, NULL, NULL, &outcome));
    CHECK_OK(db_commit(&p->worker));
    CHECK(outcome.verdict == JOB_LATER && outcome.at_us == p->worker.now_us + US_PER_S);
}

static struct audit_verdict
verdict(struct place *p)
{
    struct audit_verdict v;

    db_begin(&p->owner, TX_READ);
    CHECK_OK(audit_verify(&p->owner, p->account, &v));
    CHECK_OK(db_commit(&p->owner));
    return v;
}

static int
links(struct place *p)
{
    struct db_rows rows;

    db_begin(&p->owner, TX_READ);
    CHECK_OK(db_many(&p->owner, &chain_of, &rows, P_ID(p->account)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        CHECK_I64(db_i64(&row, 0), i + 1);
    }
    CHECK_OK(db_commit(&p->owner));
    return rows.count;
}

static void
expect_fault(struct place *p, const char *fault, int64_t seq)
{
    struct audit_verdict v = verdict(p);

    CHECK(v.fault != NULL);
    CHECK_STR(str_of(v.fault), fault);
    CHECK_I64(v.fault_seq, seq);
}

TEST(every_row_becomes_a_link_in_the_order_of_commits)
{
    struct place *p = place();

    act(p, 3);
    act(p, 2);
    seal(p);
    CHECK_I64(links(p), 5);
    CHECK(verdict(p).fault == NULL);
    CHECK_I64(verdict(p).seq, 5);
    act(p, 1);
    seal(p);
    CHECK_I64(links(p), 6);
    CHECK(verdict(p).fault == NULL);
}

TEST(a_row_that_commits_late_is_sealed_when_it_is_final_and_nothing_overtakes_it)
{
    struct place *p = place();
    struct cx late = connected(p->owner.conf, NULL, ACTOR_CTL);

    late.account = p->account;
    db_begin(&late, TX_WRITE);
    audit_add(&late, "ticket.closed", "ticket", 1, STR(""));
    CHECK_OK(db_exec_(
        &late, &(const struct db_stmt){ .name = "send_now", .shape = DB_EXEC, .text = "SELECT 1" },
        NULL, NULL, 0));
    act(p, 2);
    seal(p);
    CHECK_I64(links(p), 0); /* behind the horizon of the one that still runs */
    CHECK_OK(db_commit(&late));
    seal(p);
    CHECK_I64(links(p), 3);
    CHECK(verdict(p).fault == NULL);
    db_close(late.db);
}

TEST(the_hashes_are_those_of_an_implementation_that_knows_ours_only_by_its_description)
{
    struct place *p = place();
    struct db_row row;

    script(p, prepare);
    p->owner.session_id = 9;
    p->owner.token_id = 4;
    act(p, 1);
    p->owner = (struct cx){ .arena = p->owner.arena,
                            .db = p->owner.db,
                            .conf = p->owner.conf,
                            .now_us = TEST_NOW_US + 1,
                            .account = p->account,
                            .actor = ACTOR_JOB,
                            .request_id = STR("job12.1") };
    act(p, 1);
    seal(p);
    db_begin(&p->owner, TX_READ);
    for (int seq = 1; seq <= 2; seq++) {
        CHECK_OK(db_one(&p->owner, &computed_by_sql, &row, P_ID(p->account), P_I64(seq)));
        CHECK(db_bool(&row, 0));
    }
    CHECK_OK(db_commit(&p->owner));
    script(p, "DROP FUNCTION pg_catalog.bytes, pg_catalog.number");
}

TEST(a_changed_row_is_named)
{
    struct place *p = place();

    act(p, 5);
    seal(p);
    script(p, "UPDATE audit_events SET subject_id = 99 WHERE subject_id = 9");
    expect_fault(p, "changed", 3);
}

TEST(a_removed_row_is_named)
{
    struct place *p = place();

    act(p, 5);
    seal(p);
    script(p, "DELETE FROM audit_events WHERE subject_id = 10");
    expect_fault(p, "removed", 4);
}

TEST(a_link_removed_with_its_row_leaves_a_gap)
{
    struct place *p = place();

    act(p, 5);
    seal(p);
    script(p,
           "DELETE FROM audit_events WHERE subject_id = 8; DELETE FROM audit_chain WHERE seq = 2");
    expect_fault(p, "missing", 2);
}

TEST(an_inserted_row_is_named)
{
    struct place *p = place();

    act(p, 2);
    seal(p);
    script(p, "INSERT INTO audit_events (account_id, id, at, xid, action, actor_kind, subject_kind)"
              " SELECT account_id, 0, at, '3', 'ticket.taken', 'user', 'ticket' FROM audit_events "
              "LIMIT 1");
    expect_fault(p, "inserted", 0);
}

TEST(a_tail_that_was_cut_is_known_by_the_head)
{
    struct place *p = place();

    act(p, 5);
    seal(p);
    script(p,
           "DELETE FROM audit_events WHERE subject_id > 9; DELETE FROM audit_chain WHERE seq > 3;"
           "DELETE FROM audit_checkpoints");
    unlink(audit_checkpoint_file(&p->owner));
    expect_fault(p, "cut", 4);
}

TEST(a_tail_cut_with_head_and_checkpoints_is_known_by_the_file_outside)
{
    struct place *p = place();

    act(p, 5);
    seal(p);
    script(p,
           "DELETE FROM audit_events WHERE subject_id > 9; DELETE FROM audit_chain WHERE seq > 3;"
           "DELETE FROM audit_checkpoints;"
           "UPDATE audit_heads h SET seq = 3, hash = c.hash FROM audit_chain c WHERE c.seq = 3 AND "
           "c.account_id = h.account_id");
    expect_fault(p, "cut", 5);
    unlink(audit_checkpoint_file(&p->owner));
    CHECK(verdict(p).fault == NULL); /* the file is what found it */
}

TEST(a_chain_written_anew_from_its_start_is_not_the_one_that_was_signed)
{
    struct place *p = place();

    act(p, 4);
    seal(p);
    script(p, "TRUNCATE audit_chain, audit_heads, audit_checkpoints;"
              "UPDATE audit_events SET subject_id = 99 WHERE subject_id = 9;"
              "UPDATE audit_cursor SET xid = '0', event_id = 0");
    /* The sealer itself makes a chain that holds, but its signature of an hour ago is outside. */
    seal(p);
    expect_fault(p, "rewritten", 4);
}

TEST(a_head_is_signed_at_once_then_after_an_hour_when_it_moved)
{
    struct place *p = place();
    struct db_rows rows;
    struct db_row row;

    act(p, 1);
    seal(p);
    act(p, 1);
    seal(p);
    p->worker.now_us += US_PER_HOUR;
    seal(p);
    p->worker.now_us += US_PER_HOUR;
    seal(p);
    db_begin(&p->owner, TX_READ);
    CHECK_OK(db_many(&p->owner, &checkpoints_of, &rows, P_ID(p->account)));
    CHECK_I64(rows.count, 2);
    row = db_row_at(&rows, 1);
    CHECK(crypto_attested(db_bytes(&p->owner, &row, 1), db_str(&row, 0),
                          db_bytes(&p->owner, &row, 2)));
    CHECK_OK(db_commit(&p->owner));
    CHECK(str_has(db_str(&row, 0), STR("\"seq\":2}")));
}

TEST(after_a_restore_into_a_new_cluster_ids_go_on_and_nothing_is_lost)
{
    struct place *p = place();

    act(p, 2);
    seal(p);
    act(p, 1);
    /* The new cluster's transactions count from the start: those of old look like the future. */
    script(p, "UPDATE audit_events SET xid = (xid::text::bigint + 1000000000)::text::xid8;"
              "UPDATE audit_cursor SET xid = (xid::text::bigint + 1000000000)::text::xid8");
    db_begin(&p->owner, TX_WRITE);
    CHECK_OK(audit_rebase(&p->owner));
    CHECK_OK(db_commit(&p->owner));
    CHECK_I64(links(p), 3);
    act(p, 1);
    seal(p);
    CHECK_I64(links(p), 4);
    CHECK(verdict(p).fault == NULL);
}

/* --- kept as long as said ------------------------------------------------------------------- */

STMT(month_of_2010, DB_ONE, 0, "SELECT to_regclass('audit_events_201003') IS NOT NULL");
STMT(rows_of, DB_ONE, 1,
     "SELECT count(*), count(*) FILTER (WHERE action = 'retention.ran') FROM audit_events"
     " WHERE account_id = $1::bigint");

#define MARCH_2010_US INT64_C(1268308800000000)

/* Three rows of March 2010 in a month of their own, then two of now. Sealed. */
static struct place *
old_place(void)
{
    struct place *p = place();

    script(p, "CALL add_partition('audit_events', '201003', '2010-03-01', '2010-04-01')");
    p->owner.now_us = MARCH_2010_US;
    act(p, 3);
    p->owner.now_us = clock_now_us();
    act(p, 2);
    seal(p);
    return p;
}

/* Until there is nothing left to forget. */
static void
forget(struct place *p)
{
    struct job_outcome outcome = { 0 };

    p->worker.now_us = clock_now_us();
    while (outcome.at_us <= p->worker.now_us) {
        outcome = (struct job_outcome){ 0 };
        db_begin(&p->worker, TX_WRITE);
        CHECK_OK(audit_forget_step(&p->worker, NULL, NULL, &outcome));
        CHECK_OK(db_commit(&p->worker));
        CHECK(outcome.verdict == JOB_LATER);
    }
}

static int64_t
rows_left(struct place *p)
{
    struct db_row row;
    int64_t n;

    db_begin(&p->owner, TX_READ);
    CHECK_OK(db_one(&p->owner, &rows_of, &row, P_ID(p->account)));
    n = db_i64(&row, 0);
    CHECK_I64(db_i64(&row, 1), 1); /* that it was done is in the trail */
    CHECK_OK(db_commit(&p->owner));
    return n;
}

static bool
has_month_of_2010(struct place *p)
{
    struct db_row row;
    bool has;

    db_begin(&p->owner, TX_READ);
    CHECK_OK(db_one_(&p->owner, &month_of_2010, &row, NULL, 0));
    has = db_bool(&row, 0);
    CHECK_OK(db_commit(&p->owner));
    return has;
}

TEST(what_is_older_than_said_goes_with_its_month_and_the_rest_is_proven)
{
    struct place *p = old_place();

    forget(p);
    CHECK(!has_month_of_2010(p));
    CHECK_I64(rows_left(p), 3);
    CHECK(verdict(p).fault == NULL);
    CHECK_I64(verdict(p).start_seq, 3);
    seal(p);
    CHECK(verdict(p).fault == NULL);
    CHECK_I64(verdict(p).seq, 6);
}

TEST(an_account_that_keeps_its_rows_keeps_their_month_for_everybody)
{
    struct place *p = old_place();

    script(p, "INSERT INTO accounts (name, slug) VALUES ('Unsealed', gen_random_uuid()::text);"
              "INSERT INTO audit_events (account_id, at, action, actor_kind, subject_kind)"
              " SELECT max(id), '2010-03-05', 'x', 'job', 'account' FROM accounts");
    forget(p);
    CHECK(has_month_of_2010(p));
    CHECK_I64(rows_left(p), 3);
    script(p, "DELETE FROM audit_events WHERE action = 'x'; DROP TABLE audit_events_201003");
}

TEST(a_change_after_the_start_is_still_named)
{
    struct place *p = old_place();

    forget(p);
    seal(p);
    script(p, "UPDATE audit_events SET subject_id = 99 WHERE subject_id = 8");
    expect_fault(p, "changed", 5);
}

TEST(a_start_that_was_removed_is_missed)
{
    struct place *p = old_place();

    forget(p);
    script(p, "DELETE FROM audit_starts");
    expect_fault(p, "missing", 1);
}

TEST(nothing_but_a_signed_start_is_a_beginning)
{
    struct place *p = old_place();

    /* An hourly checkpoint is signed too, but it says nothing of forgetting. */
    script(p, "INSERT INTO audit_starts SELECT account_id, seq, statement, public_key, signature"
              " FROM audit_checkpoints;"
              "DELETE FROM audit_events; DELETE FROM audit_chain");
    expect_fault(p, "rewritten", 0);
    script(p, "UPDATE audit_starts SET statement = replace(statement, '\"seq\"',"
              " '\"kept_from\":1,\"seq\"')");
    expect_fault(p, "rewritten", 0);
    script(p, "DROP TABLE audit_events_201003");
}

TEST(more_forgotten_than_was_signed_is_found)
{
    struct place *p = old_place();

    forget(p);
    script(p,
           "DELETE FROM audit_events WHERE subject_id = 7; DELETE FROM audit_chain WHERE seq = 4");
    expect_fault(p, "missing", 4);
}

TEST(a_program_cannot_forget_what_is_young)
{
    struct place *p = old_place();
    const char *refused;

    script(p, "INSERT INTO account_retention SELECT max(id), 10 FROM accounts");
    refused = db_script(p->worker.db, test_arena(),
                        "SELECT audit_forget(c.account_id, 4, '', '', '') FROM audit_outlived() c");
    CHECK(refused != NULL && strstr(refused, "keeps what is younger") != NULL);
    script(p, "DROP TABLE audit_events_201003");
}

TEST(programs_may_neither_change_nor_make_links)
{
    static const char *const acts[] = {
        "UPDATE audit_events SET action = 'x'",
        "DELETE FROM audit_events",
        "UPDATE audit_chain SET seq = 1",
        "DELETE FROM audit_chain",
        "INSERT INTO audit_chain VALUES (1, 1, now(), 1, '')",
        "UPDATE audit_heads SET seq = 1",
        "DELETE FROM audit_checkpoints",
        "INSERT INTO audit_starts VALUES (1, 1, '', '', '')",
        "UPDATE audit_cursor SET event_id = 1",
    };
    struct place *p = place();

    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        const char *refused = db_script(p->worker.db, test_arena(), acts[i]);

        CHECK(refused != NULL && strstr(refused, "permission denied") != NULL);
    }
}

TEST(a_change_tells_only_what_changed_in_the_order_of_names)
{
    struct audit_change change = { .reason = STR("moved") };

    audit_text(&change, "name", STR("Ana"), STR("Bia"));
    audit_text(&change, "city", STR("Lages"), STR("Lages"));
    audit_id(&change, "department_id", 0, 4);
    audit_number(&change, "age", 1, 2);
    audit_secret(&change, "token");
    CHECK_STR(audit_detail(test_arena(), &change),
              "{\"after\":{\"age\":2,\"department_id\":4,\"name\":\"Bia\",\"token\":\"set\"},"
              "\"before\":{\"age\":1,\"name\":\"Ana\"},\"reason\":\"moved\"}");
    CHECK_STR(audit_detail(test_arena(), &(struct audit_change){ 0 }), "");
}

TEST(a_signature_holds_for_its_text_and_its_key_alone)
{
    uint8_t key[CRYPTO_ATTEST_KEY_BYTES], signature[CRYPTO_ATTEST_BYTES];
    struct str k = { (const char *)key, sizeof key };
    struct str s = { (const char *)signature, sizeof signature };

    (void)test_conf();
    crypto_attest_key(key);
    crypto_attest(STR("so it was"), signature);
    CHECK(crypto_attested(k, STR("so it was"), s));
    CHECK(!crypto_attested(k, STR("so it is"), s));
    key[0] ^= 1;
    CHECK(!crypto_attested(k, STR("so it was"), s));
}
