#include "live/gateway.h"

#include "base/clock.h"
#include "base/master.h"
#include "base/testing/testing.h"

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The real gateway in a process of its own, on the real database with the rights it
 * has in production. The tests are its readers and, through other connections, the
 * writers of events. They wait for what must come, never for time.
 */
static struct house {
    pid_t gateway;
    struct sockaddr_un address;
    struct db *writers[4]; /* opened when first used */
    struct live_options options;
    int64_t account; /* no other test writes to it */
} house;

static _Noreturn void
serve(int listen_fd, const char *conninfo)
{
    struct db *db = db_open(conninfo, "live-test");

    master_catch_signals();
    live_gateway_run(listen_fd, db, &house.options);
    db_close(db);
    exit(0);
}

static void
start_gateway(void)
{
    const char *conninfo = test_conninfo("balcao_live");
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    (void)unlink(house.address.sun_path);
    CHECK(bind(fd, (struct sockaddr *)&house.address, sizeof house.address) == 0);
    CHECK(listen(fd, 512) == 0);
    house.gateway = fork();
    if (house.gateway == 0)
        serve(fd, conninfo);
    close(fd);
}

static void
stop_gateway(void)
{
    int status;

    /* Repeated, as its master would: the first may come before it listens to signals. */
    while (waitpid(house.gateway, &status, WNOHANG) == 0) {
        kill(house.gateway, SIGTERM);
        poll(NULL, 0, 5);
    }
    house.gateway = 0;
}

static void
tear_down(void *unused)
{
    (void)unused;
    if (house.gateway > 0)
        stop_gateway();
    for (int i = 0; i < 4; i++)
        db_close(house.writers[i]);
    house.writers[0] = house.writers[1] = house.writers[2] = house.writers[3] = NULL;
}

static void
set_up(const struct live_options *options)
{
    static int64_t account = 1000;

    house.address = (struct sockaddr_un){ .sun_family = AF_UNIX };
    snprintf(house.address.sun_path, sizeof house.address.sun_path, "%s/l.sock", test_dir());
    house.options = *options;
    house.account = ++account;
    testing_at_end(tear_down, NULL);
    start_gateway();
}

/* Writers. */

