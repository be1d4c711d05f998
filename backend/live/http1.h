/*
 * The head of an HTTP/1 request, as much of it as a stream of events needs: GET,
 * a path, a query and two headers. Strict: what has a second meaning is refused.
 */
#ifndef LIVE_HTTP1_H
#define LIVE_HTTP1_H

#include "base/str.h"

#define HTTP1_HEAD_MAX 8192

enum http1_state {
    HTTP1_MORE, /* the head is not complete yet */
    HTTP1_READY,
    HTTP1_REFUSED /* answer with .status and close */
};

/* Points into the bytes that were parsed. */
struct http1_request {
    struct str path;          /* as sent: escapes are not undone */
    struct str query;         /* without the question mark */
    struct str grant;         /* X-Live-Grant; { NULL, 0 }: absent */
    struct str last_event_id; /* Last-Event-ID; { NULL, 0 }: absent */
    int status;               /* of a refusal: 400, 405, 431 */
};

enum http1_state http1_parse(struct str bytes, struct http1_request *out);

/* The value of name in the query, as sent; { NULL, 0 }: absent. */
struct str http1_query(const struct http1_request *request, struct str name);

#endif
