#include "base/testing/testing.h"

#include <stdalign.h>
#include <stdint.h>

static void
note(void *arg)
{
    int **next = arg;

    *(*next)++ = 1;
}

struct trail {
    char *text;
    char mark;
};

static void
leave_mark(void *arg)
{
    struct trail *trail = arg;
    size_t n = strlen(trail->text);

    trail->text[n] = trail->mark;
}

TEST(memory_is_zeroed_and_aligned_also_after_a_reset)
{
    struct arena *a = arena_new(256);

    for (int life = 0; life < 3; life++) {
        for (size_t bytes = 0; bytes < 300; bytes++) {
            unsigned char *p = arena_alloc(a, bytes);

            CHECK((uintptr_t)p % alignof(max_align_t) == 0);
            for (size_t i = 0; i < bytes; i++)
                CHECK(p[i] == 0);
            memset(p, 0xAA, bytes);
        }
        arena_reset(a);
    }
    arena_free(a);
}

TEST(allocations_of_nothing_are_unique)
{
    struct arena *a = test_arena();

    CHECK(arena_alloc(a, 0) != arena_alloc(a, 0));
}

TEST(an_allocation_larger_than_the_block_is_served)
{
    struct arena *a = arena_new(64);
    char *big = arena_alloc(a, 1 << 20);
    char *small = arena_alloc(a, 10);

    big[(1 << 20) - 1] = 'x';
    small[9] = 'y';
    CHECK(arena_used(a) >= (1 << 20) + 10);
    arena_reset(a);
    CHECK_I64((int64_t)arena_used(a), 0);
    arena_free(a);
}

TEST(cleanups_run_last_first_and_once)
{
    struct arena *a = arena_new(64);
    char said[8] = "";
    struct trail first = { said, '1' }, second = { said, '2' };

    arena_cleanup(a, leave_mark, &first);
    arena_cleanup(a, leave_mark, &second);
    arena_reset(a);
    CHECK_STR(str_of(said), "21");
    arena_free(a);
    CHECK_STR(str_of(said), "21");
}

TEST(a_rewind_runs_only_newer_cleanups_and_keeps_what_is_older)
{
    struct arena *a = arena_new(64);
    char said[8] = "";
    struct trail old = { said, 'o' }, young = { said, 'y' };
    char *kept = arena_alloc(a, 5);
    struct arena_mark mark;
    size_t used;

    memcpy(kept, "kept", 5);
    arena_cleanup(a, leave_mark, &old);
    mark = arena_mark(a);
    used = arena_used(a);

    for (int turn = 0; turn < 3; turn++) {
        arena_cleanup(a, leave_mark, &young);
        arena_alloc(a, 10000);
        arena_rewind(a, mark);
        CHECK_I64((int64_t)arena_used(a), (int64_t)used);
    }
    CHECK_STR(str_of(said), "yyy");
    CHECK_STR(str_of(kept), "kept");
    arena_free(a);
    CHECK_STR(str_of(said), "yyyo");
}

TEST(many_cleanups_over_many_blocks_all_run)
{
    struct arena *a = arena_new(64);
    int marks[1000] = { 0 };
    int *next = marks;

    for (int i = 0; i < 1000; i++)
        arena_cleanup(a, note, &next);
    arena_free(a);
    CHECK(next == marks + 1000);
}

TEST(the_last_allocation_grows_in_place)
{
    struct arena *a = arena_new(4096);
    char *p = arena_alloc(a, 10);
    char *grown;

    memcpy(p, "123456789", 10);
    grown = arena_grow(a, p, 10, 1000);
    CHECK(grown == p);
    grown[999] = 'x';
    CHECK_STR(str_of(grown), "123456789");
    arena_free(a);
}

TEST(an_older_allocation_grows_by_moving)
{
    struct arena *a = arena_new(4096);
    char *p = arena_alloc(a, 10);
    char *grown;

    memcpy(p, "123456789", 10);
    arena_alloc(a, 1);
    grown = arena_grow(a, p, 10, 20);
    CHECK(grown != p);
    CHECK_STR(str_of(grown), "123456789");
    arena_free(a);
}

TEST(growing_nothing_is_an_allocation)
{
    char *p = arena_grow(test_arena(), NULL, 0, 30);

    p[29] = 'x';
    CHECK(p[29] == 'x');
}
