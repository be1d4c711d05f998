#include "live/ring.h"

#include "base/testing/testing.h"

#include <stdlib.h>

static void
free_ring(void *ring)
{
    live_ring_free(ring);
}

static struct live_ring *
ring_of(size_t max_bytes, int64_t max_age_us)
{
    struct live_ring *ring = live_ring_new((struct live_cursor){ 10, 0 }, max_bytes, max_age_us);

    testing_at_end(free_ring, ring);
    return ring;
}

static void
add(struct live_ring *ring, uint64_t xid, int64_t now_us)
{
    struct live_event event = { .cursor = { xid, 1 }, .account_id = 1 };

    live_ring_add(ring, live_event_new(&event, STR("kind"), STR("{}")), now_us);
}

static size_t
weight_of_one(void)
{
    struct live_ring *ring = ring_of(1000, 1000);

    add(ring, 1000, 0);
    return live_ring_bytes(ring);
}

static void
check_cursor(struct live_cursor cursor, const char *expected)
{
    char text[LIVE_CURSOR_BYTES];

    CHECK_STR(live_cursor_print(cursor, text), expected);
}

TEST(an_event_is_one_block_of_text)
{
    struct live_event head = { .cursor = { 7, 8 } };
    struct live_event *event = live_event_new(&head, STR("ticket.changed"), STR("{\"id\":3}"));
    struct str text = str_dup(test_arena(), live_event_text(event));

    free(event);
    CHECK_STR(text, "id: 7-8\nevent: ticket.changed\ndata: {\"id\":3}\n\n");
}

TEST(a_line_break_in_an_event_starts_no_field)
{
    struct live_event head = { .cursor = { 7, 8 } };
    struct live_event *event = live_event_new(&head, STR("a\nid: 9"), STR("{\r\n}"));
    struct str text = str_dup(test_arena(), live_event_text(event));

    free(event);
    CHECK_STR(text, "id: 7-8\nevent: a id: 9\ndata: {  }\n\n");
}

TEST(an_empty_ring_stands_where_it_began)
{
    struct live_ring *ring = ring_of(1000, 1000);

    check_cursor(live_ring_floor(ring), "10-0");
    check_cursor(live_ring_position(ring), "10-0");
    CHECK_I64((int64_t)live_ring_seek(ring, (struct live_cursor){ 10, 0 }), 0);
}

TEST(seeking_finds_the_first_event_beyond_a_cursor)
{
    struct live_ring *ring = ring_of(100000, 1000);

    for (uint64_t xid = 11; xid <= 20; xid++)
        add(ring, xid, 0);
    CHECK_I64((int64_t)live_ring_seek(ring, (struct live_cursor){ 10, 0 }), 0);
    CHECK_I64((int64_t)live_ring_seek(ring, (struct live_cursor){ 14, 0 }), 3);
    CHECK_I64((int64_t)live_ring_seek(ring, (struct live_cursor){ 14, 1 }), 4);
    CHECK_I64((int64_t)live_ring_seek(ring, (struct live_cursor){ 20, 1 }), 10);
    check_cursor(live_ring_at(ring, 4)->cursor, "15-1");
}

TEST(too_many_bytes_raise_the_floor)
{
    struct live_ring *ring = ring_of(3 * weight_of_one(), 1000);

    for (uint64_t xid = 1000; xid <= 2000; xid++)
        add(ring, xid, 0);
    CHECK_I64((int64_t)live_ring_count(ring), 3);
    check_cursor(live_ring_floor(ring), "1997-1");
    check_cursor(live_ring_at(ring, 0)->cursor, "1998-1");
    check_cursor(live_ring_position(ring), "2000-1");
}

TEST(age_raises_the_floor)
{
    struct live_ring *ring = ring_of(100000, 1000);

    add(ring, 11, 0);
    add(ring, 12, 500);
    live_ring_trim(ring, 1200);
    CHECK_I64((int64_t)live_ring_count(ring), 1);
    check_cursor(live_ring_floor(ring), "11-1");
    live_ring_trim(ring, 2000);
    CHECK_I64((int64_t)live_ring_count(ring), 0);
    check_cursor(live_ring_floor(ring), "12-1");
    check_cursor(live_ring_position(ring), "12-1");
}

TEST(a_ring_grows_while_its_start_has_moved)
{
    struct live_ring *ring = ring_of(1000000, 1000);

    for (uint64_t xid = 11; xid < 211; xid++)
        add(ring, xid, 0);
    live_ring_trim(ring, 1001);
    for (uint64_t xid = 211; xid < 1211; xid++)
        add(ring, xid, 1001);
    CHECK_I64((int64_t)live_ring_count(ring), 1000);
    for (size_t i = 0; i < 1000; i++)
        CHECK_I64((int64_t)live_ring_at(ring, i)->cursor.xid, (int64_t)(211 + i));
}
