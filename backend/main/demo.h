/*
 * The demo account: planted once from db/seed/demo.sql, with the bot of db/seed/recepcao.json, then wired to the lab.
 */
#ifndef MAIN_DEMO_H
#define MAIN_DEMO_H

#include "base/cx.h"

#include <stdbool.h>

/* Whether the demo account exists. */
MUST_CHECK struct err demo_exists(struct cx *cx, bool *out);

/*
 * Plants the account when it is missing, gives its people a password and its
 * channels secrets, and tells the lab ($BALCAO_VAR/lab/numbers.json) the same
 * secrets and where to deliver. Safe to repeat: it follows changed ports. Needs the
 * superuser's connection; opens and ends its own transactions.
 */
MUST_CHECK struct err demo_plant(struct cx *cx, const char *seed_file, const char *flow_file,
                                 const char *var);

/* Who can sign in, for people to read. */
void demo_print(void);

#endif