static void run_sql(int writer, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
run_sql(int writer, const char *fmt, ...)
{
    char sql[1024];
    const char *why;
    va_list args;

    va_start(args, fmt);
    vsnprintf(sql, sizeof sql, fmt, args);
    va_end(args);
    if (house.writers[writer] == NULL)
        house.writers[writer] = db_open(test_conninfo(NULL), "live-test-writer");
    why = db_script(house.writers[writer], test_arena(), sql);
    CHECK_STR(str_of(why), "");
}

static void
tell(int writer, const char *payload)
{
    run_sql(writer,
            "INSERT INTO account_event (account_id, kind, audience, payload)"
            " VALUES (%lld, 'told', 'members', '%s')",
            (long long)house.account, payload);
}

/* Readers. */

struct reader {
    int fd;
    struct buf heard;
};

static struct reader
dial(const char *head)
{
    struct reader reader = { .fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
                             .heard = { .arena = test_arena() } };

    CHECK(connect(reader.fd, (struct sockaddr *)&house.address, sizeof house.address) == 0);
    CHECK(send(reader.fd, head, strlen(head), MSG_NOSIGNAL) == (ssize_t)strlen(head));
    return reader;
}

/* False at the end of the stream. */
static bool
hear_more(struct reader *reader)
{
    struct pollfd wait = { .fd = reader->fd, .events = POLLIN };
    char bytes[64 * 1024];
    ssize_t n;

    CHECK_I64(poll(&wait, 1, 15000), 1);
    n = recv(reader->fd, bytes, sizeof bytes, 0);
    if (n > 0)
        buf_add(&reader->heard, (struct str){ bytes, (size_t)n });
    return n > 0;
}

/* Everything up to the first time that `text` was heard. */
static struct str
hear(struct reader *reader, const char *text)
{
    const char *at;

    while ((at = reader->heard.len == 0
                     ? NULL
                     : memmem(reader->heard.p, reader->heard.len, text, strlen(text))) == NULL)
        CHECK(hear_more(reader));
    return (struct str){ reader->heard.p, (size_t)(at - reader->heard.p) + strlen(text) };
}

static struct str
hear_to_end(struct reader *reader)
{
    while (hear_more(reader))
        continue;
    close(reader->fd);
    return buf_str(&reader->heard);
}

static struct reader
listen_as(const char *grant, const char *last_event_id)
{
    char head[1024];

    snprintf(head, sizeof head,
             "GET /live?account=%lld HTTP/1.1\r\nHost: x\r\nX-Live-Grant: %s\r\n%s%s%s\r\n",
             (long long)house.account, grant, last_event_id != NULL ? "Last-Event-ID: " : "",
             last_event_id != NULL ? last_event_id : "", last_event_id != NULL ? "\r\n" : "");
    return dial(head);
}

static const char *
member(int64_t user_id, int64_t session_id)
{
    return str_cstr(test_arena(),
                    str_fmt(test_arena(),
                            "member account=%lld user=%lld session=%lld member=1 epoch=1 "
                            "sees=account departments=- pick=- branches=- channels=* invited=-",
                            (long long)house.account, (long long)user_id, (long long)session_id));
}

static struct reader
listen_from(const char *last_event_id)
{
    struct reader reader = listen_as(member(7, 0), last_event_id);

    hear(&reader, "event: hello\n");
    return reader;
}

/* The id of the last block that has one: where a browser would come back to. */
static const char *
last_id(const struct reader *reader)
{
    struct str rest = buf_str(&reader->heard), line;
    struct str id = { 0 };

    while (str_cut(&rest, '\n', &line))
        if (str_starts(line, STR("id: ")) && rest.len > 0)
            id = (struct str){ line.p + 4, line.len - 4 };
    CHECK(id.len > 0);
    return str_cstr(test_arena(), id);
}

static int
times_heard(const struct reader *reader, const char *text)
{
    struct str rest = buf_str(&reader->heard);
    int n = 0;

    for (const char *at; rest.len > 0 && (at = memmem(rest.p, rest.len, text, strlen(text))); n++) {
        size_t skip = (size_t)(at - rest.p) + strlen(text);
        rest = (struct str){ rest.p + skip, rest.len - skip };
    }
    return n;
}

#define CHECK_HAS(text, part) CHECK(str_has((text), str_of(part)))
#define CHECK_HAS_NOT(text, part) CHECK(!str_has((text), str_of(part)))

/* Arriving. */

TEST(a_stream_begins_with_its_place)
{
    struct reader reader;
    struct str heard;

    set_up(&live_options_usual);
    reader = listen_as(member(7, 0), NULL);
    heard = hear(&reader, "\"}\n\n");
    CHECK(str_starts(heard, STR("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")));
    CHECK_HAS(heard, "Cache-Control: no-store\r\n");
    CHECK_HAS(heard, "X-Accel-Buffering: no\r\n");
    CHECK_HAS_NOT(heard, "Access-Control");
    CHECK_HAS(heard, "\r\n\r\nretry: 1");
    CHECK_HAS(heard, "event: hello\ndata: {\"cursor\":\"");
    CHECK(strlen(last_id(&reader)) >= 3);
}

static struct str
ask(const char *head)
{
    struct reader reader = dial(head);

    return hear_to_end(&reader);
}

TEST(who_has_no_grant_gets_no_stream)
{
    set_up(&live_options_usual);
    CHECK_HAS(ask("GET /live HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 403 ");
    CHECK_HAS(ask("GET /live HTTP/1.1\r\nX-Live-Grant: \r\n\r\n"), "HTTP/1.1 403 ");
    CHECK_HAS(ask("GET /live HTTP/1.1\r\nX-Live-Grant: member account=1\r\n\r\n"), "HTTP/1.1 403 ");
}

TEST(anything_but_a_stream_is_refused)
{
    set_up(&live_options_usual);
    CHECK_HAS(ask("GET /elsewhere HTTP/1.1\r\n\r\n"), "HTTP/1.1 404 ");
    CHECK_HAS(ask("POST /live HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), "HTTP/1.1 405 ");
    CHECK_HAS(ask("nonsense\r\n\r\n"), "HTTP/1.1 400 ");
}

TEST(a_head_that_comes_in_pieces_is_understood)
{
    struct reader reader;
    const char *rest;

    set_up(&live_options_usual);
    reader = dial("GET /live HTTP/1.1\r\nX-Live-");
    rest = str_cstr(test_arena(), str_fmt(test_arena(), "Grant: %s\r\n\r\n", member(7, 0)));
    CHECK(send(reader.fd, rest, strlen(rest), MSG_NOSIGNAL) > 0);
    hear(&reader, "event: hello\n");
    close(reader.fd);
}

TEST(a_head_that_never_ends_is_hung_up_on)
{
    struct live_options options = live_options_usual;

    options.arrive_us = 20 * US_PER_MS;
    set_up(&options);
    CHECK_I64((int64_t)ask("GET /live HTTP/1.1\r\n").len, 0);
}

/* Seeing. */

TEST(an_event_reaches_the_members_of_its_account_and_nobody_else)
{
    struct reader ours, theirs, visitor;

    set_up(&live_options_usual);
    ours = listen_from(NULL);
    theirs = listen_as("member account=1 user=7 session=0 member=1 epoch=1 sees=account "
                       "departments=- pick=- branches=- channels=* invited=-",
                       NULL);
    hear(&theirs, "event: hello\n");
    visitor =
        listen_as(str_cstr(test_arena(), str_fmt(test_arena(), "visitor account=%lld identity=55",
                                                 (long long)house.account)),
                  NULL);
    CHECK_HAS(hear(&visitor, "event: hello\n"), "Access-Control-Allow-Origin: *\r\n");

    tell(0, "{\"n\":1}");
    CHECK_HAS(hear(&ours, "{\"n\":1}\n\n"), "event: told\ndata: {\"n\":1}\n\n");

    /* What comes after it proves that it did not come. */
    run_sql(0, "INSERT INTO account_event (account_id, kind, audience, payload)"
               " VALUES (1, 'told', 'members', '\"last\"')");
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, identity_id, payload)"
            " VALUES (%lld, 'told', 'visitor', 56, '\"not mine\"'),"
            "        (%lld, 'told', 'visitor', 55, '\"last\"')",
            (long long)house.account, (long long)house.account);
    CHECK_HAS_NOT(hear(&theirs, "\"last\"\n\n"), "{\"n\":1}");
    CHECK_HAS_NOT(hear(&visitor, "\"last\"\n\n"), "{\"n\":1}");
    CHECK_HAS_NOT(buf_str(&visitor.heard), "not mine");
}

TEST(what_is_for_one_person_reaches_every_screen_of_that_person)
{
    struct reader first, second, other;

    set_up(&live_options_usual);
    first = listen_from(NULL);
    second = listen_from(NULL);
    other = listen_as(member(8, 0), NULL);
    hear(&other, "event: hello\n");
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, user_id, payload)"
            " VALUES (%lld, 'told', 'members', 7, '\"for seven\"')",
            (long long)house.account);
    tell(0, "\"for all\"");
    CHECK_HAS(hear(&first, "\"for all\"\n\n"), "\"for seven\"");
    CHECK_HAS(hear(&second, "\"for all\"\n\n"), "\"for seven\"");
    CHECK_HAS_NOT(hear(&other, "\"for all\"\n\n"), "\"for seven\"");
}

