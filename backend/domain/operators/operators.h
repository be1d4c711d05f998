/*
 * Operators keep the installation: they open, suspend and count accounts, and see
 * how the queues are. They are no persons of any account, come through a door of
 * their own (/api/v1/operator/…, a pool of its own) and ask the database as a role
 * that has figures and a few functions, and no table of any account. What they do
 * to an account is in its trail, what they do to themselves in operator_events.
 *
 * balcaoctl does the same from the server itself, and is called ctl there.
 */
#ifndef DOMAIN_OPERATORS_OPERATORS_H
#define DOMAIN_OPERATORS_OPERATORS_H

#include "base/db.h"
#include "base/http.h"

enum { OPERATORS_PASSWORD_MIN = 12 }; /* code points */

struct account_opening {
    struct str name, slug; /* slug: a-z, 0-9 and -, 2 to 60 */
    struct str owner_email;
    struct str owner_name; /* empty: what stands before the @ */
    struct str password;   /* of the owner; empty: one is made */
};

struct account_opened {
    struct account_id id;
    bool is_known;       /* the owner is a person already, and keeps their password */
    struct str password; /* that was made for the owner, to be shown once; empty: none was */
};

/*
 * An account with a company, a department, a reason to close and its owner. Becomes
 * the account of cx. Needs a write transaction. ERR_INVALID slug_invalid, email_invalid,
 * required, password_too_short; ERR_CONFLICT account_slug_is_taken.
 */
MUST_CHECK struct err operators_open_account(struct cx *cx, const struct account_opening *opening,
                                             struct account_opened *out);

/*
 * "active" or "suspended"; the same again is no change. ERR_NOT_FOUND, ERR_CONFLICT
 * "account_closed". Needs a write transaction.
 */
MUST_CHECK struct err operators_set_state(struct cx *cx, struct account_id account,
                                          const char *state);

/* id, name, slug, state, created, members, tickets today, bytes, channels, failing ones. */
MUST_CHECK struct err operators_list_accounts(struct cx *cx, struct db_rows *rows);

/*
 * Somebody who may come to the operators' door, from these networks ("10.0.0.0/8,…") only.
 * For balcaoctl. ERR_INVALID email_invalid, password_too_short, network_invalid;
 * ERR_CONFLICT operator_email_is_taken.
 */
MUST_CHECK struct err operators_add(struct cx *cx, struct str email, struct str name,
                                    struct str password, struct str networks);

/*
 * They lost their authenticator and their recovery codes: out everywhere, and asked to set up
 * a new one after the next password. For balcaoctl. ERR_NOT_FOUND "no_such_operator",
 * "factor_missing".
 */
MUST_CHECK struct err operators_reset_factor(struct cx *cx, struct str email);

/* ERR_INVALID password_too_short, too_long. */
MUST_CHECK struct err operators_check_password(struct str password);

/* For the dispatcher of the operators' pool: lets in whoever has a session there. */
MUST_CHECK struct err operators_enter(struct cx *cx, struct req *req, struct res *res);

extern const struct route operators_door_routes[];
extern const struct route operators_routes[];

#endif
