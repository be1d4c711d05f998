/*
 * Requests, answers and the route table.
 *
 * Handlers are: read the input, make one domain call, write the answer. The
 * dispatcher does the rest, in this order, for every route: limit, authenticate,
 * permit, begin, call, commit, answer, ring the bell.
 */
#ifndef BASE_HTTP_H
#define BASE_HTTP_H

#include "cx.h"
#include "db.h"
#include "json.h"

enum http_method { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, METHOD__MAX };

const char *http_method_word(enum http_method method); /* "GET" */
bool http_method_parse(struct str word, enum http_method *out);

/* "Not Found" */
const char *http_status_title(int status);

/* A request, decoded. All text lives in the call's arena. */
struct req {
    enum http_method method;
    struct str path;         /* decoded once, "/api/v1/tickets/7" */
    struct str query;        /* raw */
    struct str content_type; /* without parameters, lower case */
    struct str body;         /* empty when nginx kept it in a file */
    struct str body_file;    /* absolute path of a handed-over upload, or empty */
    int64_t content_length;  /* bytes, as nginx counted them; -1: none */
    const struct route *route;

    /* path parameters, by name */
    struct {
        struct str name, value;
    } params[4];
    int param_count;

    struct str request_id; /* 32 hex digits; empty: the dispatcher makes one */
    struct str address;    /* who asks, text form, as nginx saw it */
    int64_t port;          /* the same; 0: unknown */
    struct err refused;    /* framing already said no: answered without looking for a route */

    struct str (*header)(const struct req *req,
                         const char *name); /* "Origin"; { NULL, 0 }: absent */
    const void *transport;                  /* the FastCGI parameters behind header() */
    int attempt;         /* 0 at first; rises when the handler runs again after ERR_RETRY */
    struct arena *arena; /* the call's */
    struct cx *cx;
};

struct res {
    int status;         /* 0: not answered yet */
    struct buf headers; /* "Name: value\r\n"… */
    struct buf body;
    const char *content_type;
    int64_t
        retry_after_s; /* of a refusal that time mends: header and member of the problem; 0: none */
    struct buf more;   /* further members of a refusal, see res_more */
    struct cx *cx;
};

typedef struct err (*route_handler)(struct cx *cx, struct req *req, struct res *res);

/* How the caller is known. Every route says one. */
enum route_access {
    ACCESS_MEMBER,   /* a session (or token) in an account, holding the permission */
    ACCESS_SESSION,  /* a session, no account needed (who am I, sign out) */
    ACCESS_PUBLIC,   /* nobody: sign-in, health, provider hooks */
    ACCESS_VISITOR,  /* a webchat visitor's token */
    ACCESS_LOOPBACK, /* metrics: only from this host */
    ACCESS_OPERATOR  /* who keeps the installation, at their own door */
};

enum route_body {
    BODY_NONE = 0, /* any body is refused with 400 body_unexpected */
    BODY_JSON,     /* application/json, else 415 */
    BODY_RAW,      /* bytes as they are (provider hooks) */
    BODY_FILE      /* handed over by nginx as a file */
};

#define ROUTE_ANY_MEMBER "@self" /* what every member may do for themselves */

struct route {
    enum http_method method;
    const char *path; /* "/api/v1/tickets/:id/take" */
    const char *
        permission; /* a string of the permission table, or ROUTE_ANY_MEMBER; NULL unless ACCESS_MEMBER */
    enum db_tx tx;
    route_handler handler;
    enum route_access access; /* ACCESS_MEMBER when omitted */
    enum route_body body;
    const char *audit; /* action that a success leaves behind; NULL for reads */
    unsigned flags;    /* enum route_flag */
};

enum route_flag {
    ROUTE_STEP_UP =
        1,            /* the person shows once more that it is them, whatever the permission says */
    ROUTE_UNPAID = 2, /* answers in a suspended account too */
    ROUTE_NO_FACTOR = 4 /* answers before a second factor that is demanded was set up */
};

/* Tables end with { 0 } (handler NULL). The router is built once, at start. */
struct router;
struct router *router_new(const struct route *const *tables, size_t n);
void router_free(struct router *r);

