#include "base/testing/testing.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* More in one file would be more than one idea. */
#define TESTS_MAX 200

static struct {
    struct CMUnitTest tests[TESTS_MAX];
    size_t n;
    struct arena *arena; /* of the running test */
} testing;

static void
run_one(void **state)
{
    void (*run)(void);

    /* A function's address may not travel as void *, by the letter of C. */
    memcpy(&run, *state, sizeof(run));
    run();
}

static int
start(void **state)
{
    (void)state;
    testing.arena = arena_new(16 * 1024);
    return 0;
}

/* Runs even when a check has ended the test, so cleanups hang on the arena. */
static int
end(void **state)
{
    (void)state;
    arena_free(testing.arena);
    testing.arena = NULL;
    return 0;
}

void
testing_add(const char *name, void (*run)(void))
{
    static void (*runs[TESTS_MAX])(void);

    if (testing.n == TESTS_MAX)
        BUG("more than %d tests in one file", TESTS_MAX);
    runs[testing.n] = run;
    testing.tests[testing.n] = (struct CMUnitTest){
        .name = name,
        .test_func = run_one,
        .setup_func = start,
        .teardown_func = end,
        .initial_state = &runs[testing.n],
    };
    testing.n++;
}

struct arena *
test_arena(void)
{
    return testing.arena;
}

void
testing_at_end(void (*fn)(void *), void *arg)
{
    arena_cleanup(testing.arena, fn, arg);
}

static void __attribute__((format(printf, 3, 4), noreturn))
refuse(const char *file, int line, const char *fmt, ...)
{
    va_list args;
    char why[600];

    va_start(args, fmt);
    vsnprintf(why, sizeof(why), fmt, args);
    va_end(args);
    print_error("%s\n", why);
    _fail(file, line);
    abort(); /* _fail jumps back to the runner */
}

bool
test_aborts(void (*fn)(void *), void *arg)
{
    int status = 0;
    pid_t child;

    fflush(NULL);
    child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL); /* cmocka's handler would go on with the tests */
        if (freopen("/dev/null", "w", stderr) != NULL)
            fn(arg);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        BUG("no child for the test");
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

void
testing_check(bool holds, const char *what, const char *file, int line)
{
    if (!holds)
        refuse(file, line, "does not hold: %s", what);
}

static const char *
slug_of(struct err e)
{
    return e.slug == NULL ? "no slug" : e.slug;
}

void
testing_check_ok(struct err e, const char *what, const char *file, int line)
{
    if (e.code != ERR_NONE)
        refuse(file, line, "%s failed with %d %s %s", what, (int)e.code, slug_of(e),
               e.field == NULL ? "" : e.field);
}

void
testing_check_fail(struct err e, enum err_code code, const char *slug, const char *what,
                   const char *file, int line)
{
    if (e.code != code || !err_is(e, slug))
        refuse(file, line, "%s should fail with %d %s, gave %d %s", what, (int)code, slug,
               (int)e.code, slug_of(e));
}

void
testing_check_i64(int64_t got, int64_t expected, const char *what, const char *file, int line)
{
    if (got != expected)
        refuse(file, line, "%s is %lld, should be %lld", what, (long long)got, (long long)expected);
}

void
testing_check_str(struct str got, struct str expected, const char *what, const char *file, int line)
{
    if (!str_eq(got, expected))
        refuse(file, line, "%s is \"%.*s\", should be \"%.*s\"", what, STR_ARG(got),
               STR_ARG(expected));
}

int
main(int argc, char **argv)
{
    /* A word on the command line narrows the run: base/db_test rollback */
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    log_init("test", LOG_ERROR);
    return _cmocka_run_group_tests(argv[0], testing.tests, testing.n, NULL, NULL);
}
