/*
 * Errors are values. A function that can fail returns a struct err and writes
 * its result through a pointer, only on success.
 *
 * Three kinds of failure (and where each goes):
 *   expected       returned with a stable slug: FAIL(ERR_CONFLICT, "ticket_closed")
 *   the world      ERR_UNAVAILABLE, logged once at the edge with the request id
 *   our own bug    BUG("…"): abort; the master starts another child
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define MUST_CHECK __attribute__((warn_unused_result))

enum err_code {
    ERR_NONE = 0,        /* success */
    ERR_INVALID,         /* 400: the input is wrong; field says where */
    ERR_UNAUTHENTICATED, /* 401: we do not know who asks */
    ERR_UNPAID,          /* 402: the account is suspended */
    ERR_FORBIDDEN,       /* 403: known, but may not */
    ERR_NOT_FOUND,       /* 404: not there, or another account's */
    ERR_CONFLICT,        /* 409: right request, wrong moment */
    ERR_GONE,            /* 410: was there once */
    ERR_TOO_LARGE,       /* 413 */
    ERR_UNSUPPORTED,     /* 415: wrong kind of content */
    ERR_TOO_MANY,        /* 429: come back later */
    ERR_RETRY,           /* serialization failure or deadlock: the edge runs the handler again */
    ERR_UNAVAILABLE,     /* 503: the database or a provider is away */
    ERR__MAX
};

/* slug and field are static text or live in the arena of the call. */
struct err {
    enum err_code code;
    const char *slug;  /* stable word that the browser translates; NULL on success */
    const char *field; /* input at fault; NULL: none in particular */
};

#define OK ((struct err){ .code = ERR_NONE })
#define FAIL(c, s) ((struct err){ .code = (c), .slug = (s) })
#define FAIL_FIELD(c, s, f) ((struct err){ .code = (c), .slug = (s), .field = (f) })

/* Passes an error up. The only macro with control flow in the house. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        struct err try_err_ = (call);                                                              \
        if (try_err_.code != ERR_NONE)                                                             \
            return try_err_;                                                                       \
    } while (0)

/* HTTP status of a code: 200 for ERR_NONE. */
int err_http_status(enum err_code code);

/* True when e is a failure with this slug. */
_Bool err_is(struct err e, const char *slug);

/* Our own fault: says where and what on the log, then aborts. */
#define BUG(...) err_bug(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void err_bug(const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
