/*
 * What a password must be: long enough, none that everybody thinks of, nothing that
 * is written on the door. No rules about kinds of characters and no expiry.
 */
#ifndef DOMAIN_AUTH_PASSWORDS_H
#define DOMAIN_AUTH_PASSWORDS_H

#include "base/http.h"

enum { PASSWORD_BYTES_MAX = 512, PASSWORD_POINTS_MAX = 128 };

/* Whose it will be. */
struct password_owner {
    struct str email, name;
    const struct str *accounts; /* names of where they work */
    size_t account_count;
    int64_t min_points; /* code points; the strictest of their accounts */
};

/*
 * ERR_INVALID with the field "password":
 *   "password_too_short", "password_too_long"
 *   "password_common"      it, or what is left of it without the usual trimmings, is in the list
 *   "password_contextual"  hardly more than a name of the person, the company or the product
 */
MUST_CHECK struct err password_judge(struct arena *a, struct str password,
                                     const struct password_owner *owner);

/* The same for a person who exists. */
MUST_CHECK struct err auth_password_judge(struct cx *cx, struct str password, struct user_id user);

/*
 * Gives it to them: hashed with today's settings. Their other sessions end ("password_changed"; keep:
 * the one that stays, 0: none), every device is a stranger again, the buckets open, a letter tells
 * them. Judge it before.
 */
MUST_CHECK struct err auth_password_set(struct cx *cx, struct user_id user, struct str password,
                                        int64_t keep);

/* Is it known to everybody? For passwords from before the list, at the door. */
bool password_is_common(struct arena *a, struct str password);

extern const struct route passwords_routes[];

#endif
