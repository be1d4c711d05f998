/* What the files of this room share. */
#ifndef DOMAIN_TEMPLATES_TEMPLATES_PRIVATE_H
#define DOMAIN_TEMPLATES_TEMPLATES_PRIVATE_H

#include "base/clock.h"
#include "domain/templates/templates.h"

#define TEMPLATES_DAILY_US US_PER_DAY

/* The network's account that a channel belongs to. Errors: see templates_want. */
MUST_CHECK struct err templates_account(struct cx *cx, const struct channel *channel,
                                        struct str *waba);

/* Reads a book: now (at_us 0), or for the first time then and every day after it. */
void templates_queue(struct cx *cx, struct str waba, int64_t at_us);

#endif
