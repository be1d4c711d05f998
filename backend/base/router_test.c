#include "base/http.h"
#include "base/testing/http_fake.h"
#include "base/testing/testing.h"

static struct err
handler(struct cx *cx, struct req *req, struct res *res)
{
    (void)cx, (void)req;
    return res_empty(res, 204);
}

static const struct route tickets[] = {
    { GET, "/tickets", "tickets.read", TX_NONE, handler },
    { POST, "/tickets", "tickets.write", TX_NONE, handler },
    { GET, "/tickets/mine", "tickets.read", TX_NONE, handler },
    { GET, "/tickets/:id", "tickets.read", TX_NONE, handler },
    { DELETE, "/tickets/:ticket", "tickets.write", TX_NONE, handler },
    { POST, "/tickets/:id/tags/:tag", "tickets.write", TX_NONE, handler },
    { 0 },
};
static const struct route health[] = {
    { GET, "/", NULL, TX_NONE, handler, .access = ACCESS_PUBLIC },
    { GET, "/healthz", NULL, TX_NONE, handler, .access = ACCESS_PUBLIC },
    { 0 },
};
static const struct route *const tables[] = { tickets, health };

static void
free_router(void *router)
{
    router_free(router);
}

static struct req
request(const char *first_line)
{
    static struct cx cx;
    struct req req;
    struct res res;

    cx = (struct cx){ .arena = test_arena() };
    http_fake(&cx, first_line, NULL, (struct str){ 0 }, &req, &res);
    CHECK_OK(req.refused);
    return req;
}

static struct err
match(struct req *req, struct str *allow)
{
    struct router *router = router_new(tables, 2);

    testing_at_end(free_router, router);
    return router_match(router, req, allow);
}

static void
check_route(const char *first_line, const char *path)
{
    struct req req = request(first_line);
    struct str allow;

    CHECK_OK(match(&req, &allow));
    CHECK_STR(str_of(req.route->path), path);
}

static void
check_unknown(const char *first_line)
{
    struct req req = request(first_line);
    struct str allow;

    CHECK_FAIL(match(&req, &allow), ERR_NOT_FOUND, "route_unknown");
}

TEST(fixed_text_wins_over_a_parameter)
{
    check_route("GET /tickets/mine", "/tickets/mine");
    check_route("GET /tickets/7", "/tickets/:id");
}

TEST(fixed_text_that_leads_nowhere_is_taken_as_a_parameter)
{
    struct req req = request("POST /tickets/mine/tags/3");
    struct str allow;

    CHECK_OK(match(&req, &allow));
    CHECK_STR(req_path(&req, "id"), "mine");
    CHECK_STR(req_path(&req, "tag"), "3");
}

TEST(a_parameter_has_the_name_its_own_route_gives_it)
{
    struct req get = request("GET /tickets/7"), delete = request("DELETE /tickets/8");
    struct str allow;

    CHECK_OK(match(&get, &allow));
    CHECK_OK(match(&delete, &allow));
    CHECK_STR(req_path(&get, "id"), "7");
    CHECK_STR(req_path(&delete, "ticket"), "8");
}

TEST(a_parameter_is_never_empty)
{
    check_unknown("GET /tickets/");
    check_unknown("POST /tickets//tags/3");
}

TEST(paths_match_whole_and_exactly)
{
    check_route("GET /", "/");
    check_route("GET /healthz", "/healthz");
    check_unknown("GET /healthz/");
    check_unknown("GET /Healthz");
    check_unknown("GET /health");
    check_unknown("GET //healthz");
    check_unknown("GET /tickets/7/tags");
    check_unknown("GET /tickets/7/tags/3/more");
}

TEST(head_is_answered_by_the_get_route)
{
    check_route("HEAD /healthz", "/healthz");
}

TEST(a_method_nobody_answers_names_those_that_are)
{
    struct req req = request("PATCH /tickets");
    struct str allow;

    CHECK_FAIL(match(&req, &allow), ERR_INVALID, "method_not_allowed");
    CHECK_STR(allow, "GET, HEAD, POST, OPTIONS");
}

static void
count(const struct route *route, void *arg)
{
    (void)route;
    ++*(int *)arg;
}

TEST(every_route_is_visited_once)
{
    struct router *router = router_new(tables, 2);
    int n = 0;

    router_each(router, count, &n);
    CHECK_I64(n, 8);
    router_free(router);
}

TEST(a_path_id_is_a_whole_positive_number)
{
    struct req req = request("GET /tickets/7");
    struct req bad = request("GET /tickets/7x"), zero = request("GET /tickets/0");
    struct str allow;
    int64_t id;

    CHECK_OK(match(&req, &allow));
    CHECK_OK(req_path_id(&req, "id", &id));
    CHECK_I64(id, 7);
    CHECK_OK(match(&bad, &allow));
    CHECK_FAIL(req_path_id(&bad, "id", &id), ERR_NOT_FOUND, "not_found");
    CHECK_OK(match(&zero, &allow));
    CHECK_FAIL(req_path_id(&zero, "id", &id), ERR_NOT_FOUND, "not_found");
}