TEST(what_two_say_to_each_other_is_heard_by_the_two)
{
    struct reader ana, bruno, owner, finance;

    set_up(&live_options_usual);
    ana = listen_as(member(7, 0), NULL);
    bruno = listen_as(member(8, 0), NULL);
    owner = listen_as(member(9, 0), NULL);
    finance = listen_as(
        str_cstr(test_arena(), str_fmt(test_arena(),
                                       "member account=%lld user=10 session=0 member=10 epoch=1 "
                                       "sees=account,own departments=- pick=- branches=- "
                                       "channels=* invited=-",
                                       (long long)house.account)),
        NULL);
    hear(&ana, "event: hello\n");
    hear(&bruno, "event: hello\n");
    hear(&owner, "event: hello\n");
    hear(&finance, "event: hello\n");
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, user_id, payload)"
            " SELECT %lld, 'chat.message', 'members', u, '\"secret\"' FROM unnest(ARRAY[7, 8]) u",
            (long long)house.account);
    /* Addressed to nobody by mistake: to nobody it goes. */
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, payload)"
            " VALUES (%lld, 'chat.message', 'members', '\"unaddressed\"')",
            (long long)house.account);
    tell(0, "\"for all\"");
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, user_id, payload)"
            " VALUES (%lld, 'chat.message', 'members', 10, '\"for ten\"')",
            (long long)house.account);
    CHECK_HAS(hear(&ana, "\"for all\"\n\n"), "\"secret\"");
    CHECK_HAS(hear(&bruno, "\"for all\"\n\n"), "\"secret\"");
    CHECK_HAS_NOT(hear(&owner, "\"for all\"\n\n"), "secret");
    CHECK_HAS_NOT(hear(&finance, "\"for ten\"\n\n"), "secret");
    CHECK_HAS_NOT(buf_str(&finance.heard), "for all");
    CHECK_HAS_NOT(buf_str(&ana.heard), "unaddressed");
    CHECK_HAS_NOT(buf_str(&owner.heard), "unaddressed");
}

/* Order: nothing lost, nothing twice. */

static int64_t
polls(void)
{
    static const char name[] = "\nbalcao_live_polls_total ";
    struct str stats = ask("GET /stats HTTP/1.1\r\n\r\n");
    const char *at = memmem(stats.p, stats.len, name, strlen(name));

    CHECK(at != NULL);
    return atoll(at + strlen(name));
}

/* Returns when the gateway has begun and ended a look at the events. */
static void
let_it_look(void)
{
    int64_t now = polls();

    while (polls() < now + 2)
        continue;
}

