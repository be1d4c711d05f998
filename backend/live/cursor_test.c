#include "live/cursor.h"

#include "base/testing/testing.h"

static void
check_refused(const char *text)
{
    struct live_cursor cursor;

    CHECK(!live_cursor_parse(str_of(text), &cursor));
}

TEST(a_cursor_reads_as_it_was_printed)
{
    char text[LIVE_CURSOR_BYTES];
    struct live_cursor cursor;

    CHECK(live_cursor_parse(STR("9223372036854775807-42"), &cursor));
    CHECK_I64(cursor.id, 42);
    CHECK_STR(live_cursor_print(cursor, text), "9223372036854775807-42");
}

TEST(anything_else_is_no_cursor)
{
    check_refused("");
    check_refused("7");
    check_refused("7-");
    check_refused("-7");
    check_refused("0-7");
    check_refused("-1-7");
    check_refused("7--1");
    check_refused("7-8-9");
    check_refused("7-8 ");
    check_refused("9223372036854775808-1");
    check_refused("0000000000000000000000000000000000000000000000000000007-1");
}

TEST(the_transaction_counts_before_the_number)
{
    struct live_cursor a = { 7, 100 }, b = { 8, 1 }, c = { 8, 2 };

    CHECK(live_cursor_order(a, b) < 0);
    CHECK(live_cursor_order(b, c) < 0);
    CHECK(live_cursor_order(c, a) > 0);
    CHECK(live_cursor_order(c, c) == 0);
}
