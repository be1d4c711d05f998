/*
 * Health and figures of the process and the installation.
 */
#ifndef MAIN_SYSTEM_ROUTES_H
#define MAIN_SYSTEM_ROUTES_H

#include "base/http.h"

extern const struct route system_routes[];

#endif