TEST(a_late_commit_of_an_early_event_is_not_passed_over)
{
    struct reader reader;
    struct str heard;

    set_up(&live_options_usual);
    reader = listen_from(NULL);
    run_sql(0, "BEGIN");
    tell(0, "\"early\"");
    tell(1, "\"late\"");
    let_it_look();
    CHECK_HAS_NOT(buf_str(&reader.heard), "\"late\"");
    run_sql(0, "COMMIT");
    heard = hear(&reader, "\"late\"\n\n");
    CHECK_HAS(heard, "\"early\"");
    CHECK_I64(times_heard(&reader, "event: told\n"), 2);
}

static void
remove_early(void *unused)
{
    (void)unused;
    run_sql(0, "DELETE FROM account_event WHERE xid < '200'");
}

/* Starts the gateway on events with places of our choosing, older than any of the server's. */
static struct reader
listen_to_early(const char *places)
{
    set_up(&live_options_usual);
    stop_gateway();
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, xid, id, payload)"
            " SELECT %lld, 'told', 'members', xid::xid8, id, format('\"early %%s\"', xid)"
            "   FROM (VALUES %s) place (xid, id)",
            (long long)house.account, places);
    testing_at_end(remove_early, NULL);
    start_gateway();
    return listen_from("99-0");
}

TEST(transactions_are_ordered_as_numbers)
{
    struct reader reader = listen_to_early("('99', 1), ('100', 2)");

    CHECK_HAS(hear(&reader, "\"early 100\"\n\n"), "\"early 99\"");
}

TEST(a_place_taken_twice_is_told_once)
{
    struct reader reader = listen_to_early("('99', 1), ('99', 1), ('100', 2)");

    hear(&reader, "\"early 100\"\n\n");
    CHECK_I64(times_heard(&reader, "\"early 99\""), 1);
}

enum { ROUNDS = 60, PER_ROUND = 4 };

/* Four writers, each in its own transaction, committing in another order every round. */
static void
tell_out_of_order(int round)
{
    static const int orders[][4] = {
        { 3, 1, 0, 2 }, { 2, 3, 1, 0 }, { 0, 2, 3, 1 }, { 1, 0, 2, 3 }
    };
    char payload[40];

    for (int writer = 0; writer < PER_ROUND; writer++) {
        run_sql(writer, "BEGIN");
        snprintf(payload, sizeof payload, "\"event %d.\"", round * PER_ROUND + writer);
        tell(writer, payload);
    }
    for (int i = 0; i < PER_ROUND; i++) {
        run_sql(orders[round % 4][i], "COMMIT");
        if (round % 10 == 3)
            let_it_look();
    }
}

TEST(every_event_comes_once_and_in_order_through_cuts_and_restarts)
{
    struct reader reader;
    struct buf all;
    struct live_cursor before = { 0 }, cursor;
    struct str rest, line;
    int told = 0;

    set_up(&live_options_usual);
    all = (struct buf){ .arena = test_arena() };
    reader = listen_from(NULL);
    for (int round = 0; round < ROUNDS; round++) {
        tell_out_of_order(round);
        if (round % 7 != 6 && round != ROUNDS - 1)
            continue;
        /* Cut somewhere: after this round's events, or in the middle of what is coming. */
        if (round % 2 == 0 || round == ROUNDS - 1)
            hear(&reader, str_cstr(test_arena(), str_fmt(test_arena(), "event %d.\"\n\n",
                                                         round * PER_ROUND + PER_ROUND - 1)));
        const char *place = last_id(&reader);
        buf_add(&all, buf_str(&reader.heard));
        close(reader.fd);
        if (round == 27) {
            stop_gateway();
            start_gateway();
        }
        reader = listen_from(place);
    }
    close(reader.fd);

    rest = buf_str(&all);
    while (str_cut(&rest, '\n', &line)) {
        struct str id = { line.p + 4, line.len - 4 };
        if (!str_starts(line, STR("id: ")) || !str_starts(rest, STR("event: told")))
            continue;
        CHECK(live_cursor_parse(id, &cursor));
        CHECK(live_cursor_order(before, cursor) < 0);
        before = cursor;
        told++;
    }
    CHECK_I64(told, ROUNDS * PER_ROUND);
}

/* Coming back. */

/* Listens, hears one event, leaves; the place is where a browser would come back to. */
static const char *
hear_one_and_leave(void)
{
    struct reader reader = listen_from(NULL);
    const char *place;

    tell(0, "\"heard\"");
    hear(&reader, "\"heard\"\n\n");
    place = last_id(&reader);
    close(reader.fd);
    return place;
}

