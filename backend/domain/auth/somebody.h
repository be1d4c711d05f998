/*
 * Routes that are open to everybody, and yet look who asks: a link that was mailed to
 * somebody known is only for that person.
 */
#ifndef DOMAIN_AUTH_SOMEBODY_H
#define DOMAIN_AUTH_SOMEBODY_H

#include "base/http.h"

/* cx->user and session when a live session's cookie came along; nobody otherwise. */
MUST_CHECK struct err auth_somebody(struct cx *cx, struct req *req);

/* ERR_FORBIDDEN "origin_refused" unless one of our own pages asks. */
MUST_CHECK struct err auth_our_page(struct cx *cx, struct req *req);

#endif
