#include "base/testing/testing.h"

#include "clock.h"

#include <unistd.h>

static int saved_stderr;

static void
give_stderr_back(void *arg)
{
    (void)arg;
    dup2(saved_stderr, STDERR_FILENO);
    close(saved_stderr);
    log_init("test", LOG_ERROR);
    log_set_context(NULL);
}

/* From here to the end of the test, lines of the log arrive at the returned end of a pipe. */
static int
catch_log(enum log_level least)
{
    int ends[2];

    CHECK(pipe(ends) == 0);
    saved_stderr = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    testing_at_end(give_stderr_back, NULL);
    log_init("api", least);
    return ends[0];
}

/* What was logged, without the time at its head. */
static struct str
logged(int fd)
{
    char *text = arena_alloc(test_arena(), 8192);
    ssize_t n;

    give_stderr_back(NULL);
    saved_stderr = dup(STDERR_FILENO);
    n = read(fd, text, 8192);
    close(fd);
    if (n < CLOCK_ISO_BYTES)
        return STR("");
    return (struct str){ text + CLOCK_ISO_BYTES, (size_t)n - CLOCK_ISO_BYTES };
}

TEST(a_line_is_time_level_process_event_context_then_the_rest)
{
    struct log_context context = { .request_id = "abc", .account_id = 1, .member_id = 7 };
    int fd = catch_log(LOG_INFO);

    log_set_context(&context);
    log_info("ticket.assigned", "ticket=%d", 9);
    CHECK_STR(logged(fd), "info api ticket.assigned request=abc account=1 member=7 ticket=9\n");
}

TEST(lesser_levels_are_silent)
{
    int fd = catch_log(LOG_WARN);

    log_info("quiet", "n=%d", 1);
    CHECK_STR(logged(fd), "");
}

TEST(control_characters_never_make_a_second_line)
{
    int fd = catch_log(LOG_INFO);

    log_info("forged", "name=%s", "a\nb\x1B[31m\x7F");
    CHECK_STR(logged(fd), "info api forged name=a?b?[31m?\n");
}

TEST(a_long_line_is_cut_and_still_ends)
{
    int fd = catch_log(LOG_INFO);
    char *text = arena_alloc(test_arena(), 10001);
    struct str line;

    memset(text, 'x', 10000);
    log_info("long", "%s", text);
    line = logged(fd);
    CHECK_I64((int64_t)line.len, 4096 - CLOCK_ISO_BYTES);
    CHECK(str_ends(line, STR("x\n")));
}

TEST(text_from_outside_is_made_safe)
{
    struct arena *a = test_arena();
    char *text = arena_alloc(a, 300);

    CHECK_STR(str_of(log_safe(a, STR("ol\xC3\xA1"))), "ol\xC3\xA1");
    CHECK_STR(str_of(log_safe(a, STR("a b\"c\\\n\0"))), "a\\x20b\\x22c\\x5c\\x0a\\x00");
    CHECK_STR(str_of(log_safe(a, STR("\xFF"))), "\\xff");
    CHECK_STR(str_of(log_safe(a, (struct str){ NULL, 0 })), "");
    memset(text, 'y', 300);
    CHECK_I64((int64_t)strlen(log_safe(a, (struct str){ text, 300 })), 200);
}

TEST(levels_have_names)
{
    enum log_level level;

    CHECK(log_level_parse(STR("warn"), &level) && level == LOG_WARN);
    CHECK(!log_level_parse(STR("loud"), &level));
    CHECK_STR(str_of(log_level_name(LOG_DEBUG)), "debug");
}
