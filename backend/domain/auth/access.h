/*
 * What a member may do in an account and which rows they see. Read from
 * member_access, which the database compiles from groups, departments and
 * networks; a process remembers it by its epoch, and the gate confirms the epoch
 * in the transaction that uses it.
 *
 * Statements that hold @visible, @masks and their like get their values from
 * cx->bound, which letting somebody in fills: no handler can forget or widen them.
 */
#ifndef DOMAIN_AUTH_ACCESS_H
#define DOMAIN_AUTH_ACCESS_H

#include "base/cx.h"
#include "base/db.h"
#include "base/net.h"
#include "domain/auth/permissions.h"

enum access_scope { SCOPE_OWN, SCOPE_DEPARTMENT, SCOPE_BRANCH, SCOPE_ACCOUNT };

extern const char *const access_scope_names[]; /* "own", … as stored; NULL ends the list */

/* Fields of a contact that a group does not show whole. */
enum mask { MASK_PHONE = 1, MASK_EMAIL = 2, MASK_DOCUMENT = 4, MASK_BIRTH = 8, MASK_ADDRESS = 16 };

struct access {
    struct account_id account;
    struct user_id user;
    struct member_id member;
    int64_t epoch;
    bool is_active;
    struct permission_set permissions;
    enum access_scope scope;
    unsigned masks; /* enum mask */
    struct str departments, branches, pick_departments,
        channels; /* PostgreSQL arrays; channels.p NULL: all */
    bool sees_account, sees_bot, sees_history, sees_contacts;
    bool is_bot;      /* sees what the bot holds, on its channel, and nothing else */
    int64_t token_id; /* of a program's; 0: a person's */
    const struct net_block *networks; /* from where; only when is_fenced */
    size_t network_count;
    bool is_fenced;
    struct str account_state, block; /* block.p NULL: none */
    int64_t factor_from_us;          /* 0: no second factor is demanded */
    const char *const *bound;        /* for cx->bound */
};

/*
 * The access of a person in an account, from the process's memory or the database.
 * fresh: what is remembered was stale. NULL: not a member. Lives until the process
 * looks up somebody else in the same slot, so for this call at least.
 */
MUST_CHECK struct err access_find(struct cx *cx, struct account_id account, struct user_id user,
                                  bool fresh, const struct access **out);

/*
 * Somebody else's access, read anew into the call's arena: for judging about them. It
 * disturbs nothing that is remembered, the caller's own above all. NULL: not a member.
 */
MUST_CHECK struct err access_look(struct cx *cx, struct account_id account, struct user_id user,
                                  const struct access **out);

/* Columns of access_find into the rest of *out, which lives as long as the arena; bound included. */
void access_read(struct arena *a, const struct db_row *row, struct access *out);

/* Puts it in force: member, permissions and what statements see. */
void access_enter(struct cx *cx, const struct access *access);

/*
 * For jobs that go on with what a member began: the person acts from here on, and the job again once what was
 * lent is given back, whatever became of it.
 */
struct access_lent {
    struct user_id user;
    struct member_id member;
    const struct access *access;
    const char *const *bound;
};
struct access_lent access_lend(struct cx *cx, const struct access *access);
void access_give_back(struct cx *cx, const struct access_lent *before);

/*
 * For calls that are no member's: jobs, visitors, providers. They see every row of
 * the account that is in force, and their own statements narrow further.
 */
extern const char *const access_everything[];

/* Why this member may not pass, judged by the row alone: a slug, or NULL. */
const char *access_refusal(const struct access *access, const struct permission *permission,
                           struct str address, bool is_open_to_unpaid);

/* True for what the member holds; false for everybody who is none. */
bool access_may(const struct cx *cx, const char *permission);

/* True for a call of a chatbot's token. */
bool access_is_bot(const struct cx *cx);

/* ERR_FORBIDDEN "permission_denied". */
MUST_CHECK struct err access_require(const struct cx *cx, const char *permission);

#endif
