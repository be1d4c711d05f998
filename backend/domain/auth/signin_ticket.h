/*
 * What a person carries from one step of signing in to the next: sealed, so that it
 * tells nothing and cannot be made; bound to its kind, to the browser and the network
 * it was given to, and short-lived. How often it was tried is a row, five times at
 * most, and used once.
 */
#ifndef DOMAIN_AUTH_SIGNIN_TICKET_H
#define DOMAIN_AUTH_SIGNIN_TICKET_H

#include "base/http.h"

enum ticket_kind {
    TICKET_FACTOR,   /* the password was right: now the factor */
    TICKET_ENROL,    /* …: now a factor has to be set up; extra: the mailed code, or nothing */
    TICKET_CONFIRM,  /* a new factor waits for its first code; extra: its secret */
    TICKET_PASSWORD, /* …: now a better password */
    TICKET_TAKEOVER, /* all is well, but there is a session elsewhere */
    TICKET_OPERATOR_FACTOR, /* the same steps at the operators' door; user: the operator */
    TICKET_OPERATOR_ENROL,
    TICKET_OPERATOR_CONFIRM,
    TICKET__MAX
};

enum ticket_flag {
    TICKET_HAS_FACTOR = 1,  /* a factor was shown */
    TICKET_TRUSTS = 2,      /* this device shall be trusted */
    TICKET_MUST_CHANGE = 4, /* the password is no longer good enough */
    TICKET_KNOWS_DEVICE = 8 /* somebody of theirs signed in here before */
};

struct signin_ticket {
    struct user_id user;
    unsigned flags; /* enum ticket_flag */
    int64_t device_id;
    struct str extra; /* of the kind: any bytes */
    int64_t id, expires_us;
};

/* Its text, for the browser of req. id and expires_us of `ticket` are made here. */
struct str signin_ticket_issue(struct cx *cx, const struct req *req, enum ticket_kind kind,
                               const struct signin_ticket *ticket);

/*
 * Opens one and counts the try. ERR_UNAUTHENTICATED "ticket_invalid": another kind, browser or
 * network, too old, tried too often, or used.
 */
MUST_CHECK struct err signin_ticket_open(struct cx *cx, const struct req *req,
                                         enum ticket_kind kind, struct str text,
                                         struct signin_ticket *out);

/* Never again. */
void signin_ticket_use(struct cx *cx, const struct signin_ticket *ticket);

#endif
