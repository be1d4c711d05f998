#include "programs.h"

#include "testing.h"

#include <poll.h>

static void
free_set(void *set)
{
    program_set_free(set);
}

struct program_set *
test_programs(void)
{
    struct program_set *set = program_set_new();

    arena_cleanup(test_arena(), free_set, set);
    return set;
}

struct httpc_answer
test_program_ends(struct program_set *set, void **tag)
{
    struct pollfd ear = { .fd = program_fd(set), .events = POLLIN };
    struct httpc_answer answer;
    void *whose;

    while (!program_next(set, &whose, &answer))
        (void)poll(&ear, 1, 50);
    if (tag != NULL)
        *tag = whose;
    return answer;
}

struct httpc_answer
test_run(const struct program_call *call)
{
    struct program_set *set = test_programs();

    program_start(set, test_arena(), call, NULL);
    return test_program_ends(set, NULL);
}