TEST(who_comes_back_hears_what_was_missed_from_memory)
{
    struct reader reader;
    const char *place;

    set_up(&live_options_usual);
    place = hear_one_and_leave();
    tell(0, "\"missed\"");
    reader = listen_from(place);
    CHECK_HAS(hear(&reader, "\"missed\"\n\n"), "event: hello");
    CHECK_HAS_NOT(buf_str(&reader.heard), "\"heard\"");
    CHECK_HAS_NOT(buf_str(&reader.heard), "event: reset");
}

/* A gateway that keeps nothing in memory. */
static struct live_options
forgetful(void)
{
    struct live_options options = live_options_usual;

    options.feed.ring_age_us = -1;
    return options;
}

TEST(what_memory_forgot_comes_from_the_table)
{
    struct live_options options = forgetful();
    struct reader witness, reader;
    const char *place;

    set_up(&options);
    place = hear_one_and_leave();
    witness = listen_from(NULL);
    tell(0, "\"missed\"");
    run_sql(0, "INSERT INTO account_event (account_id, kind, audience, payload)"
               " VALUES (1, 'told', 'members', '\"of others\"')");
    tell(0, "\"missed too\"");
    hear(&witness, "\"missed too\"\n\n");

    reader = listen_from(place);
    CHECK_HAS(hear(&reader, "\"missed too\"\n\n"), "\"missed\"\n\n");
    tell(0, "\"new\"");
    hear(&reader, "\"new\"\n\n");
    CHECK_I64(times_heard(&reader, "event: told\n"), 3);
    CHECK_HAS_NOT(buf_str(&reader.heard), "\"of others\"");
}

static void
check_reset_from(const char *place)
{
    struct reader reader = listen_from(place);

    hear(&reader, "event: reset\ndata: {}\n\n");
    CHECK(strcmp(last_id(&reader), place) != 0);
    tell(0, "\"after\"");
    hear(&reader, "\"after\"\n\n");
    close(reader.fd);
}

TEST(a_place_that_is_none_is_answered_with_a_reset)
{
    set_up(&live_options_usual);
    check_reset_from("yesterday");
    check_reset_from("1-0");
    check_reset_from("999999999999-1");
}

TEST(a_place_too_far_back_is_answered_with_a_reset)
{
    struct live_options options = forgetful();
    struct reader witness;
    const char *place;

    options.feed.replay_max = 10;
    set_up(&options);
    place = hear_one_and_leave();
    witness = listen_from(NULL);
    for (int i = 0; i < 10; i++)
        tell(0, "\"missed\"");
    tell(0, "\"last missed\"");
    hear(&witness, "\"last missed\"\n\n");
    check_reset_from(place);
}

TEST(more_than_a_reader_can_swallow_at_once_is_a_reset)
{
    struct reader witness;
    const char *place;

    set_up(&live_options_usual);
    place = hear_one_and_leave();
    witness = listen_from(NULL);
    for (int i = 0; i < 8; i++)
        run_sql(0,
                "INSERT INTO account_event (account_id, kind, audience, payload)"
                " VALUES (%lld, 'told', 'members', to_json(repeat('x', 30000)))",
                (long long)house.account);
    tell(0, "\"last missed\"");
    hear(&witness, "\"last missed\"\n\n");
    check_reset_from(place);
}

TEST(the_query_says_where_to_go_on_when_no_header_does)
{
    struct reader reader;
    const char *place, *head;

    set_up(&live_options_usual);
    place = hear_one_and_leave();
    tell(0, "\"missed\"");
    head = str_cstr(test_arena(),
                    str_fmt(test_arena(),
                            "GET /live?account=1&cursor=%s HTTP/1.1\r\nX-Live-Grant: %s\r\n\r\n",
                            place, member(7, 0)));
    reader = dial(head);
    CHECK_HAS_NOT(hear(&reader, "\"missed\"\n\n"), "\"heard\"");
}

/* Leaving. */

TEST(a_quiet_stream_learns_the_present_place)
{
    struct live_options options = live_options_usual;
    struct reader reader;
    const char *place;

    options.comment_us = 30 * US_PER_MS;
    set_up(&options);
    reader = listen_from(NULL);
    place = last_id(&reader);
    run_sql(0, "INSERT INTO account_event (account_id, kind, audience, payload)"
               " VALUES (1, 'told', 'members', '\"of others\"')");
    while (strcmp(place, last_id(&reader)) == 0)
        CHECK(hear_more(&reader));
    CHECK_HAS(buf_str(&reader.heard), "\n\n: \nid: ");
    CHECK_HAS_NOT(buf_str(&reader.heard), "event: told");
}