/*
 * ERR_NOT_FOUND "route_unknown", or ERR_INVALID "method_not_allowed" with the
 * allowed ones in *allow ("GET, POST"). Fills req->route and req->params.
 */
MUST_CHECK struct err router_match(const struct router *r, struct req *req, struct str *allow);

/*
 * What every transport does with the first line of a request, once:
 *   method_unknown  not one of enum http_method
 *   path_invalid    not absolute, backslash, control character, "." or ".." segment, not UTF-8
 *   query_invalid   an escape that is none, NUL or text that is not UTF-8
 * is_decoded: nginx already undid the escapes of the path ($document_uri).
 */
MUST_CHECK struct err req_first_line(struct req *req, struct str method, struct str path,
                                     bool is_decoded, struct str query);

/* Every route, for the contract test and the access matrix. */
void router_each(const struct router *r, void (*fn)(const struct route *route, void *arg),
                 void *arg);

/* Path parameter that must be an id > 0: otherwise ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err req_path_id(const struct req *req, const char *name, int64_t *out);
struct str req_path(const struct req *req, const char *name);

/* Query values, percent-decoded. req_query_i64 leaves *out untouched when absent. */
struct str req_query(const struct req *req, const char *name);
MUST_CHECK struct err req_query_i64(const struct req *req, const char *name, int64_t least,
                                    int64_t most, int64_t *out);
/* "3,7,12" → ids; at most max. */
MUST_CHECK struct err req_query_ids(const struct req *req, const char *name, size_t max,
                                    struct json_ids *out);
struct str req_cookie(const struct req *req, const char *name);
struct str req_bearer(const struct req *req); /* Authorization: Bearer …; { NULL, 0 }: none */

/* The body as an object into a struct; see json_read. An empty body counts as {}. */
MUST_CHECK struct err req_body(const struct req *req, const struct json_field *fields,
                               void *target);

/* Answers. A writer prints one value: the same function serves routes, events and tests. */
typedef void (*json_writer)(struct json_out *out, const void *value);
MUST_CHECK struct err res_json(struct res *res, int status, json_writer write, const void *value);
/*
 * A value that the handler writes itself:
 *     struct json_out o = res_json_begin(res, 200);
 *     json_open(&o, '{'); … json_close(&o, '}');
 *     return res_json_end(res);
 */
struct json_out res_json_begin(struct res *res, int status);
MUST_CHECK struct err res_json_end(struct res *res);
MUST_CHECK struct err res_empty(struct res *res, int status);
MUST_CHECK struct err res_text(struct res *res, int status, const char *content_type,
                               struct str text);
/* Name and value; refuses (BUG) control characters. */
void res_header(struct res *res, const char *name, struct str value);

/*
 * What a refusal says beyond its slug, as members of the problem; write keys and values in order:
 *     struct json_out o = res_more(res);
 *     json_kv_str(&o, "your_address", cx->address);
 */
struct json_out res_more(struct res *res);

/*
 * application/problem+json for an error, with the request id; headers set before
 * stay. The dispatcher calls it for whatever a handler returns. A handler that
 * must keep what it wrote (a failed sign-in counts) calls it and returns OK.
 */
void res_problem(struct res *res, struct err e);
/* The same with a status that no error code stands for. */
void res_problem_as(struct res *res, int status, struct err e);

/*
 * The dispatcher. How callers are known belongs to the product, so the domain
 * hands in hooks.
 */
struct http_hooks {
    /* Authenticates and permits: fills cx, queues or runs what it needs. Called after db_begin. */
    struct err (*enter)(struct cx *cx, struct req *req, struct res *res);
    /* Called after commit (rings bells, touches sessions). */
    void (*leave)(struct cx *cx, struct req *req, struct res *res);
};

/*
 * Answers one request completely; never fails: failures become problem documents.
 * Fills cx->request_id, address, now_us and log from the request when they are
 * empty. ERR_RETRY runs enter and handler again, three times at most, with cx,
 * arena and res as they were before. OPTIONS without a route of its own lists the
 * methods. hooks may be NULL (tests), and so may either of them.
 */
void http_dispatch(const struct router *router, const struct http_hooks *hooks, struct cx *cx,
                   struct req *req, struct res *res);

#endif
