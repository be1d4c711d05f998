/*
 * Who tried to come in and why they could not: what "Why can't this user sign in?"
 * reads. Kept 90 days.
 */
#ifndef DOMAIN_AUTH_ATTEMPTS_H
#define DOMAIN_AUTH_ATTEMPTS_H

#include "base/http.h"

struct attempt {
    struct user_id user;       /* .v == 0: nobody we know */
    int64_t email_hash;        /* keyed; 0: none was typed */
    struct account_id account; /* whose fence refused; .v == 0: before any account */
    struct str agent;
    const char *step;    /* "password", "factor", "enrolment", "takeover", "account", "reset" */
    const char *reason;  /* a word that screens explain: "signed_in", "password", "throttled" … */
    int64_t retry_at_us; /* 0: none */
};

/*
 * Queues the row. A refusal rolls back what came before it, so whoever refuses must
 * commit first (auth_keep).
 */
void attempts_note(struct cx *cx, const struct attempt *attempt);

/*
 * A member who was refused at the fence of cx's account: noted once a minute for each
 * session and reason, and only if the access that was judged (its epoch) is still true.
 */
MUST_CHECK struct err attempts_note_refusal(struct cx *cx, struct str agent, const char *reason,
                                            int64_t epoch);

extern const struct route attempts_routes[];

#endif
