/*
 * A request made by hand, for tests that call handlers or the dispatcher without a
 * web server:
 *
 *     struct req req;
 *     struct res res;
 *     http_fake(cx, "POST /api/v1/tickets?tag=3",
 *               "Content-Type: application/json\n"
 *               "Origin: http://localhost:8080\n", STR("{}"), &req, &res);
 *     http_dispatch(router, hooks, cx, &req, &res);
 *     CHECK_I64(res.status, 201);
 *
 * It passes the same checks of method, path and query as one from nginx; a refusal
 * waits in req.refused. Its address is 203.0.113.7. Lives as long as cx->arena.
 */
#ifndef BASE_HTTP_FAKE_H
#define BASE_HTTP_FAKE_H

#include "base/http.h"

/* headers: lines "Name: value\n", or NULL. */
void http_fake(struct cx *cx, const char *first_line, const char *headers, struct str body,
               struct req *req, struct res *res);

#endif
