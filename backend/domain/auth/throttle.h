/*
 * How often somebody may be wrong. A bucket counts failures under a keyed hash, so
 * its table names nobody; when it is full it closes for a while, and what happens
 * while it is closed is not even looked at. Delay comes first and a lock last:
 * locks are a weapon in a stranger's hand.
 */
#ifndef DOMAIN_AUTH_THROTTLE_H
#define DOMAIN_AUTH_THROTTLE_H

#include "base/http.h"

enum throttle_bucket {
    THROTTLE_EMAIL,         /* the e-mail that was typed, existing or not */
    THROTTLE_DEVICE,        /* the same from a browser its person is known in */
    THROTTLE_ADDRESS,       /* IPv4 address, or IPv6 network of 64 bits */
    THROTTLE_NETWORK,       /* /24, /48 */
    THROTTLE_FACTOR,        /* codes of a person, in an hour … */
    THROTTLE_FACTOR_DAY,    /* … and in a day */
    THROTTLE_STEP_UP,       /* shown once more, of a person */
    THROTTLE_ENROL,         /* codes mailed to a person who sets a first factor up */
    THROTTLE_RESET_EMAIL,   /* mails asked for, of an e-mail … */
    THROTTLE_RESET_ADDRESS, /* … and from an address */
    THROTTLE_EMAIL_CHANGE,  /* new e-mails that a person wished for */
    THROTTLE__MAX
};

/* One bucket: of whom. */
struct throttle {
    enum throttle_bucket bucket;
    struct str who;
};

/* Those of an address, for THROTTLE_ADDRESS and THROTTLE_NETWORK. */
struct str throttle_address(struct cx *cx);
struct str throttle_network(struct cx *cx);

/* ERR_TOO_MANY "too_many_attempts" while one of them is closed; *until_us says for how long. */
MUST_CHECK struct err throttle_require(struct cx *cx, const struct throttle *of, size_t n,
                                       int64_t *until_us);

/*
 * Counts one failure, or one use of what may be used so often; *fails (may be NULL: nobody waits for
 * the answer) is how many that makes. tried: keyed hash of the e-mail, for buckets that count
 * different ones; 0: none.
 */
MUST_CHECK struct err throttle_fail(struct cx *cx, struct throttle of, int64_t tried,
                                    int64_t *fails);

/* Success: the bucket is empty again, or one less full. */
void throttle_forget(struct cx *cx, struct throttle of);
void throttle_give_back(struct cx *cx, struct throttle of);

/* Failures at which somebody is told, or locked out. */
enum { THROTTLE_TELLS_AT = 10, THROTTLE_LOCKS_AT = 100 };

#endif
