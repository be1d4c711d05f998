/*
 * What a test file needs. It holds TEST blocks and nothing else: they register
 * themselves and main is provided. Names are sentences that must stay true.
 *
 *   TEST(an_empty_name_is_refused)
 *   {
 *       struct cx *cx = test_cx();
 *       CHECK_FAIL(tags_add(cx, STR("")), ERR_INVALID, "required");
 *   }
 */
#ifndef BASE_TESTING_H
#define BASE_TESTING_H

#include "base/cx.h"
#include "base/db.h"

#define TEST(name)                                                                                 \
    static void test_##name(void);                                                                 \
    __attribute__((constructor)) static void register_##name(void)                                 \
    {                                                                                              \
        testing_add(#name, test_##name);                                                           \
    }                                                                                              \
    static void test_##name(void)

/* Each ends the test when it does not hold. */
#define CHECK(condition) testing_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_OK(call) testing_check_ok((call), #call, __FILE__, __LINE__)
#define CHECK_FAIL(call, code, slug)                                                               \
    testing_check_fail((call), (code), (slug), #call, __FILE__, __LINE__)
#define CHECK_I64(got, expected) testing_check_i64((got), (expected), #got, __FILE__, __LINE__)
#define CHECK_STR(got, expected)                                                                   \
    testing_check_str((got), str_of(expected), #got, __FILE__, __LINE__)

/* An arena that lives until the test ends. */
struct arena *test_arena(void);

/* Whether fn(arg) aborts; it runs in a child that keeps silent. For BUG. */
bool test_aborts(void (*fn)(void *), void *arg);

/* A new empty directory that is removed when the test ends; absolute path. */
const char *test_dir(void);

/*
 * A call context in a new account. All contexts of a test share one connection and
 * one write transaction, which is rolled back; their clock stands still at
 * TEST_NOW_US.
 *
 * Statements run with the rights of the API and the worker but without row-level
 * security: a statement that forgets its account shows other accounts here, where
 * a test can see it. Needs BALCAO_TEST_DB (tools/testdb.sh).
 */
struct cx *test_cx(void);

/*
 * A context on a connection of its own, for what is to be seen from another one or committed: as this role (NULL: the owner),
 * outside any transaction and account. It lives until the test ends; what it commits is for the test to clear away.
 */
struct cx *test_connection(const char *role);

/* What a statement without parameters says on such a connection, in a transaction of its own: its one number; all its rows. */
int64_t test_ask(struct cx *cx, const struct db_stmt *stmt);
struct db_rows test_rows(struct cx *cx, const struct db_stmt *stmt);

/* For cx->bound of every context: what the fixtures of the rooms say. NULL in the base. */
extern const char *const *testing_bound;

/* 2026-03-04T15:00:00Z, a Wednesday; noon in São Paulo. */
#define TEST_NOW_US INT64_C(1772636400000000)

/* Moves the clock of this context. */
void test_advance(struct cx *cx, int64_t us);

/* Makes the account of cx the one in balcao.account. test_cx does it for the newest. */
void test_become(struct cx *cx);

/* Jobs of this kind waiting for the account of cx. */
int64_t test_jobs(struct cx *cx, const char *kind);

/*
 * For tests of the database layer, the queue and the programs: their own
 * connections, whose commits are real. conninfo is a superuser's; role may be
 * NULL or "balcao_worker" and the like.
 */
const char *test_conninfo(const char *role);

/*
 * Settings good for tests: test_dir() for every place, test_conninfo for every role;
 * crypto_init is done, with the same key in every test.
 */
const struct conf *test_conf(void);

/* Behind the macros. */
void testing_add(const char *name, void (*run)(void));
void testing_check(bool holds, const char *what, const char *file, int line);
void testing_check_ok(struct err e, const char *what, const char *file, int line);
void testing_check_fail(struct err e, enum err_code code, const char *slug, const char *what,
                        const char *file, int line);
void testing_check_i64(int64_t got, int64_t expected, const char *what, const char *file, int line);
void testing_check_str(struct str got, struct str expected, const char *what, const char *file,
                       int line);
/* Calls fn when the running test ends, whatever way; last first. */
void testing_at_end(void (*fn)(void *), void *arg);

#endif
