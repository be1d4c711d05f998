/*
 * Browsers in which a person signed in completely. A known one has a bucket of its
 * own for wrong passwords, so strangers cannot keep its person out. A trusted one
 * stands for the second factor at the door, for as many days as the strictest of
 * the person's accounts allows; never where danger is.
 */
#ifndef DOMAIN_AUTH_DEVICES_H
#define DOMAIN_AUTH_DEVICES_H

#include "base/http.h"

/* True when the browser's cookie says trusted, and this person's row agrees; gives it a new secret. */
MUST_CHECK struct err devices_is_trusted(struct cx *cx, const struct req *req, struct res *res,
                                         struct user_id user, bool *out);

/* After a complete sign-in: known from here on, with a cookie that says so. *id: its row. */
MUST_CHECK struct err devices_keep(struct cx *cx, struct res *res, struct user_id user,
                                   int64_t known, struct str agent, int64_t *id);

/* For so many days. */
void devices_trust(struct cx *cx, struct res *res, struct user_id user, int64_t device,
                   int64_t days);

/* Strangers again: one, or all (0). ERR_NOT_FOUND: no such device of theirs. */
MUST_CHECK struct err devices_forget(struct cx *cx, struct user_id user, int64_t device);

extern const struct route devices_routes[];

#endif
