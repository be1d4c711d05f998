/*
 * Who we are to a browser's push service (RFC 8292, "VAPID"): a token signed by the
 * installation's key on P-256, which the browser was given when it subscribed. The key is
 * derived from the master key like the others, so it lives as long and in as many copies:
 * subscriptions survive a restore, and there is no second secret to keep.
 *
 * libcrypto makes the point and libjwt the signature; nothing here is cryptography.
 */
#ifndef BASE_VAPID_H
#define BASE_VAPID_H

#include "arena.h"
#include "conf.h"
#include "str.h"

/* The uncompressed point in base64url, 87 characters: applicationServerKey of the browsers. */
struct str vapid_key(struct arena *a);

/*
 * The value of Authorization for a call to this endpoint: "vapid t=…, k=…". Good for
 * VAPID_LIFE_S from now_s, for the endpoint's origin and no other. The contact is MAIL_FROM.
 */
enum { VAPID_LIFE_S = 12 * 3600 }; /* a day is the most that services take */
struct str vapid_authorization(struct arena *a, const struct conf *conf, struct str endpoint,
                               int64_t now_s);

#endif
