/*
 * Coming in. Each step ends with what the next one is: a session, or a ticket for
 * whatever is still missing (the factor, a factor to set up, a better password, the
 * word that another session may end).
 */
#ifndef DOMAIN_AUTH_SIGNIN_H
#define DOMAIN_AUTH_SIGNIN_H

#include "domain/auth/signin_ticket.h"

/*
 * E-mail and password. Unknown, wrong and without a password are one answer after the
 * same work; while a bucket is closed nobody's password is looked at.
 *   ERR_UNAUTHENTICATED  "credentials_invalid"
 *   ERR_TOO_MANY         "too_many_attempts", with the time in res
 * Failures are counted and must be kept (auth_keep).
 */
MUST_CHECK struct err signin_by_password(struct cx *cx, struct req *req, struct res *res,
                                         struct str email, struct str password,
                                         struct signin_ticket *out);

/*
 * Goes on from what is shown so far (of no kind yet) and writes the answer. codes: recovery codes
 * to tell with it, or NULL. takes_over: a session elsewhere ends.
 *   ERR_CONFLICT  "session_elsewhere": where, and a ticket to take over, are members of the problem
 */
MUST_CHECK struct err signin_go_on(struct cx *cx, struct req *req, struct res *res,
                                   const struct signin_ticket *shown, const struct str *codes,
                                   bool takes_over);

extern const struct route signin_routes[];

#endif
