#include "http.h"

#include "clock.h"

#include <stdio.h>
#include <sys/random.h>

enum { RUNS_MAX = 3 }; /* of one handler, when PostgreSQL asks for another try */

/* 405 has no error code of its own: nothing but the router ever means it. */
static int
status_of(struct err e)
{
    return err_is(e, "method_not_allowed") ? 405 : err_http_status(e.code);
}

static struct str
make_request_id(struct arena *a)
{
    unsigned char bytes[16];
    struct buf id = { .arena = a };

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        BUG("what=no_random_bytes");
    for (size_t i = 0; i < sizeof bytes; i++)
        buf_fmt(&id, "%02x", bytes[i]);
    return buf_str(&id);
}

static void
tie(struct cx *cx, struct req *req, struct res *res)
{
    req->cx = cx;
    res->cx = cx;
    if (req->arena == NULL)
        req->arena = cx->arena;
    res->headers.arena = cx->arena;
    res->body.arena = cx->arena;
    res->more.arena = cx->arena;

    if (cx->request_id.len == 0)
        cx->request_id = req->request_id.len > 0 ? req->request_id : make_request_id(cx->arena);
    if (cx->address.len == 0)
        cx->address = req->address;
    if (cx->port == 0)
        cx->port = req->port;
    cx->language = language_of(req->header(req, "Accept-Language"));
    if (cx->now_us == 0)
        cx->now_us = clock_now_us();
    snprintf(cx->log.request_id, sizeof cx->log.request_id, "%.*s", STR_ARG(cx->request_id));
}

static bool
is_this_host(struct str address)
{
    return str_eq(address, STR("127.0.0.1")) || str_eq(address, STR("::1")) ||
           str_eq(address, STR("unix:"));
}

static struct err
check_body(const struct req *req)
{
    bool has_body = req->content_length > 0 || req->body.len > 0 || req->body_file.len > 0;

    switch (req->route->body) {
    case BODY_NONE: return has_body ? FAIL(ERR_INVALID, "body_unexpected") : OK;
    case BODY_JSON:
        /* A form of another site can send text or a form, but never this type unasked. */
        if ((has_body || req->content_type.len > 0) &&
            !str_eq(req->content_type, STR("application/json")))
            return FAIL(ERR_UNSUPPORTED, "content_type_not_json");
        return req->body_file.len > 0 ? FAIL(ERR_INVALID, "body_unexpected") : OK;
    case BODY_RAW: return req->body_file.len > 0 ? FAIL(ERR_INVALID, "body_unexpected") : OK;
    case BODY_FILE: return req->body_file.len > 0 ? OK : FAIL(ERR_INVALID, "body_missing");
    }
    return OK;
}

/* Everything that can be refused before a transaction is worth opening. */
static struct err
check(const struct router *router, struct req *req, struct res *res)
{
    struct str allow;
    struct err e;

    TRY(req->refused);
    e = router_match(router, req, &allow);
    if (allow.len > 0)
        res_header(res, "Allow", allow);
    TRY(e);

    /* Elsewhere such a route does not exist, rather than being forbidden. */
    if (req->route->access == ACCESS_LOOPBACK && !is_this_host(req->address))
        return FAIL(ERR_NOT_FOUND, "route_unknown");
    return check_body(req);
}

static struct err
enter_and_handle(const struct http_hooks *hooks, struct cx *cx, struct req *req, struct res *res)
{
    int64_t trips;
    struct err e;

    if (hooks != NULL && hooks->enter != NULL)
        TRY(hooks->enter(cx, req, res));
    trips = cx->db == NULL ? 0 : db_round_trips(cx->db);
    e = req->route->handler(cx, req, res);
    /* What is wrong with who asks is said before what is wrong with what they asked. */
    if (e.code != ERR_NONE && req->route->tx != TX_NONE && db_round_trips(cx->db) == trips)
        TRY(db_hear(cx));
    TRY(e);
    if (res->status == 0)
        BUG("what=handler_did_not_answer route=%s", req->route->path);
    return OK;
}

/* No answer and no headers: what a first run would find. */
static void
forget_answer(struct res *res)
{
    *res = (struct res){
        .headers = { .arena = res->headers.arena },
        .body = { .arena = res->body.arena },
        .more = { .arena = res->more.arena },
        .cx = res->cx,
    };
}

static struct err
run_once(const struct http_hooks *hooks, struct cx *cx, struct req *req, struct res *res)
{
    struct err e;

    if (req->route->tx == TX_NONE)
        return enter_and_handle(hooks, cx, req, res);

    db_begin(cx, req->route->tx);
    e = enter_and_handle(hooks, cx, req, res);
    if (e.code != ERR_NONE) {
        db_rollback(cx);
        return e;
    }
    e = db_commit(cx);
    if (e.code != ERR_NONE)
        forget_answer(res); /* it told of things that did not happen */
    return e;
}

static struct err
run(const struct http_hooks *hooks, struct cx *cx, struct req *req, struct res *res)
{
    const struct cx before = *cx;
    struct arena_mark mark = arena_mark(cx->arena);

    for (req->attempt = 0;; req->attempt++) {
        struct err e = run_once(hooks, cx, req, res);

        if (e.code != ERR_RETRY)
            return e;
        if (req->attempt == RUNS_MAX - 1)
            return FAIL(ERR_UNAVAILABLE, "busy");
        *cx = before;
        forget_answer(res);
        arena_rewind(cx->arena, mark);
    }
}

static void
log_request(const struct req *req, const struct res *res, struct err e, int64_t started_us)
{
    /* The pattern, never the path: paths and queries hold what logs must not. */
    const char *route = req->route != NULL ? req->route->path : "-";
    double ms = (double)(clock_monotonic_us() - started_us) / (double)US_PER_MS;

    log_line(res->status >= 500 ? LOG_WARN : LOG_INFO, "http.request",
             "method=%s route=%s status=%d ms=%.1f%s%s", http_method_word(req->method), route,
             res->status, ms, e.code != ERR_NONE ? " slug=" : "", e.code != ERR_NONE ? e.slug : "");
}

void
http_dispatch(const struct router *router, const struct http_hooks *hooks, struct cx *cx,
              struct req *req, struct res *res)
{
    int64_t started_us = clock_monotonic_us();
    struct err e;

    tie(cx, req, res);
    log_set_context(&cx->log);

    e = check(router, req, res);
    if (err_is(e, "method_not_allowed") && req->method == OPTIONS) {
        e = res_empty(res, 204);
    } else {
        if (e.code == ERR_NONE)
            e = run(hooks, cx, req, res);
        if (e.code != ERR_NONE)
            res_problem_as(res, status_of(e), e);
        else if (hooks != NULL && hooks->leave != NULL)
            hooks->leave(cx, req, res);
    }

    log_request(req, res, e, started_us);
    log_set_context(NULL);
}
