/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_ORG_PRIVATE_H
#define DOMAIN_ORG_PRIVATE_H

#include "domain/org/org.h"

/* A row of a statement that selects @department_row. */
struct department department_from_row(const struct db_row *row);

/* Deletes one row. Something that refers to it is the reason not to: ERR_CONFLICT with this slug. */
MUST_CHECK struct err org_remove(struct cx *cx, const struct db_stmt *remove, int64_t id,
                                 const char *in_use);

#endif
