#include "base/http.h"
#include "base/testing/http_fake.h"
#include "base/testing/testing.h"

/* A small house of routes that need no database. */

struct greeting {
    struct str name;
};

static const struct json_field greeting_fields[] = {
    { "name", JSON_STR, .required = true, offsetof(struct greeting, name) },
    { 0 },
};

static void
write_greeting(struct json_out *out, const void *value)
{
    const struct greeting *greeting = value;

    json_open(out, '{');
    json_kv_str(out, "hello", greeting->name);
    json_close(out, '}');
}

static struct err
post_greeting(struct cx *cx, struct req *req, struct res *res)
{
    struct greeting greeting;

    (void)cx;
    TRY(req_body(req, greeting_fields, &greeting));
    return res_json(res, 201, write_greeting, &greeting);
}

static struct err
get_refusal(struct cx *cx, struct req *req, struct res *res)
{
    (void)cx, (void)req;
    res_header(res, "Retry-After", STR("3"));
    return FAIL_FIELD(ERR_TOO_MANY, "too_many_greetings", "name");
}

static struct err
get_page(struct cx *cx, struct req *req, struct res *res)
{
    int64_t limit = 40;

    (void)cx;
    TRY(req_query_i64(req, "limit", 1, 100, &limit));
    struct json_out o = res_json_begin(res, 200);
    json_put_i64(&o, limit);
    return res_json_end(res);
}

static struct err
accept_bytes(struct cx *cx, struct req *req, struct res *res)
{
    (void)cx;
    return res_text(res, 200, "text/plain", req->body_file.len > 0 ? req->body_file : req->body);
}

static int busy_times; /* how often get_busy is asked again before it succeeds */

static struct err
get_busy(struct cx *cx, struct req *req, struct res *res)
{
    res_header(res, "X-Run", STR("once"));
    CHECK_I64(cx->user.v, 7);
    cx->user.v = 8;
    if (req->attempt < busy_times)
        return FAIL(ERR_RETRY, "serialization");
    return res_empty(res, 204);
}

static const struct route routes[] = {
    { POST, "/greetings", NULL, TX_NONE, post_greeting, .access = ACCESS_PUBLIC,
      .body = BODY_JSON },
    { GET, "/refusal", NULL, TX_NONE, get_refusal, .access = ACCESS_PUBLIC },
    { GET, "/page", NULL, TX_NONE, get_page, .access = ACCESS_PUBLIC },
    { POST, "/hook", NULL, TX_NONE, accept_bytes, .access = ACCESS_PUBLIC, .body = BODY_RAW },
    { PUT, "/file", NULL, TX_NONE, accept_bytes, .access = ACCESS_PUBLIC, .body = BODY_FILE },
    { GET, "/busy", NULL, TX_NONE, get_busy, .access = ACCESS_PUBLIC },
    { GET, "/metrics", NULL, TX_NONE, get_page, .access = ACCESS_LOOPBACK },
    { 0 },
};
static const struct route *const tables[] = { routes };

static int left; /* calls of leave */

static struct err
enter(struct cx *cx, struct req *req, struct res *res)
{
    (void)res;
    cx->user.v = 7;
    if (req->header(req, "X-Stranger").p != NULL)
        return FAIL(ERR_UNAUTHENTICATED, "session_unknown");
    return OK;
}

static void
leave(struct cx *cx, struct req *req, struct res *res)
{
    (void)cx, (void)req, (void)res;
    left++;
}

static const struct http_hooks hooks = { enter, leave };

static void
free_router(void *router)
{
    router_free(router);
}

static struct res
dispatch(struct cx *cx, struct req *req, struct res *res)
{
    struct router *router = router_new(tables, 1);

    testing_at_end(free_router, router);
    left = 0;
    http_dispatch(router, &hooks, cx, req, res);
    return *res;
}

static struct res
ask(const char *first_line, const char *headers, const char *body)
{
    struct cx *cx = arena_new_of(test_arena(), struct cx);
    struct req req;
    struct res res;

    cx->arena = test_arena();
    cx->request_id = STR("0123456789abcdef0123456789abcdef");
    http_fake(cx, first_line, headers, str_of(body), &req, &res);
    return dispatch(cx, &req, &res);
}

static void
check_problem(const struct res *res, int status, const char *slug)
{
    const struct json *problem;

    CHECK_I64(res->status, status);
    CHECK_STR(str_of(res->content_type), "application/problem+json");
    CHECK_OK(json_parse(test_arena(), buf_str(&res->body), &problem));
    CHECK_STR(json_get_text(problem, "slug"), slug);
    CHECK_STR(json_get_text(problem, "request_id"), "0123456789abcdef0123456789abcdef");
}

#define JSON_TYPE "Content-Type: application/json; charset=utf-8\n"

