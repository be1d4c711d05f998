/*
 * Who asks, and may they: sessions, sign-in and the gate every request passes.
 *
 * The gate is one statement that travels with the handler's own: it raises when
 * the session has ended, the account is not theirs or the role lacks the
 * permission, and then nothing behind it runs.
 */
#ifndef DOMAIN_AUTH_AUTH_H
#define DOMAIN_AUTH_AUTH_H

#include "base/crypto.h"
#include "base/http.h"
#include "domain/auth/access.h"
#include "domain/auth/agent.h"
#include "domain/auth/delegation.h"
#include "domain/auth/factor.h"
#include "domain/auth/passwords.h"
#include "domain/auth/signin_ticket.h"
#include "domain/auth/somebody.h"

/* The dispatcher's `enter` hook: origin, credentials, account, permission. */
struct err auth_enter(struct cx *cx, struct req *req, struct res *res);

/* After commit: that the caller was seen is written, and this process need not write it again for a minute. */
void auth_leave(const struct cx *cx);

/* A visitor's token: signed text that its room reads back from cx->grant. Lives a year. */
struct str auth_visitor_token(struct cx *cx, struct str grant);

/*
 * Lets a page of somebody else's read our answer, refusals included: the widget
 * lives on other people's pages. No cookie is involved, and whether that page may
 * host a channel is checked apart from this.
 */
void auth_answer_any_origin(struct req *req, struct res *res);

/*
 * Cookies travel by themselves, so a write must show that one of our pages asked for
 * it, and a read that no other site did. ERR_FORBIDDEN "origin_refused".
 */
MUST_CHECK struct err auth_require_origin(const struct cx *cx, const struct req *req);

/* Checks a token that came in a query (streams, media): fills cx like ACCESS_VISITOR does. */
MUST_CHECK struct err auth_visitor_enter(struct cx *cx, struct str token);

/*
 * A file for whoever holds its link, without a session, for so many seconds. Entering fills cx with the link's account;
 * whether the file is still to be had is asked afterwards. ERR_NOT_FOUND "not_found" (not one of ours), ERR_GONE "link_expired".
 */
struct str auth_link_token(struct cx *cx, int64_t attachment_id, int64_t valid_s);
MUST_CHECK struct err auth_link_enter(struct cx *cx, struct str token, int64_t *attachment_id);

/*
 * Checks cookies and account of a route that is open to both members and
 * visitors (media): as for ACCESS_MEMBER with this permission.
 */
MUST_CHECK struct err auth_member_enter(struct cx *cx, struct req *req, struct res *res,
                                        struct str account, const char *permission);

/*
 * What was done so far stands although the request is refused: failures must be
 * counted and ends must hold, while the dispatcher rolls a refused call back. For
 * handlers of TX_WRITE: `return auth_keep(cx, decide(…))`. Passes e on.
 */
MUST_CHECK struct err auth_keep(struct cx *cx, struct err e);

/* A cookie of one of our doors: HttpOnly, Secure, SameSite=Strict. max_age_s 0: the browser forgets it. */
void auth_put_cookie(struct res *res, const char *name, struct str value, int64_t max_age_s);
/* What the row of a secret holds: its SHA-256. */
struct db_param auth_hash_secret(struct cx *cx, struct str secret);

/* Tickets that the caller was invited to read, the latest hundred, as a PostgreSQL array. */
MUST_CHECK struct err auth_invited(struct cx *cx, struct str *out);

extern const struct route auth_routes[];
extern const struct route tokens_routes[];

#endif
