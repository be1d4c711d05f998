/*
 * The call context: everything a request or a job needs, handed to every
 * function that decides something. The edge (dispatcher or worker) fills it;
 * domain code never knows which of the two called.
 */
#ifndef BASE_CX_H
#define BASE_CX_H

#include "arena.h"
#include "conf.h"
#include "err.h"
#include "language.h"
#include "log.h"
#include "str.h"

struct db;
struct access; /* domain/auth/access.h */

struct account_id {
    int64_t v;
};
struct user_id {
    int64_t v;
}; /* a person, global */
struct member_id {
    int64_t v;
}; /* a person in an account */

/* Who acts; goes to the audit trail. */
enum actor_kind {
    ACTOR_SYSTEM,
    ACTOR_USER,
    ACTOR_TOKEN,
    ACTOR_JOB,
    ACTOR_PROVIDER,
    ACTOR_VISITOR,
    ACTOR_OPERATOR, /* of the installation, at their own door */
    ACTOR_CTL       /* balcaoctl, on the server itself */
};

struct cx {
    struct arena *arena;     /* everything in the call comes from here */
    struct db *db;           /* the process's connection */
    const struct conf *conf; /* settings of the installation */
    int64_t now_us;          /* the call's clock: UTC, µs since 1970 */

    struct account_id account; /* .v == 0: none yet */
    struct user_id user;       /* .v == 0: not a person */
    struct member_id member;
    int64_t session_id; /* 0: none */
    int64_t token_id;   /* of an API token; 0: none */
    enum actor_kind actor;
    const struct access *access; /* what the member may do; NULL: not a member */
    const char *const *bound;    /* values of the @names in statements; NULL: nobody was let in */
    struct str grant;            /* what a visitor's token says; its owner reads it. Empty: none */
    unsigned bells; /* queues that got jobs: rung after commit (bit per enum job_queue) */

    struct str request_id;  /* 32 hex digits, in every log line and problem answer */
    struct str address;     /* who asks, text form; empty for jobs */
    int64_t port;           /* the same; 0: unknown */
    enum language language; /* that they read */

    struct log_context log;
};

#endif
