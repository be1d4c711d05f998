/*
 * The counter itself: what the screens of an account need once, gathered from the
 * other rooms, and the permission to listen to what happens.
 */
#ifndef DOMAIN_DESK_DESK_H
#define DOMAIN_DESK_DESK_H

#include "base/http.h"

extern const struct route desk_routes[];

#endif
