/*
 * The counter itself: what the screens of an account need once, gathered from the
 * other rooms, and the permission to listen to what happens.
 */
#ifndef DOMAIN_DESK_DESK_H
#define DOMAIN_DESK_DESK_H

#include "base/http.h"
#include "domain/auth/auth.h"

/* What a stream may carry, as live/sees.h reads it. invited: tickets beyond the member's scope, "{1,2}". */
struct str desk_live_grant(struct cx *cx, const struct access *access, struct str invited);

extern const struct route desk_routes[];
extern const struct route first_steps_routes[];

#endif
