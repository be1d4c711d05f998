/*
 * The four cookies of the browser. Each holds a row's number and a secret whose
 * SHA-256 is in that row, but the first, which is a signed token:
 *
 *   __Host-bat  access token, ten minutes
 *   __Host-brt  refresh token of the session
 *   __Host-bkd  this device is known: somebody signed in here completely
 *   __Host-btd  this device is trusted: it stands for the second factor at the door
 */
#ifndef DOMAIN_AUTH_COOKIES_H
#define DOMAIN_AUTH_COOKIES_H

#include "base/http.h"

#define COOKIE_REFRESH "__Host-brt"
#define COOKIE_KNOWN "__Host-bkd"
#define COOKIE_TRUSTED "__Host-btd"

/* A new secret: its text for the browser, its hash for the row. */
struct cookie_secret {
    struct str text;
    struct db_param hash;
};
struct cookie_secret cookie_secret_new(struct cx *cx);

/* For the session and person of cx. */
void cookie_set_access(struct cx *cx, struct res *res, int64_t session_id, int64_t gen);

/* "<id>.<secret>", until then. */
void cookie_set(struct cx *cx, struct res *res, const char *name, int64_t id, struct str secret,
                int64_t until_us);

/* False: none, or no such thing. */
bool cookie_read(struct cx *cx, const struct req *req, const char *name, int64_t *id,
                 struct db_param *hash);

/* Takes the session's two; what the device is stays. */
void cookie_clear_session(struct res *res);

#endif