TEST(a_stream_ends_by_itself_and_asks_to_come_back_soon)
{
    struct live_options options = live_options_usual;
    struct reader reader;

    options.comment_us = 10 * US_PER_MS;
    options.stay_us = 30 * US_PER_MS;
    set_up(&options);
    reader = listen_from(NULL);
    CHECK_HAS(hear_to_end(&reader), "\n\nretry: ");
}

TEST(access_that_changed_ends_the_streams_it_concerns)
{
    struct reader reader, other;

    set_up(&live_options_usual);
    reader = listen_from(NULL);
    other = listen_as(member(8, 0), NULL);
    hear(&other, "event: hello\n");
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, user_id, payload)"
            " VALUES (%lld, 'access.changed', 'members', 7, '{}')",
            (long long)house.account);
    CHECK_HAS(hear_to_end(&reader), "event: access.changed\ndata: {}\n\nretry: ");
    tell(0, "\"still here\"");
    hear(&other, "\"still here\"\n\n");
}

/* Changed after nginx asked and before the gateway opened: the stream must not outlive it. */
TEST(a_grant_older_than_the_last_change_of_access_is_sent_back)
{
    struct reader reader, late;

    set_up(&live_options_usual);
    reader = listen_from(NULL);
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, user_id, facts, payload)"
            " VALUES (%lld, 'access.changed', 'members', 7, '2', '{}')",
            (long long)house.account);
    CHECK_HAS(hear_to_end(&reader), "event: access.changed\n");
    late = listen_as(member(7, 0), NULL);
    CHECK_HAS(hear_to_end(&late), "event: hello\n");
}

TEST(a_ticket_that_leaves_ones_sight_is_told_as_gone)
{
    struct reader leader, agent;

    set_up(&live_options_usual);
    leader = listen_from(NULL);
    agent =
        listen_as(str_cstr(test_arena(),
                           str_fmt(test_arena(),
                                   "member account=%lld user=8 session=0 member=12 epoch=1 "
                                   "sees=- departments=- pick=3 branches=- channels=* invited=-",
                                   (long long)house.account)),
                  NULL);
    hear(&agent, "event: hello\n");
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, ticket_id, facts, was, payload)"
            " VALUES (%lld, 'ticket.changed', 'members', 70, '70 5 0 4 0 waiting', '70 5 0 3 0 "
            "waiting', '\"moved\"')",
            (long long)house.account);
    hear(&leader, "\"moved\"\n\n");
    CHECK(!str_has(hear(&agent, "event: ticket.gone\ndata: {\"ticket_id\":70}\n\n"), STR("moved")));
}

TEST(a_stream_opens_while_the_database_is_away)
{
    struct live_options options = live_options_usual;
    struct reader reader;

    options.comment_us = 10 * US_PER_MS;
    set_up(&options);
    stop_gateway();
    run_sql(0, "ALTER ROLE balcao_live NOLOGIN");
    start_gateway();
    reader = listen_as(member(7, 0), NULL);
    hear(&reader, "\r\n\r\n: \n\n");
    run_sql(0, "ALTER ROLE balcao_live LOGIN");
    hear(&reader, "event: hello\n");
}

static void
end_session(int64_t session_id, const char *reason)
{
    run_sql(0, "INSERT INTO users (email, name) VALUES ('live@example.org', 'Live')"
               " ON CONFLICT DO NOTHING");
    run_sql(0,
            "INSERT INTO sessions (id, user_id, refresh_hash, expires_at, address, agent, ended_at,"
            " end_reason) OVERRIDING SYSTEM VALUE SELECT %lld, id, '\\x00', now(), '::1', 'test',"
            " now(), '%s' FROM users WHERE email = 'live@example.org'"
            " ON CONFLICT (id) DO UPDATE SET ended_at = now()",
            (long long)session_id, reason);
}

TEST(a_session_that_ends_takes_its_streams_along_within_a_second)
{
    struct reader reader, other, again;
    int64_t began_us;

    set_up(&live_options_usual);
    reader = listen_as(member(7, 900001), NULL);
    hear(&reader, "event: hello\n");
    other = listen_as(member(7, 900002), NULL);
    hear(&other, "event: hello\n");

    began_us = clock_monotonic_us();
    end_session(900001, "taken_over");
    CHECK(str_ends(hear_to_end(&reader),
                   STR("event: signed_out\ndata: {\"reason\":\"taken_over\"}\n\n")));
    CHECK(clock_monotonic_us() - began_us < US_PER_S);

    /* A grant given a moment before the end opens nothing. */
    again = listen_as(member(7, 900001), NULL);
    CHECK(str_ends(hear_to_end(&again),
                   STR("event: signed_out\ndata: {\"reason\":\"taken_over\"}\n\n")));
    tell(0, "\"still here\"");
    hear(&other, "\"still here\"\n\n");
}

