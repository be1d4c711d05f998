#include "base/testing/programs.h"
#include "base/testing/testing.h"

#include "base/clock.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Runs a line of the shell, which the house itself never does. */
static struct httpc_answer
shell(const char *line, struct program_call call)
{
    const char *argv[] = { "/bin/sh", "-c", line, NULL };

    call.argv = argv;
    return test_run(&call);
}

/* How many names a folder holds. */
static int
names_in(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = 0;

    CHECK(dir != NULL);
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

/* The pid that a program wrote down is nobody's any more, or a zombie's whose parent is gone. */
static bool
is_gone(const char *path)
{
    char line[256], state = '?';
    long pid = 0;
    FILE *file = fopen(path, "r");

    CHECK(file != NULL);
    CHECK(fgets(line, sizeof line, file) != NULL);
    fclose(file);
    pid = strtol(line, NULL, 10);
    CHECK(pid > 1);
    snprintf(line, sizeof line, "/proc/%ld/stat", pid);
    file = fopen(line, "r");
    if (file == NULL)
        return true;
    if (fscanf(file, "%*d %*s %c", &state) != 1)
        state = 'X';
    fclose(file);
    return state == 'Z' || state == 'X';
}

TEST(what_a_program_prints_becomes_a_file_when_it_succeeds)
{
    const char *folder = test_dir(),
               *path = str_cstr(test_arena(), str_fmt(test_arena(), "%s/a", folder));
    struct httpc_answer answer =
        shell("printf olá; echo 'I warn' >&2", (struct program_call){ .save_to = path });

    CHECK_OK(answer.failed);
    CHECK_I64(answer.saved_bytes, 4);
    CHECK_STR(answer.body, "I warn\n");
    CHECK_I64(names_in(folder), 1);
}

TEST(a_program_that_fails_leaves_no_file)
{
    const char *folder = test_dir(),
               *path = str_cstr(test_arena(), str_fmt(test_arena(), "%s/a", folder));
    struct httpc_answer answer =
        shell("printf half; exit 3", (struct program_call){ .save_to = path });

    CHECK_FAIL(answer.failed, ERR_UNAVAILABLE, "program_failed");
    CHECK_I64(answer.status, 3);
    CHECK_I64(names_in(folder), 0);
}

TEST(what_an_earlier_run_made_is_kept)
{
    const char *path = str_cstr(test_arena(), str_fmt(test_arena(), "%s/a", test_dir()));

    CHECK_OK(shell("printf first", (struct program_call){ .save_to = path }).failed);
    CHECK_I64(shell("printf second-time", (struct program_call){ .save_to = path }).saved_bytes, 5);
}

TEST(a_place_that_is_not_there_is_said)
{
    CHECK_FAIL(shell("true", (struct program_call){ .save_to = "/nowhere/at/all" }).failed,
               ERR_UNAVAILABLE, "save_failed");
}

TEST(a_program_that_hangs_is_killed_with_its_children)
{
    const char *path = str_cstr(test_arena(), str_fmt(test_arena(), "%s/pid", test_dir()));
    const char *line = str_cstr(
        test_arena(), str_fmt(test_arena(), "sh -c 'echo $$ > %s; exec sleep 600' & wait", path));
    int64_t began_us = clock_monotonic_us();

    CHECK_FAIL(shell(line, (struct program_call){ .timeout_ms = 400 }).failed, ERR_UNAVAILABLE,
               "program_timeout");
    CHECK(clock_monotonic_us() - began_us < 5 * US_PER_S);
    while (!is_gone(path)) /* killed with the group; init takes it up a moment later */
        continue;
}

TEST(a_program_that_floods_is_killed)
{
    struct httpc_answer answer = shell("exec yes", (struct program_call){ .timeout_ms = 20000 });

    CHECK_FAIL(answer.failed, ERR_UNAVAILABLE, "program_flooded");
    CHECK(answer.body.len <= PROGRAM_SAYS_MAX + 4096);
    CHECK(answer.took_ms < 10000);
}

TEST(a_program_that_is_killed_is_told_from_one_that_fails)
{
    CHECK_FAIL(shell("kill -9 $$", (struct program_call){ 0 }).failed, ERR_UNAVAILABLE,
               "program_killed");
}

TEST(a_program_that_is_not_there_is_said)
{
    const char *argv[] = { "/usr/bin/no-such-program", NULL };
    struct program_set *set = test_programs();

    program_start(set, test_arena(), &(struct program_call){ .argv = argv }, NULL);
    CHECK_FAIL(test_program_ends(set, NULL).failed, ERR_UNAVAILABLE, "program_missing");
}

TEST(limits_of_a_program_hold)
{
    const char *path = str_cstr(test_arena(), str_fmt(test_arena(), "%s/a", test_dir()));

    CHECK_FAIL(shell("while :; do :; done", (struct program_call){ .cpu_s = 1 }).failed,
               ERR_UNAVAILABLE, "program_killed");
    CHECK_FAIL(shell("exec head -c 200000 /dev/zero",
                     (struct program_call){ .save_to = path, .file_bytes = 100000 })
                   .failed,
               ERR_UNAVAILABLE, "program_killed");
    CHECK(access(path, F_OK) != 0);
    CHECK_FAIL(shell("head -c 300000000 /dev/zero | tail -n 1",
                     (struct program_call){ .memory_bytes = 64 << 20 })
                   .failed,
               ERR_UNAVAILABLE, "program_failed");
}

TEST(a_program_has_nothing_of_ours)
{
    struct httpc_answer answer;

    setenv("BALCAO_SECRET_OF_THE_TEST", "value", 1);
    answer = shell("ls /proc/self/fd | wc -l; env | grep -c SECRET; cat | wc -c; "
                   "grep -cv 'lo:\\|face\\|Inter' /proc/net/dev; ps -o ni= -p $$",
                   (struct program_call){ 0 });
    unsetenv("BALCAO_SECRET_OF_THE_TEST");
    CHECK_OK(answer.failed);
    /* Its three, and the folder that ls reads; no variable; no input; no network but its own; polite. */
    CHECK_STR(answer.body, "4\n0\n0\n0\n 10\n");
}

TEST(only_so_many_run_at_once_and_all_get_their_turn)
{
    const char *folder = test_dir();
    const char *line =
        str_cstr(test_arena(),
                 str_fmt(test_arena(), "mkdir %s/$$ && ls %s | wc -l && sleep 0.05 && rmdir %s/$$",
                         folder, folder, folder));
    const char *argv[] = { "/bin/sh", "-c", line, NULL };
    struct program_set *set = test_programs();
    int seen[6] = { 0 };

    for (int i = 0; i < 6; i++)
        program_start(set, test_arena(), &(struct program_call){ .argv = argv }, &seen[i]);
    CHECK_I64(program_running(set), 6);
    for (int i = 0; i < 6; i++) {
        void *tag;
        struct httpc_answer answer = test_program_ends(set, &tag);
        int64_t together;

        CHECK_OK(answer.failed);
        CHECK(str_i64(str_trim(answer.body), &together));
        CHECK(together <= PROGRAMS_AT_ONCE);
        ++*(int *)tag;
    }
    for (int i = 0; i < 6; i++)
        CHECK_I64(seen[i], 1);
    CHECK_I64(program_running(set), 0);
}
