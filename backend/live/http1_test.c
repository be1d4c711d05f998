#include "live/http1.h"

#include "base/testing/testing.h"

#define GRANT "X-Live-Grant: member account=1 user=7 session=9\r\n"

static struct http1_request
ready(const char *head)
{
    struct http1_request request;

    CHECK_I64(http1_parse(str_of(head), &request), HTTP1_READY);
    return request;
}

static void
check_refused(const char *head, int status)
{
    struct http1_request request;

    CHECK_I64(http1_parse(str_of(head), &request), HTTP1_REFUSED);
    CHECK_I64(request.status, status);
}

TEST(a_request_is_taken_apart)
{
    struct http1_request request = ready("GET /live?account=1&cursor=7-8 HTTP/1.1\r\n"
                                         "Host: x\r\n" GRANT "last-event-id:  9-10 \r\n\r\n");

    CHECK_STR(request.path, "/live");
    CHECK_STR(request.grant, "member account=1 user=7 session=9");
    CHECK_STR(request.last_event_id, "9-10");
    CHECK_STR(http1_query(&request, STR("cursor")), "7-8");
    CHECK_STR(http1_query(&request, STR("account")), "1");
    CHECK(http1_query(&request, STR("c")).p == NULL);
}

TEST(a_bare_request_is_enough)
{
    struct http1_request request = ready("GET /stats HTTP/1.0\r\n\r\n");

    CHECK_STR(request.path, "/stats");
    CHECK(request.grant.p == NULL);
    CHECK(request.last_event_id.p == NULL);
    CHECK_I64((int64_t)request.query.len, 0);
}

TEST(every_part_of_a_head_waits_for_the_rest)
{
    static const char head[] = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n";
    struct http1_request request;

    for (size_t n = 0; n + 1 < sizeof head - 1; n++)
        CHECK_I64(http1_parse((struct str){ head, n }, &request), HTTP1_MORE);
}

TEST(what_has_two_meanings_is_refused)
{
    check_refused("GET /live HTTP/1.1\r\n" GRANT GRANT "\r\n", 400);
    check_refused("GET /live HTTP/1.1\r\nLast-Event-ID: 1-1\r\nLast-Event-Id: 2-2\r\n\r\n", 400);
    check_refused("GET /live HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 400);
    check_refused("GET /live HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    check_refused("GET /live HTTP/1.1\r\n folded: x\r\n\r\n", 400);
    check_refused("GET /live HTTP/1.1\r\nX-Live-Grant : visitor\r\n\r\n", 400);
    check_refused("GET /live HTTP/1.1\r\nHost: a\nX-Live-Grant: visitor\r\n\r\n", 400);
    check_refused("GET /live HTTP/1.1\r\nno colon\r\n\r\n", 400);
}

TEST(a_first_line_has_three_words)
{
    check_refused("\r\n\r\n", 400);
    check_refused("GET /live\r\n\r\n", 400);
    check_refused("GET  /live HTTP/1.1\r\n\r\n", 400);
    check_refused("GET live HTTP/1.1\r\n\r\n", 400);
    check_refused("GET /live HTTP/2.0\r\n\r\n", 400);
    check_refused("GET /li\tve HTTP/1.1\r\n\r\n", 400);
    check_refused("POST /live HTTP/1.1\r\n\r\n", 405);
}

TEST(a_head_without_end_is_refused)
{
    char *head = arena_alloc(test_arena(), HTTP1_HEAD_MAX + 1);
    struct http1_request request;

    memset(head, 'a', HTTP1_HEAD_MAX);
    CHECK_I64(http1_parse((struct str){ head, HTTP1_HEAD_MAX }, &request), HTTP1_REFUSED);
    CHECK_I64(request.status, 431);
}