TEST(a_handler_reads_a_body_and_answers_with_one)
{
    struct res res = ask("POST /greetings", JSON_TYPE, "{\"name\":\"Ana\"}");

    CHECK_I64(res.status, 201);
    CHECK_STR(str_of(res.content_type), "application/json");
    CHECK_STR(buf_str(&res.body), "{\"hello\":\"Ana\"}");
    CHECK_I64(left, 1);
}

TEST(a_refusal_becomes_a_problem_and_keeps_its_headers)
{
    struct res res = ask("GET /refusal", NULL, NULL);

    check_problem(&res, 429, "too_many_greetings");
    CHECK(str_has(buf_str(&res.body), STR("\"field\":\"name\"")));
    CHECK_STR(buf_str(&res.headers), "Retry-After: 3\r\n");
    CHECK_I64(left, 0);
}

TEST(a_stranger_never_reaches_the_handler)
{
    struct res res = ask("POST /greetings", JSON_TYPE "X-Stranger: yes\n", "{}");

    check_problem(&res, 401, "session_unknown");
}

TEST(an_unknown_route_is_not_found)
{
    struct res res = ask("GET /nowhere", NULL, NULL);

    check_problem(&res, 404, "route_unknown");
}

TEST(a_wrong_method_is_told_the_right_ones)
{
    struct res res = ask("DELETE /page", NULL, NULL);

    check_problem(&res, 405, "method_not_allowed");
    CHECK_STR(buf_str(&res.headers), "Allow: GET, HEAD, OPTIONS\r\n");
}

TEST(options_lists_the_methods)
{
    struct res res = ask("OPTIONS /page", NULL, NULL);

    CHECK_I64(res.status, 204);
    CHECK_STR(buf_str(&res.headers), "Allow: GET, HEAD, OPTIONS\r\n");
}

TEST(a_body_where_none_belongs_is_refused)
{
    struct res res = ask("GET /page", JSON_TYPE, "{}");

    check_problem(&res, 400, "body_unexpected");
}

TEST(a_form_cannot_pass_for_json)
{
    struct res form = ask("POST /greetings", "Content-Type: text/plain\n", "{\"name\":\"Ana\"}");
    struct res untyped = ask("POST /greetings", NULL, "{\"name\":\"Ana\"}");
    struct res empty = ask("POST /greetings", "Content-Type: text/plain\n", NULL);

    check_problem(&form, 415, "content_type_not_json");
    check_problem(&untyped, 415, "content_type_not_json");
    check_problem(&empty, 415, "content_type_not_json");
}

TEST(an_empty_body_counts_as_an_empty_object)
{
    struct res res = ask("POST /greetings", NULL, NULL);

    check_problem(&res, 400, "required");
}

TEST(a_body_must_be_an_object)
{
    struct res res = ask("POST /greetings", JSON_TYPE, "[]");

    check_problem(&res, 400, "wrong_type");
}

TEST(raw_bytes_arrive_as_they_are)
{
    struct res res = ask("POST /hook", "Content-Type: text/x-odd\n", "a\tb");

    CHECK_I64(res.status, 200);
    CHECK_STR(buf_str(&res.body), "a\tb");
}

TEST(an_upload_must_be_handed_over_as_a_file)
{
    struct res res = ask("PUT /file", NULL, "bytes");

    check_problem(&res, 400, "body_missing");
}

TEST(a_file_goes_to_upload_routes_only)
{
    struct cx cx = { .arena = test_arena() };
    struct req req;
    struct res res;

    http_fake(&cx, "PUT /file", NULL, (struct str){ 0 }, &req, &res);
    req.body_file = STR("/somewhere/0000000001");
    dispatch(&cx, &req, &res);
    CHECK_STR(buf_str(&res.body), "/somewhere/0000000001");

    http_fake(&cx, "POST /hook", NULL, (struct str){ 0 }, &req, &res);
    req.body_file = STR("/somewhere/0000000001");
    dispatch(&cx, &req, &res);
    CHECK_I64(res.status, 400);
}

TEST(what_asks_for_another_try_gets_it_from_a_clean_start)
{
    struct res res;

    busy_times = 2;
    res = ask("GET /busy", NULL, NULL);
    CHECK_I64(res.status, 204);
    CHECK_STR(buf_str(&res.headers), "X-Run: once\r\n");
}

TEST(after_three_tries_the_answer_is_busy)
{
    struct res res;

    busy_times = 3;
    res = ask("GET /busy", NULL, NULL);
    check_problem(&res, 503, "busy");
}

TEST(metrics_exist_for_this_host_only)
{
    struct cx cx = { .arena = test_arena() };
    struct res res = ask("GET /metrics", NULL, NULL);
    struct req req;

    check_problem(&res, 404, "route_unknown");
    http_fake(&cx, "GET /metrics", NULL, (struct str){ 0 }, &req, &res);
    req.address = STR("127.0.0.1");
    dispatch(&cx, &req, &res);
    CHECK_I64(res.status, 200);
}