/* A token of an account of its own: house.account is none in the database. */
static struct reader
listen_as_program(int64_t token_id, int64_t epoch)
{
    struct reader reader;

    house.account = 90999;
    run_sql(0, "INSERT INTO accounts (id, name, slug) OVERRIDING SYSTEM VALUE"
               " VALUES (90999, 'Live', 'live') ON CONFLICT DO NOTHING");
    run_sql(0, "INSERT INTO users (email, name) VALUES ('live@example.org', 'Live')"
               " ON CONFLICT DO NOTHING");
    run_sql(0, "INSERT INTO memberships (account_id, user_id, group_id, display_name)"
               " SELECT 90999, u.id, g.id, 'Live' FROM users u, groups g WHERE g.account_id = 90999"
               " AND g.builtin = 'owner' AND u.email = 'live@example.org' ON CONFLICT DO NOTHING");
    run_sql(
        0,
        "INSERT INTO api_tokens (account_id, id, kind, name, secret_hash, created_by,"
        " permissions, masks, created_at) OVERRIDING SYSTEM VALUE SELECT 90999, %lld, 'service',"
        " 'Live', '', id, '{}', 0, now() FROM memberships WHERE account_id = 90999"
        " ON CONFLICT DO NOTHING",
        (long long)token_id);
    reader = listen_as(
        str_cstr(test_arena(),
                 str_fmt(test_arena(),
                         "member account=90999 token=%lld epoch=%lld sees=account departments=- "
                         "pick=- branches=- channels=* invited=-",
                         (long long)token_id, (long long)epoch)),
        NULL);
    hear(&reader, "event: hello\n");
    return reader;
}

TEST(a_token_that_ends_takes_its_streams_along_within_a_second)
{
    struct reader revoked, expired, other;
    int64_t began_us;

    set_up(&live_options_usual);
    revoked = listen_as_program(1, 1);
    expired = listen_as_program(2, 1);
    other = listen_as_program(3, 1);
    began_us = clock_monotonic_us();
    run_sql(0, "UPDATE api_tokens SET revoked_at = now() WHERE account_id = 90999 AND id = 1;"
               "UPDATE api_tokens SET expires_at = now() WHERE account_id = 90999 AND id = 2");
    CHECK(str_ends(hear_to_end(&revoked),
                   STR("event: signed_out\ndata: {\"reason\":\"token_revoked\"}\n\n")));
    CHECK(str_ends(hear_to_end(&expired),
                   STR("event: signed_out\ndata: {\"reason\":\"token_expired\"}\n\n")));
    CHECK(clock_monotonic_us() - began_us < US_PER_S);
    tell(0, "\"still here\"");
    hear(&other, "\"still here\"\n\n");
}

TEST(a_token_whose_rights_changed_is_let_in_anew)
{
    struct reader reader, late;

    set_up(&live_options_usual);
    reader = listen_as_program(4, 1);
    run_sql(0, "UPDATE api_tokens SET epoch = 2 WHERE account_id = 90999 AND id = 4");
    CHECK_HAS(hear_to_end(&reader), "event: access.changed\ndata: {}\n\nretry: ");
    /* Changed after nginx asked and before the gateway opened. */
    late = listen_as_program(4, 1);
    CHECK_HAS(hear_to_end(&late), "event: access.changed\n");
}

/* The same of a flood: only the end is kept, so this reader is as quick as nginx. */
static void
hear_flood(struct reader *reader, const char *text)
{
    while (!str_has(buf_str(&reader->heard), str_of(text))) {
        struct str heard = buf_str(&reader->heard);
        size_t kept = heard.len < 64 ? heard.len : 64;

        reader->heard = (struct buf){ .arena = test_arena() };
        buf_add(&reader->heard, (struct str){ heard.p + heard.len - kept, kept });
        CHECK(hear_more(reader));
    }
}

/* Much more in one commit than a reader may be behind. */
TEST(a_burst_makes_nobody_slow)
{
    struct reader there;

    set_up(&live_options_usual);
    there = listen_from(NULL);
    run_sql(0,
            "INSERT INTO account_event (account_id, kind, audience, payload)"
            " SELECT %lld, 'told', 'members', to_json(n || repeat('x', 1500))"
            "   FROM generate_series(1, 3000) n",
            (long long)house.account);
    hear_flood(&there, "data: \"3000xxx");
    CHECK_HAS(ask("GET /stats HTTP/1.1\r\n\r\n"), "balcao_live_slow_readers_total 0\n");
}

