#include "base/crypto.h"
#include "base/testing/testing.h"
#include "testing.sql.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const *testing_bound;

/* The connection that all contexts of the running test share. */
static struct db *shared;

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static void
remove_dir(void *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *
test_dir(void)
{
    /* Short, because sockets are made in it: 107 bytes are all a path may have. */
    struct str path = str_fmt(test_arena(), "/tmp/balcao-test.XXXXXX");
    char *dir = arena_alloc(test_arena(), path.len + 1);

    memcpy(dir, path.p, path.len);
    if (mkdtemp(dir) == NULL)
        BUG("no directory for the test");
    testing_at_end(remove_dir, dir);
    return dir;
}

const char *
test_conninfo(const char *role)
{
    const char *owner = getenv("BALCAO_TEST_DB");

    if (owner == NULL)
        BUG("BALCAO_TEST_DB is not set: run tests through `make test` or tools/testdb.sh");
    if (role == NULL)
        return owner;
    /* The last word of a connection string rules. */
    return str_cstr(test_arena(), str_fmt(test_arena(), "%s user=%s", owner, role));
}

/* Always the same key, so that a value sealed in one test opens in another. */
static void
write_master_key(const char *dir)
{
    struct str path = str_fmt(test_arena(), "%s/master.key", dir);
    int fd = open(str_cstr(test_arena(), path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);

    if (fd < 0 || write(fd, "thirty-two bytes of a test's key", 32) != 32)
        BUG("no key for the test");
    close(fd);
}

const struct conf *
test_conf(void)
{
    struct conf *conf = arena_new_of(test_arena(), struct conf);
    const char *dir = test_dir();

    CHECK_OK(conf_load(test_arena(), NULL, conf));
    conf->db_owner = test_conninfo(NULL);
    conf->db_api = test_conninfo("balcao_api");
    conf->db_worker = test_conninfo("balcao_worker");
    conf->db_live = test_conninfo("balcao_live");
    conf->run_dir = conf->media_dir = conf->upload_dir = conf->keys_dir = conf->audit_dir = dir;
    write_master_key(dir);
    CHECK_OK(crypto_init(conf));
    return conf;
}

static void
close_shared(void)
{
    db_close(shared);
}

static void
roll_back(void *cx)
{
    db_rollback(cx);
}

void
test_become(struct cx *cx)
{
    db_set_account(cx, cx->account);
}

/* An account of its own, made with the rights of a superuser. */
static struct account_id
new_account(struct cx *cx)
{
    struct db_row row;

    db_queue(cx, &SQL_test_role, P_STR(STR("none")));
    CHECK_OK(db_one_(cx, &SQL_test_account, &row, NULL, 0));
    db_queue(cx, &SQL_test_role, P_STR(STR("balcao_test")));
    return (struct account_id){ db_i64(&row, 0) };
}

struct cx *
test_cx(void)
{
    struct cx *cx = arena_new_of(test_arena(), struct cx);

    if (shared == NULL) {
        shared = db_open(test_conninfo(NULL), "test");
        atexit(close_shared);
    }
    cx->arena = test_arena();
    cx->db = shared;
    cx->conf = test_conf();
    cx->now_us = TEST_NOW_US;
    cx->actor = ACTOR_SYSTEM;
    cx->bound = testing_bound;
    cx->request_id = STR("00000000000000000000000000000001");
    cx->address = STR("192.0.2.1");
    if (!db_in_tx(shared)) {
        db_begin(cx, TX_WRITE);
        testing_at_end(roll_back, cx);
    }
    cx->account = new_account(cx);
    test_become(cx);
    return cx;
}

static void
close_connection(void *db)
{
    db_close(db);
}

struct cx *
test_connection(const char *role)
{
    struct cx *cx = arena_new_of(test_arena(), struct cx);

    cx->arena = test_arena();
    cx->conf = test_conf();
    cx->now_us = TEST_NOW_US;
    cx->db = db_open(test_conninfo(role), "test");
    testing_at_end(close_connection, cx->db);
    return cx;
}

int64_t
test_ask(struct cx *cx, const struct db_stmt *stmt)
{
    struct db_row row;

    db_begin(cx, TX_READ);
    CHECK_OK(db_one_(cx, stmt, &row, NULL, 0));
    CHECK_OK(db_commit(cx));
    return db_i64(&row, 0);
}

struct db_rows
test_rows(struct cx *cx, const struct db_stmt *stmt)
{
    struct db_rows rows;

    db_begin(cx, TX_READ);
    CHECK_OK(db_many_(cx, stmt, &rows, NULL, 0));
    CHECK_OK(db_commit(cx));
    return rows;
}

void
test_advance(struct cx *cx, int64_t us)
{
    cx->now_us += us;
}

int64_t
test_jobs(struct cx *cx, const char *kind)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_test_jobs_waiting, &row, P_ID(cx->account), P_STR(str_of(kind))));
    return db_i64(&row, 0);
}
