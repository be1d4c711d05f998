/*
 * Outgoing calls by libcurl, HTTP and the installation's mail: always a time-out, never inside a transaction, always
 * guarded against reaching this host's own networks (SSRF: the address actually
 * being connected is judged, after every name resolution; connections to guarded
 * targets are not reused, redirects are not followed, proxies of the environment
 * are ignored), and never made twice: only a GET goes over a connection that was kept.
 */
#ifndef BASE_HTTPC_H
#define BASE_HTTPC_H

#include "cx.h"

struct httpc_part { /* one field of a multipart/form-data body */
    const char *name;
    struct str value;         /* text, or … */
    const char *file;         /* … a file's path */
    const char *content_type; /* NULL: none */
    const char *filename;     /* NULL: none */
};

/* A letter instead of an HTTP call: the message is the body, the server is SMTP_URL and no other. */
struct httpc_mail {
    struct str from, to; /* bare addresses */
};

struct httpc_call {
    const struct httpc_mail
        *mail;          /* NULL: HTTP. Else method, url, headers and parts are not used */
    const char *method; /* "GET", "POST", "DELETE" */
    struct str url;
    struct {
        const char *name;
        struct str value;
    } headers[8];    /* ended by name == NULL */
    struct str body; /* sent as is … */
    const char *content_type;
    const struct httpc_part *parts; /* … or multipart */
    int part_count;
    int64_t timeout_ms;      /* 0: 15 000 */
    size_t answer_max_bytes; /* 0: 1 MiB; beyond it the call fails with "answer_too_large" */
    const char *save_to;     /* write the answer's body to this new file instead of memory */
};

struct httpc_answer {
    struct err failed; /* ERR_NONE when an HTTP answer came, whatever its status */
    bool maybe_sent;   /* failed after the request may have reached the other side */
    int status;        /* of HTTP; or what the mail server said last, 250 when it took the letter */
    struct str body;   /* in the arena of the call */
    struct str content_type;
    int64_t retry_after_s; /* 0: none */
    int64_t took_ms;
    int64_t saved_bytes; /* with save_to */
};

/* One call, waiting for it. Slugs: timeout, unreachable, address_refused, tls_failed, answer_too_large, url_invalid. */
void httpc_perform(struct cx *cx, const struct httpc_call *call, struct httpc_answer *out);

/*
 * Many at once, for the worker: start calls, then wait until at least one ends.
 * The set belongs to the process.
 */
struct httpc_set;
struct httpc_set *httpc_set_new(const struct conf *conf);
void httpc_set_free(struct httpc_set *set);
/* arena: where the answer's memory comes from; it must live until the call ended. */
void httpc_start(struct httpc_set *set, struct arena *arena, const struct httpc_call *call,
                 void *tag);
int httpc_running(const struct httpc_set *set);
/* Waits at most wait_ms (also wakes when wake_fd, if >= 0, is readable). Answers one ended call: true. */
bool httpc_next(struct httpc_set *set, int wake_fd, int wait_ms, void **tag,
                struct httpc_answer *out);

/* "https://graph.facebook.com/v23.0" is fine; http only to OUTBOUND_ALLOW. For forms that take addresses. */
MUST_CHECK struct err httpc_check_url(const struct conf *conf, struct arena *a, struct str url);

#endif