TEST(a_request_without_an_id_is_given_one)
{
    struct cx cx = { .arena = test_arena() };
    struct req req;
    struct res res;

    http_fake(&cx, "GET /page", NULL, (struct str){ 0 }, &req, &res);
    dispatch(&cx, &req, &res);
    CHECK_I64((int64_t)cx.request_id.len, 32);
    CHECK_STR(cx.address, "203.0.113.7");
    CHECK(cx.now_us > 0);
}

/* Input. */

static struct req
request(const char *first_line, const char *headers)
{
    static struct cx cx;
    struct req req;
    struct res res;

    cx = (struct cx){ .arena = test_arena() };
    http_fake(&cx, first_line, headers, (struct str){ 0 }, &req, &res);
    return req;
}

static void
check_refused(const char *first_line, const char *slug)
{
    struct req req = request(first_line, NULL);

    CHECK_FAIL(req.refused, ERR_INVALID, slug);
}

TEST(a_path_is_decoded_exactly_once)
{
    struct req req = request("GET /tags/caf%C3%A9%2525", NULL);

    CHECK_OK(req.refused);
    CHECK_STR(req.path, "/tags/caf\xC3\xA9%25");
}

TEST(a_path_with_a_second_meaning_is_refused)
{
    check_refused("GET tickets", "path_invalid");
    check_refused("GET /a/../b", "path_invalid");
    check_refused("GET /a/%2e%2E/b", "path_invalid");
    check_refused("GET /a/%2e%2e%2fb", "path_invalid");
    check_refused("GET /a/.", "path_invalid");
    check_refused("GET /a%00b", "path_invalid");
    check_refused("GET /a%5cb", "path_invalid");
    check_refused("GET /a%0ab", "path_invalid");
    check_refused("GET /a%ffb", "path_invalid");
    check_refused("GET /a%2", "path_invalid");
    check_refused("GET /a%zz", "path_invalid");
}

TEST(dots_inside_a_name_are_only_dots)
{
    struct req req = request("GET /files/..a/b..c/...", NULL);

    CHECK_OK(req.refused);
}

TEST(a_query_that_is_not_text_is_refused)
{
    check_refused("GET /page?limit=%0", "query_invalid");
    check_refused("GET /page?limit=%00", "query_invalid");
    check_refused("GET /page?limit=%ff", "query_invalid");
    check_refused("FETCH /page", "method_unknown");
}

TEST(query_values_are_decoded)
{
    struct req req = request("GET /x?q=caf%C3%A9+com+leite%2B&empty=&flag&q=second", NULL);

    CHECK_STR(req_query(&req, "q"), "caf\xC3\xA9 com leite+");
    CHECK(req_query(&req, "empty").p != NULL && req_query(&req, "empty").len == 0);
    CHECK(req_query(&req, "flag").p != NULL);
    CHECK(req_query(&req, "absent").p == NULL);
}

TEST(query_numbers_have_bounds)
{
    struct res fine = ask("GET /page?limit=100", NULL, NULL);
    struct res absent = ask("GET /page", NULL, NULL);
    struct res large = ask("GET /page?limit=101", NULL, NULL);
    struct res word = ask("GET /page?limit=ten", NULL, NULL);

    CHECK_STR(buf_str(&fine.body), "100");
    CHECK_STR(buf_str(&absent.body), "40");
    check_problem(&large, 400, "out_of_range");
    check_problem(&word, 400, "wrong_type");
}

TEST(query_ids_are_a_bounded_list)
{
    struct req req = request("GET /x?ids=3,7,12&none=&bad=3,,4", NULL);
    struct json_ids ids;

    CHECK_OK(req_query_ids(&req, "ids", 3, &ids));
    CHECK_I64((int64_t)ids.n, 3);
    CHECK_I64(ids.v[2], 12);
    CHECK_OK(req_query_ids(&req, "none", 3, &ids));
    CHECK_I64((int64_t)ids.n, 0);
    CHECK_FAIL(req_query_ids(&req, "ids", 2, &ids), ERR_INVALID, "too_many");
    CHECK_FAIL(req_query_ids(&req, "bad", 3, &ids), ERR_INVALID, "wrong_type");
}

TEST(cookies_are_found_by_their_whole_name)
{
    struct req req = request("GET /x", "Cookie: a__Host-bat=no; __Host-bat=x=y; __Host-bat2=no\n");

    CHECK_STR(req_cookie(&req, "__Host-bat"), "x=y");
    CHECK(req_cookie(&req, "bat").p == NULL);
}

TEST(a_bearer_token_needs_its_scheme)
{
    struct req bearer = request("GET /x", "Authorization: bearer abc\n");
    struct req basic = request("GET /x", "Authorization: Basic abc\n");
    struct req bare = request("GET /x", "Authorization: Bearer\n");
    struct req none = request("GET /x", NULL);

    CHECK_STR(req_bearer(&bearer), "abc");
    CHECK(req_bearer(&basic).p == NULL);
    CHECK(req_bearer(&bare).p == NULL);
    CHECK(req_bearer(&none).p == NULL);
}
