/*
 * The webchat visitor's side of a conversation. What a visitor sends is kept raw
 * and handled by the same job as any provider's delivery.
 */
#ifndef DOMAIN_WIDGET_WIDGET_H
#define DOMAIN_WIDGET_WIDGET_H

#include "base/http.h"

extern const struct route widget_routes[];

#endif