TEST(a_slow_reader_is_let_go_and_the_others_are_not)
{
    struct reader slow, quick;
    struct str heard;

    set_up(&live_options_usual);
    slow = listen_from(NULL);
    quick = listen_from(NULL);
    for (int i = 0; i < 40; i++) {
        run_sql(0,
                "INSERT INTO account_event (account_id, kind, audience, payload)"
                " VALUES (%lld, 'told', 'members', to_json(%d || repeat('x', 30000)))",
                (long long)house.account, i);
        hear(&quick, str_cstr(test_arena(), str_fmt(test_arena(), "data: \"%dxxx", i)));
    }
    heard = hear_to_end(&slow);
    CHECK(heard.len < 40 * 30000);
    CHECK_HAS(ask("GET /stats HTTP/1.1\r\n\r\n"), "balcao_live_slow_readers_total 1\n");
}

TEST(a_database_that_goes_away_leaves_the_streams_open)
{
    struct reader reader;

    set_up(&live_options_usual);
    reader = listen_from(NULL);
    run_sql(0, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
               " WHERE application_name = 'live-test'");
    tell(0, "\"after\"");
    hear(&reader, "\"after\"\n\n");
    CHECK_I64(times_heard(&reader, "event: hello\n"), 1);
}

TEST(the_counters_tell_who_listens)
{
    struct reader reader, visitor;
    struct str stats;

    set_up(&live_options_usual);
    reader = listen_from(NULL);
    visitor =
        listen_as(str_cstr(test_arena(), str_fmt(test_arena(), "visitor account=%lld identity=55",
                                                 (long long)house.account)),
                  NULL);
    hear(&visitor, "event: hello\n");
    tell(0, "\"one\"");
    hear(&reader, "\"one\"\n\n");
    stats = ask("GET /stats HTTP/1.1\r\n\r\n");
    CHECK_HAS(stats, "balcao_live_members 1\n");
    CHECK_HAS(stats, "balcao_live_visitors 1\n");
    CHECK_HAS(stats, "balcao_live_deliveries_total 1\n");
    CHECK_HAS(stats, "balcao_live_database_up 1\n");
}

/* Presence. */

/* Two members of an account of their own. */
static void
two_colleagues(void)
{
    house.account = 90997;
    run_sql(0, "INSERT INTO accounts (id, name, slug) OVERRIDING SYSTEM VALUE"
               " VALUES (90997, 'There', 'there') ON CONFLICT DO NOTHING");
    run_sql(0, "INSERT INTO users (id, email, name) OVERRIDING SYSTEM VALUE"
               " SELECT n, 'there-' || n || '@example.org', 'There'"
               " FROM generate_series(997001, 997002) n ON CONFLICT DO NOTHING");
    run_sql(0, "INSERT INTO memberships (account_id, id, user_id, group_id, display_name)"
               " OVERRIDING SYSTEM VALUE SELECT 90997, n, n, g.id, 'There' FROM groups g,"
               " generate_series(997001, 997002) n WHERE g.account_id = 90997"
               " AND g.builtin = 'agent' ON CONFLICT DO NOTHING");
}

static struct reader
listen_as_colleague(int64_t id)
{
    struct reader reader = listen_as(
        str_cstr(test_arena(),
                 str_fmt(test_arena(),
                         "member account=90997 user=%lld session=%lld member=%lld epoch=1 "
                         "sees=account departments=- pick=- branches=- channels=* invited=-",
                         (long long)id, (long long)id, (long long)id)),
        NULL);

    hear(&reader, "event: hello\n");
    return reader;
}

TEST(whom_a_killed_gateway_held_is_gone_and_who_comes_back_never_was)
{
    struct reader watcher, other;

    set_up(&live_options_usual);
    two_colleagues();
    watcher = listen_as_colleague(997001);
    hear(&watcher, "\"member_id\" : 997001, \"state\" : \"online\"");
    other = listen_as_colleague(997002);
    hear(&watcher, "\"member_id\" : 997002, \"state\" : \"online\"");

    kill(house.gateway, SIGKILL);
    (void)hear_to_end(&watcher);
    (void)hear_to_end(&other);
    (void)waitpid(house.gateway, NULL, 0);
    run_sql(0, "UPDATE live_gateways SET alive_until = now() - interval '1 s'"); /* time passes */
    start_gateway();
    watcher = listen_as_colleague(997001);
    hear(&watcher, "\"member_id\" : 997002, \"state\" : \"offline\"");
    CHECK_I64(times_heard(&watcher, "\"member_id\" : 997001, \"state\" : \"offline\""), 0);

    other = listen_as_colleague(997002);
    hear(&watcher, "\"member_id\" : 997002, \"state\" : \"online\"");
    close(other.fd);
    close(watcher.fd);
}

TEST(a_gateway_that_ends_closes_its_streams)
{
    struct reader reader;

    set_up(&live_options_usual);
    reader = listen_from(NULL);
    kill(house.gateway, SIGTERM);
    (void)hear_to_end(&reader);
    stop_gateway();
}
