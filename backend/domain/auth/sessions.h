/*
 * Staying in. A person has one live session, unless every account of theirs allows
 * several; it ends when nobody has done anything for a while, after a day's work at
 * the latest, and at once when somebody ends it. The refresh token changes with each
 * use, and one that comes a second time betrays a copy.
 */
#ifndef DOMAIN_AUTH_SESSIONS_H
#define DOMAIN_AUTH_SESSIONS_H

#include "base/http.h"

struct session_begin {
    struct user_id user;
    struct str agent;
    int64_t device_id;
    bool has_factor; /* a second factor was shown, or a trusted device stood for it */
    bool takes_over; /* others of the person end */
};

struct session_begun {
    int64_t id, gen, expires_us;
    struct str refresh; /* for the cookie */
};

/* The session that stands in the way. */
struct session_elsewhere {
    struct str agent, address;
    int64_t since_us, active_us;
};

/* ERR_CONFLICT "session_elsewhere": *elsewhere says where; nothing changed. */
MUST_CHECK struct err sessions_begin(struct cx *cx, const struct session_begin *how,
                                     struct session_begun *out,
                                     struct session_elsewhere *elsewhere);

/* Both cookies of a session that has just begun or changed its tokens. */
void sessions_set_cookies(struct cx *cx, struct res *res, const struct session_begun *session);

/*
 * New tokens for cx's session, whose person has just shown that it is them; access
 * tokens from before die at once. steps_up: dangerous routes are open for ten minutes.
 */
MUST_CHECK struct err sessions_renew(struct cx *cx, struct res *res, bool steps_up,
                                     bool shows_factor);

/* Ends one (or all: session 0) of a person's, but never `except` (0: none). *ended may be NULL. */
MUST_CHECK struct err sessions_end(struct cx *cx, struct user_id user, int64_t session,
                                   int64_t except, const char *reason, int64_t *ended);

/* An address as others may see it: IPv4 /16, IPv6 /32. */
struct str sessions_mask_address(struct arena *a, struct str address);

extern const struct route sessions_routes[];

#endif
