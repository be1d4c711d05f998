/* Between the files of the room. */
#ifndef DOMAIN_OPERATORS_OPERATORS_PRIVATE_H
#define DOMAIN_OPERATORS_OPERATORS_PRIVATE_H

#include "domain/auth/auth.h"

/* Whose second factor it is. */
struct factor_holder operators_factor(int64_t id);

/* What an operator did to themselves, or balcaoctl to them: a row of operator_events. */
void operators_note(struct cx *cx, int64_t id, const char *action);

#endif
